"""An entity's page: the box of what holds today, the sections for all that is more than a line, the remarks."""

from __future__ import annotations

from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.expressions import show
from scoatlas.facts import Holder
from scoatlas.kinds import KINDS
from scoatlas.model import Holding, Ref
from scoatlas.prose import find_marks
from scoatlas.quantity import Quantity
from scoatlas.views.fields import FieldView, fields_of, first_day, labels_of, own_names, own_title
from scoatlas.views.history import History, history_of

BOX_LINE = 90
"""Letters that a value of the box may have; what is longer is a section's."""

SHORT_NAME = 30
"""Letters that a name may have for its list to be set in columns."""


# --- the box ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A field in the box: its facts; where `told` is an anchor they stand there in full, and here in short."""

    field: FieldView
    facts: tuple[LinkedFact, ...]
    told: str = ""


@dataclass(frozen=True)
class Box:
    """What holds today: successions as they stand on `as_of`, fields of one value, labels (title, text)."""

    current: tuple[Line, ...]
    lines: tuple[Line, ...]
    labels: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.current or self.lines or self.labels)


def box_of(record: Record, atlas: Atlas) -> Box:
    """The box of an entity."""
    current, lines = [], []
    for field in fields_of(record):
        if field.holding is Holding.SUCCESSION and not _is_single(field):
            facts = tuple(linked for linked in field.held if linked.true_on(atlas.as_of))
            if facts:
                current.append(Line(field, facts, field.anchor))
        elif _is_remarked(field, atlas):
            lines.append(Line(field, field.held[:1], f"field-{field.name}"))
        elif _is_brief(field, atlas):
            lines.append(Line(field, field.in_order))
    return Box(tuple(current), tuple(lines), tuple((title, text) for _, title, text in labels_of(record)))


def remarks_of(record: Record, atlas: Atlas) -> tuple[FieldView, ...]:
    """The fields of one value about which there is more to say: sources disagree, or a fact has a note."""
    return tuple(field for field in fields_of(record) if _is_remarked(field, atlas))


def _is_brief(field: FieldView, atlas: Atlas) -> bool:
    """Whether a field holds one value, of a line at most."""
    facts = field.held + field.others
    return _is_single(field) and all(len(show(linked.fact.value, atlas)) <= BOX_LINE for linked in facts)


def _is_single(field: FieldView) -> bool:
    """Whether a field takes one value, or is a succession of which only one is known, without a day."""
    alone = field.holding is Holding.SUCCESSION and not field.others and len(field.held) == 1
    return field.holding is Holding.ONE or (alone and not (first_day(field.held[0]) or field.held[0].until))


def _is_remarked(field: FieldView, atlas: Atlas) -> bool:
    said = field.disputed or any(linked.fact.note for linked in field.held + field.others)
    return said and bool(field.held) and _is_brief(field, atlas)


# --- the sections ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column of a section's table: `since`, `until`, `date`, `value`, or an own field of the facts."""

    name: str
    title: str


@dataclass(frozen=True)
class Section:
    """A field with a heading of its own: a table if it has columns, else a list, `short` if of nothing but names.

    A row of the table is one fact, or several that differ in nothing but their names.
    """

    field: FieldView
    columns: tuple[Column, ...]
    rows: tuple[tuple[LinkedFact, ...], ...]
    short: bool
    history: History | None


def sections_of(record: Record, atlas: Atlas) -> tuple[Section, ...]:
    """The sections of an entity, in class order."""
    return tuple(_section(field, atlas) for field in fields_of(record) if not _is_brief(field, atlas))


def _section(field: FieldView, atlas: Atlas) -> Section:
    facts = field.in_order
    succession = field.holding is Holding.SUCCESSION
    history = history_of(field, atlas) if succession else None
    measured = any(linked.fact.since or linked.fact.date or isinstance(linked.fact.value, Quantity) for linked in facts)
    if not (succession or (field.holding is Holding.MANY and measured)):
        return Section(field, (), (), _is_short(facts, atlas), None)
    rows = tuple((linked,) for linked in facts) if succession else _rows(facts)
    return Section(field, _columns(field), rows, False, history)


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


def _columns(field: FieldView) -> tuple[Column, ...]:
    """The columns that some fact fills: dates first."""
    facts = field.in_order
    succession = field.holding is Holding.SUCCESSION
    columns = [Column("date", "Date")] if any(linked.fact.date for linked in facts) else []
    if succession or any(linked.fact.since for linked in facts):
        columns.append(Column("since", "From"))
    if succession or any(linked.until for linked in facts):
        columns.append(Column("until", "To"))
    own = {name: own_title(linked, name) for linked in facts for name in own_names(linked)}
    return (*columns, Column("value", _value_title(field)), *(Column(name, title) for name, title in own.items()))


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
    return "Name" if isinstance(first, Holder) else "What happened" if first.date else field.title


def _is_short(facts: tuple[LinkedFact, ...], atlas: Atlas) -> bool:
    """Whether facts are nothing but short names, to be set side by side."""
    return all(
        isinstance(linked.fact.value, Ref)
        and not linked.fact.note
        and len(show(linked.fact.value, atlas)) <= SHORT_NAME
        for linked in facts
    )
