"""References of Cite Them Right (Harvard), 12th edition."""

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
from scoatlas.citations.runs import Run, Runs, join, merge, words

_AUTHORS = People(with_initials(",", "."), with_initials(",", "."), 3, 1, " and ", " et al.", comma="never")
_EDITORS = People(initials_first("."), initials_first("."), 3, 1, " and ", " et al.", comma="never")
_IN_TEXT = in_text(" and ", 3, comma="never")
_LABELS = {label: (one, several.removesuffix(".")) for label, (one, several) in ENGLISH.items()} | {
    "page": ("p.", "pp.")
}
_ITALIC = ("book", "report", *PAGES)


def reference(item: Item, suffix: str = "") -> Runs:
    """A work in a list; `suffix` is the letter that tells it from another of the same authors and year."""
    dated = f"({year(item, 'no date', 'c. ')}{' ' if suffix and 'issued' not in item else ''}{suffix})"
    authors = words(_authors(item))
    container = _container(item)
    title = _title(item)
    if authors:
        head = (*authors, Run(f" {dated} "), *join([part for part in (title, container) if part], ","))
    else:
        head = (*title, Run(f" {dated}"), *((Run(" "), *container) if container else ()))
    parts = [head, words(_edited(item)), words(_house(item))]
    numbers = ", ".join(filter(None, (_numbers(item), _pages(item))))
    body = (*_sentences(parts), *words(f", {numbers}" if numbers else ""))
    return merge((*_sentences([body, words(_address(item))]), Run(".")))


def cite(item: Item, locator: Locator | None = None, suffix: str = "") -> Runs:
    """A work in the text: `(Lukin and Kashin, 2018, p. 4)`."""
    names = words(short_names(item, _IN_TEXT)) or _title(item, linked=False)
    parts = [names, words(f"{year(item, 'no date', 'c. ')}{suffix}"), words(place_in(locator, _LABELS))]
    return merge((Run("("), *_with_commas(parts), Run(")")))


def _with_commas(parts: list[Runs]) -> Runs:
    """British: a comma stands behind the quotation mark."""
    told = [part for part in parts if part]
    return tuple(run for place, part in enumerate(told) for run in ((Run(", "), *part) if place else part))


def _sentences(parts: list[Runs]) -> Runs:
    """British: the full stop stands behind the quotation mark."""
    told: list[Run] = []
    for part in (part for part in parts if part):
        ended = told and told[-1].text.endswith((".", "?", "!"))
        told += [*(() if not told else words(" " if ended else ". ")), *part]
    return tuple(told)


def _authors(item: Item) -> str:
    if names := item.get("author"):
        return _AUTHORS(names)
    editors = item.get("editor", []) if item["type"] != "chapter" else []
    return f"{_AUTHORS(editors)} ({'ed.' if len(editors) == 1 else 'eds'})" if editors else ""


def _title(item: Item, *, linked: bool = True) -> Runs:
    """A title in italics or, of a part of a larger work, between single quotation marks."""
    title = without_stop(item.get("title", "[untitled]"))
    href = item.get("URL", "") or doi_address(item) if linked else ""
    translated = item.get("custom", {}).get("translated-title", "") if linked else ""
    more = words(f" [{translated}]" if translated else "")
    more += words(f" (Version {item['version']})" if linked and "version" in item else "")
    if item["type"] in _ITALIC or is_description(title):
        return (title_run(_quoted(title, item), item, href=href, italic=not is_description(title)), *more)
    return (Run("‘"), title_run(set_quotes(title, 0), item, href=href), Run("’"), *more)


def _quoted(title: str, item: Item) -> str:
    """A title with the marks of British English; one in Chinese keeps its own."""
    return set_quotes(title, 0 if item.get("language", "").startswith("zh") else 1)


def _container(item: Item) -> Runs:
    container = item.get("container-title", "")
    if not container or container.casefold() in {name.get("literal", "").casefold() for name in item.get("author", [])}:
        return ()
    run = title_run(_quoted(container, item), item, italic=True)
    editors = item.get("editor", [])
    if item["type"] != "chapter" or not editors:
        return (*words("in " if item["type"] == "chapter" and "author" in item else ""), run)
    return (*words(f"in {_EDITORS(editors)} ({'ed.' if len(editors) == 1 else 'eds'}) "), run)


def _edited(item: Item) -> str:
    editors = item.get("editor", []) if "author" in item and item["type"] != "chapter" else []
    return f"Edited by {_EDITORS(editors)}" if editors else ""


def _house(item: Item) -> str:
    """`White paper 12. Moscow: Nauka`."""
    genre, number = item.get("genre", ""), item.get("number", "")
    kind = " ".join(filter(None, (f"{genre[:1].upper()}{genre[1:]}", f"No. {number}" if number.isdigit() else number)))
    house = ": ".join(filter(None, (item.get("publisher-place", ""), item.get("publisher", ""))))
    if item["type"] == "article-journal" or is_page(item):
        house = ""
    medium = "" if item.keys() & {"URL", "DOI"} else item.get("medium", "")
    return ". ".join(filter(None, (kind, house, f"{medium[:1].upper()}{medium[1:]}")))


def _numbers(item: Item) -> str:
    if item["type"] != "article-journal":
        return f"vol. {item['volume']}" if "volume" in item else ""
    issue = dashed(item.get("issue", ""))
    return f"{item.get('volume', '')}{f'({issue})' if issue else ''}"


def _pages(item: Item) -> str:
    pages = dashed(item.get("page", ""))
    return f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}" if pages else ""


def _address(item: Item) -> str:
    if doi := doi_address(item):
        return f"Available at: {doi}"
    if not (url := item.get("URL", "")):
        return ""
    day = item["accessed"]["date-parts"][-1] if "accessed" in item else []
    read = f" (Accessed: {day[2]} {MONTHS[day[1] - 1]} {day[0]})" if len(day) == 3 else ""
    return f"Available at: {url}{read}"
