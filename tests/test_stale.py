"""Each claim that the facts can decide: a fact is changed in a copy, and just the verdicts that rest on it go stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scoatlas.atlas import Atlas
from scoatlas.checks.reviews import stale_verdict
from scoatlas.claims import Claim
from scoatlas.conditions import Condition
from scoatlas.diagnostics import Rule
from scoatlas.lookup import find_day
from test_essays import changed

# What an entity's file says, what the copy says, and the claims whose verdicts go stale.
CHANGES: list[tuple[str, str, str, set[str]]] = [
    (
        "organisations/sco",
        "founded: {value: 2001-06-15,",
        "founded: {value: 2002-06-07,",
        {
            "nematxonov-2025#border-mechanism-to-comprehensive",
            "nematxonov-2025#sco-established-2001",
            "statesmans-yearbook-2019#founded-june-2001",
        },
    ),
    (
        "organisations/shanghai-five",
        "  - value: 1996-04-26\n    rank: preferred",
        "  - value: 1997-04-24\n    rank: preferred",
        {"nematxonov-2025#shanghai-five-1996", "statesmans-yearbook-2019#evolved-from-the-five"},
    ),
    (
        "organisations/shanghai-five",
        "  - value: states/kazakhstan\n    since: 1996-04-26\n    until: 2001-06-15",
        "  - value: states/kazakhstan\n    since: 1996-04-26\n    until: 2000-06-15",
        {"nematxonov-2025#shanghai-five-members"},
    ),
    (
        "documents/confidence-building-1996",
        "  - value: 1996-04-26\n    rank: preferred",
        "  - value: 1995-04-26\n    rank: preferred",
        {"nematxonov-2025#shanghai-five-border-focus"},
    ),
    (
        "documents/shanghai-convention-2001",
        "signed: {value: 2001-06-15,",
        "signed: {value: 2002-06-15,",
        {"nematxonov-2025#consensus-on-definitions", "nematxonov-2025#expansion-of-mandate-2001"},
    ),
    (
        "states/uzbekistan",
        "  - value: member\n    since: 2001-06-15",
        "  - id: status-2001-06-15\n    value: member\n    since: 2001-12-15",
        {"nematxonov-2025#more-representative", "nematxonov-2025#uzbekistan-founding-member"},
    ),
    (
        "states/india",
        "  - value: member\n    since: 2017-06-09",
        "  - id: status-2017-06-09\n    value: member\n    since: 2018-06-09",
        {
            "nematxonov-2025#coordinated-admissions",
            "nematxonov-2025#india-own-agenda",
            "nematxonov-2025#india-pakistan-2017",
            "statesmans-yearbook-2019#accession-of-2017",
            "statesmans-yearbook-2019#eight-members",
            "statesmans-yearbook-2019#four-observers",
            "statesmans-yearbook-2019#which-members",
        },
    ),
    (
        "states/pakistan",
        "  - value: member\n    since: 2017-06-09",
        "  - id: status-2017-06-09\n    value: member\n    since: 2018-06-09",
        {
            "nematxonov-2025#coordinated-admissions",
            "nematxonov-2025#india-pakistan-2017",
            "statesmans-yearbook-2019#accession-of-2017",
            "statesmans-yearbook-2019#eight-members",
            "statesmans-yearbook-2019#four-observers",
            "statesmans-yearbook-2019#which-members",
        },
    ),
    (
        "states/iran",
        "  - value: member\n    since: 2023-07-04",
        "  - id: status-2023-07-04\n    value: member\n    since: 2022-09-16",
        {"nematxonov-2025#iran-2023", "nematxonov-2025#iran-adds-complexity"},
    ),
    (
        "states/belarus",
        "  - value: member\n    since: 2024-07-04",
        "  - id: status-2024-07-04\n    value: member\n    since: 2025-10-04",
        {
            "nematxonov-2025#belarus-omitted",
            "nematxonov-2025#expansion-new-complexity",
            "nematxonov-2025#implications-beyond-ca",
            "nematxonov-2025#more-representative",
        },
    ),
    (
        "summits/qingdao-2018",
        "2018-06-09/2018-06-10",
        "2017-06-09/2017-06-10",
        {"nematxonov-2025#annual-summits", "statesmans-yearbook-2019#heads-of-state-yearly"},
    ),
    (
        "institutions/rats",
        "seat:\n  value: Tashkent",
        "seat:\n  value: Bishkek",
        {"nematxonov-2025#rats-in-tashkent", "statesmans-yearbook-2019#two-permanent-bodies"},
    ),
    (
        "institutions/secretariat",
        "seat:\n  - value: Beijing",
        "seat:\n  - value: Shanghai",
        {"nematxonov-2025#secretariat-beijing", "statesmans-yearbook-2019#two-permanent-bodies"},
    ),
    (
        "institutions/ministerial-meetings",
        "  - value: operating\n    since: 2002-06-07",
        "  - value: dormant\n    since: 2002-06-07",
        {"nematxonov-2025#ministerial-meetings", "statesmans-yearbook-2019#foreign-ministers-meet"},
    ),
    (
        "institutions/business-council",
        "  - value: operating\n    since: 2006-06-14",
        "  - value: closed\n    since: 2006-06-14",
        {"nematxonov-2025#business-council-exists"},
    ),
    (
        "institutions/sco-university",
        "  - value: operating",
        "  - value: dormant",
        {"nematxonov-2025#sco-university-links-members"},
    ),
    (
        "institutions/development-bank",
        "  - value: decided",
        "  - value: operating",
        {"nematxonov-2025#development-bank-created", "nematxonov-2025#economy-behind-security"},
    ),
    (
        "initiatives/sco-free-trade-area",
        "  - value: proposed\n    since: 2003-09-23",
        "  - value: operating\n    since: 2003-09-23",
        {
            "nematxonov-2025#early-economic-initiatives-stalled",
            "nematxonov-2025#fta-proposals-obstacles",
            "nematxonov-2025#influence-economic-integration",
        },
    ),
    (
        "initiatives/central-asia-china-gas-pipeline",
        "  - {value: operating, since: 2009-12,",
        "  - {value: building, since: 2009-12,",
        {"nematxonov-2025#infrastructure-transformed-connectivity", "nematxonov-2025#source-of-energy"},
    ),
    (
        "initiatives/china-kyrgyzstan-uzbekistan-railway",
        "  - value: building",
        "  - value: dormant",
        {"nematxonov-2025#infrastructure-transformed-connectivity", "nematxonov-2025#look-to-china-finance"},
    ),
    (
        "organisations/csto",
        "  - {value: states/kazakhstan, since: 1992-05-15,",
        "  - {value: states/kazakhstan, since: 1992-05-15, until: 2020,",
        {"nematxonov-2025#csto-primary-instrument", "nematxonov-2025#russia-security-through-csto"},
    ),
    (
        "organisations/eaeu",
        "  - {value: states/kazakhstan, since: 2015-01-01,",
        "  - {value: states/kazakhstan, since: 2015-01-01, until: 2020,",
        {"nematxonov-2025#russia-promotes-eaeu"},
    ),
    (
        "organisations/brics",
        "  - {value: states/china, since: 2006,",
        "  - {value: states/china, since: 2006, until: 2020,",
        {"nematxonov-2025#unique-non-western"},
    ),
    (
        "exercises/peace-mission-2007",
        "framework: {value: organisations/sco,",
        "framework: {value: organisations/csto,",
        {"nematxonov-2025#peace-mission-exists"},
    ),
    (
        "exercises/peace-mission-2021",
        "personnel:\n  - value: 4000~",
        "personnel:\n  - value: 12000~",
        {"nematxonov-2025#peace-mission-grown-scale"},
    ),
    (
        "concepts/size-of-the-sco",
        "  - value: 65 %\n    date: 2024\n",
        "  - value: 60~ %\n    date: 2024\n",
        {"nematxonov-2025#sixty-percent-eurasia"},
    ),
    (
        "concepts/size-of-the-sco",
        "  - value: 42 %\n    date: 2024\n",
        "  - value: 32 %\n    date: 2024\n",
        {"nematxonov-2025#half-world-population"},
    ),
    (
        "summits/tashkent-2013",
        "  value: 2013-11-28/2013-11-29",
        "  value: 2014-11-28/2014-11-29",
        {"statesmans-yearbook-2019#heads-of-government-yearly"},
    ),
    (
        "states/mongolia",
        "    since: 2004-06-17",
        "    id: status-2004-06-17\n    since: 2018-06-17",
        {"statesmans-yearbook-2019#four-observers"},
    ),
    (
        "states/nepal",
        "  - value: dialogue-partner\n    since: 2015-07-10",
        "  - value: dialogue-partner\n    id: status-2015-07-10\n    since: 2018-07-10",
        {"statesmans-yearbook-2019#six-dialogue-partners"},
    ),
    (
        "institutions/secretariat",
        "  - value: Rashid Alimov",
        "  - value: Rashid Alimow",
        {"statesmans-yearbook-2019#secretary-general-alimov"},
    ),
    (
        "concepts/size-of-the-sco",
        "  - value: 43-44 %\n    date: 2017-05",
        "  - value: 33-34 %\n    date: 2017-05",
        {"statesmans-yearbook-2019#over-forty-per-cent"},
    ),
    (
        "states/iran",
        "  - value: observer\n    since: 2005-07-05",
        "  - value: observer\n    id: status-2005-07-05\n    since: 2018-07-05",
        {"statesmans-yearbook-2019#four-observers", "statesmans-yearbook-2019#iran-has-asked"},
    ),
]


def checked(atlas: Atlas) -> set[str]:
    """The claims that have a check, as `review#claim`."""
    return {f"{record.id}#{claim.id}" for record in atlas.of_kind("reviews") for claim in record.claims if claim.check}


@pytest.mark.parametrize(("id", "old", "new", "stale"), CHANGES)
def test_a_changed_fact_makes_the_verdicts_that_rest_on_it_stale_and_no_others(
    id: str, old: str, new: str, stale: set[str], atlas: Atlas, tmp_path: Path
) -> None:
    made, complaints = changed(atlas, id, old, new, tmp_path)
    found = {one.location for one in complaints if one.rule is Rule.STALE_VERDICT}
    named = {
        f"{record.id}#{claim.id}"
        for record in made.of_kind("reviews")
        for number, claim in enumerate(record.claims)
        if record.document.locate(("claims", number, "verdict")) in found
    }
    assert named == {f"reviews/{claim}" for claim in stale}
    assert len(found) == len(stale)


def consulted(condition: Condition, atlas: Atlas) -> list[tuple[str, str]]:
    """(entity, field) whose facts answer a question; of several entities those without which the answer is another."""
    word = condition.words[0]
    if condition.question in ("count", "latest"):
        day = find_day(dict(condition.options).get("on"), atlas)
        holders = {id: atlas.records[id].on("status", day)[0].fact.since for id in atlas.on(day)[word]}
        latest = max((since for since in holders.values() if since), default=None)
        return [(id, "status") for id, since in holders.items() if since == latest]
    if condition.question in ("status", "since"):
        return [(word, "status")]
    if condition.question in ("value", "fact"):
        id, _, anchor = word.partition("#")
        found = next((fact.field for fact in atlas.records[id].facts if fact.anchor == anchor), "")
        return [(id, found or condition.words[1])]
    return [(record.id, "dates") for record in atlas.of_kind(word) if "-2018" in record.id or "-2013" in record.id]


def without(atlas: Atlas, pairs: list[tuple[str, str]]) -> Atlas:
    """The atlas without the facts of some fields."""
    records = dict(atlas.records)
    for id, name in pairs:
        kept = tuple(fact for fact in records[id].facts if fact.field != name)
        records[id] = replace(records[id], facts=kept)
    return replace(atlas, records=records)


def stale_in(atlas: Atlas) -> set[str]:
    """The claims that `stale_verdict` complains of, at their verdict or at their check."""
    places = {}
    for record in atlas.of_kind("reviews"):
        for number, claim in enumerate(record.claims):
            for name in ("verdict", "check") if claim.check else ():
                places[record.document.locate(("claims", number, name))] = f"{record.id}#{claim.id}"
    return {places[found.location] for found in stale_verdict(atlas)}


def test_no_claim_is_stale_as_the_facts_stand(atlas: Atlas) -> None:
    assert stale_in(atlas) == set()


def rests_on(claim: Claim, pairs: list[tuple[str, str]], atlas: Atlas) -> bool:
    """Whether some question of a claim is put to one of these fields, or to the statuses of all states."""
    for condition in claim.check.conditions if claim.check else ():
        if condition.question in ("count", "latest") and any(name == "status" for _, name in pairs):
            return True
        if set(consulted(condition, atlas)) & set(pairs):
            return True
    return False


def test_a_claim_whose_facts_are_taken_away_goes_stale_and_none_that_rests_on_others(atlas: Atlas) -> None:
    reached = {f"reviews/{claim}" for *_, stale in CHANGES for claim in stale}
    for record in atlas.of_kind("reviews"):
        for claim in record.claims:
            for condition in claim.check.conditions if claim.check else ():
                pairs = consulted(condition, atlas)
                stale = stale_in(without(atlas, pairs))
                resting = {
                    f"{other.id}#{one.id}"
                    for other in atlas.of_kind("reviews")
                    for one in other.claims
                    if rests_on(one, pairs, atlas)
                }
                assert stale <= resting, (claim.id, stale - resting)
                reached |= stale
    # Each claim with a check is made stale by some change: by one of those above, or by taking its facts away.
    assert checked(atlas) - reached == set()
    assert len(reached) >= 20
