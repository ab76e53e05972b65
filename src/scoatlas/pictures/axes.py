"""What several pictures share: an axis of years, lanes with names, patterns, a legend."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from scoatlas.pictures.marks import bar, line, tag, text
from scoatlas.pictures.scales import Days, Magnitudes, Numbers

KEY = 46
"""The room of a legend's mark and of the gap behind its words, in units."""

LETTER = 7.8
"""The width of a letter at the usual size, in units."""

_HATCHES = (
    "",
    "M-1,1L1,-1M0,7L7,0M6,8L8,6",
    "M2,3.5A1.1,1.1 0 1 1 4.2,3.5A1.1,1.1 0 1 1 2,3.5Z",
    "M0,3.5H7",
    "M0,0L7,7M0,7L7,0",
)


def years(scale: Days, top: float, bottom: float) -> Markup:
    """Lines for round years, their numbers below."""
    return Markup("").join(
        line(at, top, at, bottom, class_="grid") + text(at, bottom + 18, year, class_="tick x")
        for at, year in scale.ticks()
    )


def numbers(scale: Numbers | Magnitudes, left: float, right: float, unit: float, digits: int) -> Markup:
    """Lines for round numbers of a unit, their numbers at the left."""
    return Markup("").join(
        line(left, at, right, at, class_="grid")
        + text(left - 6, at + 4, f"{number / unit:,.{digits}f}", class_="tick y", data_value=f"{number:g}")
        for at, number in scale.ticks()
    )


def lanes(
    names: Sequence[str],
    left: float,
    right: float,
    top: float,
    height: float,
    *,
    heads: Collection[int] = (),
    letters: int = 99,
) -> Markup:
    """Names at the left of lanes, each second lane tinted; `heads` are the lanes whose name is a heading."""
    drawn = []
    for index, name in enumerate(names):
        y = top + index * height
        if index % 2 == 0:
            drawn.append(bar(0.0, y, right, height, class_="stripe"))
        look = "lane title" if index in heads else "lane"
        drawn.append(lane_name(name, left - 8, y + height / 2, letters, look))
    return Markup("").join(drawn)


def lane_name(name: str, x: float, middle: float, letters: int, look: str = "lane") -> Markup:
    """The name before a lane, in two lines where one has no room for so many letters."""
    lines = textwrap.wrap(name, letters, max_lines=2, placeholder=" …") or [name]
    if len(lines) == 1:
        return text(x, middle + 4, name, class_=look)
    parts = (tag("tspan", part, x=x, dy=down) for part, down in zip(lines, (-7.0, 15.0), strict=True))
    return tag("text", *parts, x=x, y=middle + 4, class_=look)


def patterns(picture: str, used: Iterable[str], statuses: Iterable[str], prefix: str = "s-") -> Markup:
    """A pattern for each status that is used, told apart without colour: plain, lines, dots, bars, a grid.

    Which it is follows from its place among all, so that a status looks the same in every picture; `prefix` and status
    name the class that has its colour.
    """
    drawn = []
    order = list(statuses)
    for status in used:
        index = order.index(status)
        hatch = _HATCHES[index % len(_HATCHES)]
        over = tag("path", d=hatch, class_="dots" if index % len(_HATCHES) == 2 else "hatch") if hatch else ""
        ground = bar(0.0, 0.0, 7.0, 7.0, class_=f"ground {prefix}{status}")
        drawn.append(
            tag("pattern", ground, over, id=f"{picture}-{status}", width=7, height=7, patternUnits="userSpaceOnUse")
        )
    return tag("defs", *drawn)


def legend(entries: Sequence[tuple[str, Markup]], left: float, top: float, right: float) -> tuple[Markup, float]:
    """Marks with their words in as many lines as they need, and where they end below; a mark lies around 0,0."""
    drawn, x, y = [], left, top + 12
    for words, mark in entries:
        width = KEY + LETTER * len(words)
        if x > left and x + width > right:
            x, y = left, y + 22
        drawn.append(tag("g", mark, text(14.0, 4.0, words, class_="legend"), transform=f"translate({x:.0f} {y:.0f})"))
        x += width
    return Markup("").join(drawn), y + 14
