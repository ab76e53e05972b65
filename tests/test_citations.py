"""References in Chicago style: written by hand beside what the code makes, and laws that hold for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas import citation
from scoatlas.bibliography import decode_bibliography
from scoatlas.citation import Locator, decode_locator
from scoatlas.citations.chicago import bibliography, note, short_note
from scoatlas.citations.chicago_parts import locator_in_words, pages_in_short, when
from scoatlas.citations.csl import Item, csl_item
from scoatlas.citations.names import csl_name, in_order, inverted
from scoatlas.citations.quotes import set_quotes
from scoatlas.citations.runs import Run, Runs, close, in_quotes, plain_text
from scoatlas.diagnostics import Diagnostics
from scoatlas.render import styled
from scoatlas.source import Person, Source

EXAMPLES = Path(__file__).parent / "references" / "chicago.txt"


def sources_of(text: str) -> list[Source]:
    diagnostics = Diagnostics()
    sources = list(decode_bibliography(text, diagnostics).sources.values())
    assert not list(diagnostics), list(diagnostics)
    return sources


def item(fields: str, type: str = "online") -> Item:
    return csl_item(sources_of(f"@{type}{{key, {fields}}}")[0])


def starred(runs: Runs) -> str:
    """Text with its italics between asterisks."""
    return "".join(f"*{run.text}*" if run.italic else run.text for run in runs)


# --- written by hand


@dataclass(frozen=True)
class Example:
    what: str
    item: Item
    locator: Locator | None
    expected: dict[str, str]


def _examples() -> list[Example]:
    examples = []
    for block in EXAMPLES.read_text("utf-8").split("\n## ")[1:]:
        what, entry, *lines = block.strip().splitlines()
        cited = next((line.removeprefix("cited at ") for line in lines if line.startswith("cited at ")), "")
        locator = decode_locator(cited) if cited else None
        assert (locator is not None) == bool(cited), what
        expected = dict(line.split(": ", 1) for line in lines if not line.startswith("cited at "))
        examples.append(Example(what, csl_item(sources_of(entry)[0]), locator, expected))
    return examples


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example.what)
def test_a_reference_is_what_the_manual_asks_for(example: Example) -> None:
    made = {
        "note": starred(note(example.item, example.locator)),
        "short": starred(short_note(example.item, example.locator)),
        "list": starred(bibliography(example.item)),
    }
    assert made == example.expected


# --- names


@pytest.mark.parametrize(
    ("family", "given", "used", "listed"),
    [
        ("Li", "Ziguo", "Li Ziguo", "Li Ziguo"),
        ("Lü", "Xin", "Lü Xin", "Lü Xin"),
        ("Ouyang", "Wei", "Ouyang Wei", "Ouyang Wei"),
        ("Xing", "Guang'e", "Xing Guang'e", "Xing Guang'e"),
        ("Wang", "Yi-wei", "Wang Yi-wei", "Wang Yi-wei"),
        ("李", "天毅", "李天毅", "李天毅"),
        ("김", "대중", "김대중", "김대중"),
        ("Gao", "Fred", "Fred Gao", "Gao, Fred"),
        ("Li", "Tania", "Tania Li", "Li, Tania"),
        ("Li", "Z.", "Z. Li", "Li, Z."),
        ("Sato", "Rei", "Rei Sato", "Sato, Rei"),
        ("de Haas", "Marcel", "Marcel de Haas", "de Haas, Marcel"),
        ("Tsarkov", "A.V.", "A. V. Tsarkov", "Tsarkov, A. V."),
        ("Fayziev", "Sh.N.", "Sh. N. Fayziev", "Fayziev, Sh. N."),
        ("Сыроежкин", "К.Л.", "К. Л. Сыроежкин", "Сыроежкин, К. Л."),
        ("Dubois", "J.-P.", "J.-P. Dubois", "Dubois, J.-P."),
        ("SCO Secretariat", "", "SCO Secretariat", "SCO Secretariat"),
    ],
)
def test_a_name_stands_in_its_own_order(family: str, given: str, used: str, listed: str) -> None:
    name = csl_name(Person(family, given))
    assert (in_order(name), inverted(name)) == (used, listed)


def test_works_without_named_authors_do_not_break() -> None:
    made = item("author = {others}, title = {Border}, date = {2001}")
    assert plain_text(note(made)) == "“Border,” 2001."


# --- dates, numbers, locators


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2003", "2003"),
        ("2003-08", "August 2003"),
        ("2003-08-09", "9 August 2003"),
        ("2003~", "[ca. 2003]"),
        ("2003-08?", "[August 2003?]"),
        ("2003-08-09%", "[ca. 9 August 2003?]"),
        ("2003~/2005?", "[ca. 2003–2005?]"),
        ("2001-06-14/2001-06-15", "14–15 June 2001"),
        ("2001-06/2001-07", "June–July 2001"),
        ("2001-06-30/2001-07-02", "30 June–2 July 2001"),
        ("2001-12/2002-01", "December 2001–January 2002"),
        ("2001-06/2001-06-15", "June 2001–15 June 2001"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(date: str, words: str) -> None:
    assert when(item(f"title = {{T}}, date = {{{date}}}")) == words


@pytest.mark.parametrize(
    ("pages", "short"),
    [
        *[("3-10", "3–10"), ("71--72", "71–72"), ("96-117", "96–117"), ("100-104", "100–104")],
        *[("101-108", "101–8"), ("808-833", "808–33"), ("1103-1104", "1103–4"), ("321-328", "321–28")],
        *[("1087-1089", "1087–89"), ("1496-1500", "1496–500"), ("11564-11615", "11564–615")],
        *[("498-532", "498–532"), ("1100-1113", "1100–1113"), ("12991-13001", "12991–3001")],
        *[("xii-xiv", "xii–xiv"), ("A101-A108", "A101–A108"), ("45", "45"), ("101-108, 321-328", "101–8, 321–28")],
    ],
)  # fmt: skip
def test_the_second_of_two_pages_is_short(pages: str, short: str) -> None:
    assert pages_in_short(pages) == short


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        *[("p. 4", "4"), ("pp. 12-14", "12–14"), ("art. 4", "art. 4"), ("art. 4(2)", "art. 4(2)")],
        *[("para. 3", "para. 3"), ("paras. 3-5", "paras. 3–5"), ("sec. 2.1", "sec. 2.1"), ("ch. 5", "chap. 5")],
        *[("fig. 2", "fig. 2"), ("table 1", "table 1"), ("table 1, 3", "tables 1, 3")],
        *[("arts. 4, 7", "arts. 4, 7"), ("n. 3", "n3"), ("n. 3-4", "nn3–4")],
        *[("vol. 2", "vol. 2"), ("с. 4", "4"), ("ст. 5", "art. 5"), ("第4页", "4"), ("第2条", "art. 2")],
    ],
)  # fmt: skip
def test_a_locator_has_the_words_of_the_manual(locator: str, words: str) -> None:
    assert locator_in_words(decode_locator(locator)) == words


@pytest.mark.parametrize("label", citation._WORDS)
def test_every_kind_of_locator_has_words(label: str) -> None:
    assert locator_in_words(Locator(label, "4")).endswith("4")


def test_a_part_without_a_number_stands_alone() -> None:
    assert locator_in_words(Locator("section", "preamble")) == "preamble"
    assert locator_in_words(Locator("section", "iv")) == "sec. iv"


# --- quotation marks


@pytest.mark.parametrize(
    ("title", "outside", "within"),
    [
        ("Iran's bid", "Iran’s bid", "Iran’s bid"),
        ('"Yes"', "“Yes”", "‘Yes’"),
        ("'Yes' and 'no'", "“Yes” and “no”", "‘Yes’ and ‘no’"),
        ('the "so-called \'spirit\'" of', "the “so-called ‘spirit’” of", "the ‘so-called “spirit”’ of"),
        ("„Geist“ der SOZ", "“Geist” der SOZ", "‘Geist’ der SOZ"),
        ("«Дух» и “буква”", "«Дух» и “буква”", "«Дух» и ‘буква’"),
        ("the ministers' 'three evils'", "the ministers’ “three evils”", "the ministers’ ‘three evils’"),
        ("L'OCS d'aujourd'hui", "L’OCS d’aujourd’hui", "L’OCS d’aujourd’hui"),
        ("Ўзбекистон «O'zbekiston»", "Ўзбекистон «O’zbekiston»", "Ўзбекистон «O’zbekiston»"),
        ('a 5" gun', "a 5\" gun", "a 5\" gun"),
    ],
)  # fmt: skip
def test_quotation_marks_follow_the_depth(title: str, outside: str, within: str) -> None:
    assert (set_quotes(title, 0), set_quotes(title, 1)) == (outside, within)


@given(st.text(alphabet="ab '\"“”„‘’?.", max_size=30))
def test_only_quotation_marks_are_changed(title: str) -> None:
    marks = str.maketrans("", "", "'\"“”„‘’")
    assert set_quotes(title, 1).translate(marks) == title.translate(marks)


@pytest.mark.parametrize("sign", ["'", " 'a", "‘", "’", '"', "“", "a ‘b’ ", "1", "12345-", "a.", "A "])
def test_the_length_of_a_title_costs_no_more_than_its_letters(sign: str) -> None:
    fields = f"author = {{{sign * 20_000}, {sign}}}, title = {{{sign * 50_000}}}, pages = {{{sign * 50_000}}}"
    made = item(fields, "article")
    assert len(plain_text(note(made))) > 50_000
    assert len(plain_text(bibliography(made))) > 50_000


# --- laws of all references

_WORDS = st.text(alphabet="abcdeЖШ中文éE", min_size=1, max_size=8)
_TITLES = st.builds(
    lambda words, end, wrap: wrap.format(" ".join(words) + end),
    st.lists(_WORDS, min_size=1, max_size=6),
    st.sampled_from(["", "?", "!", ".", "’", "…"]),
    st.sampled_from(["{}", "[{}]", "“{}”", "a ‘{}’", "«{}»", "{}: two"]),
)
_PEOPLE = st.lists(
    st.builds(lambda family, given: f"{family}, A." if given else f"{{{family}}}", _WORDS, st.booleans()), max_size=12
)
_FIELDS = {
    "subtitle": _TITLES,
    "titleaddon": _WORDS | _WORDS.map("[{}]".format),
    "journaltitle": _WORDS,
    "booktitle": _WORDS,
    "publisher": _WORDS,
    "institution": _WORDS,
    "location": _WORDS,
    "date": st.sampled_from(["2003", "2003-08~", "2003-08-09?", "2001-06-14/2001-06-15"]),
    "volume": st.just("8"),
    "number": st.sampled_from(["1", "2-3", "Series 4"]),
    "pages": st.just("101--108"),
    "url": st.just("https://example.org/a?b=c&d"),
    "urldate": st.just("2026-11-23"),
    "doi": st.just("10.1000/a(b)c"),
    "langid": st.sampled_from(["english", "russian", "chinese", "french"]),
}


@st.composite
def _sources(draw: st.DrawFn) -> Source:
    fields = {name: draw(values) for name, values in _FIELDS.items() if draw(st.booleans())}
    for role in ("author", "editor"):
        if people := draw(_PEOPLE):
            fields[role] = " and ".join(people)
    if draw(st.integers(0, 9)):
        fields["title"] = draw(_TITLES)
    type = draw(st.sampled_from(["online", "article", "book", "incollection", "report", "misc"]))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return sources_of(f"@{type}{{key,\n{lines}}}\n")[0]


_LOCATORS = st.none() | st.sampled_from(["p. 4", "pp. 12-14", "art. 4", "para. 3"]).map(decode_locator)


@given(_sources(), _LOCATORS)
def test_no_reference_has_two_marks_where_one_belongs(source: Source, locator: Locator | None) -> None:
    item = csl_item(source)
    for runs in (note(item, locator), short_note(item, locator), bibliography(item)):
        text = plain_text(runs)
        assert text.rstrip("”’])")[-1] in ".?!…" or text[-1] in "”’", text
        # A comma after an abbreviation belongs there, and dots within a title are its own.
        text = re.sub(r"(et al|A|n\.d|\beds?)\.,", r"\1,", text.replace("…", ""))
        assert not re.search(r"\.\.|,,|[?!]\.|\. ?,|, ?\.|  |“”|\( ?\)|”[.,]| [.,;:]|^[ ,.]", text), text


@given(_sources())
def test_every_name_that_the_manual_wants_is_there(source: Source) -> None:
    item = csl_item(source)
    names = item.get("author") or item.get("editor", [])
    listed = plain_text(bibliography(item))
    for name in names if len(names) <= 10 else names[:7]:
        assert in_order(name) in listed or inverted(name) in listed
    for name in names if len(names) <= 3 else names[:1]:
        assert in_order(name) in plain_text(note(item))


@given(_sources(), _LOCATORS)
def test_no_run_is_empty_and_none_but_titles_lead_away(source: Source, locator: Locator | None) -> None:
    item = csl_item(source)
    for runs in (note(item, locator), short_note(item, locator), bibliography(item)):
        assert all(run.text for run in runs)
        assert {run.href for run in runs} <= {"", "https://example.org/a?b=c&d", "https://doi.org/10.1000/a(b)c"}


# --- as an item of CSL


def test_what_a_source_does_not_say_the_item_does_not_have() -> None:
    assert item("title = {T}") == {"id": "key", "type": "webpage", "title": "T", "title-short": "T"}


def test_an_item_has_the_variables_of_csl() -> None:
    made = item(
        "author = {Li, Ziguo and {TASS}}, title = {A title}, journaltitle = {J}, date = {2001-06/2001-07},"
        " volume = {8}, number = {1}, pages = {1--2}, url = {https://example.org/}, urldate = {2026-11-23},"
        " langid = {russian}, note = {Seen.}, titleaddon = {[English title]}",
        "article",
    )
    assert made == {
        "id": "key",
        "type": "article-journal",
        "author": [{"family": "Li", "given": "Ziguo", "static-ordering": True}, {"literal": "TASS"}],
        "title": "A title",
        "title-short": "Title",
        "custom": {"translated-title": "English title"},
        "container-title": "J",
        "issued": {"date-parts": [[2001, 6], [2001, 7]]},
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "volume": "8",
        "issue": "1",
        "page": "1-2",
        "URL": "https://example.org/",
        "language": "ru",
        "note": "Seen.",
    }


# --- as HTML


def test_text_of_a_reference_is_escaped() -> None:
    assert styled((Run("<b>&\""), Run("<i>", italic=True))) == "&lt;b&gt;&amp;&#34;<cite>&lt;i&gt;</cite>"  # fmt: skip


def test_a_title_is_escaped() -> None:
    made = styled(
        bibliography({"id": "k", "type": "webpage", "title": "<script>alert('x')</script>", "URL": "https://a.b"})
    )
    assert "<script" not in made
    assert "&lt;script&gt;" in made


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"])
def test_only_addresses_of_the_web_are_links(href: str) -> None:
    assert styled((Run("x", href=href),)) == "x"


def test_an_address_is_escaped() -> None:
    assert styled((Run("x", href='https://a.b/?"onclick=x&y'),)) == '<a href="https://a.b/?&#34;onclick=x&amp;y">x</a>'


def test_a_title_leads_to_the_work_and_a_page_shows_the_host_of_a_long_address() -> None:
    made = item("title = {T}, url = {https://www.example.org/long/path}, langid = {english}")
    assert styled(bibliography(made)) == '“<a href="https://www.example.org/long/path">T</a>.” example.org.'
    assert plain_text(bibliography(made)) == "“T.” https://www.example.org/long/path."


def test_a_work_read_at_an_address_keeps_it_beside_its_doi() -> None:
    made = item("title = {T}, url = {https://example.org/a}, doi = {10.1000/1}, langid = {english}", "book")
    assert styled(bibliography(made)) == (
        '<cite><a href="https://example.org/a">T</a></cite>. <a href="https://doi.org/10.1000/1">https://doi.org/10.1000/1</a>.'
    )


@pytest.mark.parametrize(
    ("title", "language", "tagged"),
    [
        ("Саммит", "russian", '<span lang="ru">Саммит</span>'),
        ("Sommet", "french", '<span lang="fr">Sommet</span>'),
        ("[Саммит]", "russian", '<span lang="ru">[Саммит]</span>'),
        ("[Summit]", "russian", "[Summit]"),
        ("[Summit]", "french", "[Summit]"),
        ("Summit", "russian", "Summit"),
        ("Summit", "english", "Summit"),
    ],
)
def test_a_title_in_another_language_says_so(title: str, language: str, tagged: str) -> None:
    assert tagged in styled(bibliography(item(f"title = {{{title}}}, langid = {{{language}}}")))
    assert ("lang=" in tagged) == (
        "lang=" in styled(bibliography(item(f"title = {{{title}}}, langid = {{{language}}}")))
    )


def test_a_name_in_other_letters_says_so() -> None:
    made = styled(note(item("author = {Лукин, А. В. and Lukin, A. V.}, title = {T}, langid = {russian}")))
    assert made.startswith('<span lang="ru">А. В. Лукин</span> and A. V. Lukin, “T.”')


# --- marks


@pytest.mark.parametrize(
    ("text", "mark", "closed"),
    [
        *[("a", ".", "“a.”"), ("a", ",", "“a,”"), ("a?", ".", "“a?”"), ("a?", ",", "“a?,”"), ("a.", ".", "“a.”")],
        *[("a ‘b’", ",", "“a ‘b,’”"), ("a ‘b?’", ".", "“a ‘b?’”"), ("the as’", ".", "“the as’.”")],
        *[("«a»", ",", "“«a»,”"), ("as’ ‘b’", ".", "“as’ ‘b.’”"), ("问？", ".", "“问？”")],
        *[("‘b’s c’", ".", "“‘b’s c.’”")],
    ],
)  # fmt: skip
def test_a_mark_stands_within_quotation_marks(text: str, mark: str, closed: str) -> None:
    assert plain_text(close(in_quotes([Run(text)]), mark)) == closed
