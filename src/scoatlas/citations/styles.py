"""The six styles in which a reader can copy a reference, and the letters that tell works of one year apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from scoatlas.citation import Locator
from scoatlas.citations import apa, chicago, gbt, gost, harvard, mla
from scoatlas.citations.csl import Item
from scoatlas.citations.names import in_order
from scoatlas.citations.runs import Runs


@dataclass(frozen=True)
class Style:
    """A style: its name, how it lists a work, and how it cites it in the text or in a note, with a locator.

    In a `lettered` style works of the same authors and year get letters, 2012a and 2012b, where they stand together.
    """

    name: str
    reference: Callable[[Item, str], Runs]
    cite: Callable[[Item, Locator | None, str], Runs]
    lettered: bool = False


STYLES = {
    "chicago": Style(
        "Chicago (notes and bibliography, 17th edition)",
        lambda item, _: chicago.bibliography(item),
        lambda item, locator, _: chicago.note(item, locator),
    ),
    "apa": Style("APA (7th edition)", apa.reference, apa.cite, lettered=True),
    "mla": Style("MLA (9th edition)", lambda item, _: mla.reference(item), lambda item, at, _: mla.cite(item, at)),
    "harvard": Style("Harvard (Cite Them Right)", harvard.reference, harvard.cite, lettered=True),
    "gost": Style("GOST R 7.0.5-2008", gost.reference, gost.cite, lettered=True),
    "gbt": Style("GB/T 7714-2015", lambda item, _: gbt.reference(item), lambda item, at, _: gbt.cite(item, at)),
}
"""The styles by their codes."""


def letters_of(items: Iterable[Item]) -> dict[str, str]:
    """The letter of each work, by id, that shares authors and year with another; in the order of their titles."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        people = item.get("author") or item.get("editor") or ()
        if people and "issued" in item:
            names = "; ".join(in_order(name) for name in people).casefold()
            groups.setdefault((names, str(item["issued"]["date-parts"][0][0])), []).append(item)
    return {
        item["id"]: letter
        for group in groups.values()
        if len(group) > 1
        for item, letter in zip(sorted(group, key=_title), ascii_lowercase, strict=False)
    }


def _title(item: Item) -> str:
    return item.get("title-short", "").casefold()
