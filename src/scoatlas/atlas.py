"""The finished graph: entities, their facts with ids and ends, what links to what, what cites what. Read-only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from scoatlas.citation import Citation
from scoatlas.diagnostics import Location
from scoatlas.document import Document
from scoatlas.model import Entity, Fact, Holding, Ref, walk
from scoatlas.places import DataPath, Lines
from scoatlas.prose import Cited, Expression, Mark, Mention, find_marks, plain_words
from scoatlas.settings import Settings
from scoatlas.source import Source
from scoatlas.values import DateRange, Names, PartialDate, slugify, sort_key


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

    def true_on(self, day: datetime.date) -> bool:
        """Whether it is held, and `day` lies between since (included) and until (excluded), unknown ends being open."""
        fact = self.fact
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

    def founded(self) -> datetime.date | None:
        """The last day of the founding meeting, or None while that cannot be read."""
        record = self.records.get(self.settings.founding.id)
        dates = record.value("dates") if record and record.kind == "summits" else None
        return dates.end.first if isinstance(dates, DateRange) else None


# --- linking ---------------------------------------------------------------------------------------------------------


def link_record(id: str, entity: Entity, document: Document, essay: Text | None) -> Record:
    """The record of an entity, without backlinks: facts with ids and ends, links, uses of sources."""
    kind = id.partition("/")[0]
    facts = tuple(_linked_facts(id, entity, document))
    links, uses = [], []
    for path, value in walk(entity):
        field_name = str(path[0])
        by = next((fact.id for fact in facts if fact.path == path[:2]), id)
        if isinstance(value, Ref):
            links.append(Link(field_name, value.id, document.locate(path), value.kinds, value.inverse))
        elif isinstance(value, Citation):
            uses.append(SourceUse(value, by, document.locate(path)))
        elif isinstance(value, str):
            for mark in find_marks(value):
                location = document.locate(path, offset=mark.start)
                _note(mark, field_name, by, location, links, uses)
    if essay:
        for mark in find_marks(essay.text, markdown=True, forms=True):
            _note(mark, "essay", id, essay.locate(mark.start), links, uses)
    return Record(id, kind, entity, document, essay, facts, tuple(links), tuple(uses))


def link_page(id: str, text: Text) -> Page:
    """The page of a prose file, with its links and uses of sources."""
    links: list[Link] = []
    uses: list[SourceUse] = []
    for mark in find_marks(text.text, markdown=True, forms=True):
        _note(mark, "text", id, text.locate(mark.start), links, uses)
    return Page(id, text, tuple(links), tuple(uses))


def link_atlas(
    settings: Settings,
    records: Iterable[Record],
    pages: Iterable[Page],
    sources: Mapping[str, Source],
    *,
    known: frozenset[str],
    known_sources: frozenset[str] | None,
    whole: bool,
    settings_document: Document,
) -> Atlas:
    """The finished atlas: every link turned round into a backlink, every citation entered with its source."""
    made = {record.id: record for record in records}
    written = {page.id: page for page in pages}
    backlinks: dict[str, dict[Backlink, None]] = {}
    uses: dict[str, list[SourceUse]] = {}
    holders: list[Record | Page] = [*made.values(), *written.values()]
    for holder in holders:
        for link in holder.links:
            if link.to != holder.id:
                backlinks.setdefault(link.to, {})[Backlink(holder.id, link.field, link.inverse)] = None
        for use in holder.uses:
            uses.setdefault(use.citation.source, []).append(use)
    finished = {id: replace(record, backlinks=tuple(backlinks.get(id, ()))) for id, record in made.items()}
    tied = {key: tuple(found) for key, found in uses.items()}
    founding = settings.founding
    place = settings_document.locate(("founding",))
    own_links = (Link("founding", founding.id, place, founding.kinds, founding.inverse),)
    return Atlas(settings, finished, written, sources, known, known_sources, whole, own_links, tied)


def _note(mark: Mark, field_name: str, by: str, location: Location, links: list[Link], uses: list[SourceUse]) -> None:
    if isinstance(mark, Mention):
        links.append(Link(field_name, mark.target, location, anchor=mark.anchor))
    elif isinstance(mark, Expression) and "/" in mark.argument:
        target, _, anchor = mark.argument.partition("#")
        links.append(Link(field_name, target, location, anchor=anchor, taken=True))
    elif isinstance(mark, Cited):
        uses.extend(SourceUse(citation, by, location) for citation in mark.citations)


def _linked_facts(id: str, entity: Entity, document: Document) -> Iterator[LinkedFact]:
    ends = {
        name: _ends(getattr(entity, name)) for name, how in entity.fact_fields().items() if how is Holding.SUCCESSION
    }
    for name, position, fact in entity.facts():
        listed = isinstance(document.data.get(name), list)
        anchor = fact.id or (f"{name}-{_suffix(fact)}" if listed else name)
        until = ends[name][position] if name in ends else fact.until
        yield LinkedFact(f"{id}#{anchor}", name, (name, position), fact, until)


def _suffix(fact: Fact[Any]) -> str:
    """What tells a fact from its neighbours in a list: since or date, else the value.

    Of references both, for many a state joins many a body on the same day.
    """
    date = fact.since or fact.date
    value = fact.value
    if date and isinstance(value, Ref):
        return f"{slugify(date.text)}-{_slug_of(value.id)}"
    if date:
        return slugify(date.text)
    if isinstance(value, Ref):
        return _slug_of(value.id)
    return slugify(value.en if isinstance(value, Names) else plain_words(str(value), _slug_of))


def _slug_of(id: str) -> str:
    return id.partition("/")[2]


def _ends(facts: tuple[Fact[Any], ...]) -> list[PartialDate | None]:
    """The ends of a succession: as written, else the next beginning among the facts that are held."""
    beginnings = sorted(fact.since for fact in facts if fact.held and fact.since)
    ends = []
    for fact in facts:
        since = fact.since
        following = (begin for begin in beginnings if fact.held and since and begin.first > since.first)
        ends.append(fact.until or next(following, None))
    return ends
