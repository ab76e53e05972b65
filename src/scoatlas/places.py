"""Where a character stands: in which line of a text, and where in the text that a YAML value was made from."""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from typing import TypeAlias

DataPath: TypeAlias = tuple[str | int, ...]
"""The way into nested data: names of fields and positions in lists."""


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of one character offset; for many, ask `Lines`."""
    return Lines(text[:offset]).place(offset)


_BLANKS = re.compile(r"[ \n]*")
_JOINED = re.compile(r"(?:\\\n *)*")  # lines broken inside double quotes, to be read as one


@lru_cache(maxsize=64)
def aligned(raw: str, value: str) -> tuple[int, ...]:
    """For each character of a value its offset in the quoted, folded or escaped text that it was made from.

    Runs of blanks in the text go with runs of blanks in the value, for folding may make one of the other.
    """
    quote = raw[0] if raw[:1] in ("'", '"') else ""
    at = 1 if quote else raw.find("\n") + 1 if raw[:1] in ("|", ">") else 0
    offsets = []
    for character in value:
        blank = character in " \n"
        if not blank and raw[at : at + 1] in (" ", "\n"):
            at = _end(_BLANKS, raw, at)
        if quote == '"':
            at = _end(_JOINED, raw, at)
            at = at if blank else _end(_BLANKS, raw, at)
        offsets.append(at)
        if quote == '"' and raw[at : at + 1] == "\\" and (not blank or raw[at + 1 : at + 2] in (" ", "n")):
            at += {"x": 4, "u": 6, "U": 10}.get(raw[at + 1 : at + 2], 2)
        elif quote == "'" and character == "'":
            at += 2
        else:
            at = _end(_BLANKS, raw, at) if blank else at + 1
    return tuple(min(offset, max(len(raw) - 1, 0)) for offset in offsets)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
