"""The values that prose takes from the facts: counts, lists, names, dates, so that it cannot fall behind them."""

from __future__ import annotations

import datetime

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.model import Ref, Term
from scoatlas.prose import Expression, plain_words
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange, Names, PartialDate, decode_day, fault, sort_key

_OPTIONS = {"count": {"on"}, "list": {"on"}, "name": {"lang"}, "value": set[str](), "date": set[str]()}


class Unanswerable(Exception):
    """The entity asked for is there and could not be read: what is wrong with it is said at its own place."""


def evaluate(expression: Expression, atlas: Atlas) -> str:
    """The text that stands for an expression; raises a pydantic error with rule, message and hint where none does."""
    options = dict(expression.options)
    if unknown := sorted(set(options) - _OPTIONS[expression.form]):
        raise fault(Rule.INVALID_VALUE, f"'{expression.form}' has no '{unknown[0]}'")
    if expression.form in ("count", "list"):
        return _of_status(expression.form, expression.argument, options.get("on"), atlas)
    if expression.form == "name":
        return _name(_record(expression.argument, atlas), options.get("lang", "en"))
    return _of_fact(expression.form, _fact(expression.argument, atlas), atlas)


def show(value: object, atlas: Atlas) -> str:
    """A fact's value as running text."""
    if isinstance(value, Ref):
        return name_of(value.id, atlas)
    if isinstance(value, Term):
        status = atlas.settings.statuses.get(value.code)
        return value.label or (status.label if status else value.code)
    if isinstance(value, DateRange | PartialDate | Quantity):
        return value.in_words
    if isinstance(value, str):
        return plain_words(value, lambda id: name_of(id, atlas))
    return value.en if isinstance(value, Names) else str(value)


def name_of(id: str, atlas: Atlas) -> str:
    """The English name of an entity, its id where it cannot be read."""
    return atlas.records[id].entity.name.en if id in atlas.records else id


def join_words(words: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _of_status(form: str, status: str, on: str | None, atlas: Atlas) -> str:
    statuses = atlas.settings.statuses
    if status not in statuses:
        hint = did_you_mean(status, statuses) or f"statuses: {', '.join(statuses)}"
        raise fault(Rule.INVALID_VALUE, f"there is no status '{status}'", hint)
    ids = atlas.on(_day(on, atlas))[status]
    if form == "count":
        return str(len(ids))
    return join_words(sorted((name_of(id, atlas) for id in ids), key=sort_key)) or "none"


def _day(text: str | None, atlas: Atlas) -> datetime.date:
    if text is None:
        return atlas.as_of
    day = decode_day(text).first
    if day > atlas.as_of:
        raise fault(
            Rule.FUTURE_FACT,
            f"{day} is after {atlas.as_of}, up to which evidence was searched",
            "ask for an earlier day",
        )
    return day


def _record(id: str, atlas: Atlas) -> Record:
    if id not in atlas.records:
        if id in atlas.known:
            raise Unanswerable(id)
        raise fault(Rule.UNKNOWN_ENTITY, f"there is no '{id}'", did_you_mean(id, atlas.records))
    return atlas.records[id]


def _name(record: Record, language: str) -> str:
    name = dict(record.entity.name.in_order()).get(language)
    if name is None:
        raise fault(Rule.INVALID_VALUE, f"'{record.id}' has no name in '{language}'", "languages: en, ru, zh")
    return name


def _fact(id: str, atlas: Atlas) -> LinkedFact:
    record = _record(id.partition("#")[0], atlas)
    facts = {fact.id: fact for fact in record.facts}
    if id not in facts:
        raise fault(Rule.UNKNOWN_ENTITY, f"there is no fact '{id}'", did_you_mean(id, facts))
    return facts[id]


def _of_fact(form: str, linked: LinkedFact, atlas: Atlas) -> str:
    if form == "value":
        return show(linked.fact.value, atlas)
    value = linked.fact.value
    date = value if isinstance(value, DateRange | PartialDate) else linked.fact.since or linked.fact.date
    if date is None:
        raise fault(Rule.INVALID_VALUE, f"the fact '{linked.id}' has no date")
    return date.in_words
