"""An entity's page: the box of what holds today, the sections for all that is more than a line, the remarks."""

from __future__ import annotations

from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.expressions import show
from scoatlas.model import Holding, Ref
from scoatlas.views.fields import FieldView, fields_of, first_day, labels_of
from scoatlas.views.history import History, history_of
from scoatlas.views.series import Series, series_of
from scoatlas.views.tables import Table, tables_of

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
class Section:
    """A field with a heading of its own: tables, or a list of `facts`, `short` if of nothing but names.

    Of a series, the parts are one table with what their own pages tell.
    """

    field: FieldView
    tables: tuple[Table, ...] = ()
    facts: tuple[LinkedFact, ...] = ()
    short: bool = False
    history: History | None = None
    series: Series | None = None


def sections_of(record: Record, atlas: Atlas) -> tuple[Section, ...]:
    """The sections of an entity, in class order."""
    return tuple(_section(field, record, atlas) for field in fields_of(record) if not _is_brief(field, atlas))


def _section(field: FieldView, record: Record, atlas: Atlas) -> Section:
    if field.name == "parts":
        return Section(field, series=series_of(record, atlas))
    if tables := tables_of(field):
        history = history_of(field, atlas) if field.holding is Holding.SUCCESSION else None
        return Section(field, tables, history=history)
    return Section(field, facts=field.in_order, short=_is_short(field.in_order, atlas))


def _is_short(facts: tuple[LinkedFact, ...], atlas: Atlas) -> bool:
    """Whether facts are nothing but short names, to be set side by side."""
    return all(
        isinstance(linked.fact.value, Ref)
        and not linked.fact.note
        and len(show(linked.fact.value, atlas)) <= SHORT_NAME
        for linked in facts
    )
