"""Taking part: members alone host, and who takes part in the organisation's exercises has a status in it."""

from __future__ import annotations

from collections.abc import Iterator

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.facts import Participant
from scoatlas.model import Ref
from scoatlas.values import DateRange

GUEST = "guest"


def host_not_member(atlas: Atlas) -> Iterator[Diagnostic]:
    """A meeting of the organisation in a state that was no member on its last day."""
    founded = atlas.founded()
    for record in atlas.of_kind("summits"):
        dates = record.value("dates")
        for linked in record.held("host"):
            host = linked.fact.value
            if not (isinstance(host, Ref) and isinstance(dates, DateRange) and founded):
                continue
            day = dates.end.last
            is_state = host.id in atlas.records and atlas.records[host.id].kind == "states"
            if day >= founded and is_state and host.id not in atlas.on(day).get("member", ()):
                location = record.document.locate((*linked.path, "value"))
                message = f"'{host.id}' was no member on {dates.end}"
                hint = "mend the host, the dates, or the state's status"
                yield Diagnostic(location, Rule.HOST_NOT_MEMBER, message, hint)


def participant_without_status(atlas: Atlas) -> Iterator[Diagnostic]:
    """An exercise of the organisation with a state that had no status in it on any of its days, and is no guest."""
    for record in atlas.of_kind("exercises"):
        dates = record.value("dates")
        if not (isinstance(dates, DateRange) and _is_ours(record, atlas)):
            continue
        for linked in record.held("participants"):
            fact = linked.fact
            if not isinstance(fact, Participant) or (fact.role and fact.role.code == GUEST):
                continue
            state = atlas.records.get(fact.value.id)
            if state and state.kind == "states" and not _has_status(state, dates):
                location = record.document.locate((*linked.path, "value"))
                message = f"'{fact.value.id}' had no status on {dates}"
                hint = f"add `role: {GUEST}`, or mend the dates, the framework or the state's status"
                yield Diagnostic(location, Rule.PARTICIPANT_WITHOUT_STATUS, message, hint)


def _is_ours(exercise: Record, atlas: Atlas) -> bool:
    """Whether an exercise is held under the subject of the atlas, or under one of its institutions."""
    framework = exercise.value("framework")
    subject = atlas.settings.subject
    return isinstance(framework, Ref) and (
        framework.id.startswith("institutions/") or (subject is not None and framework.id == subject.id)
    )


def _has_status(state: Record, dates: DateRange) -> bool:
    """Whether a state has a status on any of some days."""

    def overlaps(linked: LinkedFact) -> bool:
        since, until = linked.fact.since, linked.until
        return (not since or since.first <= dates.end.last) and (not until or dates.start.first < until.first)

    return any(overlaps(linked) for linked in state.held("status"))
