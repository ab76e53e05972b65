"""References of the Publication Manual of the American Psychological Association, 7th edition."""

from __future__ import annotations

from scoatlas.citation import Locator
from scoatlas.citations.chicago_parts import title_run
from scoatlas.citations.csl import PAGES, Item, doi_address, is_description, is_page
from scoatlas.citations.people import (
    ENGLISH,
    MONTHS,
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
from scoatlas.citations.runs import Run, Runs, close, in_quotes, join, merge, words

_AUTHORS = People(with_initials(",", ".", " "), with_initials(",", ".", " "), 20, 19, " & ", ", et al.")
_EDITORS = People(initials_first(".", " "), initials_first(".", " "), 20, 19, " & ", ", et al.")
_IN_TEXT = in_text(" & ", 2)
_DATED_BY_DAY = (*PAGES, "document")


def reference(item: Item, suffix: str = "") -> Runs:
    """A work in a list; `suffix` is the letter that tells it from another of the same authors and year."""
    date = words(f"({_date(item, suffix)})")
    authors = words(_authors(item))
    title = _title(item) + _details(item)
    parts = [authors, date, title] if authors else [title, date]
    parts.append(_within(item))
    if item["type"] not in ("article-journal",):
        house = item.get("container-title", "") if is_page(item) else item.get("publisher", "")
        parts.append(words("" if house.casefold() in _bodies(item) and is_page(item) else house))
    body = close(join([part for part in parts if part], "."), ".")
    return merge((*body, *_address(item)))


def cite(item: Item, locator: Locator | None = None, suffix: str = "") -> Runs:
    """A work in the text: `(Lukin & Kashin, 2018, p. 4)`."""
    names = words(short_names(item, _IN_TEXT)) or _title(item, short=True)
    parts = [names, words(f"{year(item, 'n.d.', 'ca. ')}{suffix}"), words(place_in(locator, ENGLISH))]
    return merge((Run("("), *join([part for part in parts if part], ","), Run(")")))


def _authors(item: Item) -> str:
    if names := item.get("author"):
        return _AUTHORS(names)
    editors = item.get("editor", []) if item["type"] != "chapter" else []
    return f"{_AUTHORS(editors)} ({'Ed.' if len(editors) == 1 else 'Eds.'})" if editors else ""


def _bodies(item: Item) -> set[str]:
    return {name.get("literal", "").casefold() for name in item.get("author", [])}


def _date(item: Item, suffix: str) -> str:
    """`2024, July 4` for pages, the year alone for what is printed."""
    only_year = year(item, "n.d.", "ca. ")
    if item["type"] not in _DATED_BY_DAY or "issued" not in item:
        return f"{only_year}{'-' if suffix and 'issued' not in item else ''}{suffix}"
    first, *rest = item["issued"]["date-parts"]
    days = [_day(parts) for parts in (first, *rest)]
    if rest and first[:2] == rest[0][:2]:
        days[1] = str(rest[0][2])
    return ", ".join(filter(None, (f"{only_year}{suffix}", "–".join(filter(None, days)))))


def _day(parts: list[int]) -> str:
    return " ".join((MONTHS[part - 1] if place == 0 else str(part)) for place, part in enumerate(parts[1:]))


def _title(item: Item, *, short: bool = False) -> Runs:
    """The title, in italics unless it is part of a larger work; in the text then between quotation marks."""
    title = without_stop((item.get("title-short", "") if short else item.get("title", "")) or "[untitled]")
    href = "" if short else item.get("URL", "") or doi_address(item)
    part = item["type"] in ("article-journal", "chapter")
    run = title_run(
        set_quotes(title, 1 if part and short else 0), item, href=href, italic=not part and not is_description(title)
    )
    return in_quotes([run]) if part and short else (run,)


def _details(item: Item) -> Runs:
    """What stands behind the title: `(A. Smith, Ed.; Vol. 2)`, `(No. 12)`, `[White paper]`."""
    within = []
    if item["type"] not in ("article-journal", "chapter"):
        if (editors := item.get("editor")) and "author" in item:
            within.append(f"{_EDITORS(editors)}, {'Ed.' if len(editors) == 1 else 'Eds.'}")
        within += [f"Vol. {item['volume']}"] if "volume" in item else []
        within += [_number(item)] if "number" in item else []
        within += [f"Version {item['version']}"] if "version" in item else []
    kind = item.get("genre") or ("" if item.keys() & {"URL", "DOI"} else item.get("medium", ""))
    translated = item.get("custom", {}).get("translated-title", "")
    text = f" ({'; '.join(within)})" if within else ""
    text = f"{f' [{translated}]' if translated else ''}{text}{f' [{kind[:1].upper()}{kind[1:]}]' if kind else ''}"
    return words(text)


def _number(item: Item) -> str:
    number = item.get("number", "")
    return f"No. {number}" if number.isdigit() else number


def _within(item: Item) -> Runs:
    """The journal or the book in which a work stands, with its numbers and pages."""
    container, pages = item.get("container-title", ""), dashed(item.get("page", ""))
    if item["type"] == "article-journal":
        journal = title_run(container, item, italic=True) if container else None
        volume = Run(item["volume"], italic=True) if "volume" in item else None
        issue = f"({item['issue']})" if "issue" in item else ""
        numbers = (*((volume,) if volume else ()), *words(dashed(issue)))
        return join([part for part in ((journal,) if journal else (), numbers, words(pages)) if part], ",")
    if item["type"] != "chapter" or not container:
        return ()
    editors = item.get("editor", [])
    by = f"{_EDITORS(editors)} ({'Ed.' if len(editors) == 1 else 'Eds.'}), " if editors else ""
    volume_and_pages = ", ".join(filter(None, (f"Vol. {item['volume']}" if "volume" in item else "", _pages(pages))))
    numbers_in = "; ".join(filter(None, (_number(item), volume_and_pages)))
    book = title_run(set_quotes(container, 0), item, italic=True)
    return (*words(f"In {by}"), book, *words(f" ({numbers_in})" if numbers_in else ""))


def _pages(pages: str) -> str:
    return f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}" if pages else ""


def _address(item: Item) -> Runs:
    if doi := doi_address(item):
        return (Run(f" {doi}"),)
    url = item.get("URL", "")
    if not url:
        return ()
    read = item.get("accessed") if "issued" not in item else None
    day = read["date-parts"][-1] if read else []
    since = f"Retrieved {_day(day)}, {day[0]}, from " if len(day) == 3 else ""
    return words(f" {since}{url}")
