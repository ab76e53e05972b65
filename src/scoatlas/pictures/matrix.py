"""Matrices of states: states down, things across, a mark where the two belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoatlas.atlas import Atlas
from scoatlas.pictures.axes import lanes, legend
from scoatlas.pictures.marks import line, said, shape, tag
from scoatlas.pictures.picture import Row
from scoatlas.pictures.times import cell_of

_LEFT, _RIGHT, _TOP, _LANE = 162.0, 850.0, 196.0, 22.0
_MARK = 10
_LETTERS = 32
"""Letters that the slanted name of a column has room for."""


@dataclass(frozen=True)
class Entry:
    """A mark of `form` and `look` where a state meets a column, and the row of the table that says the same."""

    column: int
    state: str
    form: str
    look: str
    row: Row


def draw_matrix(
    columns: Sequence[str], entries: Sequence[Entry], legends: Sequence[tuple[str, str, str]], atlas: Atlas
) -> tuple[Markup, tuple[Row, ...], int]:
    """(body, rows, height) of a matrix; `legends` are (words, form, look). The state with most full marks comes first.

    The rows go by column, within it by state.
    """
    full = legends[0][1:]
    counts = {entry.state: 0 for entry in entries}
    for entry in entries:
        counts[entry.state] += (entry.form, entry.look) == full
    states = sorted(counts, key=lambda id: (-counts[id], cell_of(id, atlas).text))
    entries = sorted(entries, key=lambda entry: (entry.column, states.index(entry.state)))
    step = (_RIGHT - _LEFT) / len(columns)
    bottom = _TOP + _LANE * len(states)
    drawn = [lanes([cell_of(id, atlas).text for id in states], _LEFT, _RIGHT, _TOP, _LANE)]
    for column, name in enumerate(columns):
        x = _LEFT + step * (column + 0.5)
        place = f"translate({x + 4:.1f} {_TOP - 8:.0f}) rotate(-60)"
        drawn += [line(x, _TOP, x, bottom, class_="grid"), tag("text", _cut(name), transform=place, class_="column")]
    for index, entry in enumerate(entries):
        x, y = _LEFT + step * (entry.column + 0.5), _TOP + _LANE * (states.index(entry.state) + 0.5)
        drawn.append(shape(entry.form, x, y, _MARK, said(entry.row.words), class_=entry.look, data_row=index))
    keys = [(words, shape(form, 0, 0, _MARK, class_=look)) for words, form, look in legends]
    drawn.append(legend(keys, 176, bottom + 22))
    return Markup("").join(drawn), tuple(entry.row for entry in entries), round(bottom + 40)


def _cut(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 2].rstrip()} …"
