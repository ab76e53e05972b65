"""The graph: ids and ends of facts, ranks, who was what on a day, links and backlinks."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import BASE, write_project
from scoatlas.atlas import Atlas, Backlink, LinkedFact, Page, Record
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostics
from scoatlas.document import Data, Document, decode_document
from scoatlas.kinds.states import State
from scoatlas.linking import link_record
from scoatlas.settings import Settings
from scoatlas.values import decode_date

STATUSES = ("member", "observer", "partner")
SETTINGS = Settings.model_validate(
    {
        "title": "T",
        "description": "D.",
        "as_of": "2026-01-31",
        "founding": "summits/shanghai-2001",
        "statuses": {
            name: {"label": name, "plural": f"{name}s", "colour": "#1f4e79", "dark": "#7fb3e6"} for name in STATUSES
        },
    }
)


def state(text: str, slug: str = "iran") -> Record:
    """The record of a state from the fields beside its name."""
    document = decode_document(f"name: {{en: {slug.title()}}}\n{text}", "f.yml", Diagnostics())
    assert document is not None
    return link_record(f"states/{slug}", State.model_validate(document.data), document, None)


def atlas_of(*records: Record) -> Atlas:
    return Atlas(SETTINGS, {record.id: record for record in records}, {}, {})


def load(root: Path, changes: dict[str, str]) -> Atlas:
    atlas, diagnostics = read_atlas(write_project(root, changes))
    assert atlas is not None
    assert not diagnostics.failed(), list(diagnostics)
    return atlas


# --- ids


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        # one mapping: the field
        ("capital: {value: Tehran, cite: k}", "capital"),
        ("status: {value: member, since: 2023-07-04, cite: k}", "status"),
        # in a list: since, or date, or the value
        ("status: [{value: member, since: 2023-07-04, cite: k}]", "status-2023-07-04"),
        ("status: [{value: member, since: 2023-07~, cite: k}]", "status-2023-07"),
        ("events: [{value: applied, date: 2008, cite: k}]", "events-2008"),
        ("events: [{value: applied, since: 2007, date: 2008, cite: k}]", "events-2007"),
        ("events: [{value: applied, cite: k}]", "events-applied"),
        ("capital: [{value: New Tehran (planned), cite: k}]", "capital-new-tehran-planned"),
        ("official_name: [{value: {en: Republic, ru: Республика}, cite: k}]", "official_name-republic"),
        # the fact's own
        ("status: [{id: status-2023-founder, value: member, since: 2023-07-04, cite: k}]", "status-2023-founder"),
    ],
)
def test_a_fact_has_the_id_of_its_entity_field_and_time_or_value(text: str, anchor: str) -> None:
    (linked,) = state(text).facts
    assert (linked.id, linked.anchor) == (f"states/iran#{anchor}", anchor)


def test_a_reference_in_a_list_has_the_id_of_what_it_refers_to(tmp_path: Path) -> None:
    guests = "guests:\n  - {value: states/laos, cite: [li-2010]}\n"
    changes = {
        "content/states/laos.yml": "name: {en: Laos}\n",
        "content/summits/shanghai-2001.yml": BASE["content/summits/shanghai-2001.yml"] + guests,
    }
    facts = load(tmp_path, changes).records["summits/shanghai-2001"].facts
    assert facts[-1].id == "summits/shanghai-2001#guests-laos"


# --- until


def succession(*rows: str) -> tuple[LinkedFact, ...]:
    return state("status:\n" + "".join(f"  - {{{row}, cite: k}}\n" for row in rows)).facts


def ends(*rows: str) -> list[str | None]:
    return [str(linked.until) if linked.until else None for linked in succession(*rows)]


@pytest.mark.parametrize(
    ("rows", "until"),
    [
        # each ends where the next begins; the last is still true
        (["value: observer, since: 2005", "value: member, since: 2023-07-04"], ["2023-07-04", None]),
        # in whatever order they are written
        (["value: member, since: 2023-07-04", "value: observer, since: 2005"], [None, "2023-07-04"]),
        # an end that is written stays
        (["value: observer, since: 2005, until: 2010", "value: member, since: 2023"], ["2010", None]),
        # what is held wrong ends nothing and is ended by nothing
        (["value: observer, since: 2005", "value: member, since: 2021, rank: deprecated"], [None, None]),
        (
            ["value: observer, since: 2005, rank: deprecated", "value: member, since: 2023"],
            [None, None],
        ),
        # no beginning, no end
        (["value: observer", "value: member, since: 2023"], [None, None]),
    ],
)
def test_a_succession_ends_where_the_next_begins(rows: list[str], until: list[str | None]) -> None:
    assert ends(*rows) == until


def test_only_a_succession_has_computed_ends() -> None:
    record = state("events:\n  - {value: applied, since: 2005, cite: k}\n  - {value: applied, since: 2008, cite: k}\n")
    assert [linked.until for linked in record.facts] == [None, None]


@given(st.lists(st.dates(), min_size=1, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_until_is_the_next_since(days: list[datetime.date], random: Any) -> None:
    written = list(days)
    random.shuffle(written)
    found = dict(zip(written, ends(*(f"value: member, since: {day}" for day in written)), strict=True))
    days.sort()
    assert found == dict(zip(days, [*map(str, days[1:]), None], strict=True))


# --- ranks


def held(rows: list[str], field: str = "capital") -> list[str]:
    record = state(f"{field}:\n" + "".join(f"  - {{{row}, cite: k}}\n" for row in rows))
    return [str(linked.fact.value) for linked in record.held(field)]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (["value: A"], ["A"]),
        (["value: A", "value: B, rank: preferred"], ["B"]),
        (["value: A", "value: B, rank: deprecated"], ["A"]),
        (["value: A, rank: deprecated"], []),
        # a conflict nobody has decided: both are held, and the checks complain
        (["value: A", "value: B"], ["A", "B"]),
    ],
)
def test_of_a_field_of_one_value_the_preferred_is_held(rows: list[str], values: list[str]) -> None:
    assert held(rows) == values


def test_of_a_field_of_many_values_all_are_held_but_the_deprecated() -> None:
    rows = ["value: applied, rank: preferred", "value: charter-signed", "value: charter-in-force, rank: deprecated"]
    assert held(rows, "events") == ["applied", "charter-signed"]


def test_the_value_of_a_field_that_nobody_attests_is_none() -> None:
    assert state("").value("capital") is None


def test_the_value_of_a_field_is_the_one_that_is_held() -> None:
    record = state("capital:\n  - {value: A, cite: k}\n  - {value: B, rank: preferred, cite: k}\n")
    assert record.value("capital") == "B"


# --- who was what on a day

IRAN = """\
status:
  - {value: observer, since: 2005-07-05, cite: k}
  - {value: member, since: 2021-09-17, rank: deprecated, cite: k, note: only the procedure began}
  - {value: member, since: 2023-07-04, cite: k}
"""


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2005-07-04", None),
        ("2005-07-05", "observer"),
        ("2022-01-01", "observer"),
        ("2023-07-03", "observer"),
        ("2023-07-04", "member"),
        ("2026-01-31", "member"),
    ],
)
def test_a_status_holds_from_its_first_day_to_the_day_before_the_next(day: str, status: str | None) -> None:
    found = atlas_of(state(IRAN)).on(datetime.date.fromisoformat(day))
    assert found == {name: ["states/iran"] if name == status else [] for name in STATUSES}


@pytest.mark.parametrize(
    ("day", "true"), [("2003-12-31", False), ("2004-01-01", True), ("2005-02-28", True), ("2005-03-01", False)]
)
def test_imprecise_dates_count_from_their_first_day_at_both_ends(day: str, true: bool) -> None:
    (linked,) = succession("value: member, since: 2004~, until: 2005-03")
    assert linked.true_on(datetime.date.fromisoformat(day)) is true


def test_a_fact_without_dates_is_always_true() -> None:
    (linked,) = succession("value: member")
    assert linked.true_on(datetime.date.min)


def test_the_states_of_a_status_are_sorted() -> None:
    row = "status: {value: member, since: 2001, cite: k}"
    atlas = atlas_of(state(row, "zambia"), state(row, "angola"))
    assert atlas.on(datetime.date(2002, 1, 1))["member"] == ["states/angola", "states/zambia"]


def test_a_status_that_atlas_yml_does_not_name_is_nobodys() -> None:
    atlas = atlas_of(state("status: {value: friend, since: 2001, cite: k}"))
    assert atlas.on(datetime.date(2002, 1, 1)) == {name: [] for name in STATUSES}


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, str, str | None, str]]:
    """(status, since, until, rank) of one state, in time: some dates imprecise, some ends written, some rows wrong."""
    written = st.dates(datetime.date(1996, 1, 1), datetime.date(2030, 1, 1))
    days = sorted(draw(st.lists(written, max_size=6, unique=True)))
    rows = []
    for number, day in enumerate(days):
        precisions = [10, *([7] if day.day == 1 else []), *([4] if day.month == day.day == 1 else [])]
        since = day.isoformat()[: draw(st.sampled_from(precisions))]
        following = days[number + 1] if number + 1 < len(days) else datetime.date(2031, 1, 1)
        until = None
        if day + datetime.timedelta(1) < following and draw(st.booleans()):
            until = draw(st.dates(day + datetime.timedelta(1), following)).isoformat()
        rank = draw(st.sampled_from(["normal", "normal", "preferred", "deprecated"]))
        rows.append((draw(st.sampled_from(STATUSES)), since, until, rank))
    return rows


def naive(history: list[tuple[str, str, str | None, str]], day: datetime.date) -> str | None:
    """The status that began last, unless it has ended."""
    begun = [
        (decode_date(since).first, status, until)
        for status, since, until, rank in history
        if rank != "deprecated" and decode_date(since).first <= day
    ]
    if not begun:
        return None
    _, status, until = max(begun)
    return status if until is None or day < decode_date(until).first else None


@given(st.lists(histories(), max_size=4), st.dates(datetime.date(1995, 1, 1), datetime.date(2032, 1, 1)))
def test_on_every_day_each_state_has_the_status_that_began_last(
    all_histories: list[list[tuple[str, str, str | None, str]]], day: datetime.date
) -> None:
    records, expected = [], {name: list[str]() for name in STATUSES}
    for number, history in enumerate(all_histories):
        data: dict[str, Data] = {"name": {"en": str(number)}}
        for status, since, until, rank in history:
            row: dict[str, Data] = {"value": status, "since": since, "rank": rank, "cite": "k"}
            rows = data.setdefault("status", [])
            assert isinstance(rows, list)
            rows.append(row | {"until": until} if until else row)
        document = Document("f.yml", data=data)
        records.append(link_record(f"states/s{number}", State.model_validate(document.data), document, None))
        if had := naive(history, day):
            expected[had].append(f"states/s{number}")
    assert atlas_of(*records).on(day) == expected


def test_the_organisation_began_on_the_last_day_of_its_founding_meeting(tmp_path: Path) -> None:
    assert load(tmp_path, {}).founded() == datetime.date(2001, 6, 15)


def test_the_entities_of_a_kind_come_by_name_capitals_aside() -> None:
    atlas = atlas_of(*(state("", slug) for slug in ("laos", "china", "iran")))
    assert [record.id for record in atlas.of_kind("states")] == ["states/china", "states/iran", "states/laos"]
    assert list(atlas.of_kind("summits")) == []


# --- links


def mirrored(atlas: Atlas) -> tuple[set[tuple[str, Backlink]], set[tuple[str, Backlink]]]:
    """(target, backlink) as the links say, and as the backlinks say."""
    holders: list[Record | Page] = [*atlas.records.values(), *atlas.pages.values()]
    links = {
        (link.to, Backlink(holder.id, link.field, link.inverse))
        for holder in holders
        for link in holder.links
        if link.to in atlas.records and link.to != holder.id
    }
    backlinks = {(record.id, backlink) for record in atlas.records.values() for backlink in record.backlinks}
    return links, backlinks


LAOS = """\
name: {en: Laos}
events:
  - {value: applied, date: 2010, summit: summits/shanghai-2001, cite: [li-2010], note: "after [[states/china]]"}
gaps:
  - {field: capital, note: "ask [[states/china#capital|Beijing]] and [[states/laos]]"}
"""


def test_every_link_is_a_backlink_at_its_other_end_and_no_other_is(tmp_path: Path) -> None:
    links, backlinks = mirrored(load(tmp_path, {"content/states/laos.yml": LAOS}))
    assert backlinks == links
    assert len(links) > 3


def test_so_it_is_in_the_atlas_itself() -> None:
    atlas, _ = read_atlas(Path(__file__).parent.parent)
    assert atlas is not None
    links, backlinks = mirrored(atlas)
    assert backlinks == links


def test_links_stand_in_fields_notes_gaps_essays_and_pages(tmp_path: Path) -> None:
    changes = {
        "content/states/laos.yml": LAOS,
        "content/states/laos.md": "It borders [[states/china]].\n",
        "content/about/method.md": "# Method\n\nSee [[states/china]].\n",
    }
    backlinks = load(tmp_path, changes).records["states/china"].backlinks
    assert {(backlink.source, backlink.field) for backlink in backlinks} == {
        ("summits/shanghai-2001", "host"),
        ("states/laos", "events"),
        ("states/laos", "gaps"),
        ("states/laos", "essay"),
        ("about/method", "text"),
    }


def test_what_stands_in_code_is_no_link_and_no_cite(tmp_path: Path) -> None:
    code = "`[[states/china]]` and `[@declaration-2001]`\n"
    changes = {
        "content/states/laos.yml": LAOS.replace("[[states/china", "[[summits/shanghai-2001"),
        "content/states/laos.md": code,
        "content/about/method.md": f"# Method\n\n{code}",
    }
    atlas = load(tmp_path, {name: text.replace("#capital", "#dates") for name, text in changes.items()})
    assert {backlink.source for backlink in atlas.records["states/china"].backlinks} == {"summits/shanghai-2001"}
    assert not {"states/laos", "about/method"} & {use.by for use in atlas.uses["declaration-2001"]}


def test_who_mentions_itself_is_not_mentioned_by_itself(tmp_path: Path) -> None:
    record = load(tmp_path, {"content/states/laos.yml": LAOS}).records["states/laos"]
    assert "states/laos" in [link.to for link in record.links]
    assert record.backlinks == ()


def test_a_backlink_says_what_the_field_makes_of_its_target(tmp_path: Path) -> None:
    (backlink,) = load(tmp_path, {}).records["states/china"].backlinks
    assert backlink == Backlink("summits/shanghai-2001", "host", "hosted")


def test_a_citation_knows_the_fact_that_makes_it(tmp_path: Path) -> None:
    changes = {
        "content/states/laos.yml": LAOS.replace('note: "after', 'note: "[@declaration-2001, p. 2] after'),
        "content/about/method.md": "# Method\n\nAs [@li-2010] says of [[states/laos]].\n",
    }
    uses = load(tmp_path, changes).uses
    assert {use.by for use in uses["li-2010"]} == {"states/china#capital", "states/laos#events-2010", "about/method"}
    assert "states/laos#events-2010" in {use.by for use in uses["declaration-2001"]}


def test_a_link_is_found_where_it_is_written(tmp_path: Path) -> None:
    links = load(tmp_path, {"content/states/laos.yml": LAOS}).records["states/laos"].links
    places = {str(link.location) for link in links if link.to == "states/china"}
    column = LAOS.split("\n")[2].index("[[") + 1
    assert f"content/states/laos.yml:3:{column}" in places
