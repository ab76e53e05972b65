"""References of GB/T 7714-2015, the Chinese standard: the kind of a work in brackets, family names in capitals."""

from __future__ import annotations

from scoatlas.citation import Locator
from scoatlas.citations.chicago_parts import title_run
from scoatlas.citations.csl import Date, Item, doi_address, is_page
from scoatlas.citations.names import Name, in_order, is_east_asian
from scoatlas.citations.people import ENGLISH, People, initials, place_in
from scoatlas.citations.quotes import set_quotes, without_stop
from scoatlas.citations.runs import Runs, close, merge, words

_KINDS = {
    "webpage": "EB",
    "entry-encyclopedia": "EB",
    "article-journal": "J",
    "book": "M",
    "chapter": "M",
    "report": "R",
    "document": "Z",
}


def reference(item: Item, locator: Locator | None = None) -> Runs:
    """A work in a list, or in a note, where the pages are those that are cited (8.8.2)."""
    authors = words(_people(item, item.get("author") or ([] if "container-title" in item else item.get("editor", []))))
    online = "/OL" if item.keys() & {"URL", "DOI"} else ""
    number = item.get("number", "")
    volume = f"{_volume(item)}" if "volume" in item and item["type"] in ("book", "report") else ""
    version = f"version {item['version']}" if "version" in item else ""
    behind = "".join(f": {part}" for part in (volume, number, version) if part)
    title = (
        title_run(
            set_quotes(without_stop(item.get("title", "[untitled]")), 0),
            item,
            href=item.get("URL", "") or doi_address(item),
        ),
        *words(f"{behind}[{_KINDS[item['type']]}{online}]"),
    )
    pages = (locator.value if locator and locator.label == "page" else item.get("page", "")).replace("–", "-")
    while "--" in pages:
        pages = pages.replace("--", "-")
    facts = _facts(item, pages)
    head = (*close(authors, "."), *words(" "), *title) if authors else title
    if item["type"] == "chapter":
        editors = _people(item, item.get("editor", []))
        editors = f"{editors}{'' if editors.endswith('.') else '.'} " if editors else ""
        book = set_quotes(item.get("container-title", "[untitled]"), 0)
        book += f": {_volume(item)}" if "volume" in item else ""
        head = (*head, *words(f"//{editors}{book}"))
    if item["type"] == "entry-encyclopedia":
        head = (*head, *words(f"//{item.get('container-title', '')}"))
    told = (*close(head, "."), *words(f" {facts}")) if facts else head
    address = ". ".join(
        filter(None, ("" if "DOI" in item else item.get("URL", ""), f"DOI:{item['DOI']}" if "DOI" in item else ""))
    )
    told = (*close(told, "."), *words(f" {address}")) if address else told
    return merge(close(told, "."))


def cite(item: Item, locator: Locator | None = None) -> Runs:
    """A work in a note, with the page that is cited; another part of a work follows in brackets."""
    note = reference(item, locator)
    if locator is None or locator.label == "page":
        return note
    return (*note, *words(f" ({place_in(locator, ENGLISH)})"))


def _people(item: Item, names: list[Name]) -> str:
    chinese = item.get("language", "").startswith(("zh", "ja"))
    return People(_form, _form, 3, 3, ", ", ", 等" if chinese else ", et al.", comma="never")(names)


def _form(name: Name) -> str:
    if "literal" in name:
        return name["literal"].upper()
    if is_east_asian(name):
        return in_order(name)
    return f"{name['family'].upper()} {initials(name['given'], '', ' ')}"


def _volume(item: Item) -> str:
    chinese = item.get("language", "").startswith("zh")
    return f"第 {item['volume']} 卷" if chinese else f"Vol. {item['volume']}"


def _facts(item: Item, pages: str) -> str:
    read = _iso(item["accessed"]) if "accessed" in item and item.keys() & {"URL", "DOI"} and "DOI" not in item else ""
    read = f"[{read}]" if read else ""
    end = f": {pages}" if pages else ""
    year = _year(item)
    if item["type"] == "article-journal":
        volume = f", {item['volume']}" if "volume" in item else ""
        issue = f"({item['issue'].replace('–', '-')})" if "issue" in item else ""
        journal = item.get("container-title", "")
        return f"{', '.join(filter(None, (journal, year)))}{volume}{issue}{end}{read}"
    house = ": ".join(filter(None, (item.get("publisher-place", ""), item.get("publisher", ""))))
    if is_page(item) or (not house and "URL" in item and item["type"] in ("report", "document")):
        issued = f"({_iso(item['issued'])})" if "issued" in item else ""
        return f"{issued}{end}{read}" if issued else f"{read}{end}"
    medium = "" if item.keys() & {"URL", "DOI"} else item.get("medium", "")
    told = f"{', '.join(filter(None, (house, year)))}{end}{read}"
    return f"{told}. {medium[:1].upper()}{medium[1:]}" if medium else told


def _year(item: Item) -> str:
    if "issued" not in item:
        return ""
    years = "/".join(dict.fromkeys(str(parts[0]) for parts in item["issued"]["date-parts"]))
    return f"[{years}]" if item["issued"].get("circa") else years


def _iso(date: Date) -> str:
    first, *rest = ([f"{part:02}" for part in parts] for parts in date["date-parts"])
    text = "-".join(first)
    if rest:
        same = next((at for at in range(min(len(first), len(rest[0]))) if first[at] != rest[0][at]), 0)
        text += f"/{'-'.join(rest[0][same:])}"
    return text
