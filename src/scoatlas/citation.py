"""A citation: the key of a source and, where the source has pages or paragraphs, where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scoatlas.diagnostics import Rule
from scoatlas.values import as_text, fault

SOURCE_KEY = re.compile("[a-z0-9][a-z0-9-]{0,63}")
LOCATOR_HINT = "write p. 4, pp. 4–7, para. 3, art. 2, sec. 1, ch. 5, fig. 2, table 1, preamble, с. 4, 第4页"

# CSL's labels, and how English, Russian and Chinese scholars write them; the first is how we do.
_WORDS = {
    "page": ("p.", "pp.", "page", "pages", "с.", "стр."),
    "paragraph": ("para.", "paras.", "paragraph", "paragraphs", "¶", "п."),
    "article-locator": ("art.", "arts.", "article", "articles", "ст."),
    "section": ("sec.", "secs.", "section", "sections", "§"),
    "chapter": ("ch.", "chap.", "chapter", "гл."),
    "figure": ("fig.", "figure", "рис."),
    "table": ("table", "табл."),
    "note": ("n.", "note", "прим."),
    "volume": ("vol.", "volume", "т."),
}
_LABELS = {word: label for label, words in _WORDS.items() for word in words}
_UNITS = {"页": "page", "条": "article-locator", "款": "paragraph", "段": "paragraph", "节": "section", "章": "chapter"}
# Parts without a number; to CSL they are sections.
_ALONE = {"preamble": "preamble", "преамбула": "preamble", "序言": "preamble", "annex": "annex"}
_NUMBER = r"(?:[0-9]{1,6}[a-z]?(?:\.[0-9]{1,4}|\([0-9a-z]{1,4}\)){0,4}|[IVXLC]{1,8}|[ivxlc]{1,8})"
_NUMBERS = f"{_NUMBER}(?:(?:[-–]|, ?){_NUMBER}){{0,8}}"
_BEFORE = re.compile(f"({'|'.join(re.escape(word) for word in sorted(_LABELS, key=len, reverse=True))}) *({_NUMBERS})")
_AROUND = re.compile(f"第 ?({_NUMBERS}) ?({'|'.join(_UNITS)})")


@dataclass(frozen=True)
class Locator:
    """Where in a source: a label of CSL (`page`, `article-locator`) and its value (`4`, `12–14`)."""

    label: str
    value: str

    def __str__(self) -> str:
        if self.value in _ALONE:
            return self.value
        word = _WORDS[self.label][0]
        several = self.label == "page" and re.search("[-–,]", self.value)
        return f"{'pp.' if several else word} {self.value}"


@dataclass(frozen=True)
class Citation:
    source: str
    locator: Locator | None = None


def decode_locator(text: str) -> Locator | None:
    """A locator from its text (`p. 4`, `art. 2`, `с. 12–14`), or None."""
    text = text.strip()
    if len(text) > 80:  # bounded before the expression sees it
        return None
    if text.lower() in _ALONE:
        return Locator("section", _ALONE[text.lower()])
    if found := _BEFORE.fullmatch(text) or _BEFORE.fullmatch(text.lower()):
        return Locator(_LABELS[found[1].lower()], found[2])
    if found := _AROUND.fullmatch(text):
        return Locator(_UNITS[found[2]], found[1])
    return None


def decode_citation(value: Any) -> Citation:
    """A citation from `KEY` or `KEY, p. 4`; raises `invalid-locator` or `invalid-value`."""
    text = as_text(value, "the key of a source")
    key, comma, rest = text.partition(",")
    if not comma and decode_locator(text):
        # The trap of traps: `cite: [key, p. 4]` is two sources in YAML.
        raise fault(Rule.INVALID_LOCATOR, f"'{text}' is a locator, not a source", "one source a line: `- KEY, p. 4`")
    word, _, behind = text.partition(" ")
    if not comma and SOURCE_KEY.fullmatch(word) and decode_locator(behind):
        raise fault(
            Rule.INVALID_LOCATOR, f"'{text}' has no comma", f"write a comma before the locator: {word}, {behind}"
        )
    if not SOURCE_KEY.fullmatch(key.strip()):
        raise fault(
            Rule.INVALID_VALUE, f"'{key.strip()}' is no key of a source", "keys are small letters, digits and hyphens"
        )
    locator = decode_locator(rest) if comma else None
    if comma and locator is None:
        raise fault(
            Rule.INVALID_LOCATOR, f"'{rest.strip()}' is no locator", LOCATOR_HINT, offset=len(text) - len(rest.lstrip())
        )
    return Citation(key.strip(), locator)
