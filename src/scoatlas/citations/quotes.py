"""Quotation marks in titles: those of English by depth, straight ones made curly, others left as they are."""

from __future__ import annotations

import re

_PAIRS = ("“”", "‘’")
_LONGEST = 200  # characters in straight single marks, so that no title costs more than its length
_DECADE = re.compile(r"\d\ds?\b")
_END_OF_WORD = re.compile(r"(?<=\S)['’](?!\w)")
_BEFORE_AN_OPENING = " ([{—–/“‘«„-"


_FULL_STOP = re.compile(r"(?<!\.)(?<!\.\w)\.(?=[”’\"']?$)")


def without_stop(title: str) -> str:
    """A title without the full stop at its end, which a reference sets itself; `...` and `U.S.` keep theirs."""
    return _FULL_STOP.sub("", title)


def set_quotes(text: str, depth: int) -> str:
    """A title with its marks as they stand `depth` quotations deep: double ones at 0, single ones at 1.

    «…», 《…》 and 「…」 belong to the title's own language and stay.
    """
    if not any(character in text for character in "\"'“”„‘’"):
        return text
    made: list[str] = []
    closings: list[str] = []  # what closes each quotation that is open, innermost last
    for place, character in enumerate(text):
        before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
        if closing := _closing(character, text, place, closings):
            made.append(_PAIRS[(depth + len(closings)) % 2][0])
            closings.append(closing)
        elif (
            closings and character in closings[-1] and not (character in "'’" and before.isalnum() and after.isalnum())
        ):
            closings.pop()
            made.append(_PAIRS[(depth + len(closings)) % 2][1])
        elif character in "'’":
            made.append("’")
        else:
            made.append(character)
    return "".join(made)


def _closing(character: str, text: str, place: int, closings: list[str]) -> str:
    """The marks that can close a quotation which begins here; empty where none begins."""
    if character == "„":
        return "“”"
    if character == "“":
        return "" if closings and character in closings[-1] else "”"
    if character == "‘":
        return "’'"
    opens = place == 0 or text[place - 1] in _BEFORE_AN_OPENING
    if character == '"':
        return '"”' if opens else ""
    # A straight single mark is an apostrophe unless another one ends a word behind it: 'Partner in Dialogue', not '90s.
    rest = text[place + 1 : place + _LONGEST]
    begins = character == "'" and opens and rest[:1].isalnum() and not _DECADE.match(rest)
    return "'’" if begins and _END_OF_WORD.search(rest) else ""
