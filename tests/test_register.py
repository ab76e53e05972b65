"""Who headed what, and who belonged to what, against tables written by hand, not from our files."""

from __future__ import annotations

import datetime

import pytest

from scoatlas.atlas import Atlas

# The day from which each holds the office; the next begins where the last ends.
SECRETARIES_GENERAL = [
    ("2001-01-01", ""),
    ("2004-01-15", "Zhang Deguang"),
    ("2007-01-01", "Bolat Nurgaliyev"),
    ("2010-01-01", "Muratbek Imanaliev"),
    ("2013-01-01", "Dmitry Mezentsev"),
    ("2016-01-01", "Rashid Alimov"),
    ("2019-01-01", "Vladimir Norov"),
    ("2022-01-01", "Zhang Ming"),
    ("2025-01-01", "Nurlan Yermekbayev"),
]
# The terms that are known; outside them directors are only attested on single days.
RATS_DIRECTORS = [
    ("2013-01-01", "Zhang Xinfeng"),
    ("2016-01-01", "Yevgeny Sysoyev"),
    ("2019-01-01", "Jumakhon Giyosov"),
    ("2022-01-01", ""),
]
COMMON = {
    ("csto", "2001-06-15"): {"kazakhstan", "kyrgyzstan", "russia", "tajikistan"},
    ("csto", "2015-01-01"): {"kazakhstan", "kyrgyzstan", "russia", "tajikistan"},
    ("csto", "2024-12-31"): {"belarus", "kazakhstan", "kyrgyzstan", "russia", "tajikistan"},
    ("eaeu", "2014-12-31"): set[str](),
    ("eaeu", "2015-01-01"): {"kazakhstan", "russia"},
    ("eaeu", "2015-08-12"): {"kazakhstan", "kyrgyzstan", "russia"},
    ("eaeu", "2024-12-31"): {"belarus", "kazakhstan", "kyrgyzstan", "russia"},
    ("ots", "2009-10-02"): set[str](),
    ("ots", "2015-01-01"): {"kazakhstan", "kyrgyzstan"},
    ("ots", "2024-12-31"): {"kazakhstan", "kyrgyzstan", "uzbekistan"},
    ("brics", "2024-12-31"): {"china", "india", "iran", "russia"},
    ("asean", "2024-12-31"): set[str](),
}


def test_on_every_day_since_2001_the_secretary_general_is_that_of_the_table(atlas: Atlas) -> None:
    _compare(atlas, "institutions/secretariat", SECRETARIES_GENERAL, atlas.as_of)


def test_on_every_day_of_the_known_terms_the_director_of_rats_is_that_of_the_table(atlas: Atlas) -> None:
    _compare(atlas, "institutions/rats", RATS_DIRECTORS, datetime.date(2022, 1, 1))


def _compare(atlas: Atlas, id: str, table: list[tuple[str, str]], last: datetime.date) -> None:
    day = datetime.date.fromisoformat(table[0][0])
    while day <= last:
        expected = next(name for since, name in reversed(table) if day.isoformat() >= since)
        assert [linked.fact.value for linked in atlas.records[id].on("head", day)] == ([expected] if expected else [])
        day += datetime.timedelta(days=1)


def test_directors_whose_terms_are_not_known_are_attested_on_single_days(atlas: Atlas) -> None:
    attested = {
        str(linked.fact.value): [day.text for day in linked.fact.attested]
        for linked in atlas.records["institutions/rats"].held("head")
        if linked.only_attested
    }
    assert "2007-11-02" in attested["Myrzakan Subanov"]
    assert "2025-09-01" in attested["Ularbek Sharsheyev"]


@pytest.mark.parametrize(("body", "day"), COMMON)
def test_members_in_common_are_those_of_the_table(atlas: Atlas, body: str, day: str) -> None:
    found = atlas.in_common(f"organisations/{body}", datetime.date.fromisoformat(day))
    assert found == sorted(f"states/{state}" for state in COMMON[body, day])


def test_the_atlas_holds_the_register_of_the_dossier(atlas: Atlas) -> None:
    wanted = {"institutions": 27, "documents": 31, "organisations": 12}
    assert {kind: len(list(atlas.of_kind(kind))) >= least for kind, least in wanted.items()} == dict.fromkeys(
        wanted, True
    )


def test_the_development_bank_is_decided_and_not_operating(atlas: Atlas) -> None:
    bank = atlas.records["institutions/development-bank"]
    (standing,) = bank.on("status", atlas.as_of)
    assert str(standing.fact.value) == "decided"
    assert standing.fact.since is not None
    assert standing.fact.since.text == "2025-09-01"
    assert bank.value("established") is None


def test_summits_link_the_documents_they_adopted(atlas: Atlas) -> None:
    adopted = {link.to for record in atlas.of_kind("summits") for link in record.links if link.field == "documents"}
    assert len([id for id in adopted if id.startswith("documents/")]) >= 25
