"""The forms that prose knows, found with their places."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas.citation import Citation, Locator
from scoatlas.diagnostics import Diagnostic
from scoatlas.essays import Fault, Mark, find_slow_markdown, find_unsafe_markdown
from scoatlas.prose import Cited, Expression, Mention, find_marks, replace_marks


def mark_of(text: str) -> Mark:
    """The only form in an essay's text."""
    (mark,) = find_marks(text, markdown=True, forms=True)
    return mark


def fault_of(text: str) -> Fault:
    mark = mark_of(text)
    assert isinstance(mark, Fault)
    return mark


# --- links


@pytest.mark.parametrize(
    ("text", "target", "anchor", "words"),
    [
        ("[[states/iran]]", "states/iran", "", ""),
        ("[[states/iran|Tehran]]", "states/iran", "", "Tehran"),
        ("[[states/iran#status-2023-07-04]]", "states/iran", "status-2023-07-04", ""),
        ("[[states/iran#capital|its capital]]", "states/iran", "capital", "its capital"),
        ("[[ states/iran | the  Islamic\nRepublic ]]", "states/iran", "", "the Islamic Republic"),
        ("[[summits/ufa-2015|a|b]]", "summits/ufa-2015", "", "a|b"),
        ("[[states/" + "s" * 64 + "]]", "states/" + "s" * 64, "", ""),
    ],
)
def test_a_link_names_an_entity_or_one_of_its_facts(text: str, target: str, anchor: str, words: str) -> None:
    assert mark_of(text) == Mention(0, len(text), target, anchor, words)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        # a bare slug could be of any kind
        ("[[iran]]", "'iran' is not a full id", "write kind and name, as '[[states/iran]]'"),
        ("[[Iran]]", "'Iran' is not a full id", "as '[[states/iran]]'"),
        ("[[]]", "'' is not a full id", "as '[[states/iran]]'"),
        # no id at all
        ("[[states/Iran]]", "'states/Iran' is no id", "ids are small letters, digits and hyphens"),
        ("[[states/]]", "'states/' is no id", "ids are small letters, digits and hyphens"),
        ("[[states/a/b]]", "'states/a/b' is no id", "ids are small letters, digits and hyphens"),
        ("[[../states/iran]]", "'../states/iran' is no id", "ids are small letters, digits and hyphens"),
        # unfinished
        ("[[states/iran|]]", "this link has no text", "delete the '|', or write text behind it"),
        ("x [[states/iran", "'[[' is not closed", "close it with ']]'"),
        ("x [[states/iran]", "'[[' is not closed", "close it with ']]'"),
        ("[@li-2010", "'[@' is not closed", "close it with ']'"),
        ('{{ count("member") }', "'{{' is not closed", "close it with '}}'"),
    ],
)
def test_what_looks_like_a_link_and_is_none_is_told(text: str, message: str, hint: str) -> None:
    fault = fault_of(text)
    assert (fault.rule, fault.message, fault.hint) == ("invalid-link", message, hint)


# --- cites


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("[@li-2010]", [Citation("li-2010")]),
        ("[@li-2010, p. 4]", [Citation("li-2010", Locator("page", "4"))]),
        ("[@li-2010, pp. 4, 7; @xh-2001]", [Citation("li-2010", Locator("page", "4, 7")), Citation("xh-2001")]),
        ("[@li-2010;\n  @xh-2001, с. 4]", [Citation("li-2010"), Citation("xh-2001", Locator("page", "4"))]),
    ],
)
def test_a_cite_names_sources_and_where_in_them(text: str, citations: list[Citation]) -> None:
    assert mark_of(text) == Cited(0, len(text), tuple(citations))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[@Li2010]", "invalid-value"),
        ("[@li-2010, page four]", "invalid-locator"),
        ("[@p. 4]", "invalid-locator"),
        ("[@]", "invalid-value"),
        ("[@li-2010;]", "invalid-value"),
    ],
)
def test_a_cite_that_names_no_source_is_told(text: str, rule: str) -> None:
    assert fault_of(text).rule == rule


# --- expressions


@pytest.mark.parametrize(
    ("text", "form", "argument", "options"),
    [
        ('{{ count("member") }}', "count", "member", ()),
        ('{{count("member")}}', "count", "member", ()),
        ('{{ count("member", on="2018-01-01") }}', "count", "member", (("on", "2018-01-01"),)),
        ('{{ count( on = "2018-01-01" , "member" ) }}', "count", "member", (("on", "2018-01-01"),)),
        ('{{ name("states/iran", lang="zh") }}', "name", "states/iran", (("lang", "zh"),)),
        ('{{ value("states/iran#capital") }}', "value", "states/iran#capital", ()),
    ],
)
def test_an_expression_is_a_form_and_one_word_in_quotes(
    text: str, form: str, argument: str, options: tuple[tuple[str, str], ...]
) -> None:
    assert mark_of(text) == Expression(0, len(text), form, argument, options)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # what a template language would run
        ("{{ 7 * 7 }}", "this takes nothing from the facts"),
        ("{{ config }}", "this takes nothing from the facts"),
        ("{{ ''.__class__ }}", "this takes nothing from the facts"),
        ('{{ count("member") | upper }}', "this takes nothing from the facts"),
        ("{{ }}", "this takes nothing from the facts"),
        # no such form, no such words
        ('{{ counts("member") }}', "there is no form 'counts'"),
        ('{{ range("9") }}', "there is no form 'range'"),
        ("{{ count('member') }}", "the words in brackets cannot be read"),
        ('{{ count("member" "x") }}', "the words in brackets cannot be read"),
        ("{{ count() }}", "'count' takes one word in quotes"),
        ('{{ count("a", "b") }}', "'count' takes one word in quotes"),
    ],
)
def test_what_no_form_answers_is_told_and_never_run(text: str, message: str) -> None:
    fault = fault_of(text)
    assert (fault.rule, fault.message) == ("invalid-value", message)


def test_a_misspelt_form_is_guessed() -> None:
    assert fault_of('{{ cuont("member") }}').hint == "did you mean 'count'?"


# --- where forms are found


def test_forms_are_found_in_order_with_their_places() -> None:
    text = 'a [[states/iran]] b [@li-2010] c {{ count("member") }} d'
    found = [text[mark.start : mark.end] for mark in find_marks(text, markdown=True, forms=True)]
    assert found == ["[[states/iran]]", "[@li-2010]", '{{ count("member") }}']


@pytest.mark.parametrize(
    "text", ["plain", "[x](https://example.org)", "[x]", "a [ [b] ]", "{x}", "a@b.org", "[ @x]", "]]}}"]
)
def test_other_text_is_no_form(text: str) -> None:
    assert list(find_marks(text, markdown=True, forms=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        # spans, of one backquote and of more
        "`[[iran]]`",
        "``a ` [[iran]]``",
        "a `[@x]` b `{{ x }}`",
        # fences, of backquotes and of tildes, closed and not
        "```\n[[iran]]\n```\n",
        "~~~ yaml\n[[iran]]\n~~~\n",
        "text\n\n```\n[[iran]]\n",
        "````\n```\n[[iran]]\n````\n",
    ],
)
def test_code_holds_no_forms(text: str) -> None:
    assert list(find_marks(text, markdown=True, forms=True)) == []


@pytest.mark.parametrize("text", ["`a` [[iran]] `b`", "```\na\n```\n[[iran]]\n", "` [[iran]]", "``a` [[iran]]"])
def test_what_stands_beside_code_is_no_code(text: str) -> None:
    assert [mark.start for mark in find_marks(text, markdown=True)] == [text.index("[[")]


def test_a_note_knows_no_code() -> None:
    assert len(list(find_marks("`[[states/iran]]`"))) == 1


_TEXTS = st.text(alphabet='[]{}@|`#/;"=(), \nai', max_size=80)


@given(_TEXTS, st.booleans(), st.booleans())
def test_forms_stand_one_behind_another(text: str, markdown: bool, forms: bool) -> None:
    marks = list(find_marks(text, markdown=markdown, forms=forms))
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(one.end <= other.start for one, other in itertools.pairwise(marks))


@given(_TEXTS, st.booleans(), st.booleans())
def test_a_text_whose_forms_are_replaced_by_themselves_is_the_same(text: str, markdown: bool, forms: bool) -> None:
    assert replace_marks(text, lambda mark: text[mark.start : mark.end], markdown=markdown, forms=forms) == text


def test_each_form_is_replaced_in_its_place() -> None:
    assert replace_marks("a [[states/iran]] b [@x] c", lambda mark: type(mark).__name__) == "a Mention b Cited c"


# --- what an essay must not hold


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # HTML
        ("<script>", "unsafe-text"),
        ("a <b", "unsafe-text"),
        ("</p>", "unsafe-text"),
        ("<!-- x", "unsafe-text"),
        ("<?php", "unsafe-text"),
        ("# Title\n\ntext <b>\n", "unsafe-text"),
        # what cannot be seen, written as a reference
        ("a&#x202e;b", "unsafe-text"),
        ("a&zwj;b", "unsafe-text"),
        # pictures
        ("![x](a.png)", "invalid-link"),
        ("![x](https://example.org/a.png)", "invalid-link"),
        # addresses that run, or lead to nobody knows whom
        ("[x](javascript:alert(1))", "invalid-link"),
        ("[x](JavaScript:alert)", "invalid-link"),
        ("[x](javascript&#58;alert)", "invalid-link"),
        ("[x](data:text/html,y)", "invalid-link"),
        ("[x](//example.org/)", "invalid-link"),
        ("[x][y]\n\n[y]: javascript:alert(1)\n", "invalid-link"),
        ("[a [b] c](javascript:alert(1))", "invalid-link"),
        ("[x](mailto:a@example.org)", "invalid-link"),
    ],
)
def test_what_would_act_in_a_browser_is_told(text: str, rule: str) -> None:
    assert [fault.rule for fault in find_unsafe_markdown(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        # links to the web and to pages of the atlas
        *("[x](https://example.org)", "<https://example.org>", "[x](../about/method.md)", "[x](#here)"),
        # comparison, references to what can be seen
        *("5 < 6", "a <6", "AT&amp;T &eacute; & co"),
        # code, forms
        *("`<b>`", "```\n<b>\n![x](y)\n```\n", "[[states/iran]]", "`[x](javascript:y)`"),
    ],
)
def test_what_only_says_or_leads_is_fine(text: str) -> None:
    assert list(find_unsafe_markdown(text)) == []


@pytest.mark.parametrize("text", ["[" * 201, "word\n" + "[a](b) " * 201, "- " * 8 + "x", "> 1. 2. 3. 4. 5. 6. 7. 8. x"])
def test_what_would_keep_the_conversion_busy_is_told_once(text: str) -> None:
    assert [fault.rule for fault in find_slow_markdown(text)] == ["invalid-value"]


@pytest.mark.parametrize("text", ["[" * 200, ("[a](b) " * 150 + "\n\n") * 5, "- - - x", "1990. 1991. x", "- a\n" * 500])
def test_long_lists_and_many_links_are_fine(text: str) -> None:
    assert list(find_slow_markdown(text)) == []


@pytest.mark.parametrize(
    "address", ["../about/nowhere.md", "indi.md", "../../references.md", "../states/china.md/x.md"]
)
def test_a_link_to_a_page_that_there_is_not_is_told(
    address: str, complaints: Callable[[Mapping[str, str]], list[Diagnostic]]
) -> None:
    (found,) = complaints({"content/states/china.md": f"See [this]({address}).\n"})
    assert (str(found.location), found.rule.value) == ("content/states/china.md:1:10", "invalid-link")


@pytest.mark.parametrize(
    "address", ["../summits/shanghai-2001.md#dates", "index.md", "../index.md", "../sources/index.md"]
)
def test_a_link_to_a_page_that_there_is_is_fine(
    address: str, complaints: Callable[[Mapping[str, str]], list[Diagnostic]]
) -> None:
    assert complaints({"content/states/china.md": f"See [this]({address}).\n"}) == []
