"""Essays: Markdown as far as we must know it, to find what may not stand in it, and where it runs as prose."""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scoatlas.diagnostics import Rule
from scoatlas.text import UNSAFE, describe_unsafe
from scoatlas.values import refuse_address


@dataclass(frozen=True)
class Mark:
    """A stretch of text, from its first character to behind its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Fault(Mark):
    """A stretch of text that may not stand there, or looks like a form and is none."""

    rule: Rule
    message: str
    hint: str | None = None


# Fenced code, and code between runs of at most eight backquotes. The possessive signs keep long runs from being tried
# in every length.
_CODE = re.compile(
    r"^ {0,3}(```++|~~~++)[^\n]*+\n.*?(?:^ {0,3}\1[^\n]*+$|\Z)|(?<!`)(`{1,8}+)(?!`).*?(?<!`)\2(?!`)",
    re.DOTALL | re.MULTILINE,
)

_HTML = re.compile(r"<(?:[A-Za-z/!?])(?!ttps?://)")
_PICTURE = re.compile(r"(?<!<)!\[")
_ADDRESS = re.compile(
    r"\]\(\s*<?([^() <>]{1,2000})|^ {0,3}\[[^\]\n]{1,300}\]:\s*<?([^\s<>]{1,2000})|<(https?://[^\s<>]{0,2000})>",
    re.MULTILINE | re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z]{2,32});?")
_HEADING = re.compile(r"^ {0,3}#{1,6} [^\n]*", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]{1,300}\]\([^()\n]{0,2000}\)|https?://\S{1,2000}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)


# Python-Markdown takes time with the square of the brackets in a paragraph, and a level of recursion for each list that
# begins on the same line.
MAX_BRACKETS = 200
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_MANY_LISTS = re.compile(r"^[ >]*(?:(?:[-*+]|\d{1,9}\.)[ ]+){8}", re.MULTILINE)


def code_spans(text: str) -> Callable[[int], bool]:
    """Whether a character of a Markdown text stands in code."""
    spans = [found.span() for found in _CODE.finditer(text)]
    starts = [start for start, _ in spans]

    def in_code(offset: int) -> bool:
        before = bisect.bisect_right(starts, offset) - 1
        return before >= 0 and offset < spans[before][1]

    return in_code


def find_title(text: str) -> int | None:
    """Where a heading of the first level stands in a Markdown text, or None."""
    in_code = code_spans(text)
    titles = (found.start() for found in re.finditer(r"^# ", text, re.MULTILINE))
    return next((start for start in titles if not in_code(start)), None)


def running_text(text: str, marks: Callable[[str], Iterator[Mark]]) -> str:
    """A Markdown text in which headings, code, addresses and the `marks` found in it are blanks, each in its place."""
    blanked = _HEADING.sub(_blank, _LINK.sub(_blank, _CODE.sub(_blank, text)))
    for mark in marks(text):
        blanked = blanked[: mark.start] + " " * (mark.end - mark.start) + blanked[mark.end :]
    return blanked


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def find_page_links(text: str) -> Iterator[tuple[int, str]]:
    """(place, address) of every link to a Markdown file, by its path from the file it stands in, without anchor."""
    in_code = code_spans(text)
    for found in _ADDRESS.finditer(text):
        address = next(group for group in found.groups() if group).partition("#")[0]
        if address.endswith(".md") and not _SCHEME.match(address) and not in_code(found.start()):
            yield found.start(), address


def find_slow_markdown(text: str) -> Iterator[Fault]:
    """What would keep the conversion of a page busy for minutes, or break it."""
    for found in _PARAGRAPH.finditer(text):
        if found[0].count("[") > MAX_BRACKETS:
            message = f"this paragraph holds more than {MAX_BRACKETS} opening brackets"
            yield Fault(*found.span(), Rule.INVALID_VALUE, message, "part it by an empty line")
    for found in _MANY_LISTS.finditer(text):
        yield Fault(*found.span(), Rule.INVALID_VALUE, "eight lists begin on one line", "write one item a line")


def find_unsafe_markdown(text: str) -> Iterator[Fault]:
    """Raw HTML (the first of a line), pictures, and links that are neither to a page nor to http(s)."""
    in_code = code_spans(text)
    line_seen: int | None = None
    for found in _ADDRESS.finditer(text):
        # Browsers drop blanks and control characters from an address, so they hide no scheme here.
        address = re.sub(r"[\x00-\x20]", "", html.unescape(next(group for group in found.groups() if group)))
        outside = address.startswith("//") or _SCHEME.match(address)
        if outside and not in_code(found.start()) and (reason := refuse_address(address)):
            line_seen = text.rfind("\n", 0, found.start())
            message = f"'{address[:60]}' is no address to link to: {reason}"
            yield Fault(*found.span(), Rule.INVALID_LINK, message, "link with https://, or to a page of the atlas")
    for found in _PICTURE.finditer(text):
        if not in_code(found.start()):
            yield Fault(*found.span(), Rule.INVALID_LINK, "a picture stands in a page", "pictures are made from facts")
    for found in _REFERENCE.finditer(text):
        if hidden := UNSAFE.search(html.unescape(found[0])):
            yield Fault(*found.span(), Rule.UNSAFE_TEXT, describe_unsafe(hidden[0]), "delete it")
    for found in _HTML.finditer(text):
        line = text.rfind("\n", 0, found.start())
        # '<![' not even in code: MkDocs hands the whole text to an HTML parser that dies of it.
        if line != line_seen and (not in_code(found.start()) or text.startswith("<![", found.start())):
            line_seen = line
            hint = "write Markdown; put a literal '<' between backquotes"
            yield Fault(*found.span(), Rule.UNSAFE_TEXT, "HTML stands in a page", hint)
