"""The frame of the pages: note cards, A–Z, the page for lost addresses, neighbours, the weight of a visit."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sites import read_page, served, visiting

PAGE = "states/belarus/"
CARD = ".note-card"


def card(page: Page) -> str:
    """The text of the note card, once it is open."""
    page.locator(CARD).wait_for()
    return page.locator(CARD).inner_text()


# --- note cards ------------------------------------------------------------------------------------------------------


def test_a_note_is_shown_on_hover_and_stays_while_one_is_over_it(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open(PAGE)
        height = page.evaluate("document.documentElement.scrollHeight")
        page.locator(".note-ref a").nth(3).hover()
        number = page.locator(".note-ref a").nth(3).inner_text()
        assert card(page).startswith(f"Note {number}")
        assert page.evaluate("document.documentElement.scrollHeight") == height
        assert page.evaluate("document.activeElement === document.body")
        page.locator(CARD).hover()
        page.wait_for_timeout(600)
        assert page.locator(CARD).is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(CARD).is_visible()
        page.locator(".note-ref a").first.hover()
        card(page)
        page.mouse.move(2, 2)
        page.locator(CARD).wait_for(state="hidden")
        assert visit.complaints == []


def test_a_note_is_shown_on_focus_and_reached_with_enter(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open(PAGE)
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.note-ref a')"):
                break
        assert card(page).startswith("Note 1")
        assert page.evaluate("document.activeElement.matches('.note-ref a')")
        page.keyboard.press("Escape")
        assert not page.locator(CARD).is_visible()
        assert page.evaluate("document.activeElement.matches('.note-ref a')")
        page.keyboard.press("Enter")
        assert page.url.endswith("#note-1")


def test_a_first_tap_shows_the_note_and_a_second_goes_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    for number in range(6):
        page.locator(".note-ref a").nth(number).tap()
        card(page)
        box = page.locator(CARD).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 700
        assert "#" not in page.url
        page.touchscreen.tap(160, 10)
        page.locator(CARD).wait_for(state="hidden")
    last = page.locator(".note-ref a").nth(5)
    last.tap()
    card(page)
    last.tap()
    assert page.url.endswith(last.get_attribute("href") or "?")
    context.close()


# --- A–Z, neighbours, sections ---------------------------------------------------------------------------------------


def test_the_az_lists_every_entity_and_its_names_in_other_letters(built_site: Path) -> None:
    page = read_page(built_site / "a-z/index.html")
    [area] = page.find(name="az")
    links = {(link.text, link.attributes["href"]) for link in area.find("a")}
    listed = {href for _, href in links}
    pages = [file.parent.relative_to(built_site).as_posix() for file in built_site.glob("*/*/index.html")]
    entities = {f"../{page}/" for page in pages if not page.startswith(("about/", "pictures/", "years/"))}
    assert entities <= listed
    assert ("Беларусь", "../states/belarus/") in links
    assert ("白俄罗斯", "../states/belarus/") in links
    assert ("RATS", "../institutions/rats/") in links
    names = [item.text for item in area.find("h2")]
    assert names.index("A") < names.index("Б") < names.index("中文")
    assert (built_site / "a-z/index.html").stat().st_size < 20_000 + 700 * len(entities)


def test_names_stand_in_the_order_of_their_letters(built_site: Path) -> None:
    [area] = read_page(built_site / "a-z/index.html").find(name="az")
    lists = [[re.sub("[^a-z ]", "", link.text.casefold()) for link in found.find("a")] for found in area.find("ul")]
    words = next(words for words in lists[1:] if words[0].startswith("a"))
    assert words == sorted(words)


def test_entities_have_neighbours_in_the_order_of_their_index(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/")
        listed = page.locator("table.index tbody th a").all_inner_texts()
        page.locator("table.index tbody th a").first.click()
        walked = [page.locator("h1").inner_text()]
        while page.locator(".neighbours [rel=next]").count():
            page.locator(".neighbours [rel=next]").click()
            walked.append(page.locator("h1").inner_text())
        assert walked == listed
        assert page.locator(".neighbours [rel=prev]").inner_text() == f"← {listed[-2]}"


def test_of_two_summits_the_later_is_the_next(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("summits/shanghai-1996/")
        assert page.locator(".neighbours [rel=prev]").count() == 0
        page.locator(".neighbours [rel=next]").click()
        page.wait_for_url("**/summits/moscow-1997/")


def test_sections_are_listed_above_the_text_where_there_is_no_room_beside_it(chromium: Browser, address: str) -> None:
    for width, above in ((360, True), (1280, False)):
        with visiting(chromium, address, width=width, scripts=False) as visit:
            page = visit.open(PAGE)
            assert page.locator("nav.sections").is_visible() == above
            assert page.locator(".md-sidebar--secondary").is_visible() != above
            if above:
                page.locator("nav.sections a", has_text="Notes").click()
                assert page.url.endswith("#notes")


def test_the_drawer_opens_and_closes_on_the_keyboard(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, width=360) as visit:
        page = visit.open(PAGE)
        summits = page.locator(".md-nav--primary a", has_text="Summits")
        assert not summits.is_visible()
        page.get_by_role("button", name="Navigation").focus()
        page.keyboard.press("Enter")
        assert summits.is_visible()
        assert page.get_by_role("button", name="Navigation").get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        page.wait_for_timeout(400)
        assert not summits.is_visible()


# --- 404 -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lost(built_site: Path) -> Iterator[str]:
    with served(built_site) as found:
        yield found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("states/belrus/", "states/belarus/"),
        ("organisations/a/b/csto.html", "organisations/csto/"),
        ("summits/tianjin", "summits/tianjin-2025/"),
        ("states/%E7%99%BD%E4%BF%84%E7%BD%97%E6%96%AF/", "states/belarus/"),
    ],
)
def test_a_lost_address_is_answered_with_pages_like_it(
    chromium: Browser, built_site: Path, lost: str, wrong: str, right: str
) -> None:
    with visiting(chromium, lost) as visit:
        text = (built_site / "404.html").read_text("utf-8")
        visit.page.route(f"**/{wrong}", lambda route: route.fulfill(status=404, content_type="text/html", body=text))
        page = visit.open(wrong)
        page.locator(".suggestions a").first.wait_for()
        hrefs = page.locator(".suggestions a").evaluate_all("links => links.map(link => link.pathname.slice(1))")
        assert right in hrefs
        assert page.locator("h1").inner_text() == "Not found"
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"


def test_the_page_for_lost_addresses_is_of_use_without_scripts(built_site: Path) -> None:
    article = read_page(built_site / "404.html").find("article")[0]
    hrefs = [link.attributes["href"] for link in article.find("a")]
    assert all(href.startswith("/") for href in hrefs)
    assert {"/states/", "/summits/", "/a-z/", "/sources/"} <= set(hrefs)


# --- weight ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PAGE, "organisations/sco/", "summits/tianjin-2025/", "institutions/rats/"])
def test_a_first_visit_is_light(chromium: Browser, address: str, built_site: Path, path: str) -> None:
    with visiting(chromium, address) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}/")))
        visit.open(path).wait_for_load_state("networkidle")
    files = [built_site / (name if "." in name else f"{name}index.html") for name in asked]
    sizes = [len(file.read_bytes() if file.suffix == ".woff2" else gzip.compress(file.read_bytes())) for file in files]
    assert len(asked) <= 11, asked
    assert sum(sizes) <= 130 * 1024, asked


def test_scripts_are_small_and_nothing_of_materials_is_carried_along(built_site: Path) -> None:
    assert (built_site / "assets/notes.js").stat().st_size <= 3_000
    assert sum(file.stat().st_size for file in built_site.glob("assets/*.js")) <= 20_000
    assert [file.name for file in built_site.glob("assets/javascripts/**/*")] == []
    assert list(built_site.rglob("*.map")) == []


def test_the_drawn_scheme_follows_the_system_without_scripts(chromium: Browser, address: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        with visiting(chromium, address, scheme=scheme, scripts=False) as visit:
            page = visit.open(PAGE)
            colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            assert visit.complaints == []
    assert len(colours) == 2
