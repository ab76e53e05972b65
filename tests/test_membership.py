"""Who was what on every day, against a table written by hand from the organisation's history, not from our files."""

from __future__ import annotations

import datetime

from scoatlas.atlas import Atlas

FOUNDERS = {"china", "kazakhstan", "kyrgyzstan", "russia", "tajikistan", "uzbekistan"}

# The day from which each set holds.
MEMBERS = [
    ("2001-06-15", FOUNDERS),
    ("2017-06-09", FOUNDERS | {"india", "pakistan"}),
    ("2023-07-04", FOUNDERS | {"india", "pakistan", "iran"}),
    ("2024-07-04", FOUNDERS | {"india", "pakistan", "iran", "belarus"}),
]
OBSERVERS = [
    ("2004-06-17", {"mongolia"}),
    ("2005-07-05", {"mongolia", "india", "iran", "pakistan"}),
    ("2012-06-07", {"mongolia", "india", "iran", "pakistan", "afghanistan"}),
    ("2015-07-10", {"mongolia", "india", "iran", "pakistan", "afghanistan", "belarus"}),
    ("2017-06-09", {"mongolia", "iran", "afghanistan", "belarus"}),
    ("2023-07-04", {"mongolia", "afghanistan", "belarus"}),
    ("2024-07-04", {"mongolia", "afghanistan"}),
    ("2025-09-01", set[str]()),
]
OF_2015 = {"armenia", "azerbaijan", "cambodia", "nepal"}
OF_2021 = {"egypt", "qatar", "saudi-arabia"}
OF_2022 = {"bahrain", "kuwait", "maldives", "myanmar", "united-arab-emirates"}
DIALOGUE_PARTNERS = [
    ("2009-06-16", {"belarus", "sri-lanka"}),
    ("2012-06-07", {"belarus", "sri-lanka", "turkiye"}),
    ("2015-07-10", {"sri-lanka", "turkiye"} | OF_2015),
    ("2021-09-17", {"sri-lanka", "turkiye"} | OF_2015 | OF_2021),
    ("2022-09-16", {"sri-lanka", "turkiye"} | OF_2015 | OF_2021 | OF_2022),
    ("2025-09-01", set[str]()),
]
PARTNERS = [
    ("2025-09-01", {"sri-lanka", "turkiye", "mongolia", "afghanistan", "laos"} | OF_2015 | OF_2021 | OF_2022),
]
TABLE = {"member": MEMBERS, "observer": OBSERVERS, "dialogue-partner": DIALOGUE_PARTNERS, "partner": PARTNERS}


def test_every_day_since_1996_the_states_with_a_status_are_those_of_the_table(atlas: Atlas) -> None:
    day = datetime.date(1996, 1, 1)
    while day <= atlas.as_of:
        assert atlas.on(day) == {status: _expected(status, day) for status in TABLE}, day
        day += datetime.timedelta(days=1)


def _expected(status: str, day: datetime.date) -> list[str]:
    states = next((states for since, states in reversed(TABLE[status]) if day.isoformat() >= since), set[str]())
    return sorted(f"states/{state}" for state in states)


def test_the_atlas_holds_the_states_and_meetings_of_the_dossier(atlas: Atlas) -> None:
    councils = [str(record.value("council")) for record in atlas.of_kind("summits")]
    assert len(list(atlas.of_kind("states"))) >= 31
    assert [councils.count(name) for name in ("shanghai-five", "heads-of-state", "heads-of-government")] >= [5, 26, 24]


def test_no_fact_is_without_a_source_that_can_be_read(atlas: Atlas) -> None:
    for _, linked in atlas.facts():
        assert linked.fact.cite, linked.id
        assert all(citation.source in atlas.sources for citation in linked.fact.cite), linked.id


def test_the_meeting_said_to_have_decided_a_status_met_on_the_day_it_began(atlas: Atlas) -> None:
    for record, linked in atlas.facts():
        summit = getattr(linked.fact, "summit", None)
        if linked.field == "status" and linked.fact.held and linked.fact.since and summit:
            dates = atlas.records[summit.id].value("dates")
            assert dates.start.first <= linked.fact.since.first <= dates.end.last, (record.id, linked.id)


def test_bishkek_2026_met_and_what_was_not_read_of_it_is_a_gap(atlas: Atlas) -> None:
    bishkek = atlas.records["summits/bishkek-2026"]
    assert not bishkek.entity.expected
    assert str(bishkek.value("dates")) == "2026-09-01"
    assert bishkek.entity.gaps


def test_each_outlet_has_the_tier_that_the_written_table_gives_it(atlas: Atlas) -> None:
    page = atlas.pages["about/sources"].text.text
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    tier_of = {outlet.strip(): tier.strip() for outlet, tier in rows if tier.strip() != "Tier"}
    for source in atlas.sources.values():
        people = source.authors or source.editors
        outlet = source.journaltitle or source.publisher or source.institution or people[0].family
        assert tier_of.get(outlet) == source.tier, (source.key, outlet)
