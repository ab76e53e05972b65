"""The forms that prose knows: `[[id|text]]` links, `[@key, p. 4]` cites, `{{ count("member") }}` takes from the facts.

Finds them, with their places, in notes and in Markdown; what looks like one of them and is not becomes a `Fault`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from scoatlas.calls import read_arguments
from scoatlas.citation import Citation, decode_citation
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.essays import Fault, Mark, code_spans
from scoatlas.model import MAX_SLUG, SLUG
from scoatlas.values import read_fault

FORMS = ("count", "date", "list", "name", "value")


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


# Each form is bounded, so that no text makes an expression slow.
_MARKS = re.compile(r"\[\[([^\[\]]{0,300})\]\]|\[@([^\[\]]{0,300})\]|\{\{([^{}]{0,300})\}\}|\[\[|\[@|\{\{")
_CALL = re.compile(r"\s*([a-z]+)\(\s*(.*?)\s*\)\s*", re.DOTALL)


def find_marks(text: str, *, markdown: bool = False, forms: bool = False) -> Iterator[Mark]:
    """Every form in a text, in order. In Markdown, code is skipped; only with `forms` are expressions taken."""
    in_code = code_spans(text) if markdown else _nowhere
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
    arguments = read_arguments(found[2])
    if arguments is None:
        return Fault(start, end, Rule.INVALID_VALUE, "the words in brackets cannot be read", example)
    words, options = arguments
    if len(words) != 1:
        return Fault(start, end, Rule.INVALID_VALUE, f"'{found[1]}' takes one word in quotes", example)
    return Expression(start, end, found[1], words[0], options)
