"""The values that prose takes from the facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from projects import BASE, write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic
from scoatlas.expressions import evaluate, join_words
from scoatlas.prose import Expression, find_marks

INDIA = """\
name: {en: India, zh: 印度}
status:
  - {value: observer, since: 2005-07-05, cite: [li-2010]}
  - {value: member, since: 2017-06-09, cite: [li-2010]}
official_name: {value: {en: Republic of India, zh: 印度共和国}, cite: [li-2010]}
events:
  - {value: applied, date: 2010-03, cite: [li-2010], note: "see [[summits/shanghai-2001]]"}
  - {value: memorandum-of-obligations-signed, cite: [li-2010]}
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    found, diagnostics = read_atlas(write_project(tmp_path, {"content/states/india.yml": INDIA}))
    assert list(diagnostics) == []
    assert found is not None
    return found


def answer(text: str, atlas: Atlas) -> str:
    (expression,) = find_marks(f"{{{{ {text} }}}}", forms=True)
    assert isinstance(expression, Expression)
    return evaluate(expression, atlas)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # how many and who, on the day up to which evidence was searched or on another
        ('count("member")', "2"),
        ('count("observer")', "0"),
        ('count("observer", on="2010-01-01")', "1"),
        ('list("member")', "China and India"),
        ('list("member", on="2017-06-08")', "China"),
        ('list("observer")', "none"),
        # names in three languages
        ('name("states/china")', "China"),
        ('name("states/china", lang="ru")', "Китай"),
        ('name("states/india", lang="zh")', "印度"),
        # values: text, a word of a list, names, a reference, dates
        ('value("states/china#capital")', "Beijing"),
        ('value("states/india#status-2017-06-09")', "member"),
        ('value("states/india#events-2010-03")', "Applied"),
        ('value("states/india#official_name")', "Republic of India"),
        ('value("summits/shanghai-2001#host")', "China"),
        ('value("summits/shanghai-2001#dates")', "14–15 June 2001"),
        ('value("summits/shanghai-2001#council")', "Council of Heads of State"),
        # dates of a fact: when it is true from, when it happened, or its value
        ('date("states/india#status-2017-06-09")', "9 June 2017"),
        ('date("states/india#events-2010-03")', "March 2010"),
        ('date("summits/shanghai-2001#dates")', "14–15 June 2001"),
    ],
)
def test_prose_takes_its_values_from_the_facts(text: str, words: str, atlas: Atlas) -> None:
    assert answer(text, atlas) == words


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        # nobody and nothing of that name
        ('count("membr")', "invalid-value", "there is no status 'membr'"),
        ('name("states/iran")', "unknown-entity", "there is no 'states/iran'"),
        ('value("states/china#nothing")', "unknown-entity", "there is no fact 'states/china#nothing'"),
        ('value("states/china")', "unknown-entity", "there is no fact 'states/china'"),
        # not in this language, not on one day
        ('name("states/india", lang="ru")', "invalid-value", "'states/india' has no name in 'ru'"),
        ('name("states/india", lang="fr")', "invalid-value", "'states/india' has no name in 'fr'"),
        ('count("member", on="2018-01")', "invalid-date", "'2018-01' is no single day"),
        ('count("member", on="soon")', "invalid-date", "'soon' is no date"),
        ('count("member", on="2018-01-01~")', "invalid-date", "'2018-01-01~' is no single day"),
        ('date("states/china#capital")', "invalid-value", "the fact 'states/china#capital' has no date"),
        # options of other forms
        ('count("member", lang="ru")', "invalid-value", "'count' has no 'lang'"),
        ('value("states/china#capital", on="2018-01-01")', "invalid-value", "'value' has no 'on'"),
    ],
)
def test_what_the_facts_cannot_answer_is_told(text: str, rule: str, message: str, atlas: Atlas) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        answer(text, atlas)
    assert caught.value.context is not None
    assert (caught.value.type, caught.value.context["message"]) == (rule, message)


def test_a_fault_in_an_expression_is_shown_at_its_place(
    complaints: Callable[[dict[str, str]], list[Diagnostic]],
) -> None:
    (fault,) = complaints({"content/index.md": '# Home\n\nIt has {{ count("membr") }}.\n'})
    assert (str(fault.location), fault.hint) == ("content/index.md:3:8", "did you mean 'member'?")


def test_an_expression_over_a_broken_entity_is_no_second_fault(
    complaints: Callable[[dict[str, str]], list[Diagnostic]],
) -> None:
    changes = {"content/states/china.yml": "name: China\n"}
    page = {"content/index.md": '# Home\n\n{{ name("states/china") }}\n'}
    assert [fault.location.path for fault in complaints(changes | page)] == ["content/states/china.yml"]


def test_no_marks_of_a_note_come_into_a_sentence(tmp_path: Path) -> None:
    decisions = 'decisions: {value: "Asked [[states/china|Peking]] so [@li-2010]", cite: [li-2010]}\n'
    summit = BASE["content/summits/shanghai-2001.yml"] + decisions
    atlas, _ = read_atlas(write_project(tmp_path, {"content/summits/shanghai-2001.yml": summit}))
    assert atlas is not None
    assert "[" not in answer('value("summits/shanghai-2001#decisions")', atlas)


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_words_are_joined_as_english_joins_them(words: list[str], text: str) -> None:
    assert join_words(words) == text


@given(st.lists(st.from_regex("[A-Z]{1,5}", fullmatch=True), min_size=2))
def test_joined_words_are_all_there_in_order(words: list[str]) -> None:
    head, _, last = join_words(words).rpartition(" and ")
    assert [*head.split(", "), last] == words
