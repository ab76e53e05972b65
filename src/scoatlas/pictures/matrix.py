"""Matrices: things down, states across, a mark where the two belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoatlas.atlas import Atlas
from scoatlas.pictures.axes import lanes
from scoatlas.pictures.marks import line, said, shape, tag
from scoatlas.pictures.picture import Row
from scoatlas.pictures.times import cell_of

_RIGHT, _TOP, _MARK = 936.0, 104.0, 10


@dataclass(frozen=True)
class Act:
    """What a mark says of a state and a thing, and the shape and the class of the mark."""

    words: str
    form: str
    look: str

    @property
    def key(self) -> tuple[str, Markup]:
        """Its entry of the legend."""
        return self.words, shape(self.form, 0, 0, _MARK, class_=self.look)


@dataclass(frozen=True)
class Entry:
    """A mark where the lane of a thing meets the column of a state, and the row of the table that says the same."""

    thing: int
    state: str
    act: Act
    row: Row


def draw_matrix(
    things: Sequence[str], letters: int, entries: Sequence[Entry], first: Act, atlas: Atlas
) -> tuple[Markup, tuple[Row, ...], int]:
    """(body, rows, height) of a matrix; the state with most marks of the `first` act comes first.

    A thing whose name has more than so many letters has it in two lines.

    The rows go by thing, within it by state.
    """
    counts = {entry.state: 0 for entry in entries}
    for entry in entries:
        counts[entry.state] += entry.act == first
    states = sorted(counts, key=lambda id: (-counts[id], cell_of(id, atlas).text))
    entries = sorted(entries, key=lambda entry: (entry.thing, states.index(entry.state)))
    longest = max(map(len, things))
    left, height = 16 + 7.4 * min(longest, letters), 32.0 if longest > letters else 22.0
    step = (_RIGHT - left) / len(states)
    bottom = _TOP + height * len(things)
    drawn = [lanes(things, left, _RIGHT, _TOP, height, letters=letters)]
    for column, state in enumerate(states):
        x = left + step * (column + 0.5)
        place = f"translate({x + 4:.1f} {_TOP - 8:.0f}) rotate(-60)"
        drawn.append(line(x, _TOP, x, bottom, class_="grid"))
        drawn.append(tag("text", cell_of(state, atlas).text, transform=place, class_="column"))
    for index, entry in enumerate(entries):
        x, y = left + step * (states.index(entry.state) + 0.5), _TOP + height * (entry.thing + 0.5)
        act = entry.act
        drawn.append(shape(act.form, x, y, _MARK, said(entry.row.words), class_=act.look, data_row=index))
    return Markup("").join(drawn), tuple(entry.row for entry in entries), round(bottom + 12)
