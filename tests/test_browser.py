"""The site in a browser: it reads, sorts, searches and keeps its own strict policy; no text in it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from projects import BASE, MKDOCS, write_project
from sites import HOSTILE_SOURCE, PAYLOADS, REPOSITORY, Visit, environment, made_once, run, served, visiting

ENTITIES = ("states/belarus/", "states/kyrgyzstan/", "summits/tianjin-2025/")
PAGES = ("", "states/", "summits/", *ENTITIES, "sources/", "about/sources/", "404.html")


def settle(visit: Visit) -> list[str]:
    """What is wrong with a visit, when nothing is asked for any more."""
    visit.page.wait_for_load_state("networkidle")
    return visit.complaints


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_without_an_error_and_ask_nobody_else(
    chromium: Browser, address: str, scheme: str, width: int
) -> None:
    with visiting(chromium, address, scheme=scheme, width=width) as visit:
        for path in PAGES:
            page = visit.open(path)
            assert page.locator("h1").is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert settle(visit) == []


def test_the_claims_of_a_review_are_chosen_by_verdict_and_topic(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("reviews/nematxonov-2025/")
        everything = page.locator(".claim").count()
        said = page.locator(".filter output")
        assert said.text_content() == f"{everything} of {everything} claims"
        page.locator("select[name=verdict]").select_option("contradicted")
        contradicted = page.locator('.claim[data-verdict="contradicted"]').count()
        assert 0 < contradicted < everything
        assert page.locator(".claim:visible").count() == contradicted
        assert said.text_content() == f"{contradicted} of {everything} claims"
        assert page.locator(".part:visible").count() < page.locator(".part").count()
        # the choice stands in the address, and holds when it is opened again
        assert page.url.endswith("?verdict=contradicted")
        page.reload()
        assert page.locator(".claim:visible").count() == contradicted
        page.locator("select[name=verdict]").select_option("")
        page.locator("select[name=topic]").select_option("institutions/rats")
        assert page.locator(".claim:visible").count() == page.locator('.claim[data-topic~="institutions/rats"]').count()
        # a link to a claim that is hidden shows it
        hidden = page.locator('.claim:not([data-topic~="institutions/rats"])').first.get_attribute("id")
        page.evaluate("id => { location.hash = id }", hidden)
        page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=hidden)
        assert said.text_content() == f"{everything} of {everything} claims"
        assert settle(visit) == []


def test_a_review_reads_in_full_without_scripts(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scripts=False) as visit:
        page = visit.open("reviews/nematxonov-2025/")
        assert page.locator(".claim:visible").count() == page.locator(".claim").count() > 150
        assert page.locator(".filter:visible").count() == 0
        assert page.locator(".verdicts .bars").is_visible()


def test_a_source_opens_at_its_entry(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/belarus/")
        page.locator("a[href*='sources/#']").first.click()
        page.wait_for_url("**/sources/#*")
        key = page.url.partition("#")[2]
        page.wait_for_function("key => document.getElementById(key).getBoundingClientRect().top < innerHeight", arg=key)
        assert page.locator(f"[id='{key}']").is_visible()
        assert settle(visit) == []


def test_a_note_is_reached_from_its_number_and_leads_back(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/belarus/")
        number = page.locator("a[href='#note-1']").first
        number.click()
        assert page.url.endswith("#note-1")
        page.locator("[id='note-1'] a[href^='#']").first.click()
        assert page.url.endswith(f"#{number.get_attribute('id')}")


def test_no_page_overflows_320_pixels(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, width=320) as visit:
        for path in PAGES:
            assert visit.open(path).evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_site_is_dark_where_the_reader_wants_it_dark(chromium: Browser, address: str) -> None:
    def brightness(page: Page) -> float:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(float(part) for part in colour[colour.index("(") + 1 :].rstrip(")").split(",")[:3]) / 3

    with visiting(chromium, address, scheme="dark") as dark, visiting(chromium, address, scheme="light") as light:
        assert brightness(dark.open("states/belarus/")) < 100 < 200 < brightness(light.open("states/belarus/"))


def test_a_chosen_scheme_is_kept_on_the_next_page(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scheme="light") as visit:
        page = visit.open("states/")
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("label[for^='__palette']:visible").first.click()
        page.wait_for_function("was => getComputedStyle(document.body).backgroundColor !== was", arg=light)
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        visit.open("summits/")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_without_scripts_the_pages_read_and_the_tables_stand(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scripts=False) as visit:
        page = visit.open("states/")
        rows = page.locator("table tbody tr")
        assert rows.count() >= 31
        assert all(row.is_visible() for row in rows.all())
        assert page.locator("table button").count() == 0
        page.get_by_role("link", name="Belarus", exact=True).first.click()
        page.wait_for_url("**/states/belarus/")
        assert page.locator("h1").inner_text() == "Belarus"
        facts = page.locator("[id='status-2024-07-04']")
        assert facts.is_visible()
        assert "4 July 2024" in facts.inner_text()
        page.locator("a[href='#note-1']").first.click()
        assert page.locator("[id='note-1']").is_visible()
        for path in PAGES:
            assert visit.open(path).locator("h1").is_visible()
        assert settle(visit) == []


def test_without_scripts_every_section_is_reached_on_a_narrow_screen(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scripts=False, width=360) as visit:
        page = visit.open("states/belarus/")
        page.locator("label[for='__drawer']:visible").first.click()
        page.locator("nav a:visible", has_text="Summits").first.click()
        page.wait_for_url("**/summits/")


# --- keyboard --------------------------------------------------------------------------------------------------------


def names(page: Page) -> list[str]:
    return page.locator("table tbody tr :is(th, td):first-child a").all_inner_texts()


def press_until(page: Page, key: str, there: str) -> None:
    for _ in range(80):
        page.keyboard.press(key)
        if page.evaluate(f"document.activeElement.matches({there!r})"):
            return
    raise AssertionError(f"{key} leads to no {there}")


def test_an_index_is_sorted_from_the_keyboard(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/")
        before = names(page)
        press_until(page, "Tab", "table th button")
        header = page.locator("th:has(button:focus)")
        page.keyboard.press("Enter")
        assert header.get_attribute("aria-sort") == "ascending"
        up = names(page)
        page.keyboard.press("Space")
        assert header.get_attribute("aria-sort") == "descending"
        down = names(page)
        assert sorted(up) == sorted(down) == sorted(before)
        letters = [unicodedata.normalize("NFKD", name).encode("ascii", "ignore").lower() for name in up]
        assert letters == sorted(letters)
        assert down == up[::-1]
        assert settle(visit) == []


def test_summits_are_sorted_by_date_not_by_word(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("summits/")
        page.get_by_role("button", name="Dates").click()
        listed = names(page)
        years = [int(name[-4:]) for name in listed if name[-4:].isdigit() and "2026" not in name]
        assert years == sorted(years)
        assert len(years) > 50


def test_the_first_tab_leads_past_the_header(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("states/belarus/")
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        target = skip.get_attribute("href") or ""
        assert target.startswith("#")
        assert page.locator(f"main [id='{target[1:]}']").count() == 1


# --- search ----------------------------------------------------------------------------------------------------------


def search(page: Page, words: str) -> list[str]:
    """Type words into the search from the keyboard; where the results lead, in their order."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("textbox", name="Search")
    field.wait_for()
    field.press_sequentially(words)
    page.keyboard.press("End")  # letters that no key has are typed without a key, on which Material waits
    page.locator(".md-search-result__item a, .md-search-result__meta:has-text('No matching')").first.wait_for()
    return [link.evaluate("link => link.pathname") for link in page.locator(".md-search-result__item > a").all()]


@pytest.mark.parametrize("words", ["Belarus", "Беларусь", "白俄罗斯", "belarus", "Republic of Belarus", "Minsk"])
def test_search_finds_a_state_by_any_of_its_names(chromium: Browser, address: str, words: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("")
        assert "/states/belarus/" in search(page, words)
        assert settle(visit) == []


def test_search_opens_on_a_narrow_screen_too(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, width=360) as visit:
        page = visit.open("states/")
        page.locator("label[for='__search']:visible").first.click()
        page.get_by_role("textbox", name="Search").press_sequentially("Belarus")
        page.locator(".md-search-result__item a[href*='states/belarus/']").first.click()
        page.wait_for_url("**/states/belarus/**")


def test_search_finds_nothing_that_is_not_there(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        assert search(visit.open(""), "Атлантида") == []


def test_a_result_of_the_search_is_opened_from_the_keyboard(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("summits/")
        assert search(page, "Uzbekistan")
        page.keyboard.press("Enter")
        page.wait_for_url("**/states/uzbekistan/**")
        assert page.locator("h1").inner_text() == "Uzbekistan"


# --- hostile text ----------------------------------------------------------------------------------------------------

HOOK = """
from sites import PAYLOADS, hostile_atlas, hostile_diagnostics

def on_config(config):  # after the plugin has read and checked the base project
    plugin = config.plugins["scoatlas"]
    plugin.atlas = hostile_atlas(plugin.atlas)
    plugin.diagnostics = hostile_diagnostics()
    config.site_name = config.site_description = "".join(PAYLOADS[:20])
"""

# What a browser made of a page: everything in it that runs, or would run at a click.
ACTIVE = """() => {
  const found = [];
  const safe = value => {
    try { return /^https?:$/.test(new URL(value, document.baseURI).protocol) } catch { return true }
  };
  for (const element of document.querySelectorAll("*")) {
    const bad = [...element.attributes].filter(({name, value}) =>
      name.startsWith("on") || name === "srcdoc" ||
      (/^(xlink:)?href$|^(src|action|formaction|data)$/.test(name) && !safe(value)));
    const inline = element.tagName === "SCRIPT" && !element.src && element.type !== "application/json";
    if (bad.length || inline || /^(BASE|IFRAME|OBJECT|EMBED|STYLE|VIDEO|DETAILS)$/i.test(element.tagName))
      found.push(element.outerHTML.slice(0, 200));
  }
  if (window.__xss !== undefined) found.push(`payload ${window.__xss} ran`);
  return found;
}"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a hostile atlas, past all checks: what stands between its text and the reader is only our rendering."""

    def make(root: Path) -> None:
        changes = {
            "mkdocs.yml": f"{MKDOCS}\nhooks: [hook.py]\n",
            "hook.py": HOOK,
            "references.bib": BASE["references.bib"].partition("@article")[0] + HOSTILE_SOURCE,
        }
        path = f"{REPOSITORY / 'src'}:{REPOSITORY / 'tests'}"
        done = run("mkdocs", "build", "--quiet", cwd=write_project(root, changes), env=environment(PYTHONPATH=path))
        assert done.returncode == 0, done.stderr

    return made_once("hostile", make, tmp_path_factory) / "site"


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    with served(hostile_site) as found:
        yield found


def hostile_pages(site: Path, pattern: str) -> list[str]:
    return [file.relative_to(site).as_posix() for file in sorted(site.glob(pattern))]


def test_a_name_title_or_essay_that_would_be_script_runs_nowhere(
    chromium: Browser, hostile_site: Path, hostile_address: str
) -> None:
    entities, prose = (hostile_pages(hostile_site, f"{kind}/p*/index.html") for kind in ("states", "about"))
    assert len(entities) == len(prose) == len(PAYLOADS)
    with visiting(chromium, hostile_address, policy=False) as visit:
        visit.page.context.route("**/assets/**", lambda route: route.abort())  # the pages alone, and quickly
        files = [*entities, *prose[::4]]  # every page has every title of prose in its nav
        found = {file: active for file in files if (active := visit.open(file).evaluate(ACTIVE))}
        assert found == {}
        assert [complaint for complaint in visit.complaints if complaint.startswith("dialog")] == []


def test_text_that_would_be_script_runs_in_no_place_for_text(
    chromium: Browser, hostile_site: Path, hostile_address: str
) -> None:
    files = [*hostile_pages(hostile_site, "*.html"), *hostile_pages(hostile_site, "*/index.html")]
    files += hostile_pages(hostile_site, "*/all/index.html")
    with visiting(chromium, hostile_address, policy=False) as visit:
        found = {file: active for file in files if (active := visit.open(file).evaluate(ACTIVE))}
        assert found == {}
        assert [complaint for complaint in settle(visit) if complaint.startswith(("dialog", "outside"))] == []
        assert len(files) >= 7


def test_a_result_of_the_search_runs_nothing(chromium: Browser, hostile_address: str) -> None:
    with visiting(chromium, hostile_address, policy=False) as visit:
        for words in ("script", "onerror", "autofocus", "x"):
            page = visit.open("")
            assert search(page, words)
            for _ in range(12):  # results come by tens, as one goes down
                page.locator(".md-search__scrollwrap").evaluate("list => list.scrollTo(0, list.scrollHeight)")
            assert page.evaluate(ACTIVE) == []
        assert [complaint for complaint in settle(visit) if complaint.startswith(("dialog", "outside"))] == []


def test_a_text_that_would_be_script_is_shown_as_it_is_written(
    chromium: Browser, hostile_site: Path, hostile_address: str
) -> None:
    with visiting(chromium, hostile_address, policy=False) as visit:
        shown = visit.open("summits/all/").locator("main").text_content() or ""
        plain = [payload for payload in PAYLOADS if "[[" not in payload and "[@" not in payload]
        assert [payload for payload in plain if payload not in shown] == []
        visit.page.context.route("**/assets/**", lambda route: route.abort())
        for number in (0, 10, 11, 16):
            page = visit.open(f"states/p{number:02}/")
            assert page.locator("h1").first.text_content() == PAYLOADS[number]


def test_the_policy_stops_a_script_that_has_got_into_a_page(
    chromium: Browser, hostile_site: Path, tmp_path: Path
) -> None:
    text = (hostile_site / "404.html").read_text("utf-8")
    harm = "<script>__xss=1</script><img src=x onerror=__xss=1><a href='javascript:__xss=1' id=harm>x</a></body>"
    (tmp_path / "index.html").write_text(text.replace("</body>", harm), encoding="utf-8")
    with served(tmp_path) as address:
        for policy, runs in ((True, False), (False, True)):
            with visiting(chromium, address, policy=policy) as visit:
                page = visit.open("")
                page.locator("#harm").dispatch_event("click")
                page.wait_for_load_state("networkidle")
                assert page.evaluate("window.__xss === 1") == runs


def test_the_slider_of_the_years_brings_another_year_and_its_address(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("years/2016/")
        slider = page.get_by_role("slider", name="Year")
        slider.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('h1').textContent === 'The year 2017'")
        assert page.url.endswith("/years/2017/")
        assert page.locator("#map-2017-title").count() == 1
        assert page.locator("#map-2016-title").count() == 0
        assert page.locator(".year-control a[aria-current]").text_content() == "2017"
        page.go_back()
        page.wait_for_function("document.querySelector('h1').textContent === 'The year 2016'")
        assert settle(visit) == []


def test_the_years_are_plain_links_without_scripts(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, scripts=False) as visit:
        page = visit.open("years/2016/")
        assert page.get_by_role("slider").count() == 0
        page.get_by_role("link", name="2017", exact=True).first.click()
        assert page.url.endswith("/years/2017/")
        assert page.locator(".picture-frame .picture").is_visible()


def test_the_chronology_is_chosen_by_kind_and_state(chromium: Browser, address: str) -> None:
    with visiting(chromium, address) as visit:
        page = visit.open("years/")
        everything = page.locator(".chronology li").count()
        page.locator("select[name=state]").select_option("states/belarus")
        page.locator("select[name=kind]").select_option("states")
        wanted = page.locator('.chronology li[data-kind="states"][data-state~="states/belarus"]').count()
        assert 0 < wanted < everything
        assert page.locator(".chronology li:visible").count() == wanted
        assert page.url.endswith("?state=states%2Fbelarus&kind=states")
        assert settle(visit) == []


def test_a_map_on_paper_has_the_letters_of_a_page_not_of_a_telephone(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, width=680) as visit:
        page = visit.open("years/2017/")
        minor = page.locator(".picture .label.minor").first
        assert not minor.is_visible()
        page.emulate_media(media="print")
        assert minor.is_visible()


def test_the_key_of_a_picture_stands_beside_what_scrolls(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, width=360) as visit:
        page = visit.open("pictures/membership/")
        assert page.locator(".picture-frame").evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert page.get_by_text("it scrolls sideways").is_visible()
        words = page.locator(".picture-key li")
        assert words.count() == 4
        assert all(box["x"] + box["width"] <= 360 for one in words.all() if (box := one.bounding_box()))
