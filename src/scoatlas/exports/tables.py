"""The facts and the sources as tables: what the CSV files, the database and the description of the data share."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.citations import chicago
from scoatlas.citations.csl import csl_item
from scoatlas.citations.names import in_order
from scoatlas.citations.runs import plain_text
from scoatlas.expressions import show
from scoatlas.model import Ref, Term
from scoatlas.quantity import Quantity
from scoatlas.source import Source
from scoatlas.values import PartialDate, inert, to_json

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """A column: its name, the type of its values (that of Frictionless), and what it says."""

    name: str
    type: Literal["string", "number", "boolean", "date"]
    says: str


@dataclass(frozen=True)
class Table:
    """A table: its name, what it holds, its key, columns and rows."""

    name: str
    says: str
    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def csv(self) -> str:
        """CSV text (RFC 4180, UTF-8); text that a spreadsheet would take for a formula has an apostrophe before it."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        for row in self.rows:
            writer.writerow([_cell(value) for value in row])
        return out.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return inert(value) if isinstance(value, str) else f"{value:.15g}"


_FACTS = (
    Column("id", "string", "the fact, as <entity>#<anchor>; its address on the site is `url`"),
    Column("entity", "string", "the entity of which it is told, as states/belarus"),
    Column("kind", "string", "the kind of the entity"),
    Column("name", "string", "the English name of the entity"),
    Column("field", "string", "what is told, as status, events, figures"),
    Column("value", "string", "the value in words"),
    Column("code", "string", "the value as it is written in the files, where it is a word of a list"),
    Column("refers_to", "string", "the entity that is the value"),
    Column("amount", "number", "the number, of a quantity"),
    Column("upper", "number", "the upper end, of a range of numbers"),
    Column("approximate", "boolean", "whether the number is `about`"),
    Column("bound", "string", "`more than` or `less than`, where the source gives a limit"),
    Column("unit", "string", "the unit of the number"),
    Column("since", "string", "since when it is true (EDTF)"),
    Column("until", "string", "until when it was true, exclusive (EDTF); written or computed"),
    Column("date", "string", "the day, month or year on which it happened, or of which it is told (EDTF)"),
    Column("since_day", "date", "the first possible day of `since`"),
    Column("until_day", "date", "the first possible day of `until`: on it and after it the fact is not true"),
    Column("attested", "string", "days on which a source shows it true, where no term is known"),
    Column("rank", "string", "preferred, normal or deprecated; what is deprecated we hold wrong"),
    Column("confidence", "string", "high, medium or low"),
    Column("held", "boolean", "whether we hold it"),
    Column("note", "string", "what is to be known beside it"),
    Column("sources", "string", "the keys of its sources, with locators, divided by semicolons"),
    Column("url", "string", "its address below that of the site"),
)
_SOURCES = (
    Column("key", "string", "the key of the source"),
    Column("type", "string", "online, article, book, incollection, report or misc"),
    Column("authors", "string", "authors, divided by semicolons"),
    Column("editors", "string", "editors, divided by semicolons"),
    Column("title", "string", "the title; in brackets a description where the title was not seen"),
    Column("title_in_english", "string", "a translation of the title"),
    Column("container", "string", "the journal, book or site in which it stands"),
    Column("publisher", "string", "the publisher or institution"),
    Column("date", "string", "when it was published (EDTF)"),
    Column("language", "string", "its language (BCP 47)"),
    Column("url", "string", "its address"),
    Column("read_on", "string", "the day on which the address was read"),
    Column("doi", "string", "its DOI"),
    Column("isbn", "string", "its ISBN"),
    Column("tier", "string", "primary, agency, news, scholarship or reference"),
    Column("seen", "string", "what was seen of it: whole, excerpt, not seen"),
    Column("note", "string", "what is to be known of it"),
    Column("reference", "string", "the reference in Chicago style"),
    Column("cited_by", "string", "the entities and pages that cite it, divided by semicolons"),
)


def facts(atlas: Atlas) -> Table:
    """One row a fact, by entity, in the order of its page."""
    rows = tuple(
        _fact(record, linked, atlas)
        for record in sorted(atlas.records.values(), key=lambda record: record.id)
        for linked in record.facts
    )
    return Table("facts", "Every fact with its times, rank and sources", "id", _FACTS, rows)


def sources(atlas: Atlas) -> Table:
    """One row a source, by key."""
    rows = tuple(_source(source, atlas) for source in sorted(atlas.sources.values(), key=lambda source: source.key))
    return Table("sources", "Every work that is cited", "key", _SOURCES, rows)


def _fact(record: Record, linked: LinkedFact, atlas: Atlas) -> tuple[Value, ...]:
    fact, value = linked.fact, linked.fact.value
    number = value if isinstance(value, Quantity) else None
    return (
        linked.id,
        record.id,
        record.kind,
        record.entity.name.en,
        linked.field,
        show(value, atlas),
        value.code if isinstance(value, Term) else None,
        value.id if isinstance(value, Ref) and value.id in atlas.records else None,
        number.amount if number else None,
        number.upper if number else None,
        number.approximate if number else None,
        number.bound if number else None,
        number.unit if number else None,
        *(_text(date) for date in (fact.since, linked.until, fact.date)),
        *(date.first.isoformat() if date else None for date in (fact.since, linked.until)),
        "; ".join(day.text for day in fact.attested) or None,
        fact.rank.code,
        fact.confidence.code,
        fact.held,
        show(fact.note, atlas) if fact.note else None,
        "; ".join(cited(citation) for citation in fact.cite),
        f"{record.id}/#{linked.anchor}",
    )


def _text(date: PartialDate | None) -> str | None:
    return str(to_json(date)) if date else None


def cited(citation: Citation) -> str:
    """A key with its locator: `li-2010, p. 4`."""
    return f"{citation.source}, {citation.locator}" if citation.locator else citation.source


def _source(source: Source, atlas: Atlas) -> tuple[Value, ...]:
    item = csl_item(source)
    users: Sequence[str] = sorted({use.by.partition("#")[0] for use in atlas.uses.get(source.key, ())})
    return (
        source.key,
        source.type,
        "; ".join(in_order(name) for name in item.get("author", [])) or None,
        "; ".join(in_order(name) for name in item.get("editor", [])) or None,
        item.get("title"),
        item.get("custom", {}).get("translated-title"),
        item.get("container-title"),
        item.get("publisher"),
        str(source.date) if source.date else None,
        item.get("language"),
        item.get("URL"),
        source.urldate or None,
        item.get("DOI"),
        item.get("ISBN"),
        source.tier or None,
        source.seen or None,
        source.note or None,
        plain_text(chicago.bibliography(item)),
        "; ".join(users) or None,
    )
