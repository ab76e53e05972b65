"""What the Chicago style says about names, dates and numbers, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from scoatlas.citation import Locator
from scoatlas.citations.csl import Item, is_description
from scoatlas.citations.names import OTHERS, Name, family, in_order, inverted
from scoatlas.citations.runs import Run, Runs, words

_MOST_IN_NOTES = 3
_MOST_IN_LISTS = 10
_FIRST_OF_MANY = 7

_MONTHS = "January February March April May June July August September October November December".split()
_LOCATORS = {
    "paragraph": "para.",
    "article-locator": "art.",
    "section": "sec.",
    "chapter": "chap.",
    "figure": "fig.",
    "table": "table",
    "volume": "vol.",
}
# Languages whose letters are not Latin ones: Latin letters are then a name or a description, in no such language.
_OTHER_SCRIPTS = frozenset("ru zh ar hy be prs ka hi ja kk km ko ky lo mn ne ps fa si tg uk ur ug".split())
_OTHER_LETTER = re.compile("[^\\W\\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")

Role = Literal["author", "editor"]


def names_of_note(item: Item, role: Role, most: int = _MOST_IN_NOTES) -> Runs:
    """Names in their natural order; of more than `most`, three in notes, only the first (14.76)."""
    return _names(item, role, most, [in_order])


def names_of_list(item: Item, role: Role) -> Runs:
    """Names as a list of works begins with them, the first inverted; of more than ten the first seven (14.76)."""
    return _names(item, role, _MOST_IN_LISTS, [inverted, in_order])


def family_names(item: Item) -> Runs:
    """Who stands first in a short note."""
    return _names(item, "author" if "author" in item else "editor", _MOST_IN_NOTES, [family])


def _names(item: Item, role: Role, most: int, forms: Sequence[Callable[[Name], str]]) -> Runs:
    """The first name in the first form, the others in the last."""
    names = item.get(role, [])
    shown = [name for name in names if name.get("literal") != OTHERS]
    many = len(shown) < len(names) or len(shown) > most
    if many:
        shown = shown[: _FIRST_OF_MANY if most == _MOST_IN_LISTS else 1]
    runs: list[Run] = []
    comma = "," if len(shown) > 2 or any(_is_inverted(name, forms[0]) for name in shown[:1]) else ""
    for place, name in enumerate(shown):
        last = place == len(shown) - 1 and not many
        runs += words((f"{comma} and " if last else ", ") if place else "")
        runs.append(name_run(forms[0 if place == 0 else -1](name), item))
    if many and shown:
        runs += words(f"{', ' if comma or len(shown) > 1 else ' '}{OTHERS}")
    return tuple(runs)


def _is_inverted(name: Name, form: Callable[[Name], str]) -> bool:
    return form is inverted and inverted(name) != in_order(name)


def name_run(text: str, item: Item) -> Run:
    """A name with the language of the work, if its letters are not Latin ones."""
    return Run(text, language=_language(item, text, foreign=False))


def title_run(text: str, item: Item, *, italic: bool = False, href: str = "") -> Run:
    """A title with its language, where that is not English: a description is, unless its letters say otherwise.

    Letters without capitals have no italics either.
    """
    slanted = italic and any(letter.upper() != letter.lower() for letter in text)
    return Run(text, slanted, _language(item, text, foreign=not is_description(text)), href)


def _language(item: Item, text: str, *, foreign: bool) -> str:
    """The tag of a text; in Latin letters it is in the work's language only if `foreign` and that is written so."""
    language = item.get("language", "")
    if language == "en" or _OTHER_LETTER.search(text):
        return language.removesuffix("en")
    return language if foreign and language not in _OTHER_SCRIPTS else ""


def when(item: Item, variable: Literal["issued", "accessed"] = "issued", *, year_only: bool = False) -> str:
    """`4 July 2024`, `July 2006`, `14–15 June 2016`; a date that is not certain stands in brackets (14.145)."""
    date = item.get(variable)
    if date is None:
        return ""
    ends = [parts[:1] if year_only else parts for parts in date["date-parts"]]
    start, end = ends[0], ends[-1]
    text = _day(end)
    if start != end:
        same = 0
        while len(start) == len(end) and same < len(start) - 1 and start[same] == end[same]:
            same += 1
        text = f"{_day(start, since=same)}–{text}"
    mark = date.get("circa", "")
    return f"[{'ca. ' if mark in ('~', '%') else ''}{text}{'?' if mark in ('?', '%') else ''}]" if mark else text


def _day(parts: list[int], since: int = 0) -> str:
    """Day, month and year, without the first `since` of year, month and day."""
    named = [_MONTHS[part - 1] if place == 1 else str(part) for place, part in enumerate(parts)]
    return " ".join(reversed(named[since:]))


def locator_in_words(locator: Locator | None) -> str:
    """`4` for a page, which needs no word, `art. 4`, `paras. 3–5`, `n3` (14.151–157)."""
    if locator is None:
        return ""
    value = pages_in_short(locator.value)
    if locator.label == "page":
        return value
    if value.isalpha() and not re.fullmatch("[IVXLC]+", value.upper()):
        return value  # a part without a number: preamble
    if locator.label == "note":
        return f"nn{value}" if _several(value) else f"n{value}"
    return numbers_in_words(_LOCATORS[locator.label], value)


def numbers_in_words(word: str, value: str) -> str:
    """`no. 1`, `nos. 1–2`, `tables 1, 3`."""
    value = re.sub(r"(?<=\d)-+(?=\d)", "–", value)
    if _several(value):
        word = f"{word[:-1]}s." if word.endswith(".") else f"{word}s"
    return f"{word} {value}"


def _several(value: str) -> bool:
    return bool(re.search("[–,]", value))


def pages_in_short(value: str) -> str:
    """Page numbers with en dashes, the second of a pair in short (9.61): `78–86`, `104–7`, `168–79`, `1496–500`."""
    value = re.sub("-+", "–", value)
    return re.sub(
        r"(?<![\w.])(\d{3,9})–(\d{3,9})(?![\w.])", lambda pair: f"{pair[1]}–{_in_short(pair[1], pair[2])}", value
    )


def _in_short(first: str, last: str) -> str:
    if len(first) != len(last) or int(first) % 100 == 0 or first >= last:
        return last
    same = next(place for place, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
    changed = last[same:]
    if 0 < int(first) % 100 < 10:
        return changed
    return last[min(same, len(first) - 2) :]
