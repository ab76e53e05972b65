"""A source as an item of CSL-JSON 1.0.2, the form from which every style is made."""

from __future__ import annotations

import re
from typing import TypedDict
from urllib.parse import quote

from scoatlas.citations.names import Name, csl_name
from scoatlas.source import LANGUAGES, Source
from scoatlas.values import DateRange, PartialDate, decode_dates, refuse_address

Date = TypedDict("Date", {"date-parts": list[list[int]], "circa": str}, total=False)
"""One date or the two ends of a range, each a year, a month, a day as far as known; `circa` holds the marks of EDTF."""

Custom = TypedDict("Custom", {"translated-title": str}, total=False)

Item = TypedDict(
    "Item",
    {
        "id": str,
        "type": str,
        "language": str,
        "author": list[Name],
        "editor": list[Name],
        "title": str,
        "title-short": str,
        "genre": str,
        "container-title": str,
        "publisher": str,
        "publisher-place": str,
        "medium": str,
        "issued": Date,
        "accessed": Date,
        "volume": str,
        "issue": str,
        "number": str,
        "page": str,
        "DOI": str,
        "ISBN": str,
        "URL": str,
        "version": str,
        "note": str,
        "custom": Custom,
    },
    total=False,
)
"""What a style may ask of a work; a variable that the source does not have is left out."""

TYPES = {
    "online": "webpage",
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "report": "report",
    "misc": "document",
}
PAGES = ("webpage", "entry-encyclopedia")
"""The types of what stands at an address alone; entries are those of the atlas itself."""

_MIN_WORDS_OF_SHORT_TITLE = 3


def csl_item(source: Source) -> Item:
    """The item of a source.

    The publisher of a page is the site it stands on, its `container-title`. A `titleaddon` in [brackets] is the title
    in English, any other one says what the work is, its `genre`.
    """
    text = source.fields.get
    online, addon = source.type == "online", text("titleaddon", "")
    translated = addon.startswith("[") and addon.endswith("]")
    container = text("journaltitle") or text("booktitle") or (text("publisher") if online else None)
    item: Item = {"id": source.key, "type": TYPES[source.type]}
    if source.authors:
        item["author"] = [csl_name(person) for person in source.authors]
    if source.editors:
        item["editor"] = [csl_name(person) for person in source.editors]
    if title := text("title"):
        item["title"] = _with_subtitle(title, text("subtitle", ""))
        item["title-short"] = _shortened(title, whole="subtitle" in source.fields)
    if source.date:
        item["issued"] = _date(source.date)
    if "urldate" in source.fields:
        item["accessed"] = _date(decode_dates(source.fields["urldate"]))
    if (url := text("url")) and refuse_address(url) is None:
        item["URL"] = url
    if translated:
        item["custom"] = {"translated-title": addon[1:-1]}
    found: Item = {
        "language": LANGUAGES.get(text("langid", ""), ""),
        "genre": "" if translated else addon,
        "container-title": container or "",
        "publisher": text("institution") or ("" if online else text("publisher", "")),
        "publisher-place": text("location", ""),
        "medium": text("howpublished", ""),
        "volume": text("volume", ""),
        "issue": text("number", "") if source.type == "article" else "",
        "number": "" if source.type == "article" else text("number", ""),
        "page": re.sub("[-–]+", "-", text("pages", "")),
        "DOI": text("doi", ""),
        "ISBN": text("isbn", ""),
        "note": text("note", ""),
    }
    for variable, value in found.items():
        if value:
            item[variable] = value  # type: ignore[literal-required]
    return item


def is_page(item: Item) -> bool:
    """Whether a work is a page of a site: one by itself, or an entry of the atlas."""
    return item["type"] in PAGES


def doi_address(item: Item) -> str:
    """Where the DOI of a work leads; empty where it has none."""
    return f"https://doi.org/{quote(item['DOI'], safe='/:;().,_-+@!$*~')}" if "DOI" in item else ""


def is_description(title: str) -> bool:
    """Whether a title stands in [brackets]: our words for a work whose own title was not seen."""
    return title.startswith("[") and title.endswith("]")


def _with_subtitle(title: str, subtitle: str) -> str:
    return f"{title}{' ' if title.endswith(('?', '!')) else ': '}{subtitle}" if subtitle else title


def _shortened(title: str, *, whole: bool) -> str:
    """A title without its article and, unless it is `whole` already, without what follows its first colon.

    What stands before the colon must tell something alone: `Ushakov: the treaty was extended` is not cut.
    """
    inner = title[1:-1] if is_description(title) else title
    main = inner.partition(": ")[0]
    if not whole and len(main.split()) >= _MIN_WORDS_OF_SHORT_TITLE:
        inner = main
    inner = re.sub(r"^(?:The|An?) +(\w?)", lambda found: found[1].upper(), inner)
    return f"[{inner}]" if is_description(title) else inner


def _date(dates: DateRange) -> Date:
    ends = [dates.start] if dates.start == dates.end else [dates.start, dates.end]
    date: Date = {"date-parts": [_parts(end) for end in ends]}
    if marks := {mark for end in ends for mark in end.text if mark in "~?%"}:
        date["circa"] = "%" if len(marks) > 1 else marks.pop()
    return date


def _parts(date: PartialDate) -> list[int]:
    return [int(part) for part in date.text.rstrip("~?%").split("-")]
