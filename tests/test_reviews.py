"""Reviews: the language of checks, the verdicts that follow from it, and what the facts answer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from projects import write_project
from scoatlas import views
from scoatlas.answers import answer_in_words, holds
from scoatlas.atlas import Atlas, Record
from scoatlas.build import read_atlas
from scoatlas.conditions import OPERATORS, QUESTIONS, decode_check
from scoatlas.diagnostics import Diagnostic, Rule

FACTS = {
    "content/states/india.yml": """\
name: {en: India}
capital:
  - {value: New Delhi, rank: preferred, cite: [li-2010]}
  - {value: Delhi, rank: deprecated, cite: [li-2010]}
status:
  - {value: observer, since: 2005-07-05, cite: [li-2010]}
  - {value: member, since: 2017-06-09, cite: [li-2010]}
""",
    "content/states/nepal.yml": """\
name: {en: Nepal}
capital: {value: Kathmandu, cite: [li-2010]}
""",
    "content/summits/astana-2005.yml": """\
name: {en: "Summit in Astana, 2005"}
council: {value: heads-of-state, cite: [li-2010]}
dates: {value: 2005-07-05, cite: [li-2010]}
""",
    "content/summits/astana-2027.yml": """\
name: {en: "Summit in Astana, 2027"}
council: {value: heads-of-state, cite: [li-2010]}
dates: {value: 2027-07, cite: [li-2010]}
expected: true
""",
    "content/organisations/club.yml": """\
name: {en: The Club}
members:
  - {value: states/china, since: 2002, cite: [li-2010]}
  - {value: states/india, since: 2010, cite: [li-2010]}
""",
    "content/concepts/size.yml": """\
name: {en: Its size}
figures:
  - {value: ">3000000000 persons", date: 2017, measure: People, cite: [li-2010]}
  - {value: 40-45 %, date: 2018, measure: Share, cite: [li-2010]}
""",
}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    found, diagnostics = read_atlas(write_project(tmp_path_factory.mktemp("facts"), FACTS))
    assert {one.rule for one in diagnostics} <= {Rule.ORPHAN}
    assert found is not None
    return found


@pytest.mark.parametrize(
    "check",
    [
        'count("member") is 2',
        'count("member", on="2017-06-08") is 1',
        'count("member") at least 2 and count("member") at most 2',
        'status("states/india") is "member"',
        'status("states/india", on="2010-01-01") is "observer"',
        'status("states/nepal") is none',
        'since("states/india", "member") is 2017',
        'since("states/india", "member") is 2017-06-09',
        'since("states/india", "member") after 2016 and since("states/india", "observer") before 2006',
        'since("states/nepal", "member") is none',
        'latest("member") is "states/india"',
        'latest("member", on="2017-06-08") is "states/china"',
        # what is held wrong is no answer
        'value("states/india", "capital") is "New Delhi"',
        'value("organisations/club", "members") is "states/india", "states/china"',
        'value("organisations/club", "members") has "states/india"',
        'value("organisations/club", "members", on="2005-01-01") has no "states/india"',
        'value("organisations/club", "members") is not "states/india"',
        'value("states/nepal", "status") is none',
        'value("summits/shanghai-2001", "dates") is 2001-06',
        'fact("concepts/size#figures-2017-people") at least 3000000000',
        'fact("concepts/size#figures-2018-share") at most 45 and fact("concepts/size#figures-2018-share") is 42.5',
        # what is only expected is not counted
        'number("summits", council="heads-of-state") is 2',
        'number("summits", council="heads-of-state", year="2005") is 1',
        'number("summits", council="heads-of-state", year="2027") is 0',
        'years("summits", council="heads-of-state") is 2001, 2005',
    ],
)
def test_a_check_that_the_facts_bear_out(check: str, atlas: Atlas) -> None:
    assert holds(decode_check(check), atlas)


@pytest.mark.parametrize(
    "check",
    [
        'count("member") is 3',
        'count("member") is 2 and count("member") is 3',
        'status("states/nepal") is "member"',
        'status("states/nepal") has "member"',
        'since("states/india", "member") is 2017-06-08',
        'since("states/nepal", "member") before 2030',
        'since("states/india", "member") before 2017-06-09',
        'latest("member") is "states/china", "states/india"',
        'value("states/india", "capital") has "Delhi"',
        'value("organisations/club", "members") is "states/india"',
        'value("organisations/club", "members") has "states/india", "states/nepal"',
        'value("organisations/club", "members") has none',
        'fact("concepts/size#figures-2017-people") at most 4000000000',
        'fact("concepts/size#figures-2017-people") is 3000000000',
        'years("summits", council="heads-of-state") has 2001/2005',
    ],
)
def test_a_check_that_the_facts_do_not_bear_out(check: str, atlas: Atlas) -> None:
    assert not holds(decode_check(check), atlas)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ('count("member") is 2', "2"),
        ('status("states/nepal") is none and since("states/india", "member") is 2017', "none; 2017-06-09"),
        ('fact("concepts/size#figures-2017-people") at least 3', "more than 3 billion persons"),
    ],
)
def test_what_the_facts_answer_is_told_in_words(check: str, words: str, atlas: Atlas) -> None:
    assert answer_in_words(decode_check(check), atlas) == words


@pytest.mark.parametrize(
    ("check", "message", "offset"),
    [
        ("member is 2", "here no condition can be read", 0),
        ('count("member") = 2', "here no condition can be read", 0),
        ('count("member") is', "here no condition can be read", 0),
        ('cuont("member") is 2', "there is no question 'cuont'", 0),
        ("count(member) is 2", "the words in brackets cannot be read", 6),
        ("count() is 2", "'count' asks for a status, in quotes", 6),
        ('since("states/india") is 2017', "'since' asks for a state and a status, in quotes", 6),
        ('count("member", year="2017") is 2', "'count' has no option 'year'", 6),
        ('count("member") is 2 or count("member") is 3', "behind a condition stands `and`, or nothing", 21),
        ('count("member") is 2 and ', "here no condition can be read", 25),
        ('count("member") is 2 and  __import__("os")', "here no condition can be read", 26),
    ],
)
def test_a_check_that_cannot_be_read_says_where(check: str, message: str, offset: int) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        decode_check(check)
    context = caught.value.context or {}
    assert (context["message"], context["offset"]) == (message, offset)


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ('count("membre") is 2', "there is no status 'membre'"),
        ('status("states/atlantis") is "member"', "there is no 'states/atlantis'"),
        ('status("organisations/club") is "member"', "'organisations/club' is no state, and has no status"),
        ('value("states/india", "seat") is "Delhi"', "states have no field 'seat'"),
        ('fact("states/india#seat") is "Delhi"', "there is no fact 'states/india#seat'"),
        ('number("planets") is 8', "there is no kind 'planets'"),
        ('number("summits", year="many") is 8', "'many' is no number"),
        ('number("summits", colour="red") is 8', "summits have no field 'colour'"),
        ('count("member", on="2040-01-01") is 2', "2040-01-01 is after 2026-01-31, up to which evidence was searched"),
        ('count("member", on="2017") is 2', "'2017' is no single day"),
        ('count("member") before 2017', "'2' is no date, to be before or after another"),
        ('since("states/india", "member") at least 2', "'2017-06-09' is no number, to be more or less than another"),
        ('count("member") at least 2, 3', "'at least' is followed by one answer"),
        ('count("member") is "two"', "'two' is no number"),
        ('since("states/india", "member") is "long"', "'long' is no date"),
    ],
)
def test_a_check_that_cannot_be_put_to_the_facts_says_why(check: str, message: str, atlas: Atlas) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        holds(decode_check(check), atlas)
    assert (caught.value.context or {})["message"] == message


_WORD = st.sampled_from(
    ["member", "states/india", "states/nepal", "capital", "organisations/club", "members", "summits", "2005", ""]
)
_ARGUMENTS = st.lists(
    st.one_of(_WORD.map(lambda word: f'"{word}"'), _WORD.map(lambda word: f'on="{word}"')), max_size=3
)
_ANSWERS = st.lists(
    st.sampled_from(['"member"', "2", "2017", "2017-06-09", "2001/2005", "9-9", "none", "1.5~"]), min_size=1, max_size=2
)
_CONDITIONS = st.builds(
    lambda name, arguments, operator, answers: f"{name}({', '.join(arguments)}) {operator} {', '.join(answers)}",
    st.sampled_from([*QUESTIONS, "count", "eval"]),
    _ARGUMENTS,
    st.sampled_from(OPERATORS),
    _ANSWERS,
)


@given(st.one_of(st.text(), st.lists(_CONDITIONS, min_size=1, max_size=3).map(" and ".join)))
@example('count("' * 40)
@example("(" * 300)
def test_no_text_makes_a_check_do_anything_but_answer_or_complain(atlas: Atlas, text: str) -> None:
    try:
        assert holds(decode_check(text), atlas) in (True, False)
    except PydanticCustomError as error:
        assert Rule(error.type) in Rule  # noqa: PT017  # a complaint of ours, not a crash


# --- what a page shows


def article(*claims: tuple[str, str, str]) -> str:
    """A review with claims of (id, part, verdict)."""
    head = "name: {en: An article}\nsummary: {value: A text., cite: [li-2010]}\nreviewed: [li-2010]\nclaims:\n"
    claim = "  - {{id: {}, part: {}, where: p. 1, claim: So., kind: fact, verdict: {}, {}}}\n"
    rest = "reason: Yes., about: [states/china], cite: [li-2010]"
    return head + "".join(claim.format(*one, rest) for one in claims)


@pytest.fixture
def review(tmp_path: Path) -> tuple[Record, Atlas]:
    text = article(("a", "First", "supported"), ("b", "First", "contradicted"), ("c", "Last", "supported"))
    text += "  - {id: d, part: First, where: p. 9, claim: So., kind: fact, verdict: unverifiable, reason: No.}\n"
    found, _ = read_atlas(write_project(tmp_path, {"content/reviews/article.yml": text}))
    assert found is not None
    return found.records["reviews/article"], found


def test_claims_stand_by_part_and_are_counted_by_verdict(review: tuple[Record, Atlas]) -> None:
    record, _ = review
    assert [(part.title, [claim.id for claim in part.claims]) for part in views.parts_of(record)] == [
        ("First", ["a", "b", "d"]),
        ("Last", ["c"]),
    ]
    assert [(verdict.code, verdict.count) for verdict in views.verdicts_of(record)] == [
        ("supported", 2),
        ("qualified", 0),
        ("outdated", 0),
        ("contradicted", 1),
        ("unverifiable", 1),
    ]


def test_a_bar_is_as_long_as_its_part_and_its_segments_join(review: tuple[Record, Atlas]) -> None:
    first, last = views.bars_of(review[0])
    assert [(one.verdict, one.count) for one in first.segments] == [
        ("supported", 1),
        ("contradicted", 1),
        ("unverifiable", 1),
    ]
    assert first.counts == (1, 0, 0, 1, 1)
    assert first.segments[0].start == 0
    for earlier, later in pairwise(first.segments):
        assert later.start == pytest.approx(earlier.start + earlier.width, abs=0.002)
    assert first.segments[-1].start + first.segments[-1].width == pytest.approx(100, abs=0.002)
    assert [one.width for one in last.segments] == [pytest.approx(100 / 3, abs=0.002)]


def test_an_entity_has_the_claims_that_are_about_it(review: tuple[Record, Atlas]) -> None:
    record, atlas = review
    ((from_review, claims),) = views.claims_about(atlas.records["states/china"], atlas)
    assert from_review.id == record.id
    assert [claim.id for claim in claims] == ["a", "b", "c"]
    assert views.claims_about(atlas.records["summits/shanghai-2001"], atlas) == ()
    # the review is no further tie: its claims are shown
    assert "claims about it" not in {
        group.inverse for group in views.groups_of_backlinks(atlas.records["states/china"], atlas)
    }


# --- verdicts

CLAIM = """\
name: {{en: An article}}
summary: {{value: A text., cite: [li-2010]}}
reviewed: [li-2010]
claims:
  - id: two-members
    where: p. 1
    claim: It has two members.
    kind: figure
    verdict: {verdict}
    reason: "See [[states/china]]."
    about: [states/china]
    cite: [li-2010]
    check: count("member") is {number}
"""


@pytest.mark.parametrize("verdict", ["supported", "qualified", "outdated", "contradicted", "unverifiable"])
@pytest.mark.parametrize(("number", "true"), [(1, True), (2, False)])
def test_a_verdict_follows_from_the_check_or_is_stale(
    verdict: str, number: int, true: bool, complaints: Callable[[dict[str, str]], list[Diagnostic]]
) -> None:
    found = complaints({"content/reviews/article.yml": CLAIM.format(verdict=verdict, number=number)})
    follows = verdict in (("supported", "qualified") if true else ("outdated", "contradicted"))
    expected = [] if follows else [(Rule.STALE_VERDICT, 9, 14)]
    assert [(one.rule, one.location.line, one.location.column) for one in found] == expected


def test_a_fault_in_a_check_is_told_at_its_place(
    complaints: Callable[[dict[str, str]], list[Diagnostic]],
) -> None:
    text = CLAIM.format(verdict="supported", number='1 and status("states/chian") is "member"')
    (found,) = complaints({"content/reviews/article.yml": text})
    assert (found.rule, found.location.line, found.hint) == (Rule.UNKNOWN_ENTITY, 13, "did you mean 'states/china'?")


def test_a_check_of_what_cannot_be_read_is_not_complained_of_again(tmp_path: Path) -> None:
    text = CLAIM.format(verdict="supported", number='1 and value("states/nepal", "capital") is "Pokhara"')
    files = {"content/reviews/article.yml": text, "content/states/nepal.yml": "name: {en: Nepal}\ncapitol: {}\n"}
    _, diagnostics = read_atlas(write_project(tmp_path, files))
    assert {one.location.path for one in diagnostics} == {"content/states/nepal.yml"}


def test_two_claims_of_one_id_are_told(complaints: Callable[[dict[str, str]], list[Diagnostic]]) -> None:
    text = CLAIM.format(verdict="supported", number=1)
    twice = text + text[text.index("  - id") :]
    assert [(one.rule, one.location.line) for one in complaints({"content/reviews/article.yml": twice})] == [
        (Rule.DUPLICATE_ID, 14)
    ]


def test_a_link_leads_to_a_claim_or_is_complained_of(
    complaints: Callable[[dict[str, str]], list[Diagnostic]],
) -> None:
    files = {"content/reviews/article.yml": CLAIM.format(verdict="supported", number=1)}
    links = "[[reviews/article#claims-two-members|there]], [[reviews/article#claims-three|not there]]"
    essay = f"It is judged {links} [@li-2010].\n"
    (found,) = complaints({**files, "content/states/china.md": essay})
    assert found.message == "'reviews/article' has no fact 'claims-three'"
