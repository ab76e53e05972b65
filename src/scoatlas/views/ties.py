"""What ties an entity to others: who refers to it, to which bodies a state belongs, who belongs to two at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.claims import CLAIMED
from scoatlas.facts import MEMBERSHIP, Membership
from scoatlas.kinds import KINDS
from scoatlas.values import DateRange, PartialDate, decode_day, sort_key

MANY = 30
"""More entities of one kind that refer to another in one way are counted, not listed."""

MANY_OF_SUBJECT = 0
"""Those that refer to the subject are counted: the whole atlas is about it."""


@dataclass(frozen=True)
class Group:
    """Those who refer to an entity in one way: `ids` in order, and (kind, number) of kinds too many to list."""

    inverse: str
    ids: tuple[str, ...]
    folded: tuple[tuple[str, int], ...]


def groups_of_backlinks(record: Record, atlas: Atlas) -> tuple[Group, ...]:
    """Who refers to an entity, by what it is to them; last those who merely mention it in their text."""
    groups: dict[str, dict[str, None]] = {}
    for backlink in record.backlinks:
        groups.setdefault(backlink.inverse, {})[backlink.source] = None
    shown = {membership.body.id for membership in belongs_to(record, atlas)}
    if MEMBERSHIP in groups:  # these are a table with dates, not a line of names
        groups[MEMBERSHIP] = {id: None for id in groups[MEMBERSHIP] if id not in shown}
    told = {id for inverse, ids in groups.items() if inverse for id in ids}
    groups.pop(CLAIMED, None)  # the claims themselves are shown
    groups[""] = {id: None for id in groups.get("", ()) if id not in told}
    ordered = sorted((inverse for inverse in groups if groups[inverse]), key=lambda inverse: (inverse == "", inverse))
    is_subject = atlas.settings.subject is not None and record.id == atlas.settings.subject.id
    many = MANY_OF_SUBJECT if is_subject else MANY
    return tuple(_group(inverse, sorted(groups[inverse], key=_by_date(atlas)), many) for inverse in ordered)


def _group(inverse: str, ids: list[str], many: int) -> Group:
    of_kind: dict[str, list[str]] = {}
    for id in ids:
        of_kind.setdefault(id.partition("/")[0], []).append(id)
    folded = {kind: len(found) for kind, found in of_kind.items() if len(found) > many and kind in KINDS}
    listed = tuple(id for id in ids if id.partition("/")[0] not in folded)
    return Group(inverse or "in the text of", listed, tuple(folded.items()))


def _by_date(atlas: Atlas) -> Callable[[str], tuple[datetime.date, str]]:
    def key(id: str) -> tuple[datetime.date, str]:
        record = atlas.records.get(id)
        fields = type(record.entity).fact_fields() if record else {}
        dates = next((record.value(name) for name in ("dates", "signed") if name in fields), None) if record else None
        start = dates.start if isinstance(dates, DateRange) else dates
        return (start.first if isinstance(start, PartialDate) else datetime.date.max, id)

    return key


# --- memberships -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BelongsTo:
    """A membership of a state, as the body's own file tells it."""

    body: Record
    linked: LinkedFact


def belongs_to(record: Record, atlas: Atlas) -> tuple[BelongsTo, ...]:
    """The memberships of a state that are held, by the name of the body, then by day."""
    bodies = {backlink.source for backlink in record.backlinks if backlink.inverse == MEMBERSHIP}
    found = [
        BelongsTo(atlas.records[id], linked)
        for id in bodies
        if id in atlas.records
        for linked in atlas.records[id].facts
        if isinstance(linked.fact, Membership) and linked.fact.held and linked.fact.value.id == record.id
    ]
    return tuple(sorted(found, key=_by_body))


def _by_body(membership: BelongsTo) -> tuple[str, datetime.date, str]:
    since = membership.linked.fact.since
    name = sort_key(membership.body.entity.name.en)
    return (name, since.first if since else datetime.date.min, membership.linked.id)


@dataclass(frozen=True)
class Period:
    """A time, from its first day to the first day after it, in which the members in common were the same."""

    since: PartialDate
    until: PartialDate | None
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Common:
    """The members that a body has in common with the atlas' subject: on `as_of`, and ever."""

    ids: tuple[str, ...]
    periods: tuple[Period, ...]


def common(record: Record, atlas: Atlas) -> Common | None:
    """The members in common of a body and the subject; None where there never were any."""
    if "members" not in type(record.entity).fact_fields():
        return None
    periods = tuple(
        Period(_day(since), _day(until) if until else None, by_name(ids, atlas))
        for since, until, ids in atlas.common_periods(record.id)
    )
    return Common(by_name(atlas.in_common(record.id, atlas.as_of), atlas), periods) if periods else None


def _day(day: datetime.date) -> PartialDate:
    return decode_day(day.isoformat())


def by_name(ids: list[str], atlas: Atlas) -> tuple[str, ...]:
    """Ids in the order of their names."""
    return tuple(sorted(ids, key=lambda id: sort_key(atlas.records[id].entity.name.en)))


def subject_name(atlas: Atlas) -> str:
    """What the atlas is about, by its abbreviation if it has one."""
    record = atlas.records.get(atlas.settings.subject.id) if atlas.settings.subject else None
    if record is None:
        return "organisation"
    return getattr(record.entity, "abbreviation", None) or record.entity.name.en
