"""A question to the facts as people write it: `count("member", on="2018-01-01")`, in essays and in checks of claims."""

from __future__ import annotations

import re

_NAMED = re.compile(r'(?:([a-z_]+)\s*=\s*)?"([^"]*)"\s*(?:,\s*|$)')


def read_arguments(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]] | None:
    """The words and the named options between the brackets of a question; None where they cannot be read."""
    words: list[str] = []
    options: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        found = _NAMED.match(text, at)
        if not found:
            return None
        if found[1]:
            options.append((found[1], found[2]))
        else:
            words.append(found[2])
        at = found.end()
    return tuple(words), tuple(options)
