"""Every link of a built site leads somewhere, and no page asks a third party for anything."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoatlas.hyperlinks import BrokenLink, find_broken_links, find_outside_requests

URL = "https://example.org/kb/"

Check = Callable[..., list[tuple[str, str]]]


def write(site: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")


SITE = {
    "index.html": '<h1 id="home">Home</h1>',
    "states/index.html": "",
    "states/iran/index.html": '<h2 id="status">Status</h2><h2 id="история">История</h2><a name="old"></a>',
    "states/côte d'ivoire/index.html": "",
    "assets/map.svg": '<svg><symbol id="KZ"/></svg>',
    "assets/style.css": "",
    "report.pdf": "%PDF",
}


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Give the (address, reason) of each fault on a page of a small site."""

    def find(text: str, page: str = "states/belarus/index.html", url: str = URL) -> list[tuple[str, str]]:
        write(tmp_path, {**SITE, page: text})
        return [(link.href, link.reason) for link in find_broken_links(tmp_path, url) if link.page == page]

    return find


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., list[str]]:
    """Give the addresses that a page of a small site would make a browser fetch from elsewhere."""

    def find(text: str, page: str = "index.html") -> list[str]:
        write(tmp_path, {page: text})
        return [link.href for link in find_outside_requests(tmp_path, URL)]

    return find


# Right links


@pytest.mark.parametrize(
    "href",
    ["", "#", "#top", "#TOP", "#here", "?q=1", "?q=1#here", ".", "./", "..", "../", "../iran/", "../iran", "../iran/#",
     "../iran/index.html", "../iran/#status", "../iran/#old", "../iran#status", "../iran/?x=/../..#status",
     "../iran/#история", "../iran/#%D0%B8%D1%81%D1%82%D0%BE%D1%80%D0%B8%D1%8F", "../iran/#status:~:text=Tehran",
     "../c%C3%B4te%20d'ivoire/", "../côte d'ivoire/", " ../iran/\n", "../ir\nan/", "../../", "../../#home",
     "../%2e%2e/",
     "/kb/", "/kb", "/kb/states/iran/#status", "/%6bb/states/", URL, URL[:-1], URL + "states/iran/#status",
     "HTTPS://EXAMPLE.org/kb/states/", "../../report.pdf#page=3", "../../assets/map.svg#KZ", "mailto:anna@example.org",
     "tel:+861012345678", "https://example.org/", "https://example.org/other/", "https://sectsco.org/missing#x",
     "http://example.org/kb/missing/"],
)  # fmt: skip
def test_a_link_that_leads_somewhere_or_to_somebody_else_is_fine(check: Check, href: str) -> None:
    assert check(f'<p id="here"><a href="{href}">link</a>') == []


@pytest.mark.parametrize(
    "text",
    ['<img src="../../assets/map.svg" srcset="../../assets/map.svg 1x, /kb/assets/map.svg 2x">',
     '<picture><source srcset="../../assets/map.svg"></picture>',
     '<svg><use href="../../assets/map.svg#KZ"/><use xlink:href="#here"/><path id="here"/></svg>',
     '<link rel="stylesheet" href="../../assets/style.css">', '<img src="data:image/png;base64,AAAA">',
     '<img srcset="data:image/png;base64,AAAA 1x">', '<meta http-equiv="refresh" content="0; url=../iran/#status">',
     '<meta http-equiv="refresh" content="5">', "<style>@font-face{src:url(../../assets/style.css)}</style>",
     '<rect fill="url(#hatch)"/><pattern id="hatch"/>', '<a href="../iran/?a=1&amp;b=2#status">'],
)  # fmt: skip
def test_what_is_there_may_be_shown_and_loaded(check: Check, text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    "text",
    ['<!-- <a href="missing"> -->', '<script>"<a href=missing>"</script>', "<textarea><a href=missing></textarea>",
     '<p title="<a href=missing>">', '<p data-href="missing" title=" href=missing ">', '</p href="missing">',
     "<style>/* url(missing) */ a::after{content:'url(missing)'}</style>", '<!DOCTYPE html SYSTEM "missing">',
     '<a href="../iran/" href="missing">', "&lt;a href=missing&gt;", "<!--><a href='../iran/'><!-- --!><p>"],
)  # fmt: skip
def test_what_only_looks_like_a_link_is_none(check: Check, text: str) -> None:
    assert check(text) == []


# Broken links


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("../china/", "there is no 'states/china/index.html'"),
        ("missing.pdf", "there is no 'states/belarus/missing.pdf'"),
        ("../iran/#statuses", "'states/iran/index.html' has no id 'statuses'"),
        ("../iran/#Status", "'states/iran/index.html' has no id 'Status'"),
        ("../iran/#%D1%88%D0%BE%D1%81", "'states/iran/index.html' has no id 'шос'"),
        ("#nowhere", "'states/belarus/index.html' has no id 'nowhere'"),
        ("../../assets/map.svg#CN", "'assets/map.svg' has no id 'CN'"),
        ("../Iran/", "upper and lower case differ from 'states/iran/index.html'"),
        ("../Iran", "upper and lower case differ from 'states/iran'"),
        ("../../REPORT.pdf", "upper and lower case differ from 'report.pdf'"),
        ("../../assets/", "there is no 'assets/index.html'"),
        ("../../report.pdf/", "there is no 'report.pdf/index.html'"),
        ("../..//states/", "there is no '/states/index.html'"),
        ("..%2Firan/", "there is no 'states/belarus/..\0iran/index.html'"),
        ("../../../", "outside the site"),
        ("../../../kb/", "outside the site"),
        ("/kb/../secret", "outside the site"),
        ("/", "outside the site, which begins at '/kb/'"),
        ("/kbx/", "outside the site, which begins at '/kb/'"),
        ("/states/iran/", "outside the site, which begins at '/kb/'"),
        ("/kb/states/china/", "there is no 'states/china/index.html'"),
        (URL + "states/china/", "there is no 'states/china/index.html'"),
        ("HTTPS://Example.ORG/kb/states/china/", "there is no 'states/china/index.html'"),
        (URL + "#nowhere", "'index.html' has no id 'nowhere'"),
        ("javascript:alert(1)", "'javascript:' leads to no page"),
        (" JavaScript:alert(1)", "'javascript:' leads to no page"),
        ("java&#10;script:alert(1)", "'javascript:' leads to no page"),
        ("javascript&colon;alert(1)", "'javascript:' leads to no page"),
        ("\x01vbscript:x", "'vbscript:' leads to no page"),
        ("data:text/html,hello", "'data:' leads to no page"),
        ("//example.org/kb/", "an address on another host begins with 'https://' and the name of that host"),
        ("/\\evil.example/", "an address on another host begins with 'https://' and the name of that host"),
        ("https:states/iran/", "an address on another host begins with 'https://' and the name of that host"),
    ],
)
def test_a_link_that_leads_nowhere_is_found_with_its_reason(check: Check, href: str, reason: str) -> None:
    assert [found for _, found in check(f'<a href="{href}">link</a>')] == [reason]


@pytest.mark.parametrize(
    "text",
    ["<a href=missing>", "<A HREF = 'missing'>", "<area href=missing>", "<link rel=next href=missing>",
     "<script src=missing></script>", "<img src=missing>", '<img srcset="../iran/ 1x, missing 2x">',
     '<img srcset="missing, ../iran/ 2x">', '<source srcset="missing">', "<video poster=missing>",
     "<iframe src=missing>",
     '<link rel=preload imagesrcset="missing 2x">', '<svg><use href="missing#x"/></svg>', "<use xlink:href=missing />",
     '<meta http-equiv="Refresh" content="0;URL=\'missing\'">', "<form action=missing>", "<object data=missing>",
     "<style>@import 'missing';</style>", "<p style=\"background:url('missing')\">", '<p title=">" ><a href="missing">',
     "<a title=it's href=missing>", "<p/><a/href=missing>", "<!--><a href=missing>-->", "<a\nhref=missing\n>"],
)  # fmt: skip
def test_every_kind_of_link_is_looked_at(check: Check, text: str) -> None:
    assert check(text) == [(found, reason) for found, reason in check(text) if found.startswith("missing")]
    assert len(check(text)) == 1


def test_an_image_without_an_address_and_a_base_are_faults(check: Check) -> None:
    assert check('<img src="">') == [("", "the address is empty")]
    assert check('<base href="/kb/">') == [("/kb/", "a <base> turns every other link of its page")]


def test_a_style_sheet_and_a_drawing_are_looked_at_too(check: Check) -> None:
    assert check("@font-face{src:url(missing.woff2)}", "assets/fonts.css")[0][0] == "missing.woff2"
    assert check('<svg><a href="../states/china/"></a></svg>', "assets/timeline.svg")[0][0] == "../states/china/"


def test_404_html_is_shown_in_every_folder_so_its_links_begin_at_the_root(check: Check) -> None:
    text = (
        '<a href="/kb/states/iran/">a</a> <a href="#x" id="x">b</a> <a href="/kb/missing">c</a> <a href="states/">d</a>'
    )
    assert check(text, "404.html") == [
        ("/kb/missing", "there is no 'missing'"),
        ("states/", "404.html is shown in every folder, so its links begin with '/kb/'"),
    ]


def test_a_site_may_stand_at_the_root_of_its_host(check: Check) -> None:
    text = '<a href="/states/iran/">a</a> <a href="https://example.org">b</a> <a href="https://example.org/x">c</a>'
    assert check(text, url="https://example.org/") == [("https://example.org/x", "there is no 'x'")]


def test_the_place_is_that_of_the_address(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": '<p>История\n  <a class="x"\n    href="missing">a</a> <a href=gone>b</a>'})
    assert list(find_broken_links(tmp_path, URL)) == [
        BrokenLink("index.html", 3, 11, "missing", "there is no 'missing'"),
        BrokenLink("index.html", 3, 34, "gone", "there is no 'gone'"),
    ]


def test_faults_come_in_order_of_file_and_place(tmp_path: Path) -> None:
    for name in ("b.html", "a/index.html", "a.html", "A.html"):
        write(tmp_path, {name: "<a href=x></a><a href=a></a>\n<a href=x></a>"})
    found = [(link.page, link.line, link.column) for link in find_broken_links(tmp_path, URL)]
    assert found == sorted(found)
    assert found[:2] == [("A.html", 1, 9), ("A.html", 2, 9)]


def test_a_symbolic_link_is_no_page(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": "<a href=passwd></a>"})
    (tmp_path / "passwd").symlink_to("/etc/passwd")
    assert [link.href for link in find_broken_links(tmp_path, URL)] == ["passwd"]


# Requests to third parties


@pytest.mark.parametrize(
    "text",
    ['<script src="{}"></script>', '<link rel="stylesheet" href="{}">', '<link rel=preconnect href="{}">',
     '<link rel="alternate stylesheet" href="{}">', '<link rel="shortcut icon" href="{}">', '<img src="{}">',
     '<img srcset="a.png 1x, {} 2x">', '<iframe src="{}"></iframe>', "<style>@import '{}';</style>",
     "<style>@font-face{{src:url({})}}</style>", '<p style="background:url({})">', '<svg><use href="{}#x"/></svg>',
     '<meta http-equiv=refresh content="0;url={}">', '<video poster="{}"></video>', '<object data="{}"></object>'],
)  # fmt: skip
@pytest.mark.parametrize("address", ["https://fonts.example/a", "//fonts.example/a", "HTTP://fonts.example"])
def test_what_a_browser_fetches_from_another_host_is_found(
    ask: Callable[..., list[str]], text: str, address: str
) -> None:
    assert [href.removesuffix("#x") for href in ask(text.format(address))] == [address]


@pytest.mark.parametrize(
    "text",
    ['<a href="https://sectsco.org/">', '<link rel=canonical href="https://example.net/">', '<img src="a.png">',
     '<link rel="alternate" hreflang="ru" href="https://example.net/ru/">', '<img src="https://example.org/kb/a.png">',
     '<form action="https://example.net/">', '<img src="data:image/png;base64,//x">', "<!-- <img src=//a.example> -->",
     '<svg xmlns="http://www.w3.org/2000/svg">', "<style>@namespace url(http://www.w3.org/1999/xhtml);</style>"],
)  # fmt: skip
def test_what_waits_for_a_click_or_comes_from_here_is_no_outside_request(
    ask: Callable[..., list[str]], text: str
) -> None:
    assert ask(text) == []


def test_style_sheets_and_drawings_ask_too(ask: Callable[..., list[str]]) -> None:
    assert ask("@import url('//fonts.example/a.css');", "assets/a.css") == ["//fonts.example/a.css"]
    assert ask("<image href='https://pictures.example/a'/>", "map.svg") == [
        "//fonts.example/a.css",
        "https://pictures.example/a",
    ]


# Laws


@dataclass
class Tree:
    """Pages, and right links from page to page."""

    pages: list[str]
    links: list[tuple[str, str, str]]  # page, address, address of the same shape that leads nowhere

    def write(self, site: Path, broken: int | None = None) -> None:
        texts = dict.fromkeys(self.pages, '<h1 id="начало">x</h1>')
        for number, (page, right, wrong) in enumerate(self.links):
            texts[page] += f'<p><a href="{wrong if number == broken else right}">link</a>'
        write(site, texts)


STEP = st.text(st.sampled_from("abхб上 %~'+"), min_size=1, max_size=4).map(lambda text: f"s{text.strip()}")


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    folders = draw(st.lists(st.lists(STEP, max_size=3).map(tuple), min_size=1, max_size=5, unique=True))
    pages = sorted({"/".join((*folder[:n], "index.html")) for folder in folders for n in range(len(folder) + 1)})
    links = []
    for page in draw(st.lists(st.sampled_from(pages), min_size=1, max_size=8)):
        target = draw(st.sampled_from(pages)).removesuffix("index.html")
        if draw(st.booleans()):
            target += "index.html"
        up = draw(st.sampled_from(["../" * page.count("/"), "/kb/", URL]))
        faults = [up + quote(f"{target.rpartition('/')[0]}/none.html".lstrip("/")), up + quote(target) + "#none"]
        if not up.startswith(("/", "h")):
            faults.append("../" * 5 + quote(target))
        right = up + (quote(target) or ("" if up else "."))
        right += draw(st.sampled_from(["", "#", "#начало", "#" + quote("начало"), "?q=1#top"]))
        links.append((page, right, draw(st.sampled_from(faults))))
    return Tree(pages, links)


@settings(deadline=None)
@given(trees(), st.data())
def test_right_links_give_no_complaint_and_one_broken_link_gives_one(tree: Tree, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as site:
        tree.write(Path(site))
        assert list(find_broken_links(Path(site), URL)) == []
        number = data.draw(st.integers(0, len(tree.links) - 1))
        tree.write(Path(site), broken=number)
        page, _, wrong = tree.links[number]
        assert [(link.page, link.href) for link in find_broken_links(Path(site), URL)] == [(page, wrong)]


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/!-='\" ahrefstyl()\\#?%:.\0\nи")))
def test_no_page_is_too_strange_to_be_read(text: str) -> None:
    with tempfile.TemporaryDirectory() as site:
        write(Path(site), {"index.html": text, "a.css": text})
        list(find_broken_links(Path(site), URL))
        list(find_outside_requests(Path(site), URL))


@pytest.mark.parametrize(
    "text", ["<a ", "</a ", "<!--", "<a href='", '<a b="c"', "<script>", "<a/", "< ", "@namespace "]
)
def test_a_page_of_a_million_letters_takes_no_square_of_its_length(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"index.html": text * (1_000_000 // len(text)), "a.css": text * (1_000_000 // len(text))})
    start = time.process_time()
    list(find_outside_requests(tmp_path, URL))
    assert time.process_time() - start < 30, "a second is usual, an hour is what a square would take"


# Another program's opinion

FAULTS = {
    "page": '<a href="missing/">',
    "anchor here": '<a href="#missing">',
    "anchor elsewhere": '<a href="states/iran/#missing">',
    "anchor not ASCII": '<a href="states/iran/#шос">',
    "image": '<img src="missing.png" alt="">',
    "style sheet": '<link rel="stylesheet" href="missing.css">',
    "from the root": '<a href="/kb/missing/">',
    "own address": '<link rel="canonical" href="https://example.org/kb/missing/">',
    "case": '<a href="states/Iran/">',
    "outside": '<a href="../outside/">',
}


def test_lychee_finds_the_same_ten_faults(tmp_path: Path) -> None:
    site = tmp_path / "site"
    right = '<a href="/kb/states/iran/#история">a</a><a href="states/iran/#status">b</a><a href="/kb/">c</a>'
    write(site, {**SITE, **{f"{n}.html": right + text for n, text in enumerate(FAULTS.values())}})
    ours = {(link.page, urlsplit(link.href).path.rstrip("/")) for link in find_broken_links(site, URL)}
    command = [str(Path(sys.executable).with_name("lychee")), "--offline", "--include-fragments", "--no-progress"]
    command += ["--format", "json", "--index-files", "index.html", "--root-dir", str(site)]
    command += ["--remap", f"{URL} file://{site}/", "--remap", f"file://{site}/kb(/|$) file://{site}/", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    errors = json.loads(done.stdout)["error_map"]
    theirs = [Path(page).name for page, found in errors.items() for _ in found]
    assert sorted(theirs) == sorted(page for page, _ in ours) == [f"{n}.html" for n in range(len(FAULTS))]
