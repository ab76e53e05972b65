"""Each claim that the facts can decide: a fact is changed in a copy, and just the verdicts that rest on it go stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoatlas.atlas import Atlas
from scoatlas.diagnostics import Rule
from test_essays import changed

# What an entity's file says, what the copy says, and the claims whose verdicts go stale.
CHANGES: list[tuple[str, str, str, set[str]]] = [
    (
        "organisations/sco",
        "founded: {value: 2001-06-15,",
        "founded: {value: 2002-06-07,",
        {"nematxonov-2025#sco-established-2001", "statesmans-yearbook-2019#founded-june-2001"},
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
        {"nematxonov-2025#expansion-of-mandate-2001"},
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
        {"nematxonov-2025#iran-2023"},
    ),
    (
        "states/belarus",
        "  - value: member\n    since: 2024-07-04",
        "  - id: status-2024-07-04\n    value: member\n    since: 2025-10-04",
        {
            "nematxonov-2025#belarus-omitted",
            "nematxonov-2025#expansion-new-complexity",
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
        {"nematxonov-2025#development-bank-created"},
    ),
    (
        "initiatives/sco-free-trade-area",
        "  - value: proposed\n    since: 2003-09-23",
        "  - value: operating\n    since: 2003-09-23",
        {"nematxonov-2025#fta-proposals-obstacles", "nematxonov-2025#influence-economic-integration"},
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
        {"nematxonov-2025#infrastructure-transformed-connectivity"},
    ),
    (
        "organisations/csto",
        "  - {value: states/kazakhstan, since: 1992-05-15,",
        "  - {value: states/kazakhstan, since: 1992-05-15, until: 2020,",
        {"nematxonov-2025#csto-primary-instrument"},
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


def test_every_claim_that_can_be_computed_is_made_stale_by_some_change(atlas: Atlas) -> None:
    reached = {f"reviews/{claim}" for *_, stale in CHANGES for claim in stale}
    assert reached == checked(atlas)
    assert len(reached) >= 20
