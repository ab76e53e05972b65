"""Figures over the years, a picture a measure; each body that counts has a mark of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from markupsafe import Markup

from scoatlas.atlas import Atlas, Record
from scoatlas.facts import Figure
from scoatlas.pictures.amounts import Axis, Point, points
from scoatlas.pictures.axes import years
from scoatlas.pictures.marks import SHAPES, shape, text
from scoatlas.pictures.picture import Cell, Picture, Row, without_empty
from scoatlas.pictures.scales import Days, Numbers
from scoatlas.pictures.times import cell_of
from scoatlas.values import PartialDate, slugify

MIN_POINTS = 5
"""Fewer figures than these are read faster in a table."""

_LARGE = ((1e12, "trillion "), (1e9, "billion "), (1e6, "million "))

Told = tuple[PartialDate, Figure]


def draw_all(atlas: Atlas) -> Iterator[Picture]:
    """A picture of each measure with enough figures in one unit, by entity and measure."""
    for record in atlas.records.values():
        for measure, told in measures_of(record).items():
            yield _draw(record, measure, told, atlas)


def measures_of(record: Record) -> dict[str, list[Told]]:
    """The measures of an entity that can be drawn, each with its figures, the earliest first.

    There are enough of them, in one unit, of more than one year; what is told of less than a year is left out.
    """
    found: dict[str, list[Told]] = {}
    for linked in record.facts:
        if isinstance(fact := linked.fact, Figure) and fact.held and fact.date and not fact.period:
            found.setdefault(fact.measure, []).append((fact.date, fact))
    return {
        measure: sorted(told, key=lambda one: (one[0], one[1].statistics or "", one[1].value.amount))
        for measure, told in found.items()
        if len(told) >= MIN_POINTS
        and len({fact.value.unit for _, fact in told}) == 1
        and len({date.first.year for date, _ in told}) > 1
    }


def id_of(record: Record, measure: str) -> str:
    """The id of the picture of a measure."""
    return f"{record.id.replace('/', '-')}-{slugify(measure, 60)}"


def _draw(record: Record, measure: str, told: list[Told], atlas: Atlas) -> Picture:
    bodies = sorted({fact.statistics or "" for _, fact in told}, key=lambda body: (not body, body))
    unit = told[0][1].value.unit
    top, bottom, left, right = 36.0, 360.0, 70.0, 930.0
    last = max(date.last for date, _ in told)
    days = Days(datetime.date(told[0][0].first.year, 1, 1), datetime.date(last.year, 12, 31), left, right)
    highest = max(float(fact.value.upper or fact.value.amount) for _, fact in told)
    scale = Numbers.up_to(highest, bottom, top)
    size, word = next(((size, word) for size, word in _LARGE if highest >= size), (1.0, ""))
    digits = len(f"{scale.ticks()[1][1] / size:g}".partition(".")[2])
    titles = ("Date", "Statistics", f"Value, {unit}", "Up to", "Given as", "Of")
    columns, rows = without_empty(titles, [_row(date, fact, record) for date, fact in told])
    marks = [
        Point(date.first + (date.last - date.first) // 2, fact.value, bodies.index(fact.statistics or ""))
        for date, fact in told
    ]
    keys = [
        (body or "not named", shape(SHAPES[i % 6], 0, 0, 9, class_=f"mark-{i % 6}")) for i, body in enumerate(bodies)
    ]
    name = cell_of(record.id, atlas).text
    return Picture(
        id=id_of(record, measure),
        title=f"{measure} ({name})",
        description=f"{len(told)} figures, {told[0][0].text} to {told[-1][0].text}, by who counted.",
        columns=columns,
        rows=rows,
        width=960,
        height=round(bottom + 26),
        body=Markup("").join(
            [
                text(left - 50, 16, f"{word}{unit}", class_="legend"),
                years(days, top, bottom),
                points(marks, rows, days, scale, Axis(left, right, size, digits)),
            ]
        ),
        keys=tuple(keys),
        note=f"Drawn from the figures of [[{record.id}]]; one of a year or month stands in its middle."
        + (" Hollow: about." if any(fact.value.approximate for _, fact in told) else ""),
    )


def _row(date: PartialDate, fact: Figure, record: Record) -> Row:
    value = fact.value
    cells = (
        Cell(date.text),
        Cell(fact.statistics or "not named", record.id),
        Cell(f"{value.amount:.15g}"),
        Cell(f"{value.upper:.15g}" if value.upper else ""),
        Cell(" ".join(filter(None, (value.bound, "about" if value.approximate else "")))),
        Cell(fact.members or ""),
    )
    return Row(cells, fact.cite)
