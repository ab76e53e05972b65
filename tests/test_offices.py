"""Who held an office, and who belonged to two bodies, on a day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from projects import write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.show import format_day

SECRETARIAT = """\
name: {en: Secretariat}
founding_documents: [{value: documents/charter-2002, cite: [li-2010]}]
head:
  - {value: Early Bird, attested: [2003-05-29], cite: [li-2010]}
  - {value: Zhang Deguang, since: 2004-01-15, cite: [li-2010]}
  - {value: Bolat Nurgaliyev, since: 2007, until: 2009-12-31, cite: [li-2010]}
  - {value: Muratbek Imanaliev, since: 2010-01-15, cite: [li-2010]}
"""
CHARTER = "name: {en: Charter}\nsigned: {value: 2002-06-07, cite: [li-2010]}\n"
RUSSIA = """\
name: {en: Russia}
status: {value: member, since: 2001-06-15, until: 2020, cite: [declaration-2001]}
"""
ALLIANCE = """\
name: {en: Alliance}
members:
  - {value: states/china, since: 2005, cite: [li-2010]}
  - {value: states/russia, since: 1992-05-15, until: 2010, cite: [li-2010]}
  - {value: states/russia, since: 2015, cite: [li-2010]}
  - {value: states/iran, since: 1992-05-15, cite: [li-2010]}
"""
IRAN = """\
name: {en: Iran}
status: {value: member, since: 2003, until: 2004, cite: [declaration-2001]}
"""
FILES = {
    "content/institutions/secretariat.yml": SECRETARIAT,
    "content/documents/charter-2002.yml": CHARTER,
    "content/states/russia.yml": RUSSIA,
    "content/states/iran.yml": IRAN,
    "content/organisations/alliance.yml": ALLIANCE,
}


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    found, diagnostics = read_atlas(write_project(tmp_path, FILES))
    assert found is not None
    assert list(diagnostics) == []
    return found


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "head"),
    [
        ("2003-05-28", []),
        ("2003-05-29", ["Early Bird"]),
        ("2003-05-30", []),
        ("2004-01-14", []),
        ("2004-01-15", ["Zhang Deguang"]),
        ("2006-12-31", ["Zhang Deguang"]),
        ("2007-01-01", ["Bolat Nurgaliyev"]),
        ("2009-12-31", []),
        ("2010-01-14", []),
        ("2026-01-31", ["Muratbek Imanaliev"]),
    ],
)
def test_an_office_is_held_from_its_day_to_the_next_and_what_is_attested_on_that_day_alone(
    atlas: Atlas, on: str, head: list[str]
) -> None:
    holders = atlas.records["institutions/secretariat"].on("head", day(on))
    assert [linked.fact.value for linked in holders] == head


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2001-06-14", []),
        ("2001-06-15", ["russia"]),
        ("2003-12-31", ["iran", "russia"]),
        ("2004-01-01", ["russia"]),
        ("2005-01-01", ["china", "russia"]),
        ("2010-01-01", ["china"]),
        ("2015-01-01", ["china", "russia"]),
        ("2020-01-01", ["china"]),
    ],
)
def test_members_in_common_are_members_of_both_on_that_day(atlas: Atlas, on: str, states: list[str]) -> None:
    assert atlas.in_common("organisations/alliance", day(on)) == [f"states/{state}" for state in states]


def test_the_periods_of_members_in_common_follow_each_other_and_say_the_same_as_each_day(atlas: Atlas) -> None:
    periods = atlas.common_periods("organisations/alliance")
    assert [(since.isoformat(), until.isoformat() if until else "") for since, until, _ in periods] == [
        ("2001-06-15", "2003-01-01"),
        ("2003-01-01", "2004-01-01"),
        ("2004-01-01", "2005-01-01"),
        ("2005-01-01", "2010-01-01"),
        ("2010-01-01", "2015-01-01"),
        ("2015-01-01", "2020-01-01"),
        ("2020-01-01", ""),
    ]
    for since, until, states in periods:
        last = (until or atlas.as_of) - datetime.timedelta(days=1)
        assert atlas.in_common("organisations/alliance", since) == states
        assert atlas.in_common("organisations/alliance", last) == states


@pytest.mark.parametrize("role", ["observer", "partner", "associate", "suspended"])
def test_less_than_a_full_member_is_no_member_in_common(tmp_path: Path, role: str) -> None:
    less = ALLIANCE.replace("since: 2005,", f"since: 2005, role: {role},")
    found, _ = read_atlas(write_project(tmp_path, {**FILES, "content/organisations/alliance.yml": less}))
    assert found is not None
    assert "states/china" not in found.in_common("organisations/alliance", found.as_of)


def test_who_belongs_is_named_by_day_and_state(atlas: Atlas) -> None:
    assert [linked.anchor for linked in atlas.records["organisations/alliance"].facts] == [
        "members-2005-china",
        "members-1992-05-15-russia",
        "members-2015-russia",
        "members-1992-05-15-iran",
    ]


def test_a_day_shows_offices_and_members_in_common(atlas: Atlas) -> None:
    assert format_day(day("2005-06-01"), atlas).splitlines() == [
        "The organisation on 2005-06-01",
        "  Members (2): China, Russia",
        "  Observers (0): –",
        "  Secretariat, head: Zhang Deguang",
        "  Members also in Alliance (2): China, Russia",
    ]


def test_a_summit_names_a_document_or_links_its_page(
    complaints: Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]],
) -> None:
    summit = """\
name: {en: "Summit in Shanghai, 2001"}
council: {value: heads-of-state, cite: [declaration-2001]}
dates: {value: 2001-06-14/2001-06-15, cite: [declaration-2001]}
host: {value: states/china, cite: [declaration-2001]}
documents:
  - {value: documents/charter-2002, cite: [declaration-2001]}
  - {value: A joint communiqué, cite: [declaration-2001]}
  - {value: documents/charter-2020, cite: [declaration-2001]}
"""
    found = complaints({**FILES, "content/summits/shanghai-2001.yml": summit})
    assert [(str(one.location), one.message, one.hint) for one in found] == [
        (
            "content/summits/shanghai-2001.yml:8:13",
            "there is no 'documents/charter-2020'",
            "did you mean 'documents/charter-2002'?",
        )
    ]


def test_two_memberships_of_one_state_at_once_contradict_each_other(tmp_path: Path) -> None:
    again = ALLIANCE.replace("until: 2010, ", "")
    _, diagnostics = read_atlas(write_project(tmp_path, {**FILES, "content/organisations/alliance.yml": again}))
    (found,) = diagnostics
    assert (found.rule, found.location.line) == (Rule.CONTRADICTION, 5)
    assert found.message == "a membership of 'states/russia' begins on 2015 while its earlier one has not ended"


def test_a_membership_that_is_only_attested_is_in_common_on_its_days_alone(tmp_path: Path) -> None:
    shown = ALLIANCE.replace("since: 2005", "attested: [2005-03-01]")
    atlas, _ = read_atlas(write_project(tmp_path, {**FILES, "content/organisations/alliance.yml": shown}))
    assert atlas is not None
    with_china = [
        (str(since), str(until))
        for since, until, ids in atlas.common_periods("organisations/alliance")
        if "states/china" in ids
    ]
    assert with_china == [("2005-03-01", "2005-03-02")]
