"""The home page: who is what today, the meetings on either side of it, who holds the offices, the doors to all else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.kinds import KINDS
from scoatlas.values import DateRange, PartialDate, sort_key


@dataclass(frozen=True)
class Cohort:
    """The states that have a status since one day, by name, with all that is cited for it."""

    since: PartialDate | None
    ids: tuple[str, ...]
    cite: tuple[Citation, ...]


@dataclass(frozen=True)
class Standing:
    """Who has a status on `as_of`, those of one day together, the longest first."""

    status: str
    plural: str
    count: int
    cohorts: tuple[Cohort, ...]


def standings(atlas: Atlas, day: datetime.date | None = None) -> tuple[Standing, ...]:
    """The statuses that somebody has on a day, by default `as_of`, in the order of atlas.yml."""
    found = []
    day = day or atlas.as_of
    for status, ids in atlas.on(day).items():
        facts = [
            (record, linked)
            for record in sorted((atlas.records[id] for id in ids), key=lambda record: sort_key(record.entity.name.en))
            for linked in record.on("status", day)
            if str(linked.fact.value) == status
        ]
        if facts:
            found.append(Standing(status, atlas.settings.statuses[status].plural, len(facts), _cohorts(facts)))
    return tuple(found)


def _cohorts(facts: list[tuple[Record, LinkedFact]]) -> tuple[Cohort, ...]:
    days: dict[str, list[tuple[Record, LinkedFact]]] = {}
    for record, linked in facts:
        days.setdefault(linked.fact.since.text if linked.fact.since else "", []).append((record, linked))
    return tuple(
        Cohort(
            together[0][1].fact.since,
            tuple(record.id for record, _ in together),
            tuple(dict.fromkeys(citation for _, linked in together for citation in linked.fact.cite)),
        )
        for _, together in sorted(days.items())
    )


@dataclass(frozen=True)
class OfficeView:
    """An office of atlas.yml, with the facts that say who holds it on `as_of`."""

    title: str
    record: Record
    holders: tuple[LinkedFact, ...]


def office_holders(atlas: Atlas) -> tuple[OfficeView, ...]:
    """The offices that atlas.yml names and somebody is known to hold."""
    offices = ((office, atlas.records.get(office.of.id)) for office in atlas.settings.offices)
    views = [
        OfficeView(office.title, record, record.on(office.field, atlas.as_of)) for office, record in offices if record
    ]
    return tuple(view for view in views if view.holders)


def latest_meetings(atlas: Atlas) -> tuple[Record | None, Record | None]:
    """The last meeting of the heads of state held by `as_of`, and the next one expected, or None."""
    councils = [record for record in atlas.of_kind("summits") if str(record.value("council")) == "heads-of-state"]
    dated = [(dates.start.first, record) for record in councils if (dates := _dates(record))]
    past = [pair for pair in dated if pair[0] <= atlas.as_of]
    coming = sorted((record for record in councils if record.entity.expected), key=_by_beginning)
    last = max(past, key=lambda pair: pair[0])[1] if past else None
    return last, coming[0] if coming else None


def _dates(record: Record) -> DateRange | None:
    dates = record.value("dates")
    return dates if isinstance(dates, DateRange) else None


def _by_beginning(record: Record) -> tuple[bool, str, str]:
    dates = _dates(record)
    return (dates is None, dates.start.first.isoformat() if dates else "", record.id)


def doors(atlas: Atlas) -> tuple[tuple[str, str, int, str], ...]:
    """(kind, plural, how many, what they are) of every kind that has entities."""
    counts = {kind: sum(1 for _ in atlas.of_kind(kind)) for kind in KINDS}
    return tuple((kind, KINDS[kind].plural, count, KINDS[kind].about) for kind, count in counts.items() if count)
