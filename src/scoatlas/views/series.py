"""The parts of a series of exercises, with what their own pages tell of each, and the trend of their numbers."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.facts import Participant
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange


@dataclass(frozen=True)
class Part:
    """A part of a series: the fact that names it, its dates, hosts, how many states took part, and with how many."""

    linked: LinkedFact
    dates: LinkedFact | None
    hosts: tuple[LinkedFact, ...]
    states: int
    personnel: LinkedFact | None


@dataclass(frozen=True)
class Trend:
    """What the parts of which the personnel is known amount to; `earlier` and `later` are medians of the halves."""

    known: int
    parts: int
    largest: Part
    smallest: Part
    earlier: int
    later: int
    unit: str


@dataclass(frozen=True)
class Series:
    parts: tuple[Part, ...]
    trend: Trend | None


MIN_FOR_TREND = 4
"""With fewer numbers than these a median of halves would be one number."""


def series_of(record: Record, atlas: Atlas) -> Series | None:
    """The parts of a series, the earliest first; None for what has no parts."""
    if "parts" not in type(record.entity).fact_fields():
        return None
    parts = tuple(_part(linked, atlas) for linked in record.facts if linked.field == "parts")
    return Series(parts, _trend(parts)) if parts else None


def span_of_parts(record: Record, atlas: Atlas) -> tuple[int, int, int] | None:
    """(number of parts that are held, first year, last year) of a series; None where no part has a date."""
    series = series_of(record, atlas)
    parts = [part for part in series.parts if part.linked.fact.held] if series else []
    years = [dates.start.first.year for part in parts if isinstance(dates := _value(part.dates), DateRange)]
    return (len(parts), min(years), max(years)) if years else None


def _part(linked: LinkedFact, atlas: Atlas) -> Part:
    part = atlas.records.get(linked.fact.value.id)
    if part is None or part.kind != "exercises":
        return Part(linked, None, (), 0, None)
    taking_part = {
        fact.value.id
        for other in part.held("participants")
        if isinstance(fact := other.fact, Participant) and fact.role is None
    }
    return Part(linked, _first(part, "dates"), part.held("hosts"), len(taking_part), _first(part, "personnel"))


def _first(record: Record, field: str) -> LinkedFact | None:
    return next(iter(record.held(field)), None)


def _value(linked: LinkedFact | None) -> object:
    return linked.fact.value if linked else None


def _trend(parts: Iterable[Part]) -> Trend | None:
    """The trend over the parts that are held, in one unit; None where too few numbers are known."""
    held = [part for part in parts if part.linked.fact.held]
    numbers = [(part, value) for part in held if isinstance(value := _value(part.personnel), Quantity)]
    if len(numbers) < MIN_FOR_TREND or len({value.unit for _, value in numbers}) > 1:
        return None
    sizes = [_size(value) for _, value in numbers]
    half = len(sizes) // 2
    by_size = sorted(numbers, key=lambda pair: _size(pair[1]))
    return Trend(
        known=len(numbers),
        parts=len(held),
        largest=by_size[-1][0],
        smallest=by_size[0][0],
        earlier=round(statistics.median(sizes[:half])),
        later=round(statistics.median(sizes[-half:])),
        unit=numbers[0][1].unit,
    )


def _size(value: Quantity) -> float:
    """A quantity as one number: a limit as itself, a range as its middle."""
    return value.amount if value.upper is None else (value.amount + value.upper) / 2
