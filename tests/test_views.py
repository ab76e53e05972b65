"""What each page shows, decided before there is any HTML."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from projects import BASE, write_project
from scoatlas import views
from scoatlas.atlas import Atlas, Record
from scoatlas.build import read_atlas
from scoatlas.model import Term

CHINA = BASE["content/states/china.yml"]
SETTINGS = BASE["atlas.yml"]
CITE = "cite: [li-2010]"


def load(root: Path, changes: dict[str, str]) -> Atlas:
    atlas, diagnostics = read_atlas(write_project(root, changes))
    assert atlas is not None
    assert not diagnostics.failed(), list(diagnostics)
    return atlas


def state(name: str, *fields: str) -> dict[str, str]:
    return {f"content/states/{name.lower()}.yml": "\n".join([f"name: {{en: {name}}}", *fields, ""])}


def china(root: Path, fields: str) -> tuple[Record, Atlas]:
    atlas = load(root, {"content/states/china.yml": CHINA + fields})
    return atlas.records["states/china"], atlas


def body(
    root: Path, fields: str, kind: str = "organisations", others: dict[str, str] | None = None
) -> tuple[Record, Atlas]:
    """An organisation or institution with some fields."""
    atlas = load(root, {f"content/{kind}/body.yml": f"name: {{en: Body}}\n{fields}", **state("Laos"), **(others or {})})
    return atlas.records[f"{kind}/body"], atlas


# --- the box and the remarks


def test_a_field_with_a_note_is_short_in_the_box_and_told_among_the_remarks(tmp_path: Path) -> None:
    record, atlas = body(tmp_path, f"type: {{value: forum, {CITE}}}\nfounded: {{value: 2001, {CITE}, note: so}}\n")
    assert [(line.field.name, line.told) for line in views.box_of(record, atlas).lines] == [
        ("type", ""),
        ("founded", "field-founded"),
    ]
    assert [field.name for field in views.remarks_of(record, atlas)] == ["founded"]


def test_where_sources_disagree_the_box_has_what_is_held_and_the_remarks_have_both(tmp_path: Path) -> None:
    founded = f"founded:\n  - {{value: 2001, rank: deprecated, {CITE}, note: no}}\n  - {{value: 2002, {CITE}}}\n"
    record, atlas = body(tmp_path, founded)
    (line,) = views.box_of(record, atlas).lines
    assert [str(linked.fact.value) for linked in line.facts] == ["2002"]
    (field,) = views.remarks_of(record, atlas)
    assert field.disputed
    assert [str(linked.fact.value) for linked in field.in_order] == ["2002", "2001"]


def test_the_box_has_who_holds_a_succession_today(tmp_path: Path) -> None:
    chair = (
        f"chair:\n  - {{value: states/china, since: 2001, {CITE}}}\n  - {{value: states/laos, since: 2005, {CITE}}}\n"
    )
    record, atlas = body(tmp_path, chair, "institutions")
    (line,) = views.box_of(record, atlas).current
    assert [linked.fact.value.id for linked in line.facts] == ["states/laos"]


def test_a_lone_seat_without_a_day_is_a_line_of_the_box_and_no_table(tmp_path: Path) -> None:
    record, atlas = body(tmp_path, f"seat: {{value: Minsk, {CITE}}}\n")
    assert [line.field.name for line in views.box_of(record, atlas).lines] == ["seat"]
    assert views.sections_of(record, atlas) == ()


def test_a_value_of_more_than_a_line_is_a_section(tmp_path: Path) -> None:
    charter = (
        f"name: {{en: Charter}}\nsubject: {{value: {'long ' * 30}, {CITE}}}\namends: {{value: documents/b, {CITE}}}\n"
    )
    atlas = load(tmp_path, {"content/documents/a.yml": charter, "content/documents/b.yml": "name: {en: B}\n"})
    record = atlas.records["documents/a"]
    assert [section.field.name for section in views.sections_of(record, atlas)] == ["subject", "amends"]
    assert not views.box_of(record, atlas)


# --- sections


def columns(root: Path, fields: str) -> list[list[str]]:
    record, atlas = body(root, fields)
    sections = views.sections_of(record, atlas)
    return [[column.title for table in section.tables for column in table.columns] for section in sections]


@pytest.mark.parametrize(
    ("fields", "titles"),
    [
        (f"events: {{value: Began, date: 2001, place: Minsk, {CITE}}}", ["Date", "What happened", "Place"]),
        (f"members: {{value: states/laos, since: 2001, until: 2002, {CITE}}}", ["From", "To", "State"]),
        (f"members: {{value: states/laos, since: 2001, role: observer, {CITE}}}", ["From", "State", "Role"]),
        (f"seat: [{{value: Minsk, since: 2001, {CITE}}}]", ["From", "To", "Seat"]),
        (f"relation: {{value: None, {CITE}}}", []),
        (f"members: {{value: states/laos, {CITE}}}", []),
    ],
)
def test_a_table_has_the_columns_that_its_facts_fill(fields: str, titles: list[str], tmp_path: Path) -> None:
    assert columns(tmp_path, f"{fields}\n") == [titles]


def test_names_without_more_are_set_in_columns(tmp_path: Path) -> None:
    members = f"members:\n  - {{value: states/laos, {CITE}}}\n  - {{value: states/china, {CITE}}}\n"
    record, atlas = body(tmp_path, members + f"relation: {{value: None, {CITE}}}\n")
    assert [section.short for section in views.sections_of(record, atlas)] == [True, False]


def test_members_of_whom_something_else_is_said_have_a_row_of_their_own(tmp_path: Path) -> None:
    members = f"members:\n  - {{value: states/laos, since: 2001, {CITE}}}\n"
    members += f"  - {{value: states/china, since: 2001, {CITE}, note: 'see [[states/laos]]'}}\n"
    record, atlas = body(tmp_path, members)
    (section,) = views.sections_of(record, atlas)
    assert [len(row) for table in section.tables for row in table.rows] == [1, 1]


def test_figures_of_one_day_begin_with_the_preferred_and_end_with_the_wrong(tmp_path: Path) -> None:
    figures = f"""\
figures:
  - {{value: 4 USD, date: 2009, measure: Output, members: two members, {CITE}}}
  - {{value: 1 USD, date: 2010, measure: Output, members: two members, rank: deprecated, {CITE}, note: stale}}
  - {{id: figures-other, value: 2 USD, date: 2010, measure: Output, members: two members, {CITE}}}
  - {{id: figures-best, value: 3 USD, date: 2010, measure: Output, members: three, rank: preferred, {CITE}}}
"""
    record, atlas = body(tmp_path, figures, "concepts")
    (section,) = views.sections_of(record, atlas)
    assert section.field.disputed
    assert [linked.fact.value.amount for linked in section.field.in_order] == [4, 3, 2, 1]
    assert [[column.title for column in table.columns] for table in section.tables] == [["Date", "Figure", "Of"]]


# --- the strip


def test_a_strip_runs_from_the_first_day_to_the_day_of_the_evidence(tmp_path: Path) -> None:
    chair = f"""\
chair:
  - {{value: states/china, since: 2006-01-31, {CITE}}}
  - {{value: states/laos, since: 2016-01-31, {CITE}}}
  - {{value: states/china, since: 2021-01-31, {CITE}}}
"""
    record, atlas = body(tmp_path, chair, "institutions")
    (section,) = views.sections_of(record, atlas)
    assert section.history is not None
    lanes = {
        lane.label: [(round(span.start), round(span.width)) for span in lane.spans] for lane in section.history.lanes
    }
    assert lanes == {"China": [(0, 50), (75, 25)], "Laos": [(50, 25)]}
    assert [year for _, year in section.history.years] == [2010, 2015, 2020, 2025]


def test_statuses_share_one_lane_in_their_colours_and_are_named_where_the_word_fits(tmp_path: Path) -> None:
    laos = state(
        "Laos",
        "status:",
        "  - {value: observer, since: 2004, cite: [li-2010]}",
        "  - {value: member, since: 2025-06, cite: [li-2010]}",
    )
    atlas = load(tmp_path, laos)
    (section,) = views.sections_of(atlas.records["states/laos"], atlas)
    assert section.history is not None
    assert section.history.of_words
    (lane,) = section.history.lanes
    assert [(span.style, span.label) for span in lane.spans] == [("s-observer", "observer"), ("s-member", "")]


def test_what_never_changed_has_no_strip(tmp_path: Path) -> None:
    record, atlas = china(tmp_path, "")
    assert [section.history for section in views.sections_of(record, atlas)] == [None]


def test_a_strip_of_more_holders_than_one_can_read_is_left_out(tmp_path: Path) -> None:
    heads = "\n".join(f"  - {{value: Head {n}, since: {1990 + n}, {CITE}}}" for n in range(20))
    files = {
        "content/institutions/a.yml": f"name: {{en: A}}\nhead:\n{heads}\npart_of: {{value: institutions/b, {CITE}}}\n"
    }
    atlas = load(tmp_path, {**files, "content/institutions/b.yml": "name: {en: B}\n"})
    (section,) = views.sections_of(atlas.records["institutions/a"], atlas)
    assert [len(table.rows) for table in section.tables] == [20]
    assert section.history is None


# --- ties


def test_more_than_thirty_of_a_kind_are_counted(tmp_path: Path) -> None:
    host = f"name: {{en: Meeting}}\ncouncil: {{value: heads-of-state, {CITE}}}\nhost: {{value: states/laos, {CITE}}}\n"
    many = {f"content/summits/m-{n}.yml": host for n in range(31)}
    few = {
        f"content/documents/d-{n}.yml": f"name: {{en: D}}\nsignatories: {{value: states/laos, {CITE}}}\n"
        for n in range(30)
    }
    atlas, _ = read_atlas(write_project(tmp_path, {**state("Laos"), **many, **few}))
    assert atlas is not None
    hosted, signed = views.groups_of_backlinks(atlas.records["states/laos"], atlas)
    assert (hosted.inverse, hosted.ids, hosted.folded) == ("hosted", (), (("summits", 31),))
    assert (signed.inverse, len(signed.ids), signed.folded) == ("signed", 30, ())
    assert views.label_of_kind("summits", 31) == "31 summits"
    assert views.label_of_kind("summits", 1) == "1 summit"


UNION = f"""\
name: {{en: Union}}
members:
  - {{value: states/laos, since: 2001, until: 2004, {CITE}}}
  - {{value: states/laos, since: 2010, role: observer, {CITE}}}
  - {{value: states/china, since: 2003, {CITE}}}
  - {{value: states/china, since: 1900, rank: deprecated, {CITE}, note: a slip}}
"""


def test_a_state_belongs_to_bodies_as_their_own_files_say_and_is_not_mentioned_for_it_again(tmp_path: Path) -> None:
    atlas = load(tmp_path, {"content/organisations/union.yml": UNION, **state("Laos")})
    laos = atlas.records["states/laos"]
    found = views.belongs_to(laos, atlas)
    said = [(tie.body.id, str(tie.linked.fact.since), dict(views.own_fields(tie.linked))) for tie in found]
    assert said == [
        ("organisations/union", "2001", {}),
        ("organisations/union", "2010", {"Role": Term("observer", "observer")}),
    ]
    assert views.groups_of_backlinks(laos, atlas) == ()
    assert len(views.belongs_to(atlas.records["states/china"], atlas)) == 1


def test_members_in_common_are_told_for_today_and_for_each_time(tmp_path: Path) -> None:
    laos = state("Laos", f"status: {{value: member, since: 2002, {CITE}}}")
    atlas = load(tmp_path, {"content/organisations/union.yml": UNION, **laos})
    found = views.common(atlas.records["organisations/union"], atlas)
    assert found is not None
    assert found.ids == ("states/china",)
    assert [(str(period.since), str(period.until), period.ids) for period in found.periods] == [
        ("2002-01-01", "2003-01-01", ("states/laos",)),
        ("2003-01-01", "2004-01-01", ("states/china", "states/laos")),
        ("2004-01-01", "None", ("states/china",)),
    ]


def test_a_body_without_members_has_none_in_common(tmp_path: Path) -> None:
    atlas = load(tmp_path, {})
    assert views.common(atlas.records["states/china"], atlas) is None


# --- home


def test_those_of_one_day_stand_together_with_all_that_is_cited(tmp_path: Path) -> None:
    laos = state("Laos", f"status: {{value: member, since: 2001-06-15, {CITE}}}")
    nepal = state("Nepal", f"status: {{value: member, since: 2017, {CITE}}}")
    (members,) = views.standings(load(tmp_path, laos | nepal))
    assert (members.status, members.plural, members.count) == ("member", "Members", 3)
    assert [cohort.ids for cohort in members.cohorts] == [("states/china", "states/laos"), ("states/nepal",)]
    assert [citation.source for citation in members.cohorts[0].cite] == ["declaration-2001", "li-2010"]


OFFICES = (
    SETTINGS
    + """\
subject: organisations/body
offices:
  - {title: Chair, of: institutions/chair, field: chair}
  - {title: Seat, of: organisations/body, field: seat}
"""
)


def test_the_offices_of_the_settings_are_shown_with_who_holds_them_and_left_out_where_nobody_does(
    tmp_path: Path,
) -> None:
    chair = f"name: {{en: Chair}}\nchair: {{value: states/china, since: 2020, {CITE}}}\n"
    body = "name: {en: Body}\nabbreviation: B\nrelation: {value: 'Near [[institutions/chair]]', cite: [li-2010]}\n"
    files = {"content/institutions/chair.yml": chair, "content/organisations/body.yml": body}
    atlas = load(tmp_path, {"atlas.yml": OFFICES, **files})
    (office,) = views.office_holders(atlas)
    assert (office.title, office.record.id) == ("Chair", "institutions/chair")
    assert [linked.fact.value.id for linked in office.holders] == ["states/china"]
    assert views.subject_name(atlas) == "B"


def test_an_atlas_without_offices_has_none_to_show(tmp_path: Path) -> None:
    atlas = load(tmp_path, {})
    assert views.office_holders(atlas) == ()
    assert views.subject_name(atlas) == "organisation"


def test_there_is_a_door_to_each_kind_that_has_entities(tmp_path: Path) -> None:
    assert [door[:3] for door in views.doors(load(tmp_path, {}))] == [
        ("states", "States", 1),
        ("summits", "Summits", 1),
    ]


# --- indexes


def test_a_document_is_listed_by_the_day_of_its_signing_the_latest_first(tmp_path: Path) -> None:
    files = {
        f"content/documents/d{day}.yml": f"name: {{en: D}}\nsigned: {{value: {day}, {CITE}}}\n"
        f"signatories: {{value: states/china, {CITE}}}\n"
        for day in ("2002-06-07", "2010", "2004~")
    }
    atlas, _ = read_atlas(write_project(tmp_path, {name.replace("~", ""): text for name, text in files.items()}))
    assert atlas is not None
    rows = views.rows_of("documents", atlas)
    assert [row.cells[1].sort for row in rows] == ["2010-01-01", "2004-01-01", "2002-06-07"]
    assert datetime.date.fromisoformat(rows[0].cells[1].sort)


def test_names_attested_on_different_days_stand_on_rows_of_their_own(tmp_path: Path) -> None:
    members = f"""\
members:
  - {{value: states/china, since: 2001, {CITE}}}
  - {{value: states/laos, attested: [2003], {CITE}}}
  - {{value: states/nepal, attested: [2004], {CITE}}}
"""
    record, atlas = body(tmp_path, members, others=state("Nepal"))
    (section,) = views.sections_of(record, atlas)
    assert [len(row) for table in section.tables for row in table.rows] == [1, 1, 1]
