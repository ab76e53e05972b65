"""Which state took part in which exercise: states down, exercises across, the earliest first."""

from __future__ import annotations

from markupsafe import Markup

from scoatlas.atlas import Atlas
from scoatlas.facts import Participant
from scoatlas.pictures.axes import lanes, legend
from scoatlas.pictures.marks import line, said, shape, tag
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of
from scoatlas.values import DateRange

_LEFT, _RIGHT, _TOP, _LANE = 162.0, 850.0, 196.0, 22.0


def draw(atlas: Atlas) -> Picture | None:
    """One mark for each state at each exercise that has a date and names who took part; None without any."""
    held = []
    for record in atlas.of_kind("exercises"):
        dates, facts = record.value("dates"), record.held("participants")
        if isinstance(dates, DateRange) and facts and dates.start.first <= atlas.as_of:
            held.append((dates, record, [fact for linked in facts if isinstance(fact := linked.fact, Participant)]))
    if not held:
        return None
    held.sort(key=lambda one: (one[0].start, one[1].id))
    counts: dict[str, int] = {}
    for _, _, took_part in held:
        for fact in took_part:
            counts[fact.value.id] = counts.get(fact.value.id, 0) + (fact.role is None)
    states = sorted(counts, key=lambda id: (-counts[id], cell_of(id, atlas).text))
    step = (_RIGHT - _LEFT) / len(held)
    bottom = _TOP + _LANE * len(states)
    drawn = [lanes([cell_of(id, atlas).text for id in states], _LEFT, _RIGHT, _TOP, _LANE)]
    rows: list[Row] = []
    for column, (dates, record, took_part) in enumerate(held):
        x = _LEFT + step * (column + 0.5)
        name = cell_of(record.id, atlas).text
        name = name if str(dates.start.first.year) in name else f"{name}, {dates.start.first.year}"
        place = f"translate({x + 4:.1f} {_TOP - 8:.0f}) rotate(-60)"
        drawn += [line(x, _TOP, x, bottom, class_="grid"), tag("text", _cut(name), transform=place, class_="column")]
        for fact in sorted(took_part, key=lambda fact: states.index(fact.value.id)):
            role = fact.role.label if fact.role else "took part"
            cells = (Cell(str(dates)), cell_of(record.id, atlas), cell_of(fact.value.id, atlas), Cell(role))
            row = Row(cells, fact.cite)
            y = _TOP + _LANE * (states.index(fact.value.id) + 0.5)
            look = "mark-0" if fact.role is None else "mark-0 hollow"
            drawn.append(shape("disc", x, y, 10, said(row.words), class_=look, data_row=len(rows)))
            rows.append(row)
    keys = [
        ("took part", shape("disc", 0, 0, 10, class_="mark-0")),
        ("observer, guest or staff only", shape("disc", 0, 0, 10, class_="mark-0 hollow")),
    ]
    return Picture(
        id="participation",
        title="Who took part in which exercise",
        description=f"{len(states)} states and {len(held)} exercises of which it is known who took part.",
        columns=("Dates", "Exercise", "State", "Role"),
        rows=tuple(rows),
        width=960,
        height=round(bottom + 40),
        body=Markup("").join([*drawn, legend(keys, 176, bottom + 22)]),
        note="An exercise of which no participants were found is left out. An empty place means "
        "that no source was found which names the state; it does not prove absence.",
    )


def _cut(words: str, most: int = 30) -> str:
    return words if len(words) <= most else f"{words[: most - 2].rstrip()} …"
