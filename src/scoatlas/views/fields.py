"""The fields of an entity, and what may be asked of each fact in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.model import Entity, Fact, Holding, Term


@dataclass(frozen=True)
class FieldView:
    """A field with its facts, those held first; `listed` if each has an anchor of its own below the field's."""

    name: str
    title: str
    holding: Holding
    held: tuple[LinkedFact, ...]
    others: tuple[LinkedFact, ...]
    listed: bool

    @property
    def anchor(self) -> str:
        """The id of the field's heading; that of a lone fact is the fact's."""
        return self.name if self.listed else f"field-{self.name}"

    @property
    def disputed(self) -> bool:
        """Whether sources disagree: some value is held wrong, or stands beside a preferred one."""
        ranks = {linked.fact.rank.code for linked in self.held + self.others}
        return "deprecated" in ranks or ("preferred" in ranks and len(ranks) > 1)

    @property
    def in_order(self) -> tuple[LinkedFact, ...]:
        """All facts: by day where they have one, else those held first; of one day the preferred before the wrong."""
        facts = self.held + self.others
        if self.holding is Holding.ONE or not any(first_day(linked) for linked in facts):
            return facts
        return tuple(sorted(facts, key=_by_day_and_rank))


_RANKS = {"preferred": 0, "normal": 1, "deprecated": 2}


def _by_day_and_rank(linked: LinkedFact) -> tuple[datetime.date, int]:
    return (first_day(linked) or datetime.date.max, _RANKS[linked.fact.rank.code])


def first_day(linked: LinkedFact) -> datetime.date | None:
    """The day by which a fact is sorted: since when, on which day, or when it is first shown to be so."""
    fact = linked.fact
    date = fact.since or fact.date or min(fact.attested, key=lambda day: day.first, default=None)
    return date.first if date else None


def fields_of(record: Record) -> tuple[FieldView, ...]:
    """The fields of an entity that have facts, in class order."""
    views = []
    for name, holding in type(record.entity).fact_fields().items():
        facts = [fact for fact in record.facts if fact.field == name]
        if not facts:
            continue
        held = record.held(name)
        others = tuple(fact for fact in facts if fact not in held)
        views.append(FieldView(name, title_of(record, name), holding, held, others, facts[0].anchor != name))
    return tuple(views)


def own_fields(linked: LinkedFact) -> tuple[tuple[str, Any], ...]:
    """(title, value) of what a kind's facts say beside what all facts do: a place, the meeting that decided."""
    return tuple((own_title(linked, name), getattr(linked.fact, name)) for name in own_names(linked))


def own_names(linked: LinkedFact) -> tuple[str, ...]:
    """The names of a fact's own fields that are filled in."""
    fact = linked.fact
    return tuple(
        name for name in type(fact).model_fields if name not in Fact.model_fields and getattr(fact, name) is not None
    )


def own_title(linked: LinkedFact, name: str) -> str:
    """What readers call an own field of a fact."""
    return type(linked.fact).model_fields[name].title or name.capitalize()


def labels_of(record: Record) -> tuple[tuple[str, str, str], ...]:
    """(field, title, text) of the labels of a kind beside names: words that need no source."""
    entity = record.entity
    own = [
        name
        for name in type(entity).model_fields
        if name not in Entity.model_fields and isinstance(getattr(entity, name), str)
    ]
    return tuple((name, title_of(record, name), getattr(entity, name)) for name in own)


def title_of(record: Record, name: str) -> str:
    """What readers call a field."""
    found = type(record.entity).model_fields.get(name)
    return (found.title if found else None) or name.replace("_", " ").capitalize()


def is_status(linked: LinkedFact, atlas: Atlas) -> bool:
    """Whether a fact's value is one of the statuses of atlas.yml, which have a colour."""
    return linked.field == "status" and str(linked.fact.value) in atlas.settings.statuses


def style_of(linked: LinkedFact, atlas: Atlas) -> str:
    """The class of a status, `s-member`, or of another word that says how a body stands, `t-dormant`; else nothing."""
    if is_status(linked, atlas):
        return f"s-{linked.fact.value}"
    return f"t-{linked.fact.value}" if linked.field == "status" and isinstance(linked.fact.value, Term) else ""
