"""The forms that prose knows: `[[id|text]]` links, `[@key, p. 4]` cites, `{{ count("member") }}` takes from the facts.

Finds them, with their places, in notes and in Markdown; what looks like one of them and is not becomes a `Fault`.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from scoatlas.citation import Citation, decode_citation
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.model import MAX_SLUG, SLUG
from scoatlas.text import UNSAFE, describe_unsafe
from scoatlas.values import read_fault, refuse_address

FORMS = ("count", "date", "list", "name", "value")


@dataclass(frozen=True)
class Mark:
    """A stretch of text, from its first character to behind its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Mention(Mark):
    """`[[states/iran|Tehran]]`: a link to an entity, or with `#fact` to one of its facts."""

    target: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Cited(Mark):
    """`[@key, p. 4; @other]`: one or more citations."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Expression(Mark):
    """`{{ count("member", on="2018-01-01") }}`: a value to be taken from the facts."""

    form: str
    argument: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fault(Mark):
    """What looks like a form and is none."""

    rule: Rule
    message: str
    hint: str | None = None


# Each form is bounded, so that no text makes an expression slow.
_MARKS = re.compile(r"\[\[([^\[\]]{0,300})\]\]|\[@([^\[\]]{0,300})\]|\{\{([^{}]{0,300})\}\}|\[\[|\[@|\{\{")
_CALL = re.compile(r"\s*([a-z]+)\(\s*(.*?)\s*\)\s*", re.DOTALL)
_ARGUMENT = re.compile(r'(?:([a-z]+)\s*=\s*)?"([^"]*)"\s*(?:,\s*|$)')
# Fenced code, and code between runs of at most eight backquotes. The possessive signs keep long runs from being tried
# in every length.
_CODE = re.compile(
    r"^ {0,3}(```++|~~~++)[^\n]*+\n.*?(?:^ {0,3}\1[^\n]*+$|\Z)|(?<!`)(`{1,8}+)(?!`).*?(?<!`)\2(?!`)",
    re.DOTALL | re.MULTILINE,
)


def find_marks(text: str, *, markdown: bool = False, forms: bool = False) -> Iterator[Mark]:
    """Every form in a text, in order. In Markdown, code is skipped; only with `forms` are expressions taken."""
    in_code = _code_spans(text) if markdown else _nowhere
    unclosed = False
    for found in _MARKS.finditer(text):
        start, end = found.span()
        if in_code(start):
            continue
        if found[1] is not None:
            yield _mention(start, end, found[1])
        elif found[2] is not None:
            yield _cited(start, end, found[2])
        elif found[3] is not None and forms:
            yield _expression(start, end, found[3])
        elif found[3] is not None:
            yield Fault(start, end, Rule.INVALID_VALUE, "a note takes nothing from the facts", "write it into an essay")
        elif not unclosed:  # those that follow are echoes of the first
            unclosed = True
            closing = {"[[": "]]", "[@": "]", "{{": "}}"}[found[0]]
            yield Fault(start, end, Rule.INVALID_LINK, f"'{found[0]}' is not closed", f"close it with '{closing}'")


def replace_marks(text: str, replace: Callable[[Mark], str], *, markdown: bool = False, forms: bool = False) -> str:
    """The text with each form replaced."""
    parts, at = [], 0
    for mark in find_marks(text, markdown=markdown, forms=forms):
        parts += [text[at : mark.start], replace(mark)]
        at = mark.end
    return "".join([*parts, text[at:]])


def plain_words(text: str, name: Callable[[str], str]) -> str:
    """Plain text of a note: links as their words, cites left out; `name` gives the name of an entity."""
    words = replace_marks(text, lambda mark: _words(mark, text, name))
    return re.sub(r"(?<! ) +(?=[.,;:)]|$)", "", words)


def _words(mark: Mark, text: str, name: Callable[[str], str]) -> str:
    if isinstance(mark, Mention):
        return mark.text or name(mark.target)
    return "" if isinstance(mark, Cited) else text[mark.start : mark.end]


def _code_spans(text: str) -> Callable[[int], bool]:
    """Whether a character of a Markdown text stands in code."""
    spans = [found.span() for found in _CODE.finditer(text)]
    starts = [start for start, _ in spans]

    def in_code(offset: int) -> bool:
        before = bisect.bisect_right(starts, offset) - 1
        return before >= 0 and offset < spans[before][1]

    return in_code


def _nowhere(offset: int) -> bool:
    return False


def _mention(start: int, end: int, inside: str) -> Mark:
    target, bar, words = inside.partition("|")
    target, _, anchor = target.strip().partition("#")
    folder, slash, slug = target.partition("/")
    if bar and not words.strip():
        return Fault(start, end, Rule.INVALID_LINK, "this link has no text", "delete the '|', or write text behind it")
    if not slash:
        hint = f"write kind and name, as '[[states/{target}]]'" if SLUG.fullmatch(target) else "as '[[states/iran]]'"
        return Fault(start, end, Rule.INVALID_LINK, f"'{target}' is not a full id", hint)
    if not (SLUG.fullmatch(folder) and SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG):
        return Fault(start, end, Rule.INVALID_LINK, f"'{target}' is no id", "ids are small letters, digits and hyphens")
    return Mention(start, end, target, anchor, " ".join(words.split()))


def _cited(start: int, end: int, inside: str) -> Mark:
    citations = []
    for part in inside.split(";"):
        try:
            citations.append(decode_citation(" ".join(part.split()).removeprefix("@")))
        except PydanticCustomError as error:
            return Fault(start, end, *read_fault(error))
    return Cited(start, end, tuple(citations))


def _expression(start: int, end: int, inside: str) -> Mark:
    example = 'write {{ count("member", on="2018-01-01") }}'
    found = _CALL.fullmatch(inside)
    if not found:
        return Fault(start, end, Rule.INVALID_VALUE, "this takes nothing from the facts", example)
    if found[1] not in FORMS:
        hint = did_you_mean(found[1], FORMS) or f"forms: {', '.join(FORMS)}"
        return Fault(start, end, Rule.INVALID_VALUE, f"there is no form '{found[1]}'", hint)
    positional: list[str] = []
    options: list[tuple[str, str]] = []
    at = 0
    while at < len(found[2]):
        argument = _ARGUMENT.match(found[2], at)
        if not argument:
            return Fault(start, end, Rule.INVALID_VALUE, "the words in brackets cannot be read", example)
        if argument[1]:
            options.append((argument[1], argument[2]))
        else:
            positional.append(argument[2])
        at = argument.end()
    if len(positional) != 1:
        return Fault(start, end, Rule.INVALID_VALUE, f"'{found[1]}' takes one word in quotes", example)
    return Expression(start, end, found[1], positional[0], tuple(options))


# --- what an essay must not hold -------------------------------------------------------------------------------------

_HTML = re.compile(r"<(?:[A-Za-z/!?])(?!ttps?://)")
_PICTURE = re.compile(r"(?<!<)!\[")
_ADDRESS = re.compile(
    r"\]\(\s*<?([^() <>]{1,2000})|^ {0,3}\[[^\]\n]{1,300}\]:\s*<?([^\s<>]{1,2000})|<(https?://[^\s<>]{0,2000})>",
    re.MULTILINE | re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z]{2,32});?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)


# Python-Markdown takes time with the square of the brackets in a paragraph, and a level of recursion for each list that
# begins on the same line.
MAX_BRACKETS = 200
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_MANY_LISTS = re.compile(r"^[ >]*(?:(?:[-*+]|\d{1,9}\.)[ ]+){8}", re.MULTILINE)


def find_title(text: str) -> int | None:
    """Where a heading of the first level stands in a Markdown text, or None."""
    in_code = _code_spans(text)
    titles = (found.start() for found in re.finditer(r"^# ", text, re.MULTILINE))
    return next((start for start in titles if not in_code(start)), None)


def find_page_links(text: str) -> Iterator[tuple[int, str]]:
    """(place, address) of every link to a Markdown file, by its path from the file it stands in, without anchor."""
    in_code = _code_spans(text)
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
    in_code = _code_spans(text)
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
