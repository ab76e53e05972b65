"""The map of statuses on a day. Lines are Natural Earth's; what is in dispute is hatched, and has no status."""

from __future__ import annotations

import datetime
import json
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.expressions import show
from scoatlas.pictures.axes import patterns
from scoatlas.pictures.marks import bar, said, tag, text
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of, ends

_NATURAL_EARTH = "naturalearth-disputed"

# Where a name does not fit into its state: how far from the middle it stands, with a line between.
_BESIDE = {
    "AM": (-30, -34), "AZ": (30, -18), "AE": (30, 44), "BH": (-52, -16), "KW": (-34, -26), "QA": (46, 10),
    "MV": (-40, 12), "LK": (46, 16), "NP": (4, 36), "KH": (36, 34), "LA": (52, -8), "KG": (64, 2), "TJ": (84, 4),
    "BY": (-48, -26),
}  # fmt: skip
_NUDGED = {
    "RU": (60, 30), "CN": (40, 20), "IN": (-14, 34), "IR": (4, 8), "AF": (-8, 6), "KZ": (-6, 4), "EG": (0, 10),
    "SA": (-14, 22), "UZ": (-4, -6), "PK": (-6, 8),
}  # fmt: skip
_SMALL = 900
"""Below this area in square units a state is a dot as well."""


def draw(atlas: Atlas) -> Picture | None:
    """The map on the last day searched; None where no state has a status then."""
    picture = _draw("map", atlas.as_of, f"Statuses on {atlas.settings.as_of.in_words}", atlas)
    return picture if picture.rows else None


def draw_year(atlas: Atlas, year: int) -> Picture:
    """The map on the last day of a year, or on the last day searched."""
    day = min(datetime.date(year, 12, 31), atlas.as_of)
    title = f"Statuses at the end of {year}" if day.month == 12 else f"Statuses in {year}"
    return _draw(f"map-{year}", day, title, atlas)


def _draw(id: str, day: datetime.date, title: str, atlas: Atlas) -> Picture:
    base = base_map()
    told: list[tuple[Record, LinkedFact]] = [
        (atlas.records[state], linked)
        for status, states in atlas.on(day).items()
        for state in states
        for linked in atlas.records[state].on("status", day)
        if str(linked.fact.value) == status
    ]
    rows = [
        Row(
            (cell_of(record.id, atlas), Cell(show(linked.fact.value, atlas)), Cell(ends(linked)[0])),
            linked.fact.cite,
        )
        for record, linked in told
    ]
    place = {getattr(record.entity, "iso3166", None) or "": index for index, (record, _) in enumerate(told)}
    used = [status for status, states in atlas.on(day).items() if states]
    land = [
        tag("path", d=country["d"], class_="land") for code, country in base["countries"].items() if code not in place
    ]
    coloured, dots, labels = [], [], []
    for code, index in place.items():
        record, linked = told[index]
        status = str(linked.fact.value)
        look = {"class_": f"state s-{status}", "fill": f"url(#{id}-{status})", "data_row": index, "data_state": code}
        country, point = base["countries"].get(code), base["points"].get(code)
        if country:
            coloured.append(tag("path", said(rows[index].words), d=country["d"], **look))
        if point:
            words = "" if country else said(rows[index].words)
            dots.append(tag("circle", words, cx=point[0], cy=point[1], r=4, **look))
        middle = point or (country and country["c"])
        if middle:
            labels.append(_label(code, _short(record), middle, bool(country) and country["a"] > _SMALL * 4))
    return Picture(
        id=id,
        title=title,
        description=_in_words(told, used, atlas),
        columns=("State", "Status", "Since"),
        rows=tuple(rows),
        width=960,
        height=700,
        body=Markup("").join(
            [
                patterns(id, used, atlas.settings.statuses),
                _dispute_pattern(id),
                bar(0.0, 0.0, 960.0, 700.0, class_="sea"),
                tag("path", d=base["graticule"], class_="graticule"),
                *land,
                *coloured,
                *dots,
                *_disputes(id, base),
                *labels,
                _legend(id, used, told, atlas),
            ]
        ),
        note=(
            "Boundaries and coasts are those of Natural Earth, which shows who holds a territory in fact "
            f"[@{_NATURAL_EARTH}]; the atlas takes no position on any claim. Areas in dispute are hatched and have no "
            "colour of a status: [[about/maps]] lists them. The table is the authority."
        ),
        cite=(Citation(_NATURAL_EARTH),),
        fits=True,
    )


@cache
def base_map() -> dict[str, Any]:
    """Countries by ISO code (path, middle, area), borders, what is in dispute, graticule, points of small states.

    Lambert's azimuthal equal-area projection; Natural Earth, public domain.
    """
    found: dict[str, Any] = json.loads((files("scoatlas.pictures") / "basemap.json").read_text("utf-8"))
    return found


def _in_words(told: list[tuple[Record, LinkedFact]], used: list[str], atlas: Atlas) -> str:
    counts = [f"{_count(status, told)} {_small(atlas.settings.statuses[status].plural)}" for status in used]
    return (
        f"A map of Eurasia with {', '.join(counts)}." if counts else "A map of Eurasia on which no state has a status."
    )


def _count(status: str, told: list[tuple[Record, LinkedFact]]) -> int:
    return sum(str(linked.fact.value) == status for _, linked in told)


def _small(words: str) -> str:
    """Words that begin a heading, within a sentence."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _short(record: Record) -> str:
    """The name, or a shorter one where it is too long for a map."""
    name = record.entity.name.en
    return name if len(name) <= 14 else min((name, *record.entity.aliases), key=len)


def _label(code: str, name: str, middle: tuple[float, float], large: bool) -> Markup:
    x, y = middle
    size = "label major" if large else "label minor"
    if code not in _BESIDE:
        dx, dy = _NUDGED.get(code, (0, 0))
        return text(float(x + dx), float(y + dy + 4), name, class_=size)
    dx, dy = _BESIDE[code]
    end = float(y + dy - 4 if dy > 0 else y + dy + 2)
    leader = {"x1": float(x), "y1": float(y), "x2": float(x + dx), "y2": end}
    return (
        tag("line", class_="leader halo", **leader)
        + tag("line", class_="leader", **leader)
        + text(float(x + dx), float(y + dy + 6 if dy > 0 else y + dy - 2), name, class_="label minor")
    )


def _dispute_pattern(id: str) -> Markup:
    ground = bar(0.0, 0.0, 5.0, 5.0, class_="disputed-ground")
    over = tag("path", d="M-1,1L1,-1M0,5L5,0M4,6L6,4", class_="disputed-hatch")
    size = {"width": 5, "height": 5, "patternUnits": "userSpaceOnUse"}
    return tag("defs", tag("pattern", ground, over, id=f"{id}-disputed", **size))


def _disputes(id: str, base: dict[str, Any]) -> list[Markup]:
    look = {"class_": "disputed", "fill": f"url(#{id}-disputed)"}
    areas = [
        tag("path", said(f"{area['name']}: {area['note']}"), d=area["d"], **look) for area in base["disputed_areas"]
    ]
    return [*areas, tag("path", d=base["disputed"], class_="disputed-line")]


def _legend(id: str, used: list[str], told: list[tuple[Record, LinkedFact]], atlas: Atlas) -> Markup:
    """Twice: for the width of a page, and larger for that of a telephone; the style sheet shows one."""
    entries = [
        (
            f"{atlas.settings.statuses[status].plural} ({_count(status, told)})",
            {"class_": f"state s-{status}", "fill": f"url(#{id}-{status})"},
        )
        for status in used
    ]
    entries.append(("Other states", {"class_": "land"}))
    entries.append(("In dispute", {"class_": "disputed", "fill": f"url(#{id}-disputed)"}))
    return _legend_of(entries, 1.0, "wide") + _legend_of(entries, 2.3, "narrow")


def _legend_of(entries: list[tuple[str, dict[str, str]]], size: float, which: str) -> Markup:
    step, height = 20 * size, 20 * size * len(entries) + 12
    width = 44 * size + max(len(words) for words, _ in entries) * 7.2 * size
    top = 700 - height - 10
    drawn = [bar(10.0, top, width, height, class_="frame")]
    for index, (words, look) in enumerate(entries):
        y = top + 6 + step * index
        drawn.append(bar(18.0, y + 4 * size, 20 * size, 12 * size, **look))
        drawn.append(text(18 + 28 * size, y + 14 * size, words, class_="legend"))
    return tag("g", *drawn, class_=f"key {which}")
