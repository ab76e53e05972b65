"""How many took part in exercises: a mark a number that a source gives, so that sources that disagree show it."""

from __future__ import annotations

import datetime

from markupsafe import Markup

from scoatlas.atlas import Atlas
from scoatlas.pictures.amounts import Axis, Point, keys, points
from scoatlas.pictures.axes import years
from scoatlas.pictures.marks import text
from scoatlas.pictures.picture import Cell, Picture, Row, without_empty
from scoatlas.pictures.scales import Days, Magnitudes
from scoatlas.pictures.times import cell_of
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange


def draw(atlas: Atlas) -> Picture | None:
    """One mark for each number of persons that is held of an exercise with a date; None without any."""
    told = []
    for record in atlas.of_kind("exercises"):
        dates = record.value("dates")
        facts = [linked for linked in record.facts if linked.field == "personnel" and linked.fact.held]
        for linked in facts:
            if (
                isinstance(dates, DateRange)
                and isinstance(linked.fact.value, Quantity)
                and linked.fact.value.amount > 0
            ):
                told.append((dates, record, linked))
    if not told:
        return None
    told.sort(key=lambda one: (one[0].start, one[1].id, one[2].id))
    first, top, bottom, left, right = told[0][0].start.first, 36.0, 440.0, 70.0, 930.0
    days = Days(datetime.date(first.year, 1, 1), datetime.date(atlas.as_of.year, 12, 31), left, right)
    highest = max(float(linked.fact.value.upper or linked.fact.value.amount) for _, _, linked in told)
    scale = Magnitudes.over(min(float(linked.fact.value.amount) for _, _, linked in told), highest, bottom, top)
    rows: list[Row] = []
    marks: list[Point] = []
    for dates, record, linked in told:
        value = linked.fact.value
        cells = (
            Cell(str(dates)),
            cell_of(record.id, atlas),
            Cell(f"{value.amount:g}"),
            Cell(f"{value.upper:g}" if value.upper else ""),
            Cell(" ".join(filter(None, (value.bound, "about" if value.approximate else "")))),
        )
        rows.append(Row(cells, linked.fact.cite))
        marks.append(Point(dates.start.first, value, 0))
    columns, filled = without_empty(("Dates", "Exercise", "Persons", "Up to", "Given as"), rows)
    extremes = (max(marks, key=_amount), min(marks, key=_amount))
    return Picture(
        id="exercises",
        title="Personnel of exercises",
        description=f"{len(told)} numbers of persons at exercises, by the day on which the exercise began.",
        columns=columns,
        rows=filled,
        width=960,
        height=round(bottom + 26),
        body=Markup("").join(
            [
                years(days, top, bottom),
                points(marks, filled, days, scale, Axis(left, right)),
                text(left - 50, 16, "persons, logarithmic scale", class_="legend"),
                *(_name(mark, filled[marks.index(mark)], days, scale) for mark in dict.fromkeys(extremes)),
            ]
        ),
        keys=keys(marks),
        note="The scale is logarithmic: each step of the same height is the same multiple. Marks above one another on "
        "one day are sources that disagree; those that would hide one another stand side by side. Most count the "
        "troops of one or of all parties, as the page of each exercise says.",
    )


def _amount(mark: Point) -> float:
    return float(mark.value.amount)


def _name(mark: Point, row: Row, days: Days, scale: Magnitudes) -> Markup:
    """The name of an exercise beside its mark, on the side where there is room."""
    x, y, name = days.at(mark.day), scale.at(_amount(mark)), row.cells[1].text
    left = x > (days.start + days.end) / 2
    return text(x - 12 if left else x + 12, y + 5, name, class_="name end" if left else "name")
