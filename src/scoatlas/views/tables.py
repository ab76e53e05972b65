"""The facts of a field as tables: one, or of figures one for each measure."""

from __future__ import annotations

from dataclasses import dataclass

from scoatlas.atlas import LinkedFact
from scoatlas.facts import Figure, Holder, Step
from scoatlas.kinds import KINDS
from scoatlas.model import Holding, Ref
from scoatlas.prose import find_marks
from scoatlas.quantity import Quantity
from scoatlas.values import slugify
from scoatlas.views.fields import FieldView, own_names, own_title


@dataclass(frozen=True)
class Column:
    """A column of a table: `since`, `until`, `date`, `value`, or an own field of the facts."""

    name: str
    title: str


@dataclass(frozen=True)
class Table:
    """Facts in rows, under a heading with the id `anchor`; without `title` that is the heading of the field.

    A row is one fact, or several that differ in nothing but their names.
    """

    title: str
    anchor: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[LinkedFact, ...], ...]


def tables_of(field: FieldView) -> tuple[Table, ...]:
    """The tables of a field; none where it is a list of things that have neither date nor number."""
    facts = field.in_order
    if figures := _of_measures(field):
        return figures
    if field.holding is Holding.SUCCESSION:
        return (Table("", field.anchor, _columns(field, facts), tuple((linked,) for linked in facts)),)
    measured = any(linked.fact.since or linked.fact.date or isinstance(linked.fact.value, Quantity) for linked in facts)
    if field.holding is Holding.ONE or not measured:
        return ()
    return (Table("", field.anchor, _columns(field, facts), _rows(facts)),)


# --- figures ---------------------------------------------------------------------------------------------------------


def _of_measures(field: FieldView) -> tuple[Table, ...]:
    """A table for each measure that has more than one figure, and a last one for the others."""
    measures: dict[str, list[LinkedFact]] = {}
    for linked in field.in_order:
        if isinstance(linked.fact, Figure):
            measures.setdefault(linked.fact.measure, []).append(linked)
    tables = [_of_measure(field, title, facts) for title, facts in measures.items() if len(facts) > 1]
    if single := tuple(facts[0] for facts in measures.values() if len(facts) == 1):
        title = "Single figures" if tables else ""
        anchor = f"field-{field.name}-single" if tables else field.anchor
        tables.append(Table(title, anchor, _columns(field, single), _rows(single)))
    return tuple(tables)


def _of_measure(field: FieldView, title: str, facts: list[LinkedFact]) -> Table:
    """The figures of a measure; what is the same in all of them stands in the title, not in a column."""
    facts_of = {name: {getattr(linked.fact, name) or "" for linked in facts} for name in Figure.told_apart_by}
    same = [name for name, said in facts_of.items() if len(said) == 1]
    words = ", ".join(filter(None, [title, *(facts_of[name].pop() for name in same if name != "measure")]))
    return Table(
        title=words[:1].upper() + words[1:],
        anchor=f"field-{field.name}-{slugify(words, 96)}",
        columns=tuple(column for column in _columns(field, tuple(facts)) if column.name not in same),
        rows=tuple((linked,) for linked in facts),
    )


# --- rows and columns ------------------------------------------------------------------------------------------------


def _rows(facts: tuple[LinkedFact, ...]) -> tuple[tuple[LinkedFact, ...], ...]:
    """Facts in order, names of which the same is said put together where the first of them stands."""
    rows: dict[object, list[LinkedFact]] = {}
    for linked in facts:
        rows.setdefault(_said_of(linked), []).append(linked)
    return tuple(tuple(row) for row in rows.values())


def _said_of(linked: LinkedFact) -> object:
    """All that is said of a name; its id where the value is no name, or the note holds links of its own."""
    fact = linked.fact
    if not isinstance(fact.value, Ref) or any(True for _ in find_marks(fact.note or "")):
        return linked.id
    own = tuple(str(getattr(fact, name)) for name in own_names(linked))
    return (fact.since, linked.until, fact.date, fact.attested, fact.rank, fact.note, *own)


def _columns(field: FieldView, facts: tuple[LinkedFact, ...]) -> tuple[Column, ...]:
    """The columns that some fact fills: dates first, then what tells facts of one day apart before all else."""
    succession = field.holding is Holding.SUCCESSION
    columns = [Column("date", "Date")] if any(linked.fact.date for linked in facts) else []
    if succession or any(linked.fact.since for linked in facts):
        columns.append(Column("since", "From"))
    if succession or any(linked.until for linked in facts):
        columns.append(Column("until", "To"))
    filled = {name for linked in facts for name in own_names(linked)}
    own = {name: own_title(facts[0], name) for name in type(facts[0].fact).model_fields if name in filled}
    before = [name for name in facts[0].fact.told_apart_by[:1] if name in own]
    behind = [name for name in own if name not in before]
    columns += [Column(name, own[name]) for name in before]
    return (*columns, Column("value", _value_title(field)), *(Column(name, own[name]) for name in behind))


def _value_title(field: FieldView) -> str:
    """What the column of values is called: a field of many has a plural for its title."""
    first = field.in_order[0].fact
    if field.holding is Holding.SUCCESSION:
        return field.title
    if isinstance(first.value, Ref):
        kind = KINDS.get(first.value.id.partition("/")[0])
        return kind.label.capitalize() if kind else field.title
    if isinstance(first.value, Quantity):
        return "Figure"
    return "Name" if isinstance(first, Holder) else "What happened" if isinstance(first, Step) else field.title
