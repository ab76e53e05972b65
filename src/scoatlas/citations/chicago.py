"""Notes and bibliography of the Chicago Manual of Style, 17th edition; numbers in brackets are its paragraphs.

Where the Manual leaves a choice: days stand before months (9.35), as everywhere on the site; a work read at an address
has the day on which it was read (14.12), since pages change.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scoatlas.citation import Locator
from scoatlas.citations.capitals import headline
from scoatlas.citations.chicago_parts import (
    family_names,
    locator_in_words,
    names_of_list,
    names_of_note,
    numbers_in_words,
    pages_in_short,
    title_run,
    when,
)
from scoatlas.citations.csl import PAGES, Item, doi_address, is_description, is_page
from scoatlas.citations.quotes import set_quotes, without_stop
from scoatlas.citations.runs import Run, Runs, close, in_quotes, join, merge, words

_IN_QUOTES = (*PAGES, "article-journal", "chapter", "document")
_DATED_BY_YEAR = ("book", "chapter")


def note(item: Item, locator: Locator | None = None) -> Runs:
    """A work in a note, where a page cites it first."""
    names = names_of_note(item, "author") or _with_role(names_of_note(item, "editor"), item)
    parts = [names, _title(item), words(item.get("genre", ""))]
    behind = words(locator_in_words(locator))
    if item["type"] == "article-journal":
        of_page = locator is not None and locator.label == "page"
        parts.append(_journal(item, behind if of_page else words(pages_in_short(item.get("page", "")))))
        behind = () if of_page else behind
    elif is_page(item):
        parts += [_numbers(item), words(_house(item)), words(when(item))]
    else:
        if editors := names_of_note(item, "editor") if "author" in item else ():
            editors = words("ed. ") + editors
        parts = [part for part in (*parts, _book(item, "in "), editors, _numbers(item)) if part]
        facts = _facts(item)
        if item["type"] == "document" and not item.keys() & {"publisher", "publisher-place"}:
            parts.append(words(facts))
        elif facts:
            parts[-1] += words(f" ({facts})")
    # A note on a dated work leaves the day on which it was read to the bibliography (14.12).
    read = "" if "issued" in item else _access(item)
    return merge(close(join([*parts, behind, words(read), _address(item), words(_medium(item))], ","), "."))


def short_note(item: Item, locator: Locator | None = None) -> Runs:
    """A work in a later note of the same page (14.30): family names, title without its second half, locator."""
    title = _styled(item, item.get("title-short", "[untitled]"))
    place = locator_in_words(locator)
    if item["type"] == "book" and "volume" in item and locator is not None and locator.label == "page":
        place = f"{item['volume']}:{place}"
    return merge(close(join([family_names(item), title, words(place)], ","), "."))


def bibliography(item: Item) -> Runs:
    """A work in an alphabetical list."""
    names = names_of_list(item, "author") or _with_role(names_of_list(item, "editor"), item)
    parts = [names, _title(item), _capital(words(item.get("genre", "")))]
    pages = words(pages_in_short(item.get("page", "")))
    editors = names_of_note(item, "editor", most=10) if "author" in item else ()
    if item["type"] == "article-journal":
        parts.append(_journal(item, pages))
    elif is_page(item):
        parts += [_capital(_numbers(item)), join([words(_house(item)), words(when(item))], ",")]
    elif item["type"] == "chapter":
        editors = words("edited by ") + editors if editors else ()
        parts += [_capital(join([_book(item, "in "), _numbers(item), editors, pages], ",")), words(_facts(item))]
    else:
        editors = words("Edited by ") + editors if editors else ()
        parts += [editors, _capital(_numbers(item)), words(_facts(item))]
    parts += [_capital(words(_access(item))), _address(item), _capital(words(_medium(item)))]
    return merge(close(join(parts, "."), "."))


def _with_role(editors: Runs, item: Item) -> Runs:
    """Editors in the place of an author (14.103)."""
    return editors + words(", ed." if len(item["editor"]) == 1 else ", eds.") if editors else ()


def _title(item: Item) -> Runs:
    """The title, a link to the work, and its translation in brackets (14.99)."""
    title = _styled(item, item.get("title", "[untitled]"), item.get("URL", "") or doi_address(item))
    translated = item.get("custom", {}).get("translated-title", "")
    return title + words(f" [{translated}]" if translated else "")


def _styled(item: Item, title: str, href: str = "") -> Runs:
    """A title in quotation marks or italics; one in [brackets], which is a description, in neither."""
    title = without_stop(title)
    if item.get("language", "en") == "en" and not is_description(title):
        title = headline(title)
    if is_description(title):
        return (title_run(set_quotes(title, 0), item, href=href),)
    if item["type"] in _IN_QUOTES:
        return in_quotes([title_run(set_quotes(title, 1), item, href=href)])
    return (title_run(set_quotes(title, 0), item, href=href, italic=True),)


def _journal(item: Item, pages: Runs) -> Runs:
    """`Journal 8, no. 1 (July 2006): 12–14` (14.171); by its day alone a periodical is a magazine (14.188)."""
    name = _book(item, "")
    date, issue = when(item), item.get("issue", "")
    number = words(numbers_in_words("no.", issue) if issue else "")
    if "volume" not in item and not issue:
        return join([name, words(date), pages], ",")
    volume = words(f"{' ' if name else ''}{item['volume']}" if "volume" in item else "")
    volume = join([name + volume, number], ",")
    return volume + words(f" ({date})" if date else "") + (words(": ") + pages if pages else ())


def _book(item: Item, before: str) -> Runs:
    """The journal or book in which a work stands."""
    title = item.get("container-title", "")
    return (*words(before), title_run(set_quotes(title, 0), item, italic=True)) if title else ()


def _numbers(item: Item) -> Runs:
    """Volume of a book, number of a report, which may name its series, version of a page."""
    volume, number, version = item.get("volume", ""), item.get("number", ""), item.get("version", "")
    parts = [f"vol. {volume}" if volume else "", f"no. {number}" if number.isdigit() else number]
    parts.append(f"version {version}" if version else "")
    return join([words(part) for part in parts], ",")


def _house(item: Item) -> str:
    """The publisher of a book, the site of a page; empty where it is the author."""
    house = item.get("container-title", "") if is_page(item) else item.get("publisher", "")
    authors = {name.get("literal", "").casefold() for name in item.get("author", [])}
    return "" if house.casefold() in authors else house


def _facts(item: Item) -> str:
    """`Moscow: Nauka, 2004`; a printed work without a date is `n.d.` (14.145), one that was read on a day is not."""
    place, house = item.get("publisher-place", ""), _house(item)
    printed = not item.keys() & {"URL", "DOI"}
    date = when(item, year_only=item["type"] in _DATED_BY_YEAR) or ("n.d." if printed else "")
    return ", ".join(filter(None, (": ".join(filter(None, (place, house))), date)))


def _access(item: Item) -> str:
    read = when(item, "accessed") if "URL" in item and "DOI" not in item else ""
    return f"accessed {read}" if read else ""


def _address(item: Item) -> Runs:
    """The DOI or else the address, of which pages show the host, since the title leads there."""
    if doi := doi_address(item):
        return (Run(doi, href=doi if "URL" in item else ""),)
    if url := item.get("URL", ""):
        return (Run(url, shown=(urlsplit(url).hostname or url).removeprefix("www.")),)
    return ()


def _medium(item: Item) -> str:
    """How a work that stands at no address is to be had."""
    return "" if item.keys() & {"DOI", "URL"} else item.get("medium", "")


def _capital(runs: Runs) -> Runs:
    """The beginning of a sentence."""
    return (*words(runs[0].text[:1].upper() + runs[0].text[1:]), *runs[1:]) if runs and not runs[0].italic else runs
