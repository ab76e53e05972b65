"""From decoded files to the finished graph: facts get ids and ends, links and citations get their other end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from scoatlas.atlas import Atlas, Backlink, Link, LinkedFact, Page, Record, SourceUse, Text
from scoatlas.citation import Citation
from scoatlas.claims import claims_of
from scoatlas.diagnostics import Location
from scoatlas.document import Document
from scoatlas.essays import Mark
from scoatlas.model import Entity, Fact, Holding, Ref, walk
from scoatlas.prose import Cited, Expression, Mention, find_marks, plain_words
from scoatlas.settings import Settings
from scoatlas.source import Source
from scoatlas.values import Names, PartialDate, slugify


def link_record(id: str, entity: Entity, document: Document, essay: Text | None) -> Record:
    """The record of an entity, without backlinks: facts with ids and ends, links, uses of sources."""
    kind = id.partition("/")[0]
    facts = tuple(_linked_facts(id, entity, document))
    links, uses = [], []
    places = {fact.path: fact.id for fact in facts}
    places |= {("claims", number): f"{id}#{claim.anchor}" for number, claim in enumerate(claims_of(entity))}
    for path, value in walk(entity):
        field_name = str(path[0])
        by = places.get(path[:2], id)
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
    own_links = tuple(
        Link(str(path[0]), value.id, settings_document.locate(path), value.kinds, value.inverse)
        for path, value in walk(settings)
        if isinstance(value, Ref)
    )
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
    words = [slugify(str(own)) for name in fact.told_apart_by if (own := getattr(fact, name))]
    if date:
        return "-".join([slugify(date.text), *([_slug_of(fact.value.id)] if isinstance(fact.value, Ref) else words)])
    if words:
        return "-".join(words)
    if isinstance(fact.value, Ref):
        return _slug_of(fact.value.id)
    return slugify(fact.value.en if isinstance(fact.value, Names) else plain_words(str(fact.value), _slug_of))


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
