"""A planned page as HTML: notes, links, escaping, ranks, dates."""

from __future__ import annotations

import html
import posixpath
import re
from itertools import pairwise
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import BASE, write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.citation import Citation, Locator
from scoatlas.diagnostics import Diagnostic, Location, Rule
from scoatlas.exports.pictures import picture_files
from scoatlas.pages import PlannedPage, plan_pages
from scoatlas.render import Notes, PageContext, RenderedPage, essay_markdown, render_page
from scoatlas.settings import Settings

CHINA = BASE["content/states/china.yml"]
SUMMIT = BASE["content/summits/shanghai-2001.yml"]


def load(root: Path, changes: dict[str, str] | None = None) -> Atlas:
    atlas, diagnostics = read_atlas(write_project(root, changes or {}))
    assert atlas is not None
    assert not diagnostics.failed(), list(diagnostics)
    return atlas


def planned(path: str, atlas: Atlas) -> PlannedPage:
    return next(page for page in plan_pages(atlas) if page.path == path)


def render(path: str, atlas: Atlas) -> RenderedPage:
    """A page, its essay as one paragraph."""
    page = planned(path, atlas)
    essay = essay_markdown(page, atlas)
    return render_page(page, atlas, f"<p>{html.escape(essay)}</p>" if essay else "")


def state(root: Path, fields: str) -> str:
    """The HTML of China's page with further fields."""
    return render("states/china", load(root, {"content/states/china.yml": CHINA + fields})).html


def words(text: str) -> str:
    """HTML as a reader sees it: without tags, those of blocks as blanks, and blanks folded."""
    inline = re.sub(r"</?(?:a|b|i|sup|span|cite|code|time)\b[^>]*>", "", text)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", inline)).split())


# --- notes

_CITATIONS = st.builds(
    Citation,
    st.sampled_from(["a", "b", "c"]),
    st.none() | st.builds(Locator, st.just("page"), st.sampled_from(["1", "2"])),
)


@given(st.lists(_CITATIONS, max_size=20))
def test_notes_are_numbered_from_1_in_the_order_of_first_citation(citations: list[Citation]) -> None:
    notes = Notes()
    numbers = [notes.refer(citation)[0] for citation in citations]
    assert [note.citation for note in notes] == list(dict.fromkeys(citations))
    assert [note.number for note in notes] == list(range(1, len(set(citations)) + 1))
    assert [list(notes)[number - 1].citation for number in numbers] == citations


@given(st.lists(_CITATIONS, max_size=20))
def test_every_reference_to_a_note_has_an_id_of_its_own_and_a_way_back(citations: list[Citation]) -> None:
    notes = Notes()
    references = [notes.refer(citation)[1] for citation in citations]
    assert len(set(references)) == len(references)
    assert sorted(references) == sorted(reference for note in notes for reference in note.references)


def test_a_page_lists_its_notes_once_each_with_all_ways_back(tmp_path: Path) -> None:
    found = state(
        tmp_path, "events:\n  - {value: applied, cite: [li-2010]}\n  - {value: charter-signed, cite: li-2010}\n"
    )
    assert re.findall(r'<li id="(note-\d+)">', found) == ["note-1", "note-2"]
    assert re.findall(r'id="(ref-1-\d+)"', found) == ["ref-1-1", "ref-1-2", "ref-1-3"]
    assert re.findall(r'href="#(ref-1-\d+)"', found) == ["ref-1-1", "ref-1-2", "ref-1-3"]


def test_another_page_of_the_same_source_is_another_note_in_short(tmp_path: Path) -> None:
    found = state(tmp_path, "events:\n  - value: applied\n    cite:\n      - li-2010, pp. 4, 7\n")
    notes = re.findall(r'<li id="note-\d+">(.*?)</li>', found, re.DOTALL)
    assert [words(note).partition(" scholarship")[0] for note in notes if "istory" in note] == [
        "Li Wei, “A History,” Journal of Examples, 2010.",
        "Li, “History,” 4, 7.",
    ]


def test_notes_are_numbered_as_they_are_read_the_box_the_essay_the_sections(tmp_path: Path) -> None:
    essay = "Text [@declaration-2001, p. 3] and `[@code]` [@li-2010].\n"
    atlas = load(tmp_path, {"content/states/china.md": essay})
    found = render("states/china", atlas).html
    assert re.findall(r'href="#note-(\d+)"', found) == ["1", "2", "1", "3"]
    assert "`[@code]`" in found


def test_a_page_without_cites_has_no_notes(tmp_path: Path) -> None:
    assert 'id="notes"' not in render("states/index", load(tmp_path)).html


# --- addresses

_FOLDERS = st.lists(st.from_regex("[a-z]{1,4}", fullmatch=True), max_size=3).map(lambda steps: "/".join([*steps, ""]))
_PATHS = ["index", "states/index", "states/china", "summits/shanghai-2001", "about/method", "sources/index"]


def context(path: str) -> PageContext:
    settings = Settings.model_validate(
        {
            "title": "T",
            "description": "D.",
            "as_of": "2026-01-31",
            "founding": "summits/x",
            "statuses": {"member": {"label": "m", "plural": "ms", "colour": "#000000", "dark": "#ffffff"}},
        }
    )
    page = PlannedPage(path, "T", "prose.html", "", in_nav=True)
    return PageContext(page, Atlas(settings, {}, {}, {}))


@given(
    st.sampled_from(_PATHS),
    _FOLDERS,
    st.sampled_from(["", "#a", "#status-2001-06-15"]),
)
def test_a_relative_address_leads_back_to_its_target_from_every_page(path: str, target: str, anchor: str) -> None:
    page = context(path)
    href, _, found = page.href(target + anchor).partition("#")
    assert not href.startswith("/")
    assert posixpath.normpath(posixpath.join("/", page.planned.url, href)) == posixpath.normpath(f"/{target}")
    assert f"#{found}" == anchor or anchor == found == ""


@given(st.sampled_from(_PATHS), st.sampled_from(["data/atlas.json", "assets/a.svg"]))
def test_a_relative_address_of_a_file_does_not_end_in_a_slash(path: str, target: str) -> None:
    page = context(path)
    href = page.href(target)
    assert posixpath.normpath(posixpath.join("/", page.planned.url, href)) == f"/{target}"
    assert not href.endswith("/")


def test_a_page_links_to_its_own_anchor_without_a_detour() -> None:
    assert context("states/china").href("states/china/#capital") == "#capital"


def test_a_link_to_the_page_itself_is_text(tmp_path: Path) -> None:
    found = state(tmp_path, 'gaps:\n  - {field: events, note: "of [[states/china|this state]]"}\n')
    assert "of this state" in found


def test_a_link_to_one_of_its_own_facts_is_a_link(tmp_path: Path) -> None:
    found = state(tmp_path, 'gaps:\n  - {field: events, note: "see [[states/china#capital|there]]"}\n')
    assert '<a href="#capital">there</a>' in found


def test_a_link_without_words_takes_the_name(tmp_path: Path) -> None:
    found = state(tmp_path, 'gaps:\n  - {field: events, note: "see [[summits/shanghai-2001]]"}\n')
    assert '<a href="../../summits/shanghai-2001/">Summit in Shanghai, 2001</a>' in found


def test_a_link_to_what_could_not_be_read_is_text(tmp_path: Path) -> None:
    fields = "gaps:\n  - {field: events, note: 'see [[states/iran|Tehran]]'}\n"
    changes = {"content/states/china.yml": CHINA + fields, "content/states/china.md": "Or [[states/iran]].\n"}
    atlas, _ = read_atlas(write_project(tmp_path, changes | {"content/states/iran.yml": "name: Iran\n"}))
    assert atlas is not None
    found = render("states/china", atlas).html
    assert "see Tehran" in found
    assert "Or states/iran." in found


def test_what_an_expression_cannot_answer_is_shown_as_written(tmp_path: Path) -> None:
    page = '# Home\n\n{{ count("friend") }}\n'
    atlas, _ = read_atlas(write_project(tmp_path, {"content/index.md": page}))
    assert atlas is not None
    assert essay_markdown(planned("index", atlas), atlas) == page


def test_an_essay_links_to_the_files_of_pages_as_mkdocs_wants(tmp_path: Path) -> None:
    essay = "See [[summits/shanghai-2001#dates|then]] and [[states/china]].\n"
    atlas = load(tmp_path, {"content/states/china.md": essay})
    found = essay_markdown(planned("states/china", atlas), atlas)
    assert found == "See [then](../summits/shanghai-2001.md#dates) and [China](china.md).\n"


def test_values_stand_in_an_essay_and_code_is_left_alone(tmp_path: Path) -> None:
    page = '# Home\n\n{{ count("member") }} member, `{{ count("member") }}`.\n'
    atlas = load(tmp_path, {"content/index.md": page})
    assert essay_markdown(planned("index", atlas), atlas) == '# Home\n\n1 member, `{{ count("member") }}`.\n'


# --- all pages of the atlas itself


@pytest.fixture(scope="module")
def rendered() -> dict[str, RenderedPage]:
    atlas, _ = read_atlas(Path(__file__).parent.parent)
    assert atlas is not None
    return {page.url: render(page.path, atlas) for page in plan_pages(atlas)}


def test_every_relative_link_of_every_page_leads_to_a_page_and_an_anchor(
    rendered: dict[str, RenderedPage], atlas: Atlas
) -> None:
    files = {name for name, _ in picture_files(atlas)}
    for url, page in rendered.items():
        for href in re.findall(r'href="([^"]+)"', page.html):
            if not href.startswith(("https://", "http://")):
                path, _, anchor = html.unescape(href).partition("#")
                target = posixpath.normpath(posixpath.join("/", url, path)).lstrip("/")
                if target in files:
                    continue
                target = f"{target}/" if target else ""
                assert target in rendered, (url, href)
                assert not anchor or anchor in rendered[target].anchors, (url, href)


def test_no_id_stands_twice_on_a_page(rendered: dict[str, RenderedPage]) -> None:
    for url, page in rendered.items():
        ids = re.findall(r'\bid="([^"]+)"', page.html)
        assert len(ids) == len(set(ids)), url


def test_every_entry_of_a_table_of_contents_has_its_heading(rendered: dict[str, RenderedPage]) -> None:
    for page in rendered.values():
        assert {id for _, id, _ in page.toc} <= page.anchors


def test_no_mark_is_left_for_readers_to_see(rendered: dict[str, RenderedPage]) -> None:
    for page in rendered.values():
        seen = words(page.html)
        assert not re.search(r"\[\[|\]\]|\[@|[\ue000-\uf8ff]", seen)


# --- escaping


def test_text_is_escaped(tmp_path: Path) -> None:
    found = state(tmp_path, "events:\n  - {value: applied, place: 'R&D \"x\"', cite: li-2010, note: 1 < 2 & 3 > 2}\n")
    assert "R&amp;D &#34;x&#34;" in found
    assert "1 &lt; 2 &amp; 3 &gt; 2" in found


def test_facts_are_never_a_template(tmp_path: Path) -> None:
    china = CHINA.replace("value: Beijing", "value: '{{ 7 * 7 }} {% raise %} {# x #}'")
    atlas, _ = read_atlas(write_project(tmp_path, {"content/states/china.yml": china}))
    assert atlas is not None
    assert "{{ 7 * 7 }} {% raise %} {# x #}" in render("states/china", atlas).html


def test_what_a_link_says_is_escaped(tmp_path: Path) -> None:
    found = state(tmp_path, "gaps:\n  - {field: events, note: '[[summits/shanghai-2001|\"R&D\"]]'}\n")
    assert "&#34;R&amp;D&#34;</a>" in found


def test_an_essay_comes_cleaned_and_is_not_escaped_again(tmp_path: Path) -> None:
    atlas = load(tmp_path, {"content/states/china.md": "x\n"})
    assert "<p><em>x</em></p>" in render_page(planned("states/china", atlas), atlas, "<p><em>x</em></p>").html


# --- what a reader sees


def test_what_is_held_wrong_is_shown_after_what_is_held_and_says_so(tmp_path: Path) -> None:
    capital = "capital:\n  - {value: Nanjing, rank: deprecated, cite: [li-2010], note: until 1949}\n"
    capital += "  - {value: Beijing, cite: [li-2010]}\n"
    china = CHINA.replace("capital: {value: Beijing, cite: [li-2010]}\n", capital)
    found = words(render("states/china", load(tmp_path, {"content/states/china.yml": china})).html)
    assert found.index("Beijing") < found.index("Nanjing") < found.index("held wrong") < found.index("until 1949")
    assert "sources disagree" in found


def test_where_sources_agree_nothing_says_that_they_do_not(tmp_path: Path) -> None:
    assert "sources disagree" not in state(tmp_path, "")


@pytest.mark.parametrize(
    ("confidence", "badge"),
    [
        ("", None),
        ("confidence: high, ", None),
        ("confidence: medium, ", "medium confidence"),
        ("confidence: low, ", "low confidence"),
    ],
)
def test_confidence_is_shown_where_it_is_not_high(confidence: str, badge: str | None, tmp_path: Path) -> None:
    events = f"events: [{{value: applied, {confidence}cite: li-2010}}]\n"
    found = re.search("[a-z]+ confidence", words(state(tmp_path, events)))
    assert (found[0] if found else None) == badge


def test_dates_are_shown_in_words_and_written_for_programs(tmp_path: Path) -> None:
    found = state(tmp_path, "events:\n  - {value: applied, date: 2005-07~, cite: li-2010}\n")
    assert '<time datetime="2001-06-15">15 June 2001</time>' in found
    assert '<time datetime="2005-07">about July 2005</time>' in found
    assert not re.search(r"\d{4}-\d{2}", words(found))


def test_names_are_marked_with_their_language(tmp_path: Path) -> None:
    found = state(tmp_path, "")
    assert '<span lang="ru">Китай</span>' in found
    assert '<span lang="zh">中国</span>' in found


def test_a_gap_is_shown_as_not_found(tmp_path: Path) -> None:
    assert "Not found Events: the day" in words(state(tmp_path, "gaps:\n  - {field: events, note: the day}\n"))


def test_a_page_shows_who_refers_to_it_and_as_what(tmp_path: Path) -> None:
    assert "In the atlas Hosted Summit in Shanghai, 2001" in words(state(tmp_path, ""))


def test_statuses_stand_in_the_order_of_time(tmp_path: Path) -> None:
    laos = "name: {en: Laos}\nstatus:\n  - {value: member, since: 2010, cite: [li-2010]}\n"
    laos += "  - {value: observer, since: 2005, cite: [li-2010]}\n"
    found = words(render("states/laos", load(tmp_path, {"content/states/laos.yml": laos})).html)
    assert "2005 2010 observer" in found
    assert "2010 still member" in found


def test_the_home_page_counts_who_is_what(tmp_path: Path) -> None:
    found = words(render("index", load(tmp_path)).html)
    assert "1 Members since 15 June 2001 China1" in found
    assert "As it stands on 31 January 2026, the day up to which evidence was searched." in found


def meeting(year: int, dates: str | None) -> dict[str, str]:
    lines = [f"name: {{en: 'Summit, {year}'}}", "council: {value: heads-of-state, cite: [declaration-2001]}"]
    lines += [f"dates: {{value: {dates}, cite: [declaration-2001]}}"] if dates else ["expected: true"]
    return {f"content/summits/meeting-{year}.yml": "\n".join(lines) + "\n"}


def test_the_home_page_names_the_last_summit_and_the_next(tmp_path: Path) -> None:
    changes = meeting(2010, "2010-06-11") | meeting(2026, "2026-01-31") | meeting(2027, None)
    found = words(render("index", load(tmp_path, changes)).html)
    assert "Last summit Summit, 202631 January 20261 Next summit Summit, 2027expected; dates not found1" in found


def test_an_index_of_meetings_begins_with_the_latest(tmp_path: Path) -> None:
    found = words(render("summits/index", load(tmp_path, meeting(2010, "2010-06-11") | meeting(2027, None))).html)
    assert "Name Dates Council Host" in found
    assert found.index("Summit, 2027") < found.index("Summit, 2010") < found.index("Summit in Shanghai, 2001")


def test_sources_are_sorted_by_author_or_editor_or_title(tmp_path: Path) -> None:
    sources = "".join(
        f"@book{{k{number}, title = {{{title}}}, {people} date = {{2001}}, isbn = {{1}}, publisher = {{P}},"
        f" langid = {{english}}, tier = {{news}}, seen = {{whole}}}}\n"
        for number, title, people in [
            (1, "Beta", ""),
            (2, "X", "editor = {Alpha, A},"),
            (3, "Y", "author = {gamma, G},"),
        ]
    )
    atlas = load(tmp_path, {"references.bib": BASE["references.bib"] + sources})
    found = render("sources/index", atlas).html
    assert re.findall(r'<li id="([^"]+)"', found) == ["k2", "k1", "k3", "li-2010", "declaration-2001"]


def test_an_index_lists_every_entity_of_its_kind(tmp_path: Path) -> None:
    atlas = load(tmp_path, {"content/states/laos.yml": "name: {en: Laos, zh: 老挝}\n"})
    found = render("states/index", atlas).html
    assert re.findall(r'<th scope="row"><a href="([^"]+)">', found) == ["china/", "laos/"]
    assert words(found).count("老挝") == 1


def test_the_list_of_sources_says_who_cites_what(tmp_path: Path) -> None:
    found = words(render("sources/index", load(tmp_path)).html)
    assert "Li Wei. “A History.” Journal of Examples, 2010." in found
    assert "scholarship read in excerpts" in found
    assert "Cited by China" in found


def test_a_preview_shows_what_is_wrong(tmp_path: Path) -> None:
    atlas = load(tmp_path)
    fault = Diagnostic(Location("content/states/iran.yml", 3, 1), Rule.UNKNOWN_FIELD, "a <b> & c", "try 'd'")
    found = render_page(planned("index", atlas), atlas, "", [fault]).html
    assert "<code>content/states/iran.yml:3:1</code>" in found
    assert "a &lt;b&gt; &amp; c" in found


# --- search


def test_search_finds_names_aliases_and_what_is_held(tmp_path: Path) -> None:
    fields = "aliases: [PRC]\nevents:\n  - {value: applied, rank: deprecated, cite: [li-2010]}\n"
    atlas = load(tmp_path, {"content/states/china.yml": CHINA + fields})
    text = render("states/china", atlas).text
    assert all(word in text for word in ("China", "Китай", "中国", "PRC", "Beijing", "member"))
    assert "Applied" not in text


def test_search_finds_the_words_of_notes_and_no_marks(tmp_path: Path) -> None:
    decisions = 'decisions: {value: "Asked [[states/china|Peking]] so [@li-2010]", cite: [li-2010]}\n'
    atlas = load(tmp_path, {"content/summits/shanghai-2001.yml": SUMMIT + decisions})
    assert "Asked Peking so" in render("summits/shanghai-2001", atlas).text
    assert "[" not in render("summits/shanghai-2001", atlas).text


def test_a_value_in_an_essay_is_text_and_never_markdown(tmp_path: Path) -> None:
    china = CHINA.replace("value: Beijing", "value: '5 *of* [these](https://example.org) `x` & _y_'")
    essay = 'At {{ value("states/china#capital") }}.\n'
    atlas, _ = read_atlas(
        write_project(tmp_path, {"content/states/china.yml": china, "content/states/china.md": essay})
    )
    assert atlas is not None
    shown = markdown.markdown(essay_markdown(planned("states/china", atlas), atlas))
    assert shown == "<p>At 5 *of* [these](https://example.org) `x` &amp; _y_.</p>"


def test_an_essay_links_a_page_by_its_id(tmp_path: Path) -> None:
    changes = {"content/about/method.md": "# Method\n", "content/states/china.md": "See [[about/method]].\n"}
    atlas = load(tmp_path, changes)
    assert essay_markdown(planned("states/china", atlas), atlas) == "See [Method](../about/method.md).\n"


def test_the_dates_of_a_value_that_a_field_has_one_of_are_shown(tmp_path: Path) -> None:
    china = CHINA.replace("value: Beijing,", "value: Beijing, since: 1949-10-01,")
    page = words(render("states/china", load(tmp_path, {"content/states/china.yml": china})).html)
    assert "Beijing (since 1 October 1949)" in page


def test_what_is_held_wrong_stands_in_the_order_of_days(tmp_path: Path) -> None:
    events = """\
events:
  - {value: applied, date: 2003, cite: [li-2010]}
  - {value: applied, date: 2002, rank: deprecated, cite: [li-2010], note: a slip}
"""
    page = state(tmp_path, events)
    assert page.index("events-2002") < page.index("events-2003")


# --- sections


def test_facts_of_which_one_value_holds_stand_in_the_box_and_their_remarks_below(tmp_path: Path) -> None:
    china = CHINA.replace("cite: [li-2010]}", "cite: [li-2010], note: by law}")
    found = render("states/china", load(tmp_path, {"content/states/china.yml": china + "iso3166: CN\n"})).html
    box = words(found[found.index('class="infobox"') : found.index("</dl>")])
    assert "Status in the SCO member since 15 June 2001" in box
    assert "Capital Beijing see remarks" in box
    assert "ISO 3166 code CN" in box
    assert "by law" not in box
    assert '<dt id="field-capital">Capital</dt>' in found
    assert '<dd class="fact" id="capital">' in found[found.index('id="field-remarks"') :]


def test_every_table_is_named_by_its_heading(rendered: dict[str, RenderedPage]) -> None:
    for page in rendered.values():
        assert set(re.findall('<table class="told" aria-labelledby="([^"]+)"', page.html)) <= page.anchors


def test_headings_do_not_skip_a_level(rendered: dict[str, RenderedPage]) -> None:
    for url, page in rendered.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.html)] or [1]
        assert levels[0] <= 2, url
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), url


HEADS = """\
name: {en: Secretariat}
founding_documents: {value: documents/charter, cite: [li-2010]}
status: {value: operating, since: 2004, cite: [li-2010]}
head:
  - {value: Ann, attested: [2003-05], cite: [li-2010]}
  - {value: Bob, since: 2004-01-15, office: Chief, state: states/china, cite: [li-2010]}
  - {value: Cid, since: 2010, cite: [li-2010]}
"""
CHARTER = "name: {en: Charter}\nsigned: {value: 2002-06-07, cite: [li-2010]}\n"
BODY = {"content/institutions/body.yml": HEADS, "content/documents/charter.yml": CHARTER}


def test_a_succession_is_a_table_and_a_strip_that_is_not_read_aloud(tmp_path: Path) -> None:
    found = render("institutions/body", load(tmp_path, BODY)).html
    strip = found[found.index('<div class="history"') : found.index('<table class="told" aria-labelledby="head"')]
    assert 'aria-hidden="true"' in strip
    assert words(strip).split() == ["2005", "2010", "2015", "2020", "Ann", "Bob", "Cid"]
    assert strip.count("<rect") == 2
    assert strip.count('class="tick"') == 1
    assert "style=" not in strip
    text = words(found)
    assert "15 January 2004 2010 Bob1 ¶ Chief China" in text
    assert "2010 still Cid1" in text
    assert "attested on May 2003" in text


def test_how_a_body_stands_is_told_by_a_word_and_a_sign(tmp_path: Path) -> None:
    found = render("institutions/body", load(tmp_path, BODY)).html
    assert '<span class="status-chip t-operating">operating</span>' in found


def test_members_of_whom_the_same_is_said_stand_side_by_side_each_under_its_own_anchor(tmp_path: Path) -> None:
    union = "name: {en: Union}\nmembers:\n"
    for slug in ("china", "laos", "nepal"):
        union += f"  - {{value: states/{slug}, since: 2005, cite: [li-2010], note: founder}}\n"
    union += "  - {value: states/iran, since: 2005, until: 2009, role: observer, cite: [li-2010]}\n"
    changes = {f"content/states/{slug}.yml": f"name: {{en: {slug.title()}}}\n" for slug in ("laos", "nepal", "iran")}
    found = render("organisations/union", load(tmp_path, {**changes, "content/organisations/union.yml": union})).html
    assert words(found).count("founder") == 1
    assert found.count("<tr") == 1 + 2 + 2  # a head and two rows, and those of the members in common
    for slug in ("china", "laos", "nepal", "iran"):
        assert len(re.findall(rf'class="fact" id="members-2005-{slug}"', found)) == 1
    assert "2005 2009 Iran1 ¶ observer" in words(found)


def test_an_index_says_how_many_there_are(tmp_path: Path) -> None:
    atlas = load(tmp_path, {"content/states/laos.yml": "name: {en: Laos}\n"})
    assert '<p class="count-line">2 states</p>' in render("states/index", atlas).html
