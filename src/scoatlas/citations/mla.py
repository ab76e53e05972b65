"""Works cited of the MLA Handbook, 9th edition."""

from __future__ import annotations

import re

from scoatlas.citation import Locator
from scoatlas.citations.capitals import headline
from scoatlas.citations.chicago_parts import title_run
from scoatlas.citations.csl import Item, doi_address, is_description
from scoatlas.citations.names import in_order, inverted
from scoatlas.citations.people import ENGLISH, People, dashed, in_text, place_in, short_names
from scoatlas.citations.quotes import set_quotes, without_stop
from scoatlas.citations.runs import Run, Runs, close, in_quotes, join, merge, words

_AUTHORS = People(inverted, in_order, 2, 1, " and ", ", et al.")
_EDITORS = People(in_order, in_order, 2, 1, " and ", " et al.")
_IN_TEXT = in_text(" and ", 2)
_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_LABELS = ENGLISH | {"page": ("", ""), "paragraph": ("par.", "pars."), "chapter": ("ch.", "chs.")}


def reference(item: Item) -> Runs:
    """A work in a list of works cited."""
    names = words(_authors(item))
    genre = item.get("genre", "")
    facts = join([part for part in _facts(item) if part], ",")
    medium = "" if item.keys() & {"URL", "DOI"} else item.get("medium", "")
    read = _date(item, "accessed") if "URL" in item and "issued" not in item else ""
    parts = [names, _title(item), words(_capital(genre)), _beginning(facts)]
    parts += [words(_capital(medium)), words(f"Accessed {read}" if read else "")]
    return merge(close(join([part for part in parts if part], "."), "."))


def cite(item: Item, locator: Locator | None = None) -> Runs:
    """A work in the text: `(Lukin and Kashin 4)`, `(Lukin, par. 3)`."""
    names = words(short_names(item, _IN_TEXT)) or _title(item, short=True)
    place = place_in(locator, _LABELS)
    comma = "," if place and locator is not None and locator.label != "page" else ""
    if comma and names[-1].text == "”":
        names = close(names, ",")
        comma = ""
    return merge((Run("("), *names, *words(f"{comma} {place}" if place else ""), Run(")")))


def _authors(item: Item) -> str:
    if names := item.get("author"):
        return _AUTHORS(names)
    editors = item.get("editor", []) if item["type"] != "chapter" else []
    return f"{_AUTHORS(editors)}, {'editor' if len(editors) == 1 else 'editors'}" if editors else ""


def _title(item: Item, *, short: bool = False) -> Runs:
    """A title in italics, or between quotation marks where the work is part of another or of a site."""
    title = without_stop((item.get("title-short", "") if short else item.get("title", "")) or "[untitled]")
    if item.get("language", "en") == "en" and not is_description(title):
        title = headline(title)
    href = "" if short else item.get("URL", "") or doi_address(item)
    translated = "" if short else item.get("custom", {}).get("translated-title", "")
    more = words(f" [{translated}]" if translated else "")
    part = item["type"] in ("article-journal", "chapter", "document") or "container-title" in item
    if part and not is_description(title):
        return (*in_quotes([title_run(set_quotes(title, 1), item, href=href)]), *more)
    return (title_run(set_quotes(title, 0), item, href=href, italic=not is_description(title)), *more)


def _facts(item: Item) -> list[Runs]:
    """Container, who edited it, numbers, publisher, day, pages, address: the elements of the core, in their order."""
    container = item.get("container-title", "")
    book = (title_run(set_quotes(container, 0), item, italic=True),) if container else ()
    editors = item.get("editor", []) if "author" in item or item["type"] == "chapter" else []
    number = item.get("number", "")
    pages = _in_short(dashed(item.get("page", "")))
    return [
        book,
        words(f"edited by {_EDITORS(editors)}" if editors else ""),
        words(f"version {item['version']}" if "version" in item else ""),
        words(f"vol. {item['volume']}" if "volume" in item else ""),
        words(_issue(item.get("issue", ""))),
        words(f"no. {number}" if number.isdigit() else number),
        words(item.get("publisher", "")),
        words(_date(item, "issued")),
        words(f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}" if pages else ""),
        words(doi_address(item) or item.get("URL", "")),
    ]


def _in_short(pages: str) -> str:
    """`141–58`, `100–04`: of the second of two large numbers the last two digits, or more where more differ."""

    def second(pair: re.Match[str]) -> str:
        first, last = pair[1], pair[2]
        same = next((at for at in range(len(first)) if first[at] != last[at]), 0) if len(first) == len(last) else 0
        return f"{first}–{last[min(same, len(last) - 2) :]}"

    return re.sub(r"(?<!\w)(\d{3,9})–(\d{3,9})(?!\w)", second, pages)


def _issue(issue: str) -> str:
    several = "-" in issue or "–" in issue
    return f"{'nos.' if several else 'no.'} {issue.replace('-', '–')}" if issue else ""


def _date(item: Item, variable: str) -> str:
    """`4 July 2024`, `Sept. 2013`; books and chapters by their year."""
    date = item.get("issued") if variable == "issued" else item.get("accessed")
    if date is None:
        return ""
    ends = [parts[:1] if item["type"] in ("book", "chapter") else parts for parts in date["date-parts"]]
    start, end = ends[0], ends[-1]
    text = _day(end)
    if start != end:
        same = next((at for at in range(min(len(start), len(end))) if start[at] != end[at]), 0)
        text = f"{_day(start, same)}–{text}"
    mark = date.get("circa", "")
    return f"{'circa ' if mark in ('~', '%') else ''}{text}{'?' if mark in ('?', '%') else ''}"


def _day(parts: list[int], since: int = 0) -> str:
    named = [_MONTHS[part - 1] if place == 1 else str(part) for place, part in enumerate(parts)]
    return " ".join(reversed(named[since:]))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _beginning(facts: Runs) -> Runs:
    """A sentence: `edited by` and `vol.` begin it with a capital; an address does not."""
    if not facts or facts[0].italic or facts[0].text.startswith("http"):
        return facts
    return (facts[0].with_text(_capital(facts[0].text)), *facts[1:])
