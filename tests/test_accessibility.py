"""One page of each type breaks no rule of axe, light and dark, on a phone and on a screen; the audit asks for more."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sites import visiting

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TYPES = {
    "home": "",
    "index": "summits/",
    "state": "states/belarus/",
    "summit": "summits/tianjin-2025/",
    "institution": "institutions/secretariat/",
    "exercise": "exercises/peace-mission-2007/",
    "series": "exercises/peace-mission/",
    "initiative": "initiatives/central-asia-china-gas-pipeline/",
    "interest": "interests/china-trade-by-state/",
    "mechanism": "mechanisms/joint-exercises/",
    "challenge": "challenges/consensus-rule/",
    "prospect": "prospects/free-trade-area/",
    "concept": "concepts/three-evils/",
    "review": "reviews/nematxonov-2025/",
    "document": "documents/charter-2002/",
    "organisation": "organisations/sco/",
    "sources": "sources/",
    "prose": "about/sources/",
    "A to Z": "a-z/",
    "open questions": "open-questions/",
    "chronology": "years/",
    "year": "years/2017/",
    "pictures": "pictures/",
    "map": "pictures/map/",
    "timeline": "pictures/membership/",
    "matrix": "pictures/participation/",
    "figures": "pictures/interests-china-trade-by-state-trade-with-kazakhstan/",
    "not found": "404.html",
}


def violations(page: Page) -> list[str]:
    """What axe says against a page as it stands, a line an element."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document).then(result => result.violations)")
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_a_page_has_nothing_that_axe_objects_to(chromium: Browser, address: str, path: str) -> None:
    for scheme, width in (("light", 320), ("dark", 1280)):
        with visiting(chromium, address, scheme=scheme, width=width, policy=False) as visit:
            page = visit.open(path)
            assert violations(page) == [], (scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert visit.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_neither_has_what_opens_on_a_page(chromium: Browser, address: str, width: int) -> None:
    with visiting(chromium, address, width=width, policy=False) as visit:
        page = visit.open("states/belarus/")
        page.locator(".note-ref a").nth(2).hover()
        page.locator(".note-card").wait_for()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("Беларусь")
        page.locator(".md-search-result__item").first.wait_for()
        page.wait_for_timeout(600)  # the colours change in half a second
        assert violations(page) == []
        page.keyboard.press("Escape")
        if width < 1220:
            page.get_by_role("button", name="Navigation").click()
            page.wait_for_timeout(600)
            assert violations(page) == []


def test_every_type_of_page_is_looked_at(built_site: Path) -> None:
    folders = {page.relative_to(built_site).parts[0] for page in built_site.glob("*/*/index.html")}
    assert folders <= {path.partition("/")[0] for path in TYPES.values()}
