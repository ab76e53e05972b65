"""Is a built site whole? All pages, anchors and data files are there, nothing else is, and no link leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.exports import data_files
from scoatlas.exports.pictures import picture_files
from scoatlas.hyperlinks import find_broken_links, find_outside_requests
from scoatlas.pages import plan_pages

_ID = re.compile(r'\bid="([^"]+)"')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_OF_THE_THEME = frozenset(["404.html"])


def verify_site(site: Path, atlas: Atlas) -> Iterator[str]:
    """What is wrong with a built site, a line each: file or `file:line:column`, and the fault."""
    if not (site / "index.html").is_file():
        yield "index.html: this page is missing, so this is no site"
        return
    planned = {page.output: page for page in plan_pages(atlas)}
    for output, page in planned.items():
        file = site / output
        if not file.is_file():
            yield f"{output}: this page is missing"
            continue
        there = set(_ID.findall(_text(file)))
        yield from (f"{output}: the anchor '#{anchor}' is missing" for anchor in page.anchors if anchor not in there)
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if name not in planned and name not in _OF_THE_THEME:
            yield f"{name}: nobody planned this page"
    made = {f"data/{name}": content for name, content in data_files(atlas)}
    made |= {name: text.encode("utf-8") for name, text in picture_files(atlas)}
    for name, content in made.items():
        file = site / name
        if not file.is_file():
            yield f"{name}: this file is missing"
        elif file.read_bytes() != content:
            yield f"{name}: this file was made from other facts"
    address = _address(site)
    for broken in find_broken_links(site, address):
        yield f"{broken.page}:{broken.line}:{broken.column}: '{broken.href}' {broken.reason}"
    for outside in find_outside_requests(site, address):
        yield f"{outside.page}:{outside.line}:{outside.column}: '{outside.href}' {outside.reason}"


def _address(site: Path) -> str:
    """The address that the site was built for, as its home page names it."""
    home = site / "index.html"
    found = _CANONICAL.search(_text(home)) if home.is_file() else None
    return found[1] if found else ""


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")
