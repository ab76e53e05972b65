"""BibTeX as sources with places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas.bibliography import Bibliography, decode_bibliography
from scoatlas.diagnostics import Diagnostic, Diagnostics
from scoatlas.source import FIELDS, LANGUAGES, MAX_BRACES, SEEN, TIERS, TYPES, Person, split_people


def read(text: str) -> tuple[Bibliography, list[Diagnostic]]:
    diagnostics = Diagnostics()
    return decode_bibliography(text, diagnostics), list(diagnostics)


def sources_of(text: str) -> Bibliography:
    bibliography, faults = read(text)
    assert faults == []
    return bibliography


def fault_of(text: str) -> tuple[str, str, str | None]:
    """Rule, message and hint of the only fault."""
    (fault,) = read(text)[1]
    return fault.rule.value, fault.message, fault.hint


def entry(fields: str, key: str = "a") -> str:
    return f"@online{{{key},\n  {fields},\n}}\n"


# --- what is read


def test_a_source_has_its_fields_as_plain_text() -> None:
    text = "@article{li-2010,\n  author = {Li, Wei},\n  title = {A {SCO} history},\n  date = {2010-03},\n}\n"
    source = sources_of(text).sources["li-2010"]
    assert (source.type, source.title, source.authors) == ("article", "A SCO history", (Person("Li", "Wei"),))
    assert source.date is not None
    assert source.date.in_words == "March 2010"


def test_a_field_that_is_not_there_is_empty_text() -> None:
    assert sources_of(entry("title = {A}")).sources["a"].doi == ""


def test_a_name_that_biblatex_does_not_know_is_no_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = sources_of(entry("title = {A}")).sources["a"].colour


@pytest.mark.parametrize("type", TYPES)
def test_an_entry_is_of_one_of_six_types(type: str) -> None:
    assert sources_of(f"@{type}{{a, title = {{A}}}}").sources["a"].type == type


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{A}", "A"),
        ('"A"', "A"),
        ('"A {B} C"', "A B C"),
        ("{{A} and {B}}", "A and B"),
        ("{A\n    B}", "A B"),
        ("{ A  B }", "A B"),
        ("{[A headline]}", "[A headline]"),
        ("{Россия и Китай – 俄罗斯}", "Россия и Китай – 俄罗斯"),
        ("{R&D at 5 $ a #}", "R&D at 5 $ a #"),
        ("12", "12"),
    ],
)
def test_braces_and_quotes_are_no_part_of_the_text(value: str, text: str) -> None:
    assert sources_of(entry(f"title = {value}")).sources["a"].title == text


def test_a_source_stands_where_its_entry_begins() -> None:
    text = entry("title = {A}") + "\n" + entry("title = {B}", "b")
    found = sources_of(text).sources
    assert [str(found[key].place) for key in ("a", "b")] == ["references.bib:1:1", "references.bib:5:1"]


def test_sources_keep_the_order_of_the_file() -> None:
    assert list(sources_of("".join(entry("title = {A}", key) for key in "cab")).sources) == ["c", "a", "b"]


@pytest.mark.parametrize("text", ["", "\n\n", "% a remark\n", "@comment{anything}\n"])
def test_a_bibliography_may_be_empty_or_hold_remarks(text: str) -> None:
    assert sources_of(text).sources == {}


def test_a_date_may_be_a_range() -> None:
    source = sources_of(entry("date = {2001-06-14/2001-06-15}")).sources["a"]
    assert source.date is not None
    assert source.date.in_words == "14–15 June 2001"


@pytest.mark.parametrize(("field", "words"), [("tier", TIERS), ("seen", SEEN), ("langid", LANGUAGES)])
def test_every_word_of_a_closed_list_can_be_written(field: str, words: dict[str, str]) -> None:
    for word in words:
        assert sources_of(entry(f"{field} = {{{word}}}")).sources["a"].fields == {field: word}


# --- people


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Li, Wei", [Person("Li", "Wei")]),
        ("Li, Wei and Петров, Иван", [Person("Li", "Wei"), Person("Петров", "Иван")]),
        ("Wei Li", [Person("Li", "Wei")]),
        ("Aristotle", [Person("Aristotle")]),
        ("Li, Wei and others", [Person("Li", "Wei"), Person("et al.")]),
        ("van der Berg, Jan", [Person("van der Berg", "Jan")]),
        # corporate authors
        ("{SCO}", [Person("SCO")]),
        ("{Ministry of Trade and Industry}", [Person("Ministry of Trade and Industry")]),
        ("{Xinhua, Beijing} and Li, Wei", [Person("Xinhua, Beijing"), Person("Li", "Wei")]),
        # over lines; inside a word `and` parts nothing
        ("Li, Wei\n    and Sand, Anders", [Person("Li", "Wei"), Person("Sand", "Anders")]),
        ("", []),
    ],
)
def test_people_are_parted_by_and(value: str, people: list[Person]) -> None:
    assert split_people(value) == tuple(people)


_NAME = st.from_regex(r"[A-ZА-Я][a-zа-я]{1,8}", fullmatch=True).filter(lambda name: name != "and")
_PERSON = st.builds(Person, _NAME, _NAME)
_CORPORATE = st.lists(st.one_of(_NAME, st.just("and")), min_size=1, max_size=4).map(
    lambda words: Person(" ".join(words))
)


@given(st.lists(st.one_of(_PERSON, _CORPORATE), max_size=6))
def test_people_are_read_as_they_are_written(people: list[Person]) -> None:
    written = [f"{person.family}, {person.given}" if person.given else f"{{{person.family}}}" for person in people]
    assert split_people(" and ".join(written)) == tuple(people)


@given(st.text(alphabet="{}, and\nXy"))
def test_of_any_text_people_have_no_braces_and_no_wild_spaces(text: str) -> None:
    for person in split_people(text):
        for name in (person.family, person.given):
            assert not re.search(r"[{}\n]|^ | $|  ", name)


# --- what is refused


@pytest.mark.parametrize(
    ("fields", "rule", "message", "hint"),
    [
        # names of fields, those of BibTeX before biblatex too
        ("year = {2001}", "invalid-bibtex", "there is no field 'year'", "write 'date'"),
        ("journal = {J}", "invalid-bibtex", "there is no field 'journal'", "write 'journaltitle'"),
        ("titel = {A}", "invalid-bibtex", "there is no field 'titel'", "did you mean 'title'?"),
        ("xyzzy = {A}", "invalid-bibtex", "there is no field 'xyzzy'", f"fields here: {', '.join(FIELDS)}"),
        # values
        ("title = {}", "invalid-bibtex", "the field 'title' is empty", "delete it"),
        (
            "title = {A}\n  date = {2001}",
            "invalid-bibtex",
            "something follows the value of 'title'",
            "end its line with a comma",
        ),
        ("langid = {englisch}", "invalid-value", "'englisch' is not a word of this list", "did you mean 'english'?"),
        ("title = { {} }", "invalid-bibtex", "the field 'title' is empty", "delete it"),
        ("title = jan", "invalid-bibtex", "the value of 'title' is not in braces", "write `title = {…}`"),
        (
            'title = {G\\"odel}',
            "invalid-bibtex",
            "a TeX command stands in 'title'",
            "write the letter itself: é, –, &, $",
        ),
        ("title = {a <b> c}", "unsafe-text", "'<' or '>' stands in 'title'", "delete it"),
        ("tier = {prim}", "invalid-value", "'prim' is not a word of this list", "did you mean 'primary'?"),
        ("seen = {half}", "invalid-value", "'half' is not a word of this list", "one of: whole, excerpt, not seen"),
        (
            "doi = {https://doi.org/10.1234/x}",
            "invalid-value",
            "'https://doi.org/10.1234/x' is no DOI",
            "write it without address: 10.1234/abcd",
        ),
        (
            "url = {javascript:alert(1)}",
            "invalid-link",
            "this address cannot be linked to: it does not begin with https:// or http://",
            "copy it from the browser's address bar",
        ),
        ("date = {2001-13}", "invalid-date", "'2001-13' is no date", "the month is a number from 01 to 12"),
        (
            "urldate = {1 May 2001}",
            "invalid-date",
            "'1 May 2001' is no date",
            "write 2003, 2003-08 or 2003-08-19; about: 2003~",
        ),
    ],
)
def test_a_field_that_cannot_be_taken_is_told_with_what_to_write(
    fields: str, rule: str, message: str, hint: str
) -> None:
    assert fault_of(entry(fields)) == (rule, message, hint)


def test_the_second_date_of_a_range_is_read_too() -> None:
    assert fault_of(entry("date = {2001-06-14/soon}"))[0] == "invalid-date"


def test_the_fault_of_a_field_is_on_its_line() -> None:
    (fault,) = read("@online{a,\n  title = {A},\n    tier = {prim},\n}\n")[1]
    assert str(fault.location) == "references.bib:3:5"


def test_a_source_with_a_bad_field_keeps_the_others() -> None:
    assert read(entry("title = {A},\n  tier = {prim}"))[0].sources["a"].title == "A"


def test_braces_are_nested_eight_deep_at_most() -> None:
    def nested(depth: int) -> str:
        return entry("title = " + "{" * (depth + 1) + "A" + "}" * (depth + 1))

    assert sources_of(nested(MAX_BRACES)).sources["a"].title == "A"
    assert fault_of(nested(MAX_BRACES + 1))[1] == "braces are nested deeper than 8"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # the head of an entry
        ("@onlin{a, title = {A}}", "there is no entry type '@onlin'"),
        ("@online{A B, title = {A}}", "'A B' is no key"),
        (f"@online{{{'k' * 65}, title = {{A}}}}", f"'{'k' * 65}' is no key"),
        # what BibTeX can and we do not want
        ('@string{x = "y"}', "@string and @preamble have no use here"),
        ('@preamble{"x"}', "@string and @preamble have no use here"),
        ("text\n", "text stands outside of any entry"),
        # what cannot be read
        ("@online{a, title = {A}", "this entry cannot be read"),
        ("@online{", "this entry cannot be read"),
        ("@online{a, title = {A}, title = {B}}", "this entry has a field twice: 'title'"),
    ],
)
def test_no_block_is_lost_without_a_word(text: str, message: str) -> None:
    rule, found, _ = fault_of(text)
    assert (rule, found) == ("invalid-bibtex", message)


@pytest.mark.parametrize(
    ("type", "hint"), [("onlin", "did you mean 'online'?"), ("xyz", f"types here: {', '.join(TYPES)}")]
)
def test_a_type_that_there_is_not_is_guessed_or_the_types_are_listed(type: str, hint: str) -> None:
    assert fault_of(f"@{type}{{a, title = {{A}}}}")[2] == hint


def test_a_broken_entry_does_not_break_its_neighbours() -> None:
    bibliography, _ = read(entry("title = {A}") + "@online{b,\n  title = {B},\n" + entry("title = {C}", "c"))
    assert {"a", "c"} <= set(bibliography.sources)


def test_the_key_of_a_broken_entry_is_known() -> None:
    bibliography = read("@online{a,\n  title = {A}, title = {B},\n}\n")[0]
    assert bibliography.known is not None
    assert "a" in bibliography.known
    assert "a" not in bibliography.sources


# --- one work, one entry


def test_a_key_stands_once() -> None:
    rule, message, _ = fault_of(entry("title = {A}") + entry("title = {B}"))
    assert (rule, message) == ("duplicate-source", "the key 'a' stands here a second time")


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("url = {https://example.org/x}", "url = {https://example.org/x}", "URL"),
        ("url = {https://example.org/x}", "url = {https://EXAMPLE.org/x/}", "URL"),
        ("doi = {10.1234/ab}", "doi = {10.1234/AB}", "DOI"),
    ],
)
def test_two_entries_do_not_have_one_address(one: str, other: str, name: str) -> None:
    assert fault_of(entry(one) + entry(other, "b")) == (
        "duplicate-source",
        f"'b' has the same {name} as 'a'",
        "keep one entry, and cite it everywhere",
    )


@given(st.text(alphabet='@{}=,"\\ \nabonlietd', max_size=60))
def test_any_text_is_a_bibliography_or_told_to_be_none(text: str) -> None:
    bibliography, faults = read(text)
    assert bibliography.sources or faults or not text.strip()
