"""The index of a kind: its rows, in which each cell knows by what it is sorted."""

from __future__ import annotations

from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.kinds import KINDS
from scoatlas.model import Holding
from scoatlas.values import DateRange, PartialDate
from scoatlas.views.fields import title_of
from scoatlas.views.series import span_of_parts


@dataclass(frozen=True)
class Cell:
    """One field of one entity: the fact shown, by which text it sorts, and whether to say since when it holds.

    Of a series, which has no dates of its own, `text` tells the years of its parts.
    """

    title: str
    fact: LinkedFact | None
    sort: str
    dated: bool = False
    text: str = ""


@dataclass(frozen=True)
class Row:
    record: Record
    cells: tuple[Cell, ...]


def rows_of(kind: str, atlas: Atlas) -> tuple[Row, ...]:
    """The index of a kind: by name, or the latest first."""
    entity = KINDS[kind]
    rows = [Row(record, tuple(_cell(record, name, atlas) for name in entity.columns)) for record in atlas.of_kind(kind)]
    if entity.sorted_by != "name":
        column = entity.columns.index(entity.sorted_by)
        rows.sort(key=lambda row: (row.cells[column].sort, row.record.id), reverse=True)
    return tuple(rows)


def about_of(kind: str) -> str:
    """What the entities of a kind are, in a sentence."""
    return KINDS[kind].about


def columns_of(kind: str) -> tuple[str, ...]:
    """The headings of an index beside the name."""
    entity = KINDS[kind]
    return tuple(entity.model_fields[name].title or name for name in entity.columns)


def count_of(kind: str, atlas: Atlas) -> str:
    """How many entities there are of a kind: `31 states`."""
    return label_of_kind(kind, sum(1 for _ in atlas.of_kind(kind)))


def label_of_kind(kind: str, count: int) -> str:
    """A number of entities of a kind in words: `1 state`, `2 states`."""
    entity = KINDS[kind]
    plural = entity.plural[:1].lower() + entity.plural[1:]
    return f"{count} {entity.label if count == 1 else plural}"


def _cell(record: Record, name: str, atlas: Atlas) -> Cell:
    title = title_of(record, name)
    held = record.held(name)
    dated = type(record.entity).fact_fields()[name] is Holding.SUCCESSION
    if dated:
        held = tuple(fact for fact in held if fact.true_on(atlas.as_of))
    if not held and name == "dates" and (span := span_of_parts(record, atlas)):
        count, first, last = span
        return Cell(title, None, str(last), text=f"{first}–{last}, series of {count}")
    if not held:
        return Cell(title, None, "9999" if record.entity.expected else "")
    value = held[0].fact.value
    if isinstance(value, DateRange):
        return Cell(title, held[0], value.start.first.isoformat())
    return Cell(title, held[0], value.first.isoformat() if isinstance(value, PartialDate) else str(value), dated)
