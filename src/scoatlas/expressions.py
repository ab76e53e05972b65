"""The values that prose takes from the facts: counts, lists, names, dates, so that it cannot fall behind them."""

from __future__ import annotations

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.diagnostics import Rule
from scoatlas.lookup import find_day, find_fact, find_record, find_status
from scoatlas.model import Ref, Term
from scoatlas.prose import Expression, plain_words
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange, Names, PartialDate, fault, sort_key

_OPTIONS = {"count": {"on"}, "list": {"on"}, "name": {"lang"}, "value": set[str](), "date": set[str]()}


def evaluate(expression: Expression, atlas: Atlas) -> str:
    """The text that stands for an expression; raises a pydantic error with rule, message and hint where none does."""
    options = dict(expression.options)
    if unknown := sorted(set(options) - _OPTIONS[expression.form]):
        raise fault(Rule.INVALID_VALUE, f"'{expression.form}' has no '{unknown[0]}'")
    if expression.form in ("count", "list"):
        return _of_status(expression.form, expression.argument, options.get("on"), atlas)
    if expression.form == "name":
        return _name(find_record(expression.argument, atlas), options.get("lang", "en"))
    return _of_fact(expression.form, find_fact(expression.argument, atlas), atlas)


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
    ids = atlas.on(find_day(on, atlas))[find_status(status, atlas)]
    if form == "count":
        return str(len(ids))
    return join_words(sorted((name_of(id, atlas) for id in ids), key=sort_key)) or "none"


def _name(record: Record, language: str) -> str:
    name = dict(record.entity.name.in_order()).get(language)
    if name is None:
        raise fault(Rule.INVALID_VALUE, f"'{record.id}' has no name in '{language}'", "languages: en, ru, zh")
    return name


def _of_fact(form: str, linked: LinkedFact, atlas: Atlas) -> str:
    if form == "value":
        return show(linked.fact.value, atlas)
    value = linked.fact.value
    date = value if isinstance(value, DateRange | PartialDate) else linked.fact.since or linked.fact.date
    if date is None:
        raise fault(Rule.INVALID_VALUE, f"the fact '{linked.id}' has no date")
    return date.in_words
