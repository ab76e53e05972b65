"""Who had which status, from when to when: a lane a state, the longest in the organisation first."""

from __future__ import annotations

from scoatlas.atlas import Atlas
from scoatlas.expressions import show
from scoatlas.pictures.axes import patterns
from scoatlas.pictures.marks import bar
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of, ends, spans

_ID = "membership"


def draw(atlas: Atlas) -> Picture | None:
    """One bar for each status that a state had; None without any."""
    states = [
        (min(first_days), record, facts)
        for record in atlas.of_kind("states")
        if (facts := [linked for linked in record.held("status") if linked.fact.since])
        and (first_days := [linked.fact.since for linked in facts if linked.fact.since])
    ]
    if not states:
        return None
    states.sort(key=lambda state: state[0])
    statuses = atlas.settings.statuses
    told = []
    for lane, (_, record, facts) in enumerate(states):
        for linked in facts:
            since, until = ends(linked)
            cells = (cell_of(record.id, atlas), Cell(show(linked.fact.value, atlas)), Cell(since), Cell(until))
            told.append((lane, linked, Row(cells, linked.fact.cite)))
    names = [record.entity.name.en for _, record, _ in states]
    body, bottom = spans(
        names,
        told,
        atlas,
        lambda linked: {"class_": f"span s-{linked.fact.value}", "fill": f"url(#{_ID}-{linked.fact.value})"},
    )
    used = [status for status in statuses if any(str(linked.fact.value) == status for _, linked, _ in told)]
    keys = [
        (
            statuses[status].plural,
            bar(-12.0, -6.0, 20.0, 12.0, class_=f"span s-{status}", fill=f"url(#{_ID}-{status})"),
        )
        for status in used
    ]
    return Picture(
        id=_ID,
        title="Membership over time",
        description=f"The statuses of {len(states)} states in the organisation, each from its first day to its last.",
        columns=("State", "Status", "From", "To"),
        rows=tuple(row for _, _, row in told),
        width=960,
        height=round(bottom + 26),
        body=patterns(_ID, used, statuses) + body,
        keys=tuple(keys),
        note="A bar begins on the day from which the status holds; one that goes on ends on the last day searched.",
    )
