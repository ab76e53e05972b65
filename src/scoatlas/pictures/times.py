"""Successions as spans on an axis of years: what the pictures of statuses and of offices share."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence

from markupsafe import Markup

from scoatlas.atlas import Atlas, LinkedFact
from scoatlas.pictures.axes import lanes, years
from scoatlas.pictures.marks import bar, said
from scoatlas.pictures.picture import Cell, Row
from scoatlas.pictures.scales import Days

LEFT, RIGHT, TOP, LANE = 166.0, 940.0, 12.0, 23.0


def ends(linked: LinkedFact) -> tuple[str, str]:
    """Since and until of a fact as the tables say them."""
    fact = linked.fact
    until = linked.until.text if linked.until else "still" if fact.since else ""
    return (fact.since.text if fact.since else "not found", until)


def spans(
    names: Sequence[str],
    told: Sequence[tuple[int, LinkedFact, Row]],
    atlas: Atlas,
    fill: Callable[[LinkedFact], dict[str, str]],
    heads: Collection[int] = (),
) -> tuple[Markup, float]:
    """Lanes with a bar for each fact (its lane, the fact, its row of the table), and where they end below.

    `heads` are lanes that have a heading and no bar.
    """
    begins = [linked.fact.since.first for _, linked, _ in told if linked.fact.since]
    scale = Days(datetime.date(min(begins).year, 1, 1), atlas.as_of, LEFT, RIGHT)
    bottom = TOP + LANE * len(names)
    drawn = [lanes(names, LEFT, RIGHT, TOP, LANE, heads=heads), years(scale, TOP, bottom)]
    for index, (lane, linked, row) in enumerate(told):
        assert linked.fact.since
        start = scale.at(linked.fact.since.first)
        end = scale.at(linked.until.first if linked.until else atlas.as_of)
        y = TOP + LANE * lane + 5
        drawn.append(bar(start, y, end - start, LANE - 11, said(row.words), data_row=index, **fill(linked)))
    return Markup("").join(drawn), bottom


def cell_of(id: str, atlas: Atlas) -> Cell:
    """A cell that names an entity and leads to it."""
    record = atlas.records.get(id)
    return Cell(record.entity.name.en if record else id, id)


def abbreviation_of(id: str, atlas: Atlas) -> str:
    """The abbreviation of a body, or its name."""
    record = atlas.records.get(id)
    return (getattr(record.entity, "abbreviation", None) if record else None) or cell_of(id, atlas).text
