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

_APART = 9.5
"""The least distance of two marks, in units."""


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
    """The axis of amounts and a mark for each, in the order of the rows that say the same.

    A mark that would hide another stands beside it, `data-shift` units to the right of its day.
    """
    taken: list[tuple[float, float]] = []
    drawn = [numbers(scale, axis.left, axis.right, axis.unit, axis.digits)]
    for index, (mark, row) in enumerate(zip(marks, rows, strict=True)):
        x, y = days.at(mark.day), scale.at(mark.value.amount)
        kind = mark.series % len(SHAPES)
        shift = 0.0
        while any(abs(x + shift - other) < _APART and abs(y - height) < _APART for other, height in taken):
            shift += _APART
        taken.append((x + shift, y))
        x += shift
        if mark.value.upper:
            drawn.append(line(x, y, x, scale.at(mark.value.upper), class_=f"range mark-{kind}", data_up_to=index))
        if mark.value.bound:
            tip = y - 13 if mark.value.bound == "more than" else y + 13
            drawn.append(line(x, y, x, tip, class_=f"range mark-{kind}"))
            drawn.append(shape("triangle", x, tip, 5.0 if tip < y else -5.0, class_=f"mark-{kind}"))
        hollow = " hollow" if mark.value.approximate else ""
        look = {"class_": f"mark-{kind}{hollow}", "data_row": index, "data_shift": shift or None}
        drawn.append(shape(SHAPES[kind], x, y, 9, said(row.words), **look))
    return Markup("").join(drawn)


def keys(marks: Sequence[Point]) -> tuple[tuple[str, Markup], ...]:
    """The legend of one series: the marks that occur, with what each means."""
    plain, hollow = shape("disc", 0, 0, 9, class_="mark-0"), shape("disc", 0, 0, 9, class_="mark-0 hollow")
    up = line(0, 4, 0, -7, class_="range mark-0") + shape("triangle", 0, -5, 5, class_="mark-0")
    down = line(0, -4, 0, 7, class_="range mark-0") + shape("triangle", 0, 5, -5.0, class_="mark-0")
    said = (
        ("a number", plain, any(not (mark.value.approximate or mark.value.bound) for mark in marks)),
        ("about", hollow, any(mark.value.approximate for mark in marks)),
        ("more than", up, any(mark.value.bound == "more than" for mark in marks)),
        ("less than", down, any(mark.value.bound == "less than" for mark in marks)),
        (
            "from – to",
            line(0, 4, 0, -8, class_="range mark-0") + shape("disc", 0, 4, 7, class_="mark-0"),
            any(mark.value.upper for mark in marks),
        ),
    )
    return tuple((words, mark) for words, mark, occurs in said if occurs)
