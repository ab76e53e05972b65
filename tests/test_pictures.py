"""Pictures say what their tables say: each is read back from its SVG and compared with its CSV."""

from __future__ import annotations

import csv
import datetime
import math
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from projects import write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.pages import plan_pages
from scoatlas.pictures import Picture, map_of_year, pictures_of
from scoatlas.pictures.status_map import base_map
from scoatlas.values import decode_date, decode_dates
from scoatlas.views import entries_of, years_of
from sites import REPOSITORY
from test_essays import changed

ASSETS = REPOSITORY / "src/scoatlas/theme/assets"
MAX_MAP, MAX_PICTURE = 100_000, 40_000
Svg = ElementTree.Element


@dataclass(frozen=True)
class ReadBack:
    """A picture as its two files have it."""

    svg: Svg
    rows: list[dict[str, str]]

    def marks(self, attribute: str = "data-row") -> dict[int, Svg]:
        """The mark of each row; of a small state, which is a dot as well, the last."""
        return {int(mark.attrib[attribute]): mark for mark in self.svg.iter() if attribute in mark.attrib}

    def words(self, look: str) -> list[Svg]:
        """The texts of a class."""
        return [text for text in self.texts() if text.attrib.get("class", "").startswith(look)]

    def texts(self) -> list[Svg]:
        return [element for element in self.svg.iter() if element.tag.endswith("}text")]

    def day(self, x: float) -> datetime.date:
        """The day at a place, read off the first and the last year of the axis."""
        ticks = sorted((float(tick.attrib["x"]), int(tick.text or "")) for tick in self.words("tick x"))
        (left, first), (right, last) = ticks[0], ticks[-1]
        start, end = datetime.date(first, 1, 1), datetime.date(last, 1, 1)
        return start + datetime.timedelta((x - left) / (right - left) * (end - start).days)

    def lane(self, y: float) -> str:
        """The name of the lane whose middle is at a height."""
        return words_of(min(self.words("lane"), key=lambda name: abs(float(name.attrib["y"]) - 4 - y)))

    def column(self, x: float) -> str:
        """The slanted name of the column at a place."""
        heads = {float(found[1]) - 4: words_of(head) for head in self.words("column") if (found := _place(head))}
        return heads[min(heads, key=lambda at: abs(at - x))]


def words_of(text: Svg) -> str:
    """The words of a text, which may have several lines."""
    return " ".join(text.itertext())


def read_back(site: Path, id: str) -> ReadBack:
    svg = ElementTree.parse(site / f"pictures/{id}.svg").getroot()
    with (site / f"pictures/{id}.csv").open(newline="", encoding="utf-8") as file:
        return ReadBack(svg, list(csv.DictReader(file)))


def place_of(mark: Svg) -> tuple[float, float]:
    if mark.tag.endswith("}circle"):
        return float(mark.attrib["cx"]), float(mark.attrib["cy"])
    found = re.fullmatch(r"translate\((-?[\d.]+) (-?[\d.]+)\)", mark.attrib["transform"])
    assert found
    return float(found[1]), float(found[2])


def near(day: datetime.date, other: datetime.date, days: int = 4) -> bool:
    return abs((day - other).days) <= days


@pytest.fixture(scope="module")
def pictures(atlas: Atlas) -> dict[str, Picture]:
    return {page.picture.id: page.picture for page in plan_pages(atlas) if page.picture}


# --- all of them -----------------------------------------------------------------------------------------------------


def test_each_row_has_its_mark_and_each_mark_its_row_which_says_its_words(
    built_site: Path, pictures: dict[str, Picture]
) -> None:
    assert len(pictures) > 50
    for id, picture in pictures.items():
        read = read_back(built_site, id)
        assert sorted(read.marks()) == list(range(len(read.rows))), id
        assert [[*row.values()][:-1] for row in read.rows] == [
            [cell.text for cell in row.cells] for row in picture.rows
        ]
        titles = {index: mark[0].text for index, mark in read.marks().items() if len(mark)}
        said = [", ".join(cell for cell in [*row.values()][:-1] if cell) for row in read.rows]
        assert {said[index]: title for index, title in titles.items()} == {title: title for title in titles.values()}, (
            id
        )


def test_each_row_names_a_source_that_the_atlas_has(
    built_site: Path, atlas: Atlas, pictures: dict[str, Picture]
) -> None:
    for id in pictures:
        for row in read_back(built_site, id).rows:
            keys = [entry.partition(",")[0] for entry in row["Sources"].split("; ")]
            assert set(keys) <= set(atlas.sources), (id, row)


def test_each_has_a_title_a_description_and_a_place_of_its_own(built_site: Path, pictures: dict[str, Picture]) -> None:
    assert len({picture.title for picture in pictures.values()}) == len(pictures)
    for id, picture in pictures.items():
        svg = read_back(built_site, id).svg
        assert [child.text for child in svg[:2]] == [picture.title, picture.description]
        assert svg.attrib["role"] == "img"
        assert svg.attrib["aria-labelledby"] == svg[0].attrib["id"]
        assert picture.note


def test_a_map_is_small_and_other_pictures_smaller(built_site: Path, pictures: dict[str, Picture]) -> None:
    sizes = {id: (built_site / f"pictures/{id}.svg").stat().st_size for id in pictures}
    limits = {id: MAX_MAP if id.startswith("map") else MAX_PICTURE for id in sizes}
    assert {id: size for id, size in sizes.items() if size > limits[id]} == {}


def test_a_picture_changes_when_its_facts_change_and_no_other_does(
    atlas: Atlas, pictures: dict[str, Picture], tmp_path: Path
) -> None:
    moved, _ = changed(atlas, "states/belarus", "since: 2024-07-04", "since: 2024-10-04", tmp_path)
    after = {page.picture.id: page.picture for page in plan_pages(moved) if page.picture}
    assert {id for id in pictures if pictures[id] != after[id]} == {
        *("map", "membership", "belonging"),
        *("map-2024", "map-2025", "map-2026"),
    }


# --- statuses --------------------------------------------------------------------------------------------------------


def test_the_map_of_a_year_and_its_table_have_who_had_which_status_on_its_last_day(
    built_site: Path, atlas: Atlas
) -> None:
    labels = {status: style.label for status, style in atlas.settings.statuses.items()}
    names = {record.id: record.entity.name.en for record in atlas.of_kind("states")}
    codes = {getattr(record.entity, "iso3166", ""): record.entity.name.en for record in atlas.of_kind("states")}
    for year in years_of(atlas):
        day = min(datetime.date(year, 12, 31), atlas.as_of)
        wanted = {names[id]: labels[status] for status, ids in atlas.on(day).items() for id in ids}
        read = read_back(built_site, f"map-{year}")
        assert {row["State"]: row["Status"] for row in read.rows} == wanted, year
        drawn: dict[str, str] = {}
        for mark in (mark for mark in read.svg.iter() if "data-state" in mark.attrib):
            status = mark.attrib["class"].removeprefix("state s-")
            assert mark.attrib["fill"] == f"url(#map-{year}-{status})"
            drawn[codes[mark.attrib["data-state"]]] = labels[status]
        assert drawn == wanted, year


def test_the_lists_of_a_years_page_are_those_of_its_last_day(built_site: Path, atlas: Atlas) -> None:
    for year in years_of(atlas):
        day = min(datetime.date(year, 12, 31), atlas.as_of)
        html = (built_site / f"years/{year}/index.html").read_text("utf-8")
        for status, ids in atlas.on(day).items():
            part = re.search(rf'<h3 id="field-{status}">(.*?)<h', html, re.DOTALL)
            listed = set(re.findall(r'href="\.\./\.\./(states/[a-z-]+)/"', part[1])) if part else set()
            assert listed == set(ids), (year, status)


@pytest.mark.parametrize("id", ["membership", "offices"])
def test_a_bar_runs_from_the_first_day_to_the_last_in_the_lane_of_its_name(
    built_site: Path, atlas: Atlas, id: str
) -> None:
    read = read_back(built_site, id)
    for index, mark in read.marks().items():
        row = read.rows[index]
        x, width = float(mark.attrib["x"]), float(mark.attrib["width"])
        until = atlas.as_of if row["To"] == "still" else decode_date(row["To"]).first
        assert near(read.day(x), decode_date(row["From"]).first), row
        assert near(read.day(x + width), until, 8), row  # nothing is thinner than half a unit
        assert read.lane(float(mark.attrib["y"]) + 6) == row.get("State", row.get("Holder"))


def test_a_bar_of_a_body_runs_over_the_years_of_membership(built_site: Path, atlas: Atlas) -> None:
    read = read_back(built_site, "belonging")
    axes: dict[str, list[float]] = {}
    for tick in (text for text in read.texts() if "data-column" in text.attrib):
        axes.setdefault(tick.attrib["data-column"], []).append(float(tick.attrib["x"]))
    first = datetime.date(1991, 1, 1)
    columns: dict[str, set[str]] = {}
    for index, mark in read.marks().items():
        row, x, width = read.rows[index], float(mark.attrib["x"]), float(mark.attrib["width"])
        column = next(name for name, (left, right) in axes.items() if left - 1 <= x <= right + 1)
        columns.setdefault(column, set()).add(row["Body"])
        left, right = axes[column]
        a_day = (right - left) / (atlas.as_of - first).days
        since = max(decode_date(row["From"]).first, first)
        until = max(atlas.as_of if row["To"] == "still" else decode_date(row["To"]).first, first)
        assert abs(left + (since - first).days * a_day - x) < 0.2, row
        assert abs(max((until - since).days * a_day, 2) - width) < 0.6, row  # nothing is thinner than two units
        assert read.lane(float(mark.attrib["y"]) + 4) == row["State"]
        assert ("hollow" in mark.attrib["class"]) == (row["Role"] != "member")
    assert all(len(bodies) == 1 for bodies in columns.values())


# --- meetings and exercises ------------------------------------------------------------------------------------------


def test_a_meeting_stands_on_its_day_in_the_lane_of_its_host(built_site: Path) -> None:
    read = read_back(built_site, "summits-by-host")
    looks: dict[str, set[str]] = {}
    for index, mark in read.marks().items():
        row, (x, y) = read.rows[index], place_of(mark)
        assert near(read.day(x), decode_dates(row["Dates"]).start.first, 6), row
        assert read.lane(y) == row["Host"]
        assert ("hollow" in mark.attrib["class"]) == (row["Format"] == "by video conference")
        looks.setdefault(row["Council"], set()).add(mark.attrib.get("d", "disc"))
    assert len({shape for shapes in looks.values() for shape in shapes}) == len(looks)


def test_a_state_at_an_exercise_stands_in_its_column_and_the_lane_of_the_exercise(built_site: Path) -> None:
    read = read_back(built_site, "participation")
    for index, mark in read.marks().items():
        row, (x, y) = read.rows[index], place_of(mark)
        assert read.lane(y) in (row["Exercise"], f"{row['Exercise']}, {row['Dates'][:4]}")
        assert read.column(x) == row["State"]
        assert ("hollow" in mark.attrib["class"]) == (row["Role"] != "took part")


def test_a_state_that_signed_an_agreement_stands_in_its_column_and_the_lane_of_the_agreement(built_site: Path) -> None:
    read = read_back(built_site, "agreements")
    lanes: dict[str, set[str]] = {}
    for index, mark in read.marks().items():
        row, (x, y) = read.rows[index], place_of(mark)
        lanes.setdefault(read.lane(y), set()).add(row["Document"])
        assert read.column(x) == row["State"]
        assert mark.tag.endswith("}circle") == (row["Act"] == "signed")
    assert all(len(documents) == 1 for documents in lanes.values())
    assert len(lanes) == len({row["Document"] for row in read.rows})
    full = [lane for lane, documents in lanes.items() if lane.removesuffix(lane[-6:]) in documents or lane in documents]
    assert len(full) >= len(lanes) - 3  # only very long names are shortened, none is cut
    assert not [lane for lane in lanes if "…" in lane]


def test_the_verdicts_of_a_review_are_as_long_as_they_are_many(built_site: Path, atlas: Atlas) -> None:
    for review in atlas.of_kind("reviews"):
        read = read_back(built_site, f"{review.id.replace('/', '-')}-verdicts")
        ticks = sorted((float(tick.attrib["x"]), float(tick.text or "")) for tick in read.words("tick x"))
        a_claim = (ticks[-1][0] - ticks[0][0]) / ticks[-1][1]
        assert sum(int(row["Claims"]) for row in read.rows) == len(review.claims)
        for index, mark in read.marks().items():
            row = read.rows[index]
            assert abs(float(mark.attrib["width"]) - int(row["Claims"]) * a_claim) < 0.2
            assert mark.attrib["fill"].endswith(f"-{row['Verdict']})")
            said = [claim for claim in review.claims if claim.part == row["Part"]]
            assert sum(claim.verdict.code == row["Verdict"] for claim in said) == int(row["Claims"])


def _place(text: Svg) -> re.Match[str] | None:
    return re.match(r"translate\((-?[\d.]+) ", text.attrib["transform"])


def test_an_amount_stands_at_its_height_and_on_its_day(built_site: Path, pictures: dict[str, Picture]) -> None:
    for id in [id for id in pictures if id == "exercises" or pictures[id].columns[:1] == ("Date",)]:
        read = read_back(built_site, id)
        amount_of = _amounts(read, logarithmic=id == "exercises")
        upper = read.marks("data-up-to")
        for index, mark in read.marks().items():
            row, (x, y) = read.rows[index], place_of(mark)
            amount = float(next(row[name] for name in row if name.startswith(("Value", "Persons"))))
            x -= float(mark.attrib.get("data-shift", 0))
            assert amount_of(y) == pytest.approx(amount, rel=0.02, abs=_step(read) / 100), (id, row)
            span = decode_dates(row.get("Date") or row["Dates"])
            days = datetime.timedelta(12)
            assert span.start.first - days <= read.day(x) <= span.end.last + days, (id, row)
            assert (index in upper) == bool(row.get("Up to"))
            if row.get("Up to"):
                top = amount_of(float(upper[index].attrib["y2"]))
                assert top == pytest.approx(float(row["Up to"]), rel=0.02, abs=_step(read) / 100)
            assert ("hollow" in mark.attrib["class"]) == ("about" in row.get("Given as", ""))


def _ticks(read: ReadBack) -> list[tuple[float, float]]:
    return sorted((float(tick.attrib["y"]) - 4, float(tick.attrib["data-value"])) for tick in read.words("tick y"))


def _step(read: ReadBack) -> float:
    values = sorted(value for _, value in _ticks(read))
    return values[1] - values[0]


def _amounts(read: ReadBack, *, logarithmic: bool):  # type: ignore[no-untyped-def]  # a function of one number
    """The amount at a height, read off the lowest and the highest number of the axis."""
    ticks = _ticks(read)
    (top, most), (bottom, least) = ticks[0], ticks[-1]

    def amount(y: float) -> float:
        share = (bottom - y) / (bottom - top)
        if logarithmic:
            return float(10 ** (math.log10(least) + share * (math.log10(most) - math.log10(least))))
        return least + share * (most - least)

    return amount


# --- borders ---------------------------------------------------------------------------------------------------------


def test_each_area_in_dispute_is_marked_on_every_map_and_has_no_status(built_site: Path) -> None:
    areas = {area["name"]: area["d"] for area in base_map()["disputed_areas"]}
    assert len(areas) > 30
    for id in ("map", "map-1996", "map-2016"):
        read = read_back(built_site, id)
        marked = [mark for mark in read.svg.iter() if mark.attrib.get("class") == "disputed" and len(mark)]
        assert {(mark[0].text or "").partition(":")[0]: mark.attrib["d"] for mark in marked} == areas
        assert {mark.attrib["fill"] for mark in marked} == {f"url(#{id}-disputed)"}
        order = list(read.svg)
        last_state = max((order.index(mark) for mark in order if "data-state" in mark.attrib), default=0)
        assert min(order.index(mark) for mark in marked) > last_state  # nothing is painted over them


def test_the_page_on_borders_names_each_area_that_the_map_marks() -> None:
    page = (REPOSITORY / "content/about/maps.md").read_text("utf-8").replace("\n  ", " ")
    for area in base_map()["disputed_areas"]:
        assert area["name"] in page, area["name"]


# --- colours ---------------------------------------------------------------------------------------------------------


def _schemes() -> list[dict[str, str]]:
    css = (ASSETS / "scoatlas.css").read_text("utf-8")
    blocks = re.findall(r'^\[data-md-color-scheme="(?:default|slate)"\] \{\s*(--paper[^}]*)\}', css, re.MULTILINE)
    schemes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]
    assert len(schemes) == 2
    return schemes


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_and_marks_stand_out_in_both_schemes(atlas: Atlas) -> None:
    css = (ASSETS / "pictures.css").read_text("utf-8")
    colours = set(re.findall(r"(?:fill|stroke|--mark-ink): ([^;]+);", css))
    assert all(re.fullmatch(r"none|var\(--[a-z-]+\)", colour) for colour in colours), colours
    marks = set(re.findall(r"--mark-ink: var\(--([a-z-]+)\)", css))
    assert len(marks) == 6
    for scheme, swatches in zip(
        _schemes(),
        (
            [status.colour for status in atlas.settings.statuses.values()],
            [status.dark for status in atlas.settings.statuses.values()],
        ),
        strict=True,
    ):
        for ground in (scheme["paper"], scheme["tint"]):
            assert min(contrast(scheme[name], ground) for name in ("ink", "ink-quiet")) >= 4.5
            assert min(contrast(scheme[name], ground) for name in marks) >= 3
            assert min(contrast(swatch, ground) for swatch in swatches) >= 3


def test_no_two_statuses_are_told_apart_by_colour_alone(atlas: Atlas) -> None:
    hatches: dict[str, set[str]] = {}
    for year in years_of(atlas):
        body = str(map_of_year(atlas, year).body)
        for status in atlas.settings.statuses:
            if found := re.search(rf'<pattern id="map-{year}-{status}".*?</pattern>', body) or re.search(
                rf'<pattern (?:(?!</pattern>).)*id="map-{year}-{status}"(?:(?!</pattern>).)*</pattern>', body
            ):
                hatches.setdefault(status, set()).add("".join(re.findall(r' d="([^"]*)"', found[0])))
    assert all(len(found) == 1 for found in hatches.values())
    assert len({hatch for found in hatches.values() for hatch in found}) == len(hatches) >= 4


def test_an_atlas_without_facts_has_no_picture(atlas: Atlas) -> None:
    empty = Atlas(atlas.settings, {}, {}, {})
    assert list(pictures_of(empty)) == []
    assert list(years_of(empty)) == []


# --- whatever the facts say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["0", "0.000001", "999999999999999.999999", ">7000", "40-45~", "<1"])
@pytest.mark.parametrize("day", ["0001", "0001-01-01", "1999-12", "2010~", "9999-12-31"])
def test_what_a_fact_may_say_a_picture_can_draw(tmp_path: Path, amount: str, day: str) -> None:
    cite = "cite: [li-2010]"
    days = (day, "2001", "2002", "2003", "2004")
    figures = "".join(f"  - {{measure: A, value: '{amount} t', date: '{when}', {cite}}}\n" for when in days)
    since = f"since: '{day}', {cite}"
    changes = {
        "content/exercises/drill.yml": f"name: {{en: A}}\ndates: {{value: '{day}', {cite}}}\n"
        f"personnel: {{value: '{amount}', {cite}}}\nhosts:\n  - {{value: states/china, {cite}}}\n"
        f"participants:\n  - {{value: states/china, {cite}}}\n",
        "content/concepts/a.yml": f"name: {{en: A}}\nfigures:\n{figures}",
        "content/states/laos.yml": f"name: {{en: A}}\nstatus:\n  - {{value: member, {since}}}\n",
        "content/organisations/body.yml": f"name: {{en: A}}\nmembers:\n  - {{value: states/laos, {since}}}\n",
    }
    made, _ = read_atlas(write_project(tmp_path, changes))
    assert made
    assert {"exercises/drill", "concepts/a", "states/laos", "organisations/body"} <= set(made.records)
    for picture in (*pictures_of(made), *(map_of_year(made, year) for year in list(years_of(made))[:1])):
        ElementTree.fromstring(str(picture.svg("svg{fill:none}")))
        assert len(list(csv.reader(picture.csv().splitlines()))) == len(picture.rows) + 1
    assert entries_of(made) is not None
    assert len(years_of(made)) <= 100
