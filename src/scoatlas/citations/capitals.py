"""Headline style: the capitals that English titles have in some styles."""

from __future__ import annotations

import re

_SMALL = frozenset(
    "a an the and but or nor for so yet as at by from in into like near of off on onto out over per since than "
    "through to toward towards under until up upon via vs with within without about above across after against along "
    "among around before behind below beneath beside between beyond despite down during except inside outside "
    "throughout versus".split()
)
_WORD = re.compile(r"[^\s\-–—/]+")
_NOT_LETTERS = re.compile(r"^[^\w]+|[^\w]+$")


def headline(title: str) -> str:
    """A title with capitals at its words but the small ones within: articles, conjunctions, prepositions.

    A word with a capital, a digit or a full stop in it stays as it is printed; the first word of the title and of what
    follows a colon has a capital (Chicago Manual of Style 8.159; CSL's `text-case="title"`).
    """

    def capital(found: re.Match[str]) -> str:
        word = found[0]
        bare = _NOT_LETTERS.sub("", word)
        if not bare.isascii() or not bare.replace("'", "").replace("’", "").isalpha() or bare != bare.lower():
            return word
        before = title[: found.start()].rstrip()
        begins = not before or before.endswith((":", "?", "!", ".", "—")) or word.startswith(("“", "‘", "«"))
        hyphened = found.start() > 0 and title[found.start() - 1] in "-–"
        if not begins and bare in _SMALL and (found.end() < len(title) or hyphened):
            return word
        at = word.index(bare[0])
        return word[:at] + word[at].upper() + word[at + 1 :]

    return _WORD.sub(capital, title)
