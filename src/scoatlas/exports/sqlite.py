"""atlas.sqlite: entities, facts, sources and claims as a relational database, with views and a full-text index."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.resources import files

from scoatlas.atlas import Atlas
from scoatlas.citation import Citation
from scoatlas.exports.tables import facts, sources
from scoatlas.expressions import show


def format_sqlite(atlas: Atlas) -> bytes:
    """The bytes of a database file; the same for the same atlas and version of SQLite."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript((files("scoatlas.exports") / "schema.sql").read_text("utf-8"))
        database.execute("PRAGMA foreign_keys = ON")
        with database:
            for table, rows in _tables(atlas):
                _insert(database, table, rows)
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")
        return database.serialize()
    finally:
        database.close()


Row = tuple[object, ...]


def _tables(atlas: Atlas) -> Iterator[tuple[str, Iterable[Row]]]:
    """(table, rows), what is referred to before what refers to it."""
    records = sorted(atlas.records.values(), key=lambda record: record.id)
    names = {record.id: record.entity.name for record in records}
    yield "entity", ((r.id, r.kind, names[r.id].en, names[r.id].ru, names[r.id].zh, f"{r.id}/") for r in records)
    yield "alias", ((r.id, alias) for r in records for alias in dict.fromkeys(r.entity.aliases))
    yield "source", (row[:-1] for row in sources(atlas).rows)
    table = facts(atlas)
    left_out = {"kind", "name", "attested", "sources"}
    kept = [place for place, column in enumerate(table.columns) if column.name not in left_out]
    yield "fact", (tuple(row[place] for place in kept) for row in table.rows)
    told = [linked for record in records for linked in record.facts]
    yield "attested", ((linked.id, day.text) for linked in told for day in dict.fromkeys(linked.fact.attested))
    yield "citation", (row for linked in told for row in _citations(linked.id, linked.fact.cite, atlas))
    yield "gap", ((r.id, gap.field, show(gap.note, atlas)) for r in records for gap in r.entity.gaps)
    claims = [(record, claim) for record in records for claim in record.claims]
    yield (
        "claim",
        (
            (
                f"{r.id}#{c.anchor}",
                *(r.id, c.part, c.where, show(c.claim, atlas), c.kind.code, c.verdict.code, show(c.reason, atlas)),
            )
            for r, c in claims
        ),
    )
    yield (
        "claim_about",
        (
            (f"{r.id}#{c.anchor}", id)
            for r, c in claims
            for id in dict.fromkeys(ref.id for ref in c.about)
            if id in atlas.records
        ),
    )
    yield "claim_citation", (row for r, c in claims for row in _citations(f"{r.id}#{c.anchor}", c.cite, atlas))
    yield "day", ((day.isoformat(),) for day in _days(atlas))
    yield "search", ((row[0], row[1], row[3], f"{row[5]} {row[22] or ''}".strip()) for row in table.rows)


def _citations(by: str, citations: Iterable[Citation], atlas: Atlas) -> Iterator[Row]:
    """Those of sources that could be read: `serve` goes on where some cannot."""
    for place, citation in enumerate(citations, start=1):
        if citation.source not in atlas.sources:
            continue
        locator = citation.locator
        yield by, place, citation.source, locator.label if locator else None, locator.value if locator else None


def _days(atlas: Atlas) -> Iterator[datetime.date]:
    """Every day from the first of the first year in which a state had a status to the last day searched."""
    begins = [linked.fact.since.first for record in atlas.of_kind("states") for linked in record.held("status")
              if linked.fact.since]  # fmt: skip
    day = datetime.date(min(begins).year, 1, 1) if begins else atlas.as_of
    while day <= atlas.as_of:
        yield day
        day += datetime.timedelta(1)


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)
