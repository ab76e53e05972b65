"""The finished graph: entities, their facts with ids and ends, what links to what, what cites what. Read-only."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scoatlas.citation import Citation
from scoatlas.claims import Claim, claims_of
from scoatlas.diagnostics import Location
from scoatlas.document import Document
from scoatlas.facts import Membership
from scoatlas.model import Entity, Fact, Holding
from scoatlas.places import DataPath, Lines
from scoatlas.settings import Settings
from scoatlas.source import Source
from scoatlas.values import DateRange, PartialDate, sort_key


@dataclass(frozen=True)
class Text:
    """A Markdown file: an essay beside its facts, or a page of its own. `path` is its name in diagnostics."""

    path: str
    text: str
    title: str = ""

    def locate(self, offset: int) -> Location:
        return Location(self.path, *self._lines.place(offset))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)


@dataclass(frozen=True)
class LinkedFact:
    """A fact in its place: full id, the field it stands in, and until when it is true (exclusive; None: still)."""

    id: str
    field: str
    path: DataPath
    fact: Fact[Any]
    until: PartialDate | None

    @property
    def anchor(self) -> str:
        return self.id.partition("#")[2]

    @property
    def only_attested(self) -> bool:
        """Whether nothing is known of its time but some days on which a source shows it."""
        return self.fact.since is None and self.fact.until is None and bool(self.fact.attested)

    def true_on(self, day: datetime.date) -> bool:
        """Whether it is held, and `day` lies between since (included) and until (excluded), unknown ends being open.

        What is only attested is true on those days: what was between them nobody has said.
        """
        fact = self.fact
        if self.only_attested:
            return fact.held and any(shown.first <= day <= shown.last for shown in fact.attested)
        return (
            fact.held
            and (fact.since is None or fact.since.first <= day)
            and (self.until is None or day < self.until.first)
        )


@dataclass(frozen=True)
class Link:
    """A reference from a field, an essay or a page to an entity; `taken` if an expression takes a value from it."""

    field: str
    to: str
    location: Location
    kinds: tuple[str, ...] = ()
    inverse: str = ""
    anchor: str = ""
    taken: bool = False


@dataclass(frozen=True)
class Backlink:
    """Who links here: an entity or a page, from which field, and what that makes it to the reader."""

    source: str
    field: str
    inverse: str


@dataclass(frozen=True)
class SourceUse:
    """One citation of a source: by which fact, essay or page, and where it is written."""

    citation: Citation
    by: str
    location: Location


@dataclass(frozen=True)
class Record:
    """An entity with all that hangs on it."""

    id: str
    kind: str
    entity: Entity
    document: Document
    essay: Text | None = None
    facts: tuple[LinkedFact, ...] = ()
    links: tuple[Link, ...] = ()
    uses: tuple[SourceUse, ...] = ()
    backlinks: tuple[Backlink, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that it judges, if it is a review."""
        return claims_of(self.entity)

    @property
    def anchors(self) -> tuple[str, ...]:
        """What may follow its id behind `#`: its facts and claims."""
        return (*(fact.anchor for fact in self.facts), *(claim.anchor for claim in self.claims))

    def held(self, field_name: str) -> tuple[LinkedFact, ...]:
        """What we hold of a field: of one value the preferred, if there is one, else all that are not deprecated."""
        facts = tuple(fact for fact in self.facts if fact.field == field_name and fact.fact.held)
        if type(self.entity).fact_fields()[field_name] is Holding.ONE:
            return tuple(fact for fact in facts if fact.fact.rank.code == "preferred") or facts
        return facts

    def value(self, field_name: str) -> Any:
        """The first held value of a field, or None."""
        return next((fact.fact.value for fact in self.held(field_name)), None)

    def on(self, field_name: str, day: datetime.date) -> tuple[LinkedFact, ...]:
        """What we hold of a field to be true on a day: one at most of a succession."""
        return tuple(fact for fact in self.held(field_name) if fact.true_on(day))


@dataclass(frozen=True)
class Page:
    """A page of prose, `index` or `about/…`."""

    id: str
    text: Text
    links: tuple[Link, ...] = ()
    uses: tuple[SourceUse, ...] = ()


@dataclass(frozen=True)
class Atlas:
    """Everything that was read; `known` and `known_sources` hold the ids and keys of what is broken too.

    `whole` is false while some file could not be read: then nobody knows what it would have cited or linked.
    """

    settings: Settings
    records: Mapping[str, Record]
    pages: Mapping[str, Page]
    sources: Mapping[str, Source]
    known: frozenset[str] = frozenset()
    known_sources: frozenset[str] | None = frozenset()
    whole: bool = True
    settings_links: tuple[Link, ...] = ()
    uses: Mapping[str, tuple[SourceUse, ...]] = field(default_factory=dict)

    @property
    def as_of(self) -> datetime.date:
        return self.settings.as_of.first

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The entities of a kind, by name."""
        records = (record for record in self.records.values() if record.kind == kind)
        return iter(sorted(records, key=lambda record: (sort_key(record.entity.name.en), record.id)))

    def facts(self) -> Iterator[tuple[Record, LinkedFact]]:
        return ((record, fact) for record in self.records.values() for fact in record.facts)

    def on(self, day: datetime.date) -> dict[str, list[str]]:
        """Status to sorted ids of the states that had it on a day; every status of atlas.yml is there."""
        found: dict[str, list[str]] = {status: [] for status in self.settings.statuses}
        for record in self.of_kind("states"):
            for fact in record.held("status"):
                if fact.true_on(day) and (status := str(fact.fact.value)) in found:
                    found[status].append(record.id)
        return {status: sorted(ids) for status, ids in found.items()}

    def in_common(self, id: str, day: datetime.date) -> list[str]:
        """Sorted ids of the states that on a day were members of the SCO and full members of another body."""
        ours = set(self.on(day).get("member", ()))
        return sorted(_full_members(self.records[id], day) & ours)

    def common_periods(self, id: str) -> list[tuple[datetime.date, datetime.date | None, list[str]]]:
        """(first day, first day after or None, ids) of each time in which the members in common were the same."""
        ours = [fact for record in self.of_kind("states") for fact in record.held("status")]
        theirs = _held_members(self.records[id])
        ends = {date.first for fact in (*ours, *theirs) for date in (fact.fact.since, fact.until) if date}
        attested = {shown for fact in theirs if fact.only_attested for shown in fact.fact.attested}
        ends |= {shown.first for shown in attested}
        ends |= {shown.last + datetime.timedelta(1) for shown in attested if shown.last < self.as_of}
        found: list[tuple[datetime.date, datetime.date | None, list[str]]] = []
        for day in sorted(day for day in ends if day <= self.as_of):
            ids = self.in_common(id, day)
            if found and found[-1][2] != ids:
                found[-1] = (found[-1][0], day, found[-1][2])
            if not found or found[-1][2] != ids:
                found.append((day, None, ids))
        return [period for period in found if period[2]]

    def founded(self) -> datetime.date | None:
        """The last day of the founding meeting, or None while that cannot be read."""
        record = self.records.get(self.settings.founding.id)
        dates = record.value("dates") if record and record.kind == "summits" else None
        return dates.end.first if isinstance(dates, DateRange) else None


def _held_members(record: Record) -> tuple[LinkedFact, ...]:
    return record.held("members") if "members" in type(record.entity).fact_fields() else ()


def _full_members(record: Record, day: datetime.date) -> set[str]:
    """Ids of the full members of a body on a day."""
    facts = (linked for linked in _held_members(record) if linked.true_on(day))
    return {fact.value.id for linked in facts if isinstance(fact := linked.fact, Membership) and fact.role is None}
