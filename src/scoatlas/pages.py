"""Which pages there are: path, title, template, and what each shows; decides, never renders."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from scoatlas.atlas import Atlas, LinkedFact, Record, Text
from scoatlas.kinds import KINDS
from scoatlas.model import Entity, Fact, Holding
from scoatlas.source import Source
from scoatlas.values import DateRange, sort_key

SOURCES = "sources/index"


@dataclass(frozen=True)
class PlannedPage:
    """A page of the site: `path` is its file without `.md`, `edit` the file it is made from, seen from `content/`."""

    path: str
    title: str
    template: str
    edit: str
    in_nav: bool
    anchors: tuple[str, ...] = ()
    essay: Text | None = None
    kind: str = ""
    record: Record | None = None

    @property
    def url(self) -> str:
        """The address below the site's root: `states/iran/`, empty for the home page."""
        folder, _, name = self.path.rpartition("/")
        stem = folder if name == "index" else self.path
        return f"{stem}/" if stem else ""

    @property
    def anchor(self) -> str:
        """The id of the page's heading; the dot keeps it apart from the ids of facts and sources."""
        return "page.title"

    @property
    def output(self) -> str:
        """The file below the site's root."""
        return f"{self.url}index.html"


def plan_pages(atlas: Atlas) -> list[PlannedPage]:
    """Every page, indexes before what they list."""
    pages = [*_prose_pages(atlas)]
    for kind, entity in KINDS.items():
        records = list(atlas.of_kind(kind))
        if records:
            pages.append(PlannedPage(f"{kind}/index", entity.plural, "index.html", "", in_nav=True, kind=kind))
            pages.extend(_entity_page(record) for record in records)
    keys = tuple(sorted(atlas.sources))
    pages.append(PlannedPage(SOURCES, "Sources", "sources.html", "../references.bib", in_nav=True, anchors=keys))
    return pages


def _prose_pages(atlas: Atlas) -> Iterator[PlannedPage]:
    for page in atlas.pages.values():
        template = "home.html" if page.id == "index" else "prose.html"
        yield PlannedPage(page.id, page.text.title, template, f"{page.id}.md", in_nav=True, essay=page.text)


def _entity_page(record: Record) -> PlannedPage:
    return PlannedPage(
        path=record.id,
        title=record.entity.name.en,
        template="entity.html",
        edit=f"{record.id}.yml",
        in_nav=False,
        anchors=tuple(fact.anchor for fact in record.facts),
        essay=record.essay,
        kind=record.kind,
        record=record,
    )


# --- what an entity's page shows -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldView:
    """A field with its facts, those held first; `listed` if each has an anchor of its own below the field's."""

    name: str
    title: str
    holding: str
    held: tuple[LinkedFact, ...]
    others: tuple[LinkedFact, ...]
    listed: bool

    @property
    def disputed(self) -> bool:
        """Whether sources disagree: some value is held wrong, or stands beside a preferred one."""
        return bool(self.others)

    @property
    def in_order(self) -> tuple[LinkedFact, ...]:
        """All facts: by day where they have one, else those held first."""
        facts = self.held + self.others
        dated = any(linked.fact.since or linked.fact.date for linked in facts)
        return tuple(sorted(facts, key=_first_day)) if dated else facts


def fields_of(record: Record) -> tuple[FieldView, ...]:
    """The fields of an entity that have facts, in class order."""
    views = []
    for name, holding in type(record.entity).fact_fields().items():
        facts = [fact for fact in record.facts if fact.field == name]
        if not facts:
            continue
        held = list(record.held(name))
        others = [fact for fact in facts if fact not in held]
        title = type(record.entity).model_fields[name].title or name
        listed = facts[0].anchor != name
        views.append(FieldView(name, title, holding.name.lower(), tuple(held), tuple(others), listed))
    return tuple(views)


def own_fields(linked: LinkedFact) -> tuple[tuple[str, Any], ...]:
    """(title, value) of what a kind's facts say beside what all facts do: a place, the meeting that decided."""
    fact = linked.fact
    own = [name for name in type(fact).model_fields if name not in Fact.model_fields]
    return tuple(
        (type(fact).model_fields[name].title or name.capitalize(), getattr(fact, name))
        for name in own
        if getattr(fact, name) is not None
    )


def own_titles(field: FieldView) -> tuple[str, ...]:
    """The titles of all own fields of a field's facts, in order."""
    return tuple(dict.fromkeys(title for linked in field.held + field.others for title, _ in own_fields(linked)))


def is_status(linked: LinkedFact, atlas: Atlas) -> bool:
    """Whether a fact's value is one of the statuses of atlas.yml, which have a colour."""
    return str(linked.fact.value) in atlas.settings.statuses


def labels_of(record: Record) -> tuple[tuple[str, str, str], ...]:
    """(field, title, text) of the labels of a kind beside names: what needs no source."""
    entity = record.entity
    own = [
        name
        for name in type(entity).model_fields
        if name not in Entity.model_fields and name not in entity.fact_fields()
    ]
    return tuple((name, title_of(record, name), str(getattr(entity, name))) for name in own if getattr(entity, name))


def title_of(record: Record, name: str) -> str:
    """What readers call a field."""
    found = type(record.entity).model_fields.get(name)
    return (found.title if found else None) or name.replace("_", " ").capitalize()


def current_status(record: Record, atlas: Atlas) -> tuple[LinkedFact, ...]:
    """The facts of successions called `status` that are true on `as_of`."""
    if "status" not in type(record.entity).fact_fields():
        return ()
    return tuple(fact for fact in record.held("status") if fact.true_on(atlas.as_of))


def _first_day(linked: LinkedFact) -> datetime.date:
    date = linked.fact.since or linked.fact.date
    return date.first if date else datetime.date.max


def groups_of_backlinks(record: Record, atlas: Atlas) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what it is to them, ids of those who refer here), prose last."""
    groups: dict[str, dict[str, None]] = {}
    for backlink in record.backlinks:
        groups.setdefault(backlink.inverse, {})[backlink.source] = None
    ordered = sorted(groups, key=lambda inverse: (inverse == "", inverse))
    return tuple(
        (inverse or "in the text of", tuple(sorted(groups[inverse], key=_by_date(atlas)))) for inverse in ordered
    )


def _by_date(atlas: Atlas) -> Callable[[str], tuple[datetime.date, str]]:
    def key(id: str) -> tuple[datetime.date, str]:
        record = atlas.records.get(id)
        dates = record.value("dates") if record and "dates" in type(record.entity).fact_fields() else None
        return (dates.start.first if isinstance(dates, DateRange) else datetime.date.max, id)

    return key


# --- what an index shows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One field of one entity in an index: the fact shown, and the text by which the column sorts."""

    fact: LinkedFact | None
    sort: str


@dataclass(frozen=True)
class Row:
    record: Record
    cells: tuple[Cell, ...]


def rows_of(kind: str, atlas: Atlas) -> tuple[Row, ...]:
    """The index of a kind."""
    entity = KINDS[kind]
    rows = [Row(record, tuple(_cell(record, name, atlas) for name in entity.columns)) for record in atlas.of_kind(kind)]
    if entity.sorted_by != "name":
        column = entity.columns.index(entity.sorted_by)
        rows.sort(key=lambda row: (row.cells[column].sort, row.record.id), reverse=True)
    return tuple(rows)


def columns_of(kind: str) -> tuple[str, ...]:
    """The headings of an index beside the name."""
    entity = KINDS[kind]
    return tuple(entity.model_fields[name].title or name for name in entity.columns)


def _cell(record: Record, name: str, atlas: Atlas) -> Cell:
    held = record.held(name)
    if type(record.entity).fact_fields()[name] is Holding.SUCCESSION:
        held = tuple(fact for fact in held if fact.true_on(atlas.as_of))
    if not held:
        return Cell(None, "9999" if record.entity.expected else "")
    value = held[0].fact.value
    return Cell(held[0], value.start.first.isoformat() if isinstance(value, DateRange) else str(value))


def latest_meetings(atlas: Atlas) -> tuple[Record | None, Record | None]:
    """The last meeting of the heads of state held by `as_of`, and the next one expected, or None."""
    councils = [record for record in atlas.of_kind("summits") if str(record.value("council")) == "heads-of-state"]
    dated = [
        (dates.start.first, record) for record in councils if isinstance(dates := record.value("dates"), DateRange)
    ]
    past = [pair for pair in dated if pair[0] <= atlas.as_of]
    coming = sorted((record for record in councils if record.entity.expected), key=_by_beginning)
    last = max(past, key=lambda pair: pair[0])[1] if past else None
    return last, coming[0] if coming else None


def _by_beginning(record: Record) -> tuple[datetime.date, str]:
    dates = record.value("dates")
    return (dates.start.first if isinstance(dates, DateRange) else datetime.date.max, record.id)


def sources_in_order(atlas: Atlas) -> list[Source]:
    """The bibliography: by author or title, then date, then key."""
    return sorted(
        atlas.sources.values(),
        key=lambda source: (sort_key(_heading(source)), source.fields.get("date", ""), source.key),
    )


def _heading(source: Source) -> str:
    people = source.authors or source.editors
    return people[0].family if people else source.fields.get("title", source.key)


def users_of(source: Source, atlas: Atlas) -> tuple[tuple[str, int], ...]:
    """(entity or page, how many of its facts or passages) that cite a source."""
    counts = Counter(use.by.partition("#")[0] for use in atlas.uses.get(source.key, ()))
    return tuple(sorted(counts.items()))


# --- the home page ---------------------------------------------------------------------------------------------------


def states_by_status(atlas: Atlas) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(status, states by name) on `as_of`, statuses that nobody has left out."""
    named = {status: [atlas.records[id] for id in ids] for status, ids in atlas.on(atlas.as_of).items() if ids}
    return tuple(
        (status, tuple(record.id for record in sorted(records, key=lambda record: sort_key(record.entity.name.en))))
        for status, records in named.items()
    )
