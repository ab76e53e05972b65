"""References in six styles: compared with those of citeproc-js and the published styles, and laws for all of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas.citation import Locator
from scoatlas.citations.capitals import headline
from scoatlas.citations.csl import Item
from scoatlas.citations.names import OTHERS
from scoatlas.citations.runs import plain_text
from scoatlas.citations.styles import STYLES, letters_of
from test_citations import item, starred
from works import fixture, works

DIFFERENCES = Path(__file__).parent / "references" / "differences.txt"
STANDARDS = DIFFERENCES.with_name("standards.txt")
PAGE, PARAGRAPHS = Locator("page", "4"), Locator("paragraph", "3-5")
LEAST_EQUAL = 0.98
# The styles of GOST and GB/T have no words for parts but pages, and call every one of them a page.
PAGES_ONLY = ("gost", "gbt")


def forms(code: str, work: Item) -> Iterator[tuple[str, str]]:
    """(form, text) of a work in a style, as the fixture has them."""
    style = STYLES[code]
    yield "reference", plain_text(style.reference(work, ""))
    yield "page", plain_text(style.cite(work, PAGE, ""))
    if code not in PAGES_ONLY:
        yield "paragraphs", plain_text(style.cite(work, PARAGRAPHS, ""))


def pairs() -> Iterator[tuple[str, str, str, str, str]]:
    """(style, key, form, text of citeproc-js, text of ours)."""
    made = fixture()
    for code in STYLES:
        for key, work in works().items():
            for form, text in forms(code, work):
                yield code, key, form, made[code][key][form], text


def test_almost_all_letters_are_those_of_citeproc() -> None:
    assert len(works()) >= 60
    same = total = 0
    for _, _, _, wanted, text in pairs():
        blocks = difflib.SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
        same += 2 * sum(block.size for block in blocks)
        total += len(wanted) + len(text)
    assert same / total >= LEAST_EQUAL


def test_each_difference_from_citeproc_is_listed_with_its_reason_and_no_other() -> None:
    lines = DIFFERENCES.read_text("utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    assert len(listed) == len(set(listed))
    assert {f"{code} {key} {form}" for code, key, form, wanted, text in pairs() if wanted != text} == set(listed)


def test_names_titles_and_numbers_are_those_of_citeproc() -> None:
    for code, key, form, wanted, text in pairs():
        work, here = works()[key], (code, key, form)
        ours, theirs = _plain(text), _plain(wanted)
        if form == "reference":
            assert _plain(work.get("title", "")).rstrip(". ") in ours, here
        for name in work.get("author", []):
            family = set(_plain(name.get("family", name.get("literal", ""))).split())
            named = family <= set(theirs.split()) or not theirs or name.get("literal") == OTHERS
            assert (family <= set(ours.split())) == named or name.get("literal") == OTHERS, here
        assert set(re.findall(r"\d+", theirs)) <= set(re.findall(r"\d+", ours)), here


def _plain(text: str) -> str:
    """Letters and digits without case, marks and the signs between them."""
    return " ".join(re.sub(r"[^\w]+", " ", text).casefold().split())


def _written() -> list[tuple[str, str, str]]:
    lines = STANDARDS.read_text("utf-8").splitlines()
    parts = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return [(*before.split(), text) for before, _, text in parts]  # type: ignore[misc]  # two words before


@pytest.mark.parametrize(("code", "key", "text"), _written())
def test_a_reference_is_what_the_standard_asks_for(code: str, key: str, text: str) -> None:
    assert starred(STYLES[code].reference(works()[key], "")) == text


@pytest.mark.parametrize("code", STYLES)
@pytest.mark.parametrize(
    "label", ["page", "paragraph", "article-locator", "section", "chapter", "figure", "table", "note"]
)
def test_every_style_tells_every_kind_of_locator(code: str, label: str) -> None:
    work = works()["lukin"]
    told = plain_text(STYLES[code].cite(work, Locator(label, "7"), ""))
    assert "7" in told
    assert told != plain_text(STYLES[code].cite(work, None, ""))


def test_works_of_a_year_are_told_apart_where_they_stand_together() -> None:
    two = [works()["two-a"], works()["two-b"]]
    assert letters_of(two) == {"two-a": "a", "two-b": "b"}
    assert letters_of(two[:1]) == {}
    assert letters_of([two[0], works()["lukin"]]) == {}
    for code in ("apa", "harvard", "gost"):
        assert "2012b" in plain_text(STYLES[code].reference(two[1], "b"))
        assert "2012b" in plain_text(STYLES[code].cite(two[1], None, "b"))


@pytest.mark.parametrize(
    ("title", "capitals"),
    [
        ("what the bank is for", "What the Bank Is For"),
        ("the bank: an idea in the making", "The Bank: An Idea in the Making"),
        ("SCO summit kicks off in Astana", "SCO Summit Kicks off in Astana"),
        ("two-state drills and fredgao.com", "Two-State Drills and fredgao.com"),
        ("leaders praise “the spirit”", "Leaders Praise “The Spirit”"),
        ("", ""),
    ],
)
def test_english_titles_have_capitals_in_headlines(title: str, capitals: str) -> None:
    assert headline(title) == capitals


@given(st.text(max_size=80))
def test_headlines_change_nothing_but_capitals(title: str) -> None:
    assert headline(title).casefold() == title.casefold()
    assert headline(headline(title)) == headline(title)


_text = st.text(alphabet="abcЖ李 .,:'“”()–-1", min_size=1, max_size=25).filter(str.strip)


@given(
    st.sampled_from(["online", "article", "book", "incollection", "report", "misc"]),
    st.dictionaries(st.sampled_from(["publisher", "journaltitle", "booktitle", "volume", "number", "location"]), _text),
    st.sampled_from([None, PAGE, PARAGRAPHS, Locator("chapter", "preamble")]),
)
def test_whatever_a_source_says_every_style_can_write(
    type: str, fields: dict[str, str], locator: Locator | None
) -> None:
    work = item(", ".join(f"{name} = {{{value}}}" for name, value in {"title": "A", **fields}.items()), type)
    for style in STYLES.values():
        for text in (plain_text(style.reference(work, "")), plain_text(style.cite(work, locator, ""))):
            assert text == text.strip() != ""


def test_a_work_of_which_nothing_is_known_has_a_reference() -> None:
    for style in STYLES.values():
        assert "[untitled]" in plain_text(style.reference(item("howpublished = {a text sent to us}", "misc"), ""))
