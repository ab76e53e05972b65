"""Which state took part in which exercise."""

from __future__ import annotations

from scoatlas.atlas import Atlas
from scoatlas.facts import Participant
from scoatlas.pictures.matrix import Act, Entry, draw_matrix
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of
from scoatlas.values import DateRange

_TOOK_PART = Act("took part", "disc", "mark-0")
_LESS = Act("observer, guest or staff only", "disc", "mark-0 hollow")


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
    names, entries = [], []
    for thing, (dates, record, took_part) in enumerate(held):
        name, year = cell_of(record.id, atlas).text, str(dates.start.first.year)
        names.append(name if year in name else f"{name}, {year}")
        for fact in took_part:
            role = fact.role.label if fact.role else _TOOK_PART.words
            cells = (Cell(str(dates)), cell_of(record.id, atlas), cell_of(fact.value.id, atlas), Cell(role))
            act = _LESS if fact.role else _TOOK_PART
            entries.append(Entry(thing, fact.value.id, act, Row(cells, fact.cite)))
    body, rows, height = draw_matrix(names, 34, entries, _TOOK_PART, atlas)
    return Picture(
        id="participation",
        title="Who took part in which exercise",
        description=f"{len({entry.state for entry in entries})} states and {len(held)} exercises of which it is known "
        "who took part.",
        columns=("Dates", "Exercise", "State", "Role"),
        rows=rows,
        width=960,
        height=height,
        body=body,
        keys=(_TOOK_PART.key, _LESS.key),
        note="An exercise of which no participants were found is left out. An empty place means "
        "that no source was found which names the state; it does not prove absence.",
    )
