"""Letters: under which one a name or a title stands, where lists hold three scripts."""

from __future__ import annotations

import re

from scoatlas.values import sort_key

_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def anchor_of(letter: str) -> str:
    """The id of a letter's heading; the dot keeps it apart from ids of facts and from keys of sources."""
    return "letter." + "-".join(f"{ord(sign):x}" for sign in letter)


def letter_of(text: str) -> tuple[int, str, str]:
    """The script's place, the letter, the language; all Chinese words stand under one, all digits too.

    What is a word of none of these scripts stands under its first sign.
    """
    first = next((letter for letter in text if letter.isalnum()), text[:1])
    if _HAN.match(first):
        return (2, "中文", "zh")
    if _CYRILLIC.match(first):
        return (1, sort_key(first)[:1].upper(), "ru")
    return (0, "0–9" if first.isdigit() else sort_key(first)[:1].upper(), "en")
