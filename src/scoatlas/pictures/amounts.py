"""Amounts over time as marks: a range is a line, about is hollow, a limit has an arrow."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoatlas.pictures.axes import numbers
from scoatlas.pictures.marks import SHAPES, line, said, shape
from scoatlas.pictures.picture import Row
from scoatlas.pictures.scales import Days, Magnitudes, Numbers
from scoatlas.quantity import Quantity


@dataclass(frozen=True)
class Point:
    """An amount on a day; `series` is its place among those who count."""

    day: datetime.date
    value: Quantity
    series: int


@dataclass(frozen=True)
class Axis:
    """Where the lines of an axis of amounts run, and in which unit, with how many decimals, its numbers are written."""

    left: float
    right: float
    unit: float = 1
    digits: int = 0


def points(marks: Sequence[Point], rows: Sequence[Row], days: Days, scale: Numbers | Magnitudes, axis: Axis) -> Markup:
    """The axis of amounts and a mark for each, in the order of the rows that say the same."""
    drawn = [numbers(scale, axis.left, axis.right, axis.unit, axis.digits)]
    for index, (mark, row) in enumerate(zip(marks, rows, strict=True)):
        x, y = days.at(mark.day), scale.at(mark.value.amount)
        kind = mark.series % len(SHAPES)
        if mark.value.upper:
            drawn.append(line(x, y, x, scale.at(mark.value.upper), class_=f"range mark-{kind}", data_up_to=index))
        if mark.value.bound:
            tip = y - 13 if mark.value.bound == "more than" else y + 13
            drawn.append(line(x, y, x, tip, class_=f"range mark-{kind}"))
            drawn.append(shape("triangle", x, tip, 5.0 if tip < y else -5.0, class_=f"mark-{kind}"))
        hollow = " hollow" if mark.value.approximate else ""
        drawn.append(shape(SHAPES[kind], x, y, 9, said(row.words), class_=f"mark-{kind}{hollow}", data_row=index))
    return Markup("").join(drawn)
