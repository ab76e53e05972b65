"""References of GOST R 7.0.5-2008, the Russian standard; their words are Russian whatever the language of the work."""

from __future__ import annotations

from scoatlas.citation import Locator
from scoatlas.citations.chicago_parts import title_run
from scoatlas.citations.csl import Item, doi_address, is_page
from scoatlas.citations.people import (
    People,
    dashed,
    in_text,
    initials_first,
    place_in,
    short_names,
    with_initials,
    year,
)
from scoatlas.citations.quotes import set_quotes, without_stop
from scoatlas.citations.runs import Run, Runs, close, merge, words

_AUTHORS = People(with_initials("", ".", " "), with_initials("", ".", " "), 3, 1, ", ", " и др.", comma="never")
_EDITORS = People(initials_first(".", " "), initials_first(".", " "), 3, 1, ", ", " и др.", comma="never")
_IN_TEXT = in_text(", ", 3, " и др.", comma="never")
_LABELS = {
    "page": ("с.", "с."),
    "paragraph": ("п.", "пп."),
    "article-locator": ("ст.", "ст."),
    "section": ("разд.", "разд."),
    "chapter": ("гл.", "гл."),
    "figure": ("рис.", "рис."),
    "table": ("табл.", "табл."),
    "volume": ("т.", "т."),
    "note": ("примеч.", "примеч."),
}


def reference(item: Item, suffix: str = "") -> Runs:
    """A work in a list: author, title // journal or book, place, publisher, year, volume, number, pages, address."""
    dated = f"{year(item, '', 'ок. ')}{suffix}"
    authors = (*close(words(_AUTHORS(item["author"])), "."), Run(" ")) if "author" in item else ()
    title: Runs = (
        title_run(
            _quoted(without_stop(item.get("title", "[untitled]"))), item, href=item.get("URL", "") or doi_address(item)
        ),
    )
    if translated := item.get("custom", {}).get("translated-title", ""):
        title = (*title, *words(f" [{translated}]"))
    if is_page(item):
        body = (*authors, *title, Run(" [Электронный ресурс]"), *words(_site(item, dated)))
        return merge(close((*body, *words(_address(item))), "."))
    if item["type"] == "article-journal":
        facts = [dated, *_numbers(item), _pages(item)]
        where = f" // {item['container-title']}. " if "container-title" in item else " // "
        body = (*authors, *title, *words(f"{where}{'. '.join(filter(None, facts))}"))
    else:
        book = f" // {_quoted(item['container-title'])}" if "container-title" in item else ""
        volume = f". Т. {item['volume']}" if "volume" in item else ""
        editors = f" / под ред. {_EDITORS(item['editor'])}" if "editor" in item else ""
        number = item.get("number", "")
        facts = [_house(item, dated), f"№ {number}" if number.isdigit() else number, _pages(item)]
        told = ". ".join(filter(None, facts))
        body = (*authors, *title, *words(f"{book}{volume}{editors}"))
        body = (*close(body, "."), *words(f" {told}")) if told else body
    return merge(close((*body, *words(_address(item))), "."))


def cite(item: Item, locator: Locator | None = None, suffix: str = "") -> Runs:
    """A work in the text: `[Lukin, 2018, с. 4]`."""
    names = words(short_names(item, _IN_TEXT)) if "author" in item else words(item.get("title", "[untitled]"))
    parts = [names, words(f"{year(item, 'б. г.', 'ок. ')}{suffix}"), words(place_in(locator, _LABELS))]
    told = [part for part in parts if part]
    inner = tuple(run for place, part in enumerate(told) for run in ((Run(", "), *part) if place else part))
    return merge((Run("["), *inner, Run("]")))


def _quoted(title: str) -> str:
    """A title with the marks of Russian."""
    return set_quotes(title, 0).replace("“", "«").replace("”", "»")


def _site(item: Item, dated: str) -> str:
    """` // QRZ.RU. 2004`, as in the examples of the standard (section 10); a site that is the author stands once."""
    site = item.get("container-title", "")
    if site.casefold() in {name.get("literal", "").casefold() for name in item.get("author", [])}:
        site = ""
    version = f"Версия {item['version']}" if "version" in item else ""
    told = ". ".join(filter(None, (f" // {_quoted(site)}" if site else "", dated, version)))
    return told if site or not told else f". {told}"


def _house(item: Item, dated: str) -> str:
    house = ": ".join(filter(None, (item.get("publisher-place", ""), item.get("publisher", ""))))
    return ", ".join(filter(None, (house, dated)))


def _numbers(item: Item) -> list[str]:
    issue = dashed(item.get("issue", ""))
    return [f"Т. {item['volume']}" if "volume" in item else "", f"№ {issue}" if issue else ""]


def _pages(item: Item) -> str:
    pages = dashed(item.get("page", ""))
    return f"С. {pages}" if pages else ""


def _address(item: Item) -> str:
    if "DOI" in item:
        return f". DOI: {item['DOI']}"
    if not (url := item.get("URL", "")):
        return ""
    day = item["accessed"]["date-parts"][-1] if "accessed" in item else []
    read = f" (дата обращения: {day[2]:02}.{day[1]:02}.{day[0]})" if len(day) == 3 else ""
    return f". URL: {url}{read}"
