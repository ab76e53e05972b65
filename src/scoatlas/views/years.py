"""The pages of years and the chronology: what was held on the last day of a year, and all that has a date in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.facts import Figure
from scoatlas.kinds import KINDS
from scoatlas.model import Holding, Ref
from scoatlas.prose import Mention, find_marks
from scoatlas.quantity import Quantity
from scoatlas.values import DateRange, PartialDate, sort_key, span_of
from scoatlas.views.fields import title_of
from scoatlas.views.home import OfficeView

_OF_STATES = ("host", "hosts", "chair", "participants", "signatories", "accessions", "members", "guests")


MAX_YEARS = 100
"""So many have a page of their own: a meeting of the year 1, which a slip can make, would give two thousand."""


@dataclass(frozen=True)
class Entry:
    """Something with a date: the fact that says it, what it is of, and the states that it is about."""

    date: PartialDate
    record: Record
    linked: LinkedFact
    title: str
    states: tuple[str, ...]
    ended: bool = False


@dataclass(frozen=True)
class Year:
    """A year up to its last day, or to the last day searched."""

    year: int
    last: datetime.date
    changes: tuple[Entry, ...]
    offices: tuple[OfficeView, ...]
    groups: tuple[tuple[str, str, tuple[Record, ...]], ...]
    events: tuple[Entry, ...]


def years_of(atlas: Atlas) -> range:
    """The years from the first meeting of which the atlas knows to the last day searched."""
    meetings = (record.value("dates") for record in atlas.of_kind("summits"))
    begins = [dates.start.first.year for dates in meetings if isinstance(dates, DateRange)]
    past = [year for year in begins if atlas.as_of.year - MAX_YEARS < year <= atlas.as_of.year]
    return range(min(past), atlas.as_of.year + 1) if past else range(0)


def year_of(year: int, atlas: Atlas) -> Year:
    """All that a year's page shows."""
    first, last = datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), atlas.as_of)
    groups = tuple(
        (kind, KINDS[kind].plural, records)
        for kind in KINDS
        if (records := tuple(record for _, record in sorted(_dated(kind, first, last, atlas), key=_by_day)))
    )
    shown = {record.id for _, _, records in groups for record in records}
    entries = [entry for entry in entries_of(atlas) if first <= entry.date.first <= last]
    changes = tuple(entry for entry in entries if entry.linked.field == "status" and entry.record.kind == "states")
    events = (entry for entry in entries if entry not in changes and not _is_date_of(entry, shown))
    return Year(year, last, changes, tuple(_offices(first, last, atlas)), groups, tuple(events))


def entries_of(atlas: Atlas) -> tuple[Entry, ...]:
    """Every dated step, beginning and end that is held, up to the last day searched, the earliest first."""
    found = (entry for record, linked in atlas.facts() for entry in _entries(record, linked))
    return tuple(sorted((e for e in found if e.date.first <= atlas.as_of), key=lambda e: (e.date, e.linked.id)))


def by_year(entries: tuple[Entry, ...], atlas: Atlas) -> list[tuple[str, int, tuple[Entry, ...]]]:
    """(heading, year or 0, entries) of the chronology; what was before the first meeting stands together."""
    first = years_of(atlas).start
    groups: dict[int, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(max(entry.date.first.year, first - 1), []).append(entry)
    return [
        (f"Before {first}" if year < first else str(year), year if year >= first else 0, tuple(together))
        for year, together in sorted(groups.items())
    ]


def kinds_of(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """(kind, its plural) of the entities that entries are of."""
    there = {entry.record.kind for entry in entries}
    return [(kind, entity.plural) for kind, entity in KINDS.items() if kind in there]


def states_of(entries: tuple[Entry, ...], atlas: Atlas) -> list[tuple[str, str]]:
    """(id, name) of the states that entries are about, by name."""
    ids = {id for entry in entries for id in entry.states if id in atlas.records}
    return sorted(((id, atlas.records[id].entity.name.en) for id in ids), key=lambda pair: sort_key(pair[1]))


def _entries(record: Record, linked: LinkedFact) -> Iterator[Entry]:
    fact = linked.fact
    if not fact.held or isinstance(fact, Figure) or isinstance(fact.value, Quantity):
        return
    title, states = title_of(record, linked.field), _states(record, linked)
    fields = type(record.entity).fact_fields()
    if isinstance(fact.value, PartialDate | DateRange):
        if not record.entity.expected:
            span = span_of(fact.value)
            assert span
            yield Entry(span[0], record, linked, title, states)
    elif fact.date and linked.field in _STEPS:
        yield Entry(fact.date, record, linked, title, states)
    elif fact.since and (fields.get(linked.field) is Holding.SUCCESSION or linked.field == "members"):
        yield Entry(fact.since, record, linked, title, states)
        if fact.until:
            yield Entry(fact.until, record, linked, title, states, ended=True)


_STEPS = ("events", "agreements", "origin")


def _states(record: Record, linked: LinkedFact) -> tuple[str, ...]:
    """The states that an entry is about: its own, those that the fact names, and of a date all that took part."""
    fact, found = linked.fact, [record.id] if record.kind == "states" else []
    named = [fact.value, *(getattr(fact, name) for name in type(fact).model_fields if name != "value")]
    found += [value.id for value in named if isinstance(value, Ref)]
    if isinstance(fact.value, str):
        found += [mark.target for mark in find_marks(fact.value) if isinstance(mark, Mention)]
    if isinstance(fact.value, PartialDate | DateRange):
        fields = type(record.entity).fact_fields()
        values = (other.fact.value for name in _OF_STATES if name in fields for other in record.held(name))
        found += [value.id for value in values if isinstance(value, Ref)]
    return tuple(dict.fromkeys(id for id in found if id.startswith("states/")))


def _dated(
    kind: str, first: datetime.date, last: datetime.date, atlas: Atlas
) -> Iterator[tuple[datetime.date, Record]]:
    """The entities of a kind that is sorted by date, and whose date lies in a time."""
    name = KINDS[kind].sorted_by
    if name == "name":
        return
    for record in atlas.of_kind(kind):
        span = span_of(record.value(name))
        if span and not record.entity.expected and span[0].first <= last and span[1].last >= first:
            yield span[0].first, record


def _by_day(dated: tuple[datetime.date, Record]) -> tuple[datetime.date, str]:
    return dated[0], dated[1].id


def _is_date_of(entry: Entry, shown: set[str]) -> bool:
    return entry.record.id in shown and entry.linked.field == type(entry.record.entity).sorted_by


def _offices(first: datetime.date, last: datetime.date, atlas: Atlas) -> Iterator[OfficeView]:
    for office in atlas.settings.offices:
        record = atlas.records.get(office.of.id)
        facts = record.held(office.field) if record else ()
        within = tuple(
            linked
            for linked in facts
            if linked.fact.since
            and linked.fact.since.first <= last
            and (linked.until is None or linked.until.first > first)
        )
        if record and within:
            yield OfficeView(office.title, record, within)
