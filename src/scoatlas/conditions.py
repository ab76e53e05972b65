"""The language of checks: what the facts must say for a claim to be true. Read here, answered in `answers`.

    count("member", on="2017-06-09") is 8 and since("states/india", "member") is 2017

A check is one condition, or several joined by `and`: a question, an operator, one or more answers. Nothing else can be
written in it, so that it is no code. `QUESTIONS` and `OPERATORS` are the whole of it; the manual page of the rule
`stale-verdict` explains each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from scoatlas.calls import read_arguments
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.forms import MAX_LINE, Decoder, Form
from scoatlas.values import as_line, fault


@dataclass(frozen=True)
class Question:
    """What a question is asked of, word by word, and the options it takes; `fields`: any field of the kind besides."""

    words: tuple[str, ...]
    options: frozenset[str] = frozenset()
    fields: bool = False


_ON = frozenset({"on"})
QUESTIONS = {
    "count": Question(("a status",), _ON),
    "status": Question(("a state",), _ON),
    "since": Question(("a state", "a status")),
    "latest": Question(("a status",), _ON),
    "value": Question(("an entity", "a field"), _ON),
    "fact": Question(("the id of a fact",)),
    "number": Question(("a kind",), frozenset({"year"}), fields=True),
    "years": Question(("a kind",), fields=True),
}
OPERATORS = ("is not", "is", "has no", "has", "before", "after", "at least", "at most")

_EXAMPLE = 'write count("member", on="2017-06-09") is 8'
_ANSWER = r'"[^"]*"|[0-9][0-9.~?%/-]*'
_CONDITION = re.compile(
    rf"""\s*([a-z]+)\(((?:[^()"]|"[^"]*")*)\)\s+({"|".join(OPERATORS)})\s+((?:{_ANSWER})(?:\s*,\s*(?:{_ANSWER}))*|none)\s*"""
)


@dataclass(frozen=True)
class Condition:
    """A question, an operator, and the answers as they are written, without quotes; no answers: `none`."""

    question: str
    words: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    operator: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Conditions that must all hold."""

    text: str
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return self.text


def decode_check(value: Any) -> Check:
    """A check from its text; raises `invalid-value` at the place where it cannot be read."""
    if isinstance(value, Check):
        return value
    text = as_line(value)
    return Check(text, tuple(_conditions(text)))


def _conditions(text: str) -> Iterator[Condition]:
    at = 0
    while True:
        found = _CONDITION.match(text, at)
        if not found:
            raise fault(Rule.INVALID_VALUE, "here no condition can be read", _EXAMPLE, offset=_behind_blanks(text, at))
        yield _condition(found)
        at = found.end()
        if at == len(text):
            return
        if not text.startswith("and ", at):
            raise fault(Rule.INVALID_VALUE, "behind a condition stands `and`, or nothing", _EXAMPLE, offset=at)
        at += len("and ")


def _condition(found: re.Match[str]) -> Condition:
    name, arguments = found[1], read_arguments(found[2].strip())
    if name not in QUESTIONS:
        hint = did_you_mean(name, QUESTIONS) or f"questions: {', '.join(QUESTIONS)}"
        raise fault(Rule.INVALID_VALUE, f"there is no question '{name}'", hint, offset=found.start(1))
    if arguments is None:
        raise fault(Rule.INVALID_VALUE, "the words in brackets cannot be read", _EXAMPLE, offset=found.start(2))
    words, options = arguments
    question = QUESTIONS[name]
    if len(words) != len(question.words):
        wanted = f"'{name}' asks for {' and '.join(question.words)}, in quotes"
        raise fault(Rule.INVALID_VALUE, wanted, _EXAMPLE, offset=found.start(2))
    for option, _ in options if not question.fields else ():
        if option not in question.options:
            known = f"options: {', '.join(sorted(question.options))}" if question.options else "it takes none"
            raise fault(Rule.INVALID_VALUE, f"'{name}' has no option '{option}'", known, offset=found.start(2))
    answers = () if found[4] == "none" else tuple(answer.strip('"') for answer in re.findall(_ANSWER, found[4]))
    return Condition(name, words, options, found[3], answers)


def _behind_blanks(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


CHECK = Form("a check", 'count("member", on="2017-06-09") is 8', r'^[^<>\n]*\(\s*"', limit=MAX_LINE)
Checked = Annotated[Check, Decoder(decode_check, form=CHECK)]
"""A check of a claim against the facts."""
