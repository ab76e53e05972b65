"""Time: nothing ends before it begins, no two statuses at once, nothing after `as_of`, a series in its order."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.diagnostics import Diagnostic, Rule, did_you_mean
from scoatlas.facts import Figure, Membership
from scoatlas.model import Holding
from scoatlas.values import DateRange, PartialDate, span_of


def unknown_status(atlas: Atlas) -> Iterator[Diagnostic]:
    """A status that atlas.yml does not name."""
    statuses = atlas.settings.statuses
    for record, linked in _of_field(atlas, "states", "status"):
        if str(linked.fact.value) not in statuses:
            location = record.document.locate((*linked.path, "value"))
            hint = did_you_mean(str(linked.fact.value), statuses) or f"statuses: {', '.join(statuses)}"
            yield Diagnostic(location, Rule.INVALID_VALUE, f"there is no status '{linked.fact.value}'", hint)


def contradiction(atlas: Atlas) -> Iterator[Diagnostic]:
    """Facts that cannot all be true: an end before its beginning, two at a time, a status before the founding."""
    for record, linked in atlas.facts():
        since, until = linked.fact.since, linked.fact.until
        if since and until and until.first <= since.first:
            location = record.document.locate((*linked.path, "until"))
            message = f"it ends on {until}, not after its beginning on {since}"
            yield Diagnostic(
                location, Rule.CONTRADICTION, message, "`until` is the first day on which it is true no longer"
            )
    for record in atlas.records.values():
        for name, holding in type(record.entity).fact_fields().items():
            if holding is Holding.SUCCESSION:
                yield from _overlaps(record, name)
        yield from _memberships_at_once(record)
    if founded := atlas.founded():
        for record, linked in _of_field(atlas, "states", "status"):
            since = linked.fact.since
            if linked.fact.held and since and since.last < founded:
                location = record.document.locate((*linked.path, "since"))
                message = f"a status begins on {since}, before the founding on {founded}"
                yield Diagnostic(location, Rule.CONTRADICTION, message, "what came before is an event")


def _overlaps(record: Record, name: str) -> Iterator[Diagnostic]:
    """Neighbours of a succession of which the first has not ended when the second begins."""
    held = [linked for linked in record.held(name) if not linked.only_attested]
    held.sort(key=lambda linked: linked.fact.since.first if linked.fact.since else datetime.date.min)
    for earlier, later in itertools.pairwise(held):
        if earlier.id == later.id:
            continue  # `duplicate-id` says so
        begins = later.fact.since
        if begins is None or earlier.fact.since is None:
            message = f"'{earlier.fact.value}' and '{later.fact.value}' have no order"
            yield _at(record, later, message, "give each a `since`, or the days on which it is `attested`")
        elif earlier.until is None or begins.first < earlier.until.first:
            message = f"'{later.fact.value}' begins on {begins} while '{earlier.fact.value}' has not ended"
            yield _at(record, later, message, "deprecate one with `rank: deprecated`, or mend the dates")
    for linked in record.held(name):
        yield from _attested_in_the_time_of_another(record, linked, held) if linked.only_attested else ()


def _attested_in_the_time_of_another(
    record: Record, linked: LinkedFact, held: list[LinkedFact]
) -> Iterator[Diagnostic]:
    for position, day in enumerate(linked.fact.attested):
        for other in held:
            if other.fact.since and other.fact.since.last < day.first and other.true_on(day.first):
                location = record.document.locate((*linked.path, "attested", position))
                message = f"'{linked.fact.value}' is attested on {day}, in the time of '{other.fact.value}'"
                yield Diagnostic(location, Rule.CONTRADICTION, message, "mend the day, or the other's `until`")


def _memberships_at_once(record: Record) -> Iterator[Diagnostic]:
    """Two memberships of one state in one body, of which the first has not ended when the second begins."""
    terms: dict[str, list[LinkedFact]] = {}
    for linked in record.facts:
        if isinstance(linked.fact, Membership) and linked.fact.held and linked.fact.since:
            terms.setdefault(linked.fact.value.id, []).append(linked)
    for id, of_state in terms.items():
        of_state.sort(key=lambda linked: linked.fact.since.first if linked.fact.since else datetime.date.min)
        for earlier, later in itertools.pairwise(of_state):
            begins = later.fact.since
            ended = earlier.until and begins and earlier.until.first <= begins.first
            if not ended and earlier.id != later.id:
                message = f"a membership of '{id}' begins on {begins} while its earlier one has not ended"
                yield _at(record, later, message, "give the earlier one an `until`, or deprecate one")


def _at(record: Record, linked: LinkedFact, message: str, hint: str) -> Diagnostic:
    return Diagnostic(record.document.locate((*linked.path, "since")), Rule.CONTRADICTION, message, hint)


def future_fact(atlas: Atlas) -> Iterator[Diagnostic]:
    """A fact dated after the day up to which evidence was searched, in an entity that is not said to be expected."""
    for record, linked in atlas.facts():
        fact = linked.fact
        dates = {"since": fact.since, "date": fact.date, "attested": max(fact.attested, default=None)}
        if (span := span_of(fact.value)) and not fact.may_lie_ahead:
            dates["value"] = span[1]
        for name, date in dates.items():
            if date and date.first > atlas.as_of and not record.entity.expected:
                location = record.document.locate((*linked.path, name))
                message = f"{date} is after {atlas.as_of}, up to which evidence was searched"
                yield Diagnostic(
                    location, Rule.FUTURE_FACT, message, "for what is planned, add `expected: true` to the entity"
                )


def series_order(atlas: Atlas) -> Iterator[Diagnostic]:
    """A series whose parts do not stand in the order of their days, or whose figures not in that of their years."""
    for record in atlas.records.values():
        series: dict[object, list[tuple[LinkedFact, PartialDate]]] = {}
        for linked in record.facts:
            fact = linked.fact
            if isinstance(fact, Figure) and fact.date:
                series.setdefault((linked.field, fact.measure, fact.statistics), []).append((linked, fact.date))
            elif linked.field == "parts" and (begin := _begin_of(atlas.records.get(fact.value.id))):
                series.setdefault(linked.field, []).append((linked, begin))
        for members in series.values():
            for (_, earlier), (linked, later) in itertools.pairwise(members):
                if later.last < earlier.first:
                    location = record.document.locate((*linked.path, "value"))
                    message = f"this is of {later} and stands behind one of {earlier}"
                    yield Diagnostic(location, Rule.SERIES_ORDER, message, "the earliest first: move it up")


def _begin_of(record: Record | None) -> PartialDate | None:
    """When a part of a series began, if that is known."""
    dates = record.value("dates") if record and "dates" in type(record.entity).fact_fields() else None
    return dates.start if isinstance(dates, DateRange) else None


def _of_field(atlas: Atlas, kind: str, name: str) -> Iterator[tuple[Record, LinkedFact]]:
    return ((record, linked) for record in atlas.of_kind(kind) for linked in record.facts if linked.field == name)
