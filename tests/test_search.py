"""The search of the site: names in three languages, in their cases, lead to their page; typed on the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sites import visiting

# What is typed, and the page that must be among the first five found.
QUERIES = {
    "ШОС": "organisations/sco/",
    "шанхайская организация": "organisations/sco/",
    "上海合作组织": "organisations/sco/",
    "上合组织": "organisations/sco/",
    "SCO": "organisations/sco/",
    "РАТС": "institutions/rats/",
    "RATS": "institutions/rats/",
    "anti-terrorist structure": "institutions/rats/",
    "антитеррористическая": "institutions/rats/",
    "反恐怖机构": "institutions/rats/",
    "Казахстан": "states/kazakhstan/",
    "Казахстана": "states/kazakhstan/",
    "哈萨克斯坦": "states/kazakhstan/",
    "kazakstan": "states/kazakhstan/",  # a letter is missing
    "Хартия": "documents/charter-2002/",
    "Хартии ШОС": "documents/charter-2002/",
    "宪章": "documents/charter-2002/",
    "charter": "documents/charter-2002/",
    "Шанхайская конвенция": "documents/shanghai-convention-2001/",
    "Шанхайской конвенции": "documents/shanghai-convention-2001/",
    "Shanghai convention": "documents/shanghai-convention-2001/",
    "秘书处": "institutions/secretariat/",
    "Секретариат": "institutions/secretariat/",
    "Norov": "institutions/secretariat/",
    "天津": "summits/tianjin-2025/",
    "Тяньцзинь": "summits/tianjin-2025/",
    "Tianjin 2025": "summits/tianjin-2025/",
    "Samarkand": "summits/samarkand-2022/",
    "Самарканде": "summits/samarkand-2022/",
    "白俄罗斯": "states/belarus/",
    "Belarus": "states/belarus/",
    "Белоруссии": "states/belarus/",
    "Kyrgyzstan": "states/kyrgyzstan/",
    "Киргизия": "states/kyrgyzstan/",
    "Turkiye": "states/turkiye/",
    "Россия": "states/russia/",
    "России": "states/russia/",
    "CSTO": "organisations/csto/",
    "ОДКБ": "organisations/csto/",
    "Development Bank": "institutions/development-bank/",
    "Банк развития": "institutions/development-bank/",
    "开发银行": "institutions/development-bank/",
    "上海合作组织开发银行": "institutions/development-bank/",
    "开发银行 上合": "institutions/development-bank/",
    "Dushanbe 2021": "summits/dushanbe-2021/",
    "元首理事会": "institutions/council-of-heads-of-state/",
    "A–Z": "a-z/",
}


def results(page: Page, words: str) -> list[str]:
    """Type words on the keyboard; the addresses found, in their order."""
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    page.locator(".md-search-result__item, [role=status]:text('No matching')").first.wait_for()
    page.wait_for_function("words => document.querySelector('.md-search input').value === words", arg=words)
    links = page.locator(".md-search-result__item > a").all()
    return [str(link.evaluate("link => link.pathname.slice(1)")) for link in links]


def test_a_name_in_any_language_leads_to_its_page_among_the_first_five(chromium: Browser, address: str) -> None:
    missed = {}
    with visiting(chromium, address) as visit:
        for words, wanted in QUERIES.items():
            found = results(visit.open("about/sources/"), words)
            if wanted not in found[:5]:
                missed[words] = found[:5]
        assert visit.complaints == []
    assert missed == {}


@pytest.mark.parametrize("words", ["Атлантида", "zzz", "霍格沃茨", "!?", "   "])
def test_nothing_is_found_for_what_is_not_there(chromium: Browser, address: str, words: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/")
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        page.wait_for_timeout(300)
        assert page.locator(".md-search-result__item").count() == 0


def test_the_number_of_results_is_told_and_the_words_are_marked(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("")
        found = results(page, "Беларусь")
        assert page.get_by_role("status").inner_text().startswith(f"{len(found)} page")
        assert page.locator(".md-search-result__item mark").first.inner_text().casefold().startswith("белар")


def test_results_are_walked_with_arrows_and_left_with_escape(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/")
        first, second, *_ = results(page, "Tashkent")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.pathname.slice(1)") == second
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.pathname.slice(1)") == first
        page.keyboard.press("Escape")
        assert not page.locator(".md-search__output").is_visible()
        page.keyboard.press("Control+k")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{first}")


def test_nothing_is_fetched_for_the_search_before_it_is_used(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        page = visit.open("states/belarus/")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "search_index" in url]
        page.keyboard.press("Control+k")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "search_index" in url]


def test_the_index_has_every_page_and_grows_with_the_facts_only(built_site: Path) -> None:
    file = built_site / "search/search_index.json"
    pages = json.loads(file.read_text("utf-8"))["docs"]
    there = {page.parent.relative_to(built_site).as_posix() for page in built_site.rglob("index.html")}
    assert {page["location"].rstrip("/") or "." for page in pages} == there
    assert file.stat().st_size < 20_000 + 2_000 * len(pages)


def test_what_was_typed_is_never_code(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, policy=False) as visit:
        page = visit.open("")
        for words in ("<img src=x onerror=alert(1)>", "(", "[a", "\\", ".*", "\U0001f600"):
            page.locator(".md-search__input").fill(words)
            page.wait_for_timeout(100)
        assert page.locator(".md-search-result img").count() == 0
        assert visit.complaints == []
