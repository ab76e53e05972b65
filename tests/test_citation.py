"""Citations: the key of a source, and where in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scoatlas.citation import Citation, Locator, decode_citation, decode_locator


def refusal(value: object) -> tuple[str, str, str | None, int]:
    """Rule, message, hint, and the place in the text."""
    with pytest.raises(PydanticCustomError) as caught:
        decode_citation(value)
    context = caught.value.context
    assert context is not None
    return caught.value.type, context["message"], context["hint"], context["offset"] or 0


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        # English
        ("p. 4", "page", "4"),
        ("p.4", "page", "4"),
        ("pp. 4–7", "page", "4–7"),
        ("pp. 4-7", "page", "4-7"),
        ("pp. 4, 7", "page", "4, 7"),
        ("p. iv", "page", "iv"),
        ("p. XIV", "page", "XIV"),
        ("page 12a", "page", "12a"),
        ("para. 3", "paragraph", "3"),
        ("art. 2", "article-locator", "2"),
        ("Art. 2", "article-locator", "2"),
        ("art. 2(3)", "article-locator", "2(3)"),
        ("sec. 1.2.3", "section", "1.2.3"),
        ("§ 5", "section", "5"),
        ("ch. 5", "chapter", "5"),
        ("fig. 2", "figure", "2"),
        ("table 1", "table", "1"),
        ("n. 12", "note", "12"),
        ("vol. 2", "volume", "2"),
        ("preamble", "section", "preamble"),
        ("Annex", "section", "annex"),
        # Russian
        ("с. 12–14", "page", "12–14"),
        ("стр. 4", "page", "4"),
        ("ст. 2", "article-locator", "2"),
        ("п. 3", "paragraph", "3"),
        ("гл. 1", "chapter", "1"),
        ("табл. 4", "table", "4"),
        # Chinese, where the unit stands behind the number
        ("第4页", "page", "4"),
        ("第12-14页", "page", "12-14"),
        ("第4条", "article-locator", "4"),
        ("第2款", "paragraph", "2"),
        ("第 3 章", "chapter", "3"),
    ],
)
def test_scholars_of_three_languages_say_where(text: str, label: str, value: str) -> None:
    assert decode_locator(text) == Locator(label, value)


@pytest.mark.parametrize(
    "text",
    [
        # nothing, no number, no word, no such word
        *("", "p.", "page", "4", "line 4", "p. four", "p. 4 and more", "第4", "4页"),
        # unfinished ranges, two at once
        *("pp. 4–", "pp. –7", "pp. 4,, 7", "p. 4; p. 7"),
        # longer than any locator is
        "p. " + ", ".join(["123"] * 30),
    ],
)
def test_what_says_nowhere_is_no_locator(text: str) -> None:
    assert decode_locator(text) is None


_NUMBERS = st.from_regex(
    r"[1-9][0-9]{0,3}[a-z]?|[ivx]{1,4}|[IVX]{1,4}|[1-9](\.[1-9]){1,3}|[1-9]\([1-9a-z]\)", fullmatch=True
)
_LABELS = ["page", "paragraph", "article-locator", "section", "chapter", "figure", "table", "note", "volume"]


@given(
    st.builds(
        Locator,
        st.sampled_from(_LABELS),
        st.lists(_NUMBERS, min_size=1, max_size=4).flatmap(
            lambda numbers: st.sampled_from(["-", "–", ", ", ","]).map(lambda between: between.join(numbers))
        ),
    )
)
def test_a_locator_is_read_as_it_is_written(locator: Locator) -> None:
    assert decode_locator(str(locator)) == locator


@given(st.text(max_size=200))
def test_any_text_is_a_locator_or_none(text: str) -> None:
    found = decode_locator(text)
    assert found is None or decode_locator(str(found)) == found


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        ("page", "4", "p. 4"),
        ("page", "4–7", "pp. 4–7"),
        ("page", "4, 7", "pp. 4, 7"),
        ("paragraph", "4–7", "para. 4–7"),
    ],
)
def test_several_pages_are_pp(label: str, value: str, words: str) -> None:
    assert str(Locator(label, value)) == words


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("li-2010", Citation("li-2010")),
        ("li-2010, p. 4", Citation("li-2010", Locator("page", "4"))),
        ("li-2010,p. 4", Citation("li-2010", Locator("page", "4"))),
        ("li-2010 , pp. 4, 7", Citation("li-2010", Locator("page", "4, 7"))),
        ("2010", Citation("2010")),
        ("k" * 64, Citation("k" * 64)),
    ],
)
def test_a_citation_is_a_key_and_perhaps_a_locator(text: str, citation: Citation) -> None:
    assert decode_citation(text) == citation


@pytest.mark.parametrize("text", ["p. 4", "pp. 4–7", "para. 3", "art. 2", "с. 4", "第4页"])
def test_a_source_that_looks_like_a_locator_is_the_trap_of_traps(text: str) -> None:
    """`cite: [li-2010, p. 4]` is two sources in YAML."""
    assert refusal(text)[:3] == (
        "invalid-locator",
        f"'{text}' is a locator, not a source",
        "one source a line: `- KEY, p. 4`",
    )


def test_a_locator_without_a_comma_before_it_is_told() -> None:
    """`cite: li-2010 p. 4`, the third face of the trap."""
    assert refusal("li-2010 p. 4")[:3] == (
        "invalid-locator",
        "'li-2010 p. 4' has no comma",
        "write a comma before the locator: li-2010, p. 4",
    )


@pytest.mark.parametrize("text", ["Li-2010", "li_2010", "li 2010", "-li", "@li-2010", "k" * 65, "лі", "li-2010."])
def test_a_key_is_small_letters_digits_and_hyphens(text: str) -> None:
    rule, message, *_ = refusal(text)
    assert (rule, message) == ("invalid-value", f"'{text}' is no key of a source")


@pytest.mark.parametrize(
    ("text", "words"),
    [("li-2010, page four", "page four"), ("li-2010,  foo", "foo"), ("li-2010,foo", "foo"), ("li-2010,", "")],
)
def test_a_locator_that_cannot_be_read_is_shown_at_its_own_place(text: str, words: str) -> None:
    rule, message, hint, offset = refusal(text)
    assert (rule, message) == ("invalid-locator", f"'{words}' is no locator")
    assert hint is not None
    assert hint.startswith("write p. 4, pp. 4–7, para. 3, art. 2")
    assert text[offset:] == words


def test_every_locator_of_the_hint_can_be_written() -> None:
    hint = refusal("li-2010, foo")[2]
    assert hint is not None
    for example in hint.removeprefix("write ").split(", "):
        assert decode_locator(example), example


@pytest.mark.parametrize("value", [["li-2010"], {"key": "li-2010"}, ""])
def test_a_citation_is_text(value: object) -> None:
    assert refusal(value)[0] == "invalid-value"
