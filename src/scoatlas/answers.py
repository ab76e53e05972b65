"""What the facts answer to a check: each question finds values, and an operator compares them with what is written."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.conditions import Check, Condition
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.kinds import KINDS
from scoatlas.lookup import find_day, find_fact, find_record, find_status
from scoatlas.model import Ref, Term
from scoatlas.prose import plain_words
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange, Names, PartialDate, decode_date, decode_dates, fault


def holds(check: Check, atlas: Atlas) -> bool:
    """Whether all conditions of a check hold; raises a pydantic error where one cannot be put to the facts."""
    return all([_holds(condition, atlas) for condition in check.conditions])


def answer_in_words(check: Check, atlas: Atlas) -> str:
    """What the facts answer to the questions of a check: `8; 2017-06-09`."""
    answers = (sorted(map(_written, _QUESTIONS[one.question](one, atlas))) for one in check.conditions)
    return "; ".join(", ".join(found) or "none" for found in answers)


Value = int | float | str | PartialDate | DateRange | Quantity


def _holds(condition: Condition, atlas: Atlas) -> bool:
    found = _QUESTIONS[condition.question](condition, atlas)
    written = [part for answer in condition.answers for part in _years_between(answer, condition)]
    if condition.operator in ("before", "after", "at least", "at most"):
        return bool(found) and all(_COMPARE[condition.operator](value, _one(condition)) for value in found)
    met = [any(_is(value, answer) for value in found) for answer in written]
    if condition.operator == "has":
        return bool(met) and all(met)
    if condition.operator == "has no":
        return not any(met)
    all_met = all(met) and all(any(_is(value, answer) for answer in written) for value in found)
    return all_met if condition.operator == "is" else not all_met


def _one(condition: Condition) -> str:
    if len(condition.answers) != 1:
        raise fault(Rule.INVALID_VALUE, f"'{condition.operator}' is followed by one answer", None)
    return condition.answers[0]


def _years_between(answer: str, condition: Condition) -> list[str]:
    """Of `years`, `2001/2025` stands for each year from the first to the last; all else stands for itself."""
    if condition.question != "years" or "/" not in answer:
        return [answer]
    span = decode_dates(answer)
    return [str(year) for year in range(span.start.first.year, span.end.last.year + 1)]


# --- comparing -------------------------------------------------------------------------------------------------------


def _is(value: Value, answer: str) -> bool:
    """Whether a value is what is written: a number, a date that lies within it, or the same words."""
    if isinstance(value, int | float):
        return value == _number(answer)
    if isinstance(value, PartialDate | DateRange):
        span = decode_dates(answer)
        first, last = _ends(value)
        return span.start.first <= first and last <= span.end.last
    if isinstance(value, Quantity):
        return value.bound is None and value.amount <= _number(answer) <= (value.upper or value.amount)
    return value == answer


def _before(value: Value, answer: str) -> bool:
    return _ends(_dated(value))[1] < decode_date(answer).first


def _after(value: Value, answer: str) -> bool:
    return _ends(_dated(value))[0] > decode_date(answer).last


def _at_least(value: Value, answer: str) -> bool:
    return _numbered(value)[0] >= _number(answer)


def _at_most(value: Value, answer: str) -> bool:
    return _numbered(value)[1] <= _number(answer)


_COMPARE: dict[str, Callable[[Value, str], bool]] = {
    "before": _before,
    "after": _after,
    "at least": _at_least,
    "at most": _at_most,
}


def _ends(value: PartialDate | DateRange) -> tuple[datetime.date, datetime.date]:
    return (value.start.first, value.end.last) if isinstance(value, DateRange) else (value.first, value.last)


def _dated(value: Value) -> PartialDate | DateRange:
    if not isinstance(value, PartialDate | DateRange):
        raise fault(Rule.INVALID_VALUE, f"'{_written(value)}' is no date, to be before or after another", None)
    return value


def _numbered(value: Value) -> tuple[float, float]:
    """The least and the most that a number can be."""
    if isinstance(value, Quantity):
        most = value.upper or value.amount
        low = 0 if value.bound == "less than" else value.amount
        return (low, float("inf") if value.bound == "more than" else most)
    if not isinstance(value, int | float):
        raise fault(Rule.INVALID_VALUE, f"'{_written(value)}' is no number, to be more or less than another", None)
    return (value, value)


def _number(answer: str) -> float:
    try:
        return float(answer)
    except ValueError:
        raise fault(Rule.INVALID_VALUE, f"'{answer}' is no number", "write digits: 8") from None


def _written(value: Value) -> str:
    return value.in_words if isinstance(value, Quantity) else str(value)


# --- asking ----------------------------------------------------------------------------------------------------------

Values = list[Value]


def _count(condition: Condition, atlas: Atlas) -> Values:
    return [len(atlas.on(_day(condition, atlas))[find_status(condition.words[0], atlas)])]


def _status(condition: Condition, atlas: Atlas) -> Values:
    return [str(linked.fact.value) for linked in _state(condition, atlas).on("status", _day(condition, atlas))]


def _since(condition: Condition, atlas: Atlas) -> Values:
    word = find_status(condition.words[1], atlas)
    facts = _state(condition, atlas).held("status")
    begins = [linked.fact.since for linked in facts if str(linked.fact.value) == word and linked.fact.since]
    return [min(begins)] if begins else []


def _latest(condition: Condition, atlas: Atlas) -> Values:
    word, day = find_status(condition.words[0], atlas), _day(condition, atlas)
    begins: dict[datetime.date, Values] = {}
    for id in atlas.on(day)[word]:
        for linked in atlas.records[id].on("status", day):
            if linked.fact.since:
                begins.setdefault(linked.fact.since.first, []).append(id)
    return begins[max(begins)] if begins else []


def _value(condition: Condition, atlas: Atlas) -> Values:
    record = find_record(condition.words[0], atlas)
    name = _field(condition.words[1], record.kind)
    facts = record.held(name)
    if "on" in dict(condition.options):
        facts = record.on(name, _day(condition, atlas))
    return [value for linked in facts for value in _values(linked, atlas)]


def _fact(condition: Condition, atlas: Atlas) -> Values:
    linked = find_fact(condition.words[0], atlas)
    return _values(linked, atlas) if linked.fact.held else []


def _number_of(condition: Condition, atlas: Atlas) -> Values:
    year = dict(condition.options).get("year")
    return [len([one for one in _chosen(condition, atlas) if year is None or _number(year) in _years_of(one)])]


def _years(condition: Condition, atlas: Atlas) -> Values:
    years = {year for record in _chosen(condition, atlas) for year in _years_of(record)}
    return [decode_date(str(year)) for year in sorted(years)]


_QUESTIONS: dict[str, Callable[[Condition, Atlas], Values]] = {
    "count": _count,
    "status": _status,
    "since": _since,
    "latest": _latest,
    "value": _value,
    "fact": _fact,
    "number": _number_of,
    "years": _years,
}


def _chosen(condition: Condition, atlas: Atlas) -> list[Record]:
    """The entities of a kind, but what is only expected, whose fields hold what the options say."""
    kind = condition.words[0]
    if kind not in KINDS:
        raise fault(Rule.UNKNOWN_KIND, f"there is no kind '{kind}'", did_you_mean(kind, KINDS))
    wanted = {_field(name, kind): value for name, value in condition.options if name != "year"}
    return [
        record
        for record in atlas.of_kind(kind)
        if not record.entity.expected
        and all(
            any(_is(value, answer) for linked in record.held(name) for value in _values(linked, atlas))
            for name, answer in wanted.items()
        )
    ]


def _years_of(record: Record) -> set[int]:
    """The years in which something was: those of its `dates`."""
    facts = record.held("dates") if "dates" in type(record.entity).fact_fields() else ()
    spans = (linked.fact.value for linked in facts if isinstance(linked.fact.value, DateRange))
    return {year for span in spans for year in range(span.start.first.year, span.end.last.year + 1)}


def _values(linked: LinkedFact, atlas: Atlas) -> Values:
    value = linked.fact.value
    if isinstance(value, Ref | Term):
        return [str(value)]
    if isinstance(value, Names):
        return [value.en]
    if isinstance(value, str):
        return [plain_words(value, lambda id: atlas.records[id].entity.name.en if id in atlas.records else id)]
    return [value if isinstance(value, int | float | PartialDate | DateRange | Quantity) else str(value)]


def _state(condition: Condition, atlas: Atlas) -> Record:
    record = find_record(condition.words[0], atlas)
    if record.kind != "states":
        raise fault(Rule.WRONG_KIND, f"'{record.id}' is no state, and has no status", None)
    return record


def _field(name: str, kind: str) -> str:
    fields = KINDS[kind].fact_fields()
    if name not in fields:
        hint = did_you_mean(name, fields) or f"fields: {', '.join(fields)}"
        raise fault(Rule.UNKNOWN_FIELD, f"{kind} have no field '{name}'", hint)
    return name


def _day(condition: Condition, atlas: Atlas) -> datetime.date:
    return find_day(dict(condition.options).get("on"), atlas)
