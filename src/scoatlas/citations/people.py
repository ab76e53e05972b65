"""Lists of names as the styles beside Chicago write them, and the words that several of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from scoatlas.citation import Locator
from scoatlas.citations.csl import Item
from scoatlas.citations.names import OTHERS, Name, family, in_order, is_east_asian

MONTHS = "January February March April May June July August September October November December".split()

Form = Callable[[Name], str]


@dataclass(frozen=True)
class People:
    """How a style lists names: the form of the first and of the others, and what stands before the last.

    Of more than `most` names the first `shown` stand, and `others` for the rest. `comma` says whether a comma stands
    before the last: where the name before is inverted or three are named, or never.
    """

    first: Form
    rest: Form
    most: int
    shown: int
    last: str
    others: str
    comma: Literal["inverted", "never"] = "inverted"

    def __call__(self, names: Sequence[Name]) -> str:
        known = [name for name in names if name.get("literal") != OTHERS]
        many = len(known) < len(names) or len(known) > self.most
        known = known[: self.shown] if len(known) > self.most else known
        parts = [(self.rest if place else self.first)(name) for place, name in enumerate(known)]
        if many:
            return ", ".join(parts) + self.others
        if len(parts) < 2:
            return "".join(parts)
        comma = "," if self.comma == "inverted" and (len(parts) > 2 or ", " in parts[0]) else ""
        return f"{', '.join(parts[:-1])}{comma}{self.last}{parts[-1]}"


def with_initials(comma: str, mark: str, between: str = "") -> Form:
    """`Lukin, A. V.`: family name, comma, the initials with a mark behind each and blanks between them."""

    def form(name: Name) -> str:
        if "literal" in name or is_east_asian(name):
            return in_order(name)
        return f"{name['family']}{comma} {initials(name['given'], mark, between)}"

    return form


def initials_first(mark: str, between: str = "") -> Form:
    """`A. V. Lukin`."""

    def form(name: Name) -> str:
        if "literal" in name or is_east_asian(name):
            return in_order(name)
        return f"{initials(name['given'], mark, between)} {name['family']}"

    return form


def initials(given: str, mark: str, between: str = "") -> str:
    """The first letters of given names: `A. J. K.`, `J.-P.`."""
    parts = [
        "-".join(f"{part[0].upper()}{mark}" for part in word.split("-") if part)
        for word in given.replace(".", " ").split()
    ]
    return between.join(parts)


def short_names(item: Item, people: People) -> str:
    """Who stands in a citation in the text: authors, else editors; empty where a work has neither."""
    return people(item.get("author") or item.get("editor") or ())


def in_text(last: str, most: int, others: str = " et al.", comma: Literal["inverted", "never"] = "inverted") -> People:
    """The family names that stand in a citation in the text."""
    return People(family, family, most, 1, last, others, comma)


def year(item: Item, none: str, about: str = "") -> str:
    """`2012`, `1998–2004`, with `about` before one that is not certain; `none` where there is no date."""
    date = item.get("issued")
    if date is None:
        return none
    years = [str(parts[0]) for parts in date["date-parts"]]
    text = "–".join(dict.fromkeys(years))
    mark = date.get("circa", "")
    return f"{about if mark in ('~', '%') else ''}{text}{'?' if mark in ('?', '%') else ''}"


def place_in(locator: Locator | None, labels: dict[str, tuple[str, str]]) -> str:
    """A locator with its word: `p. 4`, `pp. 4–5`; a part without a number, as a preamble, stands alone."""
    if locator is None:
        return ""
    value = dashed(locator.value)
    if value.isalpha() and not re.fullmatch("[IVXLC]+", value.upper()):
        return value
    one, several = labels[locator.label]
    word = several if re.search("[–,]", value) else one
    return f"{word} {value}" if word else value


def dashed(value: str) -> str:
    """Numbers with en dashes between them."""
    return re.sub(r"(?<=\w)-+(?=\w)", "–", value)


ENGLISH = {
    "page": ("p.", "pp."),
    "paragraph": ("para.", "paras."),
    "article-locator": ("art.", "arts."),
    "section": ("sec.", "secs."),
    "chapter": ("chap.", "chaps."),
    "figure": ("fig.", "figs."),
    "table": ("table", "tables"),
    "volume": ("vol.", "vols."),
    "note": ("n.", "nn."),
}
"""The words for parts of a work, one and several."""
