"""The works on which the styles of references are tried, and how citeproc-js is asked for them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, NamedTuple

from scoatlas.bibliography import decode_bibliography
from scoatlas.citations.csl import Item, csl_item
from scoatlas.citations.names import is_east_asian
from scoatlas.diagnostics import Diagnostics

_REFERENCES = Path(__file__).parent / "references"
FIXTURE = _REFERENCES / "citeproc.json"
"""{style: {key of the work: {reference, page, paragraphs}}}, as citeproc-js makes them of the published styles."""


class Oracle(NamedTuple):
    """A style as it is published, the locale of its words, and what it does that we ask it to do otherwise."""

    style: str
    locale: str
    day_first: bool = False
    pinyin_in_order: bool = False


ORACLES = {
    "chicago": Oracle("chicago-notes-bibliography-17th-edition", "en-US", day_first=True, pinyin_in_order=True),
    "apa": Oracle("apa", "en-US"),
    "mla": Oracle("modern-language-association", "en-US", pinyin_in_order=True),
    "harvard": Oracle("harvard-cite-them-right", "en-GB"),
    "gost": Oracle("gost-r-7-0-5-2008", "ru-RU"),
    "gbt": Oracle("china-national-standard-gb-t-7714-2015-note", "zh-CN"),
}


def works() -> dict[str, Item]:
    """The items of all works, by key."""
    entries = [line for line in (_REFERENCES / "chicago.txt").read_text("utf-8").splitlines() if line.startswith("@")]
    text = "\n".join([*entries, (_REFERENCES / "more.bib").read_text("utf-8")])
    diagnostics = Diagnostics()
    sources = decode_bibliography(text, diagnostics).sources.values()
    assert not list(diagnostics), list(diagnostics)
    return {source.key: csl_item(source) for source in sources}


def question(code: str) -> dict[str, Any]:
    """What citeproc-js is asked for a style: its items, in which names in Latin letters keep the order of the style."""
    oracle = ORACLES[code]
    items = copy.deepcopy(list(works().values()))
    for name in (name for item in items for role in ("author", "editor") for name in item.get(role, [])):  # type: ignore[attr-defined]
        if not oracle.pinyin_in_order and not is_east_asian(name):
            name.pop("static-ordering", None)
    return {"style": oracle.style, "locale": oracle.locale, "dayFirst": oracle.day_first, "items": items}


def fixture() -> dict[str, dict[str, dict[str, str]]]:
    """What citeproc-js made."""
    found: dict[str, dict[str, dict[str, str]]] = json.loads(FIXTURE.read_text("utf-8"))
    return found
