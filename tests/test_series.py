"""Figures by measure, and the parts of a series with their trend."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import write_project
from scoatlas import views
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.views.series import series_of, span_of_parts

CITE = "cite: [li-2010]"


def load(root: Path, files: dict[str, str]) -> Atlas:
    atlas, diagnostics = read_atlas(write_project(root, files))
    assert [one for one in diagnostics if one.severity == "error"] == []
    assert atlas is not None
    return atlas


# --- figures


def tables(root: Path, figures: str) -> list[tuple[str, list[str], int]]:
    """(title, headings, rows) of each table of the figures of a page."""
    text = f"name: {{en: Trade}}\nactors: {{value: states/china, {CITE}}}\nfigures:\n{figures}"
    atlas = load(root, {"content/interests/trade.yml": text})
    sections = views.sections_of(atlas.records["interests/trade"], atlas)
    found = next(section for section in sections if section.field.name == "figures")
    return [(table.title, [column.title for column in table.columns], len(table.rows)) for table in found.tables]


def figure(year: int, measure: str, statistics: str = "") -> str:
    whose = f", statistics: {statistics}" if statistics else ""
    return f"  - {{value: {year} USD, date: {year}, measure: {measure}{whose}, {CITE}}}\n"


def test_figures_of_one_measure_are_a_table_under_its_name(tmp_path: Path) -> None:
    assert tables(tmp_path, figure(2022, "trade") + figure(2023, "trade")) == [("Trade", ["Date", "Figure"], 2)]


def test_statistics_that_differ_stand_side_by_side(tmp_path: Path) -> None:
    both = figure(2022, "trade", "Chinese customs") + figure(2022, "trade", "Kazakh")
    assert tables(tmp_path, both) == [("Trade", ["Date", "Figure", "Statistics"], 2)]


def test_statistics_that_are_the_same_throughout_are_told_once_in_the_title(tmp_path: Path) -> None:
    same = figure(2022, "trade", "Kazakh") + figure(2023, "trade", "Kazakh")
    assert tables(tmp_path, same) == [("Trade, Kazakh", ["Date", "Figure"], 2)]


def test_measures_with_one_figure_share_the_last_table(tmp_path: Path) -> None:
    mixed = figure(2021, "loans") + figure(2022, "trade") + figure(2023, "trade") + figure(2024, "aid")
    assert tables(tmp_path, mixed) == [
        ("Trade", ["Date", "Figure"], 2),
        ("Single figures", ["Date", "Measure", "Figure"], 2),
    ]


def test_figures_of_one_year_have_ids_of_their_own(tmp_path: Path) -> None:
    both = figure(2022, "trade", "Chinese customs") + figure(2022, "trade", "Kazakh")
    atlas = load(
        tmp_path,
        {"content/interests/trade.yml": f"name: {{en: T}}\nactors: {{value: states/china, {CITE}}}\nfigures:\n{both}"},
    )
    assert [fact.anchor for fact in atlas.records["interests/trade"].facts][1:] == [
        "figures-2022-trade-chinese-customs",
        "figures-2022-trade-kazakh",
    ]


# --- parts


def drills(root: Path, numbers: dict[int, str]) -> Atlas:
    """A series with a part a year, of which the personnel is known where a number is given."""
    files, parts = {}, ""
    for year, persons in numbers.items():
        personnel = f"personnel: {{value: '{persons}', {CITE}}}\n" if persons else ""
        files[f"content/exercises/drill-{year}.yml"] = (
            f"name: {{en: Drill {year}}}\ndates: {{value: {year}-08, {CITE}}}\n{personnel}"
            f"participants:\n  - {{value: states/china, {CITE}}}\n"
        )
        parts += f"  - {{value: exercises/drill-{year}, {CITE}}}\n"
    return load(root, {**files, "content/exercises/drill.yml": f"name: {{en: Drill}}\nparts:\n{parts}"})


def test_the_trend_of_a_series_is_computed_from_its_parts(tmp_path: Path) -> None:
    atlas = drills(tmp_path, {2005: "10000~", 2007: "6500", 2009: "", 2010: "3000-5000", 2012: ">2000"})
    series = series_of(atlas.records["exercises/drill"], atlas)
    assert series is not None
    assert [part.states for part in series.parts] == [1, 1, 1, 1, 1]
    trend = series.trend
    assert trend is not None
    assert (trend.known, trend.parts, trend.earlier, trend.later, trend.unit) == (4, 5, 8250, 3000, "persons")
    assert trend.largest.linked.fact.value.id == "exercises/drill-2005"
    assert trend.smallest.linked.fact.value.id == "exercises/drill-2012"


@pytest.mark.parametrize("numbers", [{2005: "1", 2006: "2", 2007: "3"}, {2005: "", 2006: ""}])
def test_too_few_numbers_tell_no_trend(numbers: dict[int, str], tmp_path: Path) -> None:
    atlas = drills(tmp_path, numbers)
    series = series_of(atlas.records["exercises/drill"], atlas)
    assert series is not None
    assert series.trend is None


def test_the_index_tells_the_years_of_a_series(tmp_path: Path) -> None:
    atlas = drills(tmp_path, {2005: "1", 2012: "2"})
    assert span_of_parts(atlas.records["exercises/drill"], atlas) == (2, 2005, 2012)
    (row,) = [row for row in views.rows_of("exercises", atlas) if row.record.id == "exercises/drill"]
    assert row.cells[0].text == "2005–2012, series of 2"


# --- backlinks


def test_who_is_tied_to_an_entity_is_not_named_again_for_its_text(tmp_path: Path) -> None:
    text = f"name: {{en: T}}\nactors: {{value: states/china, {CITE}, note: 'of [[states/china]]'}}\n"
    atlas = load(tmp_path, {"content/interests/trade.yml": text})
    groups = views.groups_of_backlinks(atlas.records["states/china"], atlas)
    assert [group.inverse for group in groups if "interests/trade" in group.ids] == ["discussed in"]
