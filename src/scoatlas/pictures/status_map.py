"""The map of statuses on a day. Lines are Natural Earth's; what is in dispute is hatched, and has no status."""

from __future__ import annotations

import datetime
import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.expressions import join_words, show
from scoatlas.pictures.axes import patterns
from scoatlas.pictures.marks import bar, line, said, tag, text
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import abbreviation_of, cell_of, ends

_NATURAL_EARTH = "naturalearth-disputed"

# Where a name does not fit into its state: how far from the middle it stands, with a line between; on water or on land
# without a status where that is near, for a name on a state reads as that state's.
_BESIDE = {
    "AM": (-37, -58), "AZ": (30, -18), "BH": (98, 60), "QA": (90, 74), "AE": (73, 76), "KW": (-34, -26),
    "MV": (-40, 12), "LK": (46, 16), "NP": (42, 96), "KH": (36, 34), "LA": (88, 22), "KG": (70, 2), "TJ": (90, 6),
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
    picture = _draw("map", atlas.as_of, f"{_subject(atlas)} on {atlas.settings.as_of.in_words}", atlas)
    return picture if picture.rows else None


def draw_year(atlas: Atlas, year: int) -> Picture:
    """The map on the last day of a year, or on the last day searched."""
    day = min(datetime.date(year, 12, 31), atlas.as_of)
    title = f"{_subject(atlas)} {'at the end of' if day.month == 12 else 'in'} {year}"
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
            labels.append(_label(code, status, _short(record), middle, bool(country) and country["a"] > _SMALL * 4))
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
            ]
        ),
        keys=_keys(id, used, told, atlas),
        note=(
            "Boundaries and coasts are those of Natural Earth, which shows who holds a territory in fact "
            f"[@{_NATURAL_EARTH}]; the atlas takes no position on any claim. Areas in dispute are hatched and have no "
            "colour of a status: [[about/maps]] lists them. The table is the authority, and names the small states, "
            "which have no name here on a narrow screen."
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


def _subject(atlas: Atlas) -> str:
    subject = atlas.settings.subject
    return f"Members and partners of the {abbreviation_of(subject.id, atlas)}" if subject else "Members and partners"


def _in_words(told: list[tuple[Record, LinkedFact]], used: list[str], atlas: Atlas) -> str:
    counts = [f"{_count(status, told)} {_small(atlas.settings.statuses[status].plural)}" for status in used]
    return (
        f"A map of Eurasia with {join_words(counts)}." if counts else "A map of Eurasia on which no state has a status."
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


def _label(code: str, status: str, name: str, middle: tuple[float, float], large: bool) -> Markup:
    """The name in the state, or beside it with a line that ends before the first letter."""
    x, y = middle
    if code not in _BESIDE:
        dx, dy = _NUDGED.get(code, (0, 0))
        size = "major" if large else "minor"
        return text(float(x + dx), float(y + dy + 4), name, class_=f"label {size} in s-{status}")
    dx, dy = _BESIDE[code]
    half = len(name) * 3.6 + 3
    aside = abs(dx) > abs(dy) / 2
    end = (x + dx - math.copysign(half, dx), y + dy) if aside else (x + dx, y + dy - math.copysign(9, dy))
    return line(float(x), float(y), float(end[0]), float(end[1]), class_="leader") + text(
        float(x + dx), float(y + dy + 4), name, class_="label minor"
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


def _keys(
    id: str, used: list[str], told: list[tuple[Record, LinkedFact]], atlas: Atlas
) -> tuple[tuple[str, Markup], ...]:
    """What the colours and lines mean, and how many states have each status."""
    looks = [
        (
            f"{atlas.settings.statuses[status].plural} ({_count(status, told)})",
            {"class_": f"state s-{status}", "fill": f"url(#{id}-{status})"},
        )
        for status in used
    ]
    looks.append(("Other states", {"class_": "land"}))
    looks.append(("Area in dispute", {"class_": "disputed", "fill": f"url(#{id}-disputed)"}))
    line_in_dispute = line(-14, 0, 9, 0, class_="disputed-line")
    return (
        *((words, bar(-12.0, -6.0, 20.0, 12.0, **look)) for words, look in looks),
        ("Boundary in dispute, or line of control", line_in_dispute),
    )
