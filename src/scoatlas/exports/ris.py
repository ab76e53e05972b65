"""references.ris: the sources in the tagged format that reference managers of every kind read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoatlas.atlas import Atlas
from scoatlas.citations.csl import Date, Item, csl_item
from scoatlas.citations.names import Name

_TYPES = {
    "webpage": "ELEC",
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "document": "GEN",
}


def format_ris(atlas: Atlas) -> str:
    """RIS text (UTF-8, CRLF), an entry a source, by key."""
    lines = [
        line
        for source in sorted(atlas.sources.values(), key=lambda source: source.key)
        for line in (*_entry(csl_item(source)), "")
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _entry(item: Item) -> Iterator[str]:
    yield f"TY  - {_TYPES[item['type']]}"
    for tag, value in _tags(item):
        if value:
            yield f"{tag}  - {value}"
    yield "ER  - "


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    yield "ID", item["id"]
    for name in item.get("author", []):
        yield "AU", _name(name)
    for name in item.get("editor", []):
        yield ("A2" if item["type"] == "chapter" or "author" in item else "ED"), _name(name)
    yield "TI", item.get("title", "")
    yield "TT", item.get("custom", {}).get("translated-title", "")
    yield "T2", item.get("container-title", "")
    yield "PB", item.get("publisher", "")
    yield "CY", item.get("publisher-place", "")
    if "issued" in item:
        yield "PY", str(item["issued"]["date-parts"][0][0])
        yield "DA", _date(item["issued"])
    yield "VL", item.get("volume", "")
    yield "IS", item.get("issue", "") or item.get("number", "")
    first, _, last = re.sub("[-–]+", "-", item.get("page", "")).partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", item.get("DOI", "")
    yield "SN", item.get("ISBN", "")
    yield "UR", item.get("URL", "").replace(";", "%3B")  # a semicolon parts two addresses
    if "accessed" in item:
        yield "Y2", _date(item["accessed"])
    yield "LA", item.get("language", "")
    yield "M3", item.get("genre", "")
    yield "N1", item.get("note", "")


def _name(name: Name) -> str:
    return name["literal"] if "literal" in name else f"{name['family']}, {name['given']}"


def _date(date: Date) -> str:
    """`2024/07/04/`, with what is beyond a day behind the last slash: the end of a range, or a mark of doubt."""
    first, *rest = date["date-parts"]
    parts = [f"{part:02}" for part in first] + [""] * (3 - len(first))
    beyond = "-".join(f"{part:02}" for part in rest[0]) if rest else ""
    return f"{'/'.join(parts)}/{beyond}{date.get('circa', '')}"
