"""Who belonged to what: states down, bodies across, in each place a small axis of years with the time of membership."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterator

from markupsafe import Markup

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.expressions import show
from scoatlas.facts import Membership
from scoatlas.pictures.axes import lanes
from scoatlas.pictures.marks import bar, line, said, text
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.scales import Days
from scoatlas.pictures.times import abbreviation_of, cell_of, ends

_LEFT, _RIGHT, _TOP, _LANE = 162.0, 954.0, 58.0, 22.0
_FIRST = datetime.date(1991, 1, 1)
_LEAST = 2.0
"""The width of a bar that would be thinner, in units: of a membership of days nothing would show."""

_MIN_MEMBERS, _MAX_MEMBERS = 3, 20
"""Bodies of two are treaties, and to those of nearly all states, as the United Nations, it tells nothing to belong."""


def draw(atlas: Atlas) -> Picture | None:
    """One bar for each time that a state was in a body; None where no body has members among the states."""
    states = [record for record in atlas.of_kind("states") if record.held("status")]
    known = {record.id for record in states}
    told: list[tuple[str, Record, LinkedFact]] = []
    for body in atlas.of_kind("organisations"):
        facts = [
            linked
            for linked in body.held("members")
            if isinstance(linked.fact, Membership) and linked.fact.value.id in known and linked.fact.since
        ]
        if _MIN_MEMBERS <= len({linked.fact.value.id for linked in facts}) <= _MAX_MEMBERS:
            told += [(body.id, atlas.records[linked.fact.value.id], linked) for linked in facts]
    if subject := atlas.settings.subject:
        told += [(subject.id, record, linked) for record in states for linked in _statuses(record)]
    if not told:
        return None
    counts = {body: sum(one[0] == body for one in told) for body, _, _ in told}
    ours = subject.id if subject else ""
    bodies = sorted(counts, key=lambda body: (body != ours, -counts[body], body))
    states = [record for record in states if any(one[1] is record for one in told)]
    states.sort(key=lambda record: (-len({one[0] for one in told if one[1] is record}), record.id))
    told.sort(key=lambda one: (states.index(one[1]), bodies.index(one[0]), one[2].fact.since))
    step = (_RIGHT - _LEFT) / len(bodies)
    bottom = _TOP + _LANE * len(states)
    drawn = [lanes([record.entity.name.en for record in states], _LEFT, _RIGHT, _TOP, _LANE)]
    scales = {}
    for column, id in enumerate(bodies):
        start = _LEFT + step * column
        scales[id] = Days(_FIRST, atlas.as_of, start + 5, start + step - 5)
        for place, part in enumerate(reversed(textwrap.wrap(abbreviation_of(id, atlas).replace("–", "– "), 9)[:3])):
            drawn.append(text(start + step / 2, _TOP - 10 - 15 * place, part, class_="head"))
        drawn.append(line(start, _TOP, start, bottom, class_="grid"))
        for x, year, side in ((5, _FIRST.year, "start"), (step - 5, atlas.as_of.year, "y")):
            drawn.append(
                text(start + x, bottom + 16, f"’{year % 100:02}", class_=f"tick short {side}", data_column=column)
            )
    rows = []
    for index, (id, record, linked) in enumerate(told):
        assert linked.fact.since
        role = _role(linked, atlas)
        cells = (cell_of(record.id, atlas), cell_of(id, atlas), Cell(role), *map(Cell, ends(linked)))
        rows.append(Row(cells, linked.fact.cite))
        start = scales[id].at(linked.fact.since.first)
        end = scales[id].at(linked.until.first if linked.until else atlas.as_of)
        y = _TOP + _LANE * states.index(record) + 7
        look = "span mark-0" if role == "member" else "span mark-1 hollow"
        drawn.append(
            bar(start, y, max(end - start, _LEAST), _LANE - 14, said(rows[-1].words), class_=look, data_row=index)
        )
    keys = [
        ("member", bar(-12.0, -4.0, 20.0, 8.0, class_="span mark-0")),
        ("observer, partner, associate or suspended", bar(-12.0, -4.0, 20.0, 8.0, class_="span mark-1 hollow")),
    ]
    return Picture(
        id="belonging",
        title="Who belonged to which body",
        description=f"{len(states)} states and {len(bodies)} bodies, with the years of membership of each in each.",
        columns=("State", "Body", "Role", "From", "To"),
        rows=tuple(rows),
        width=960,
        height=round(bottom + 24),
        body=Markup("").join(drawn),
        keys=tuple(keys),
        note=f"Each place is an axis from {_FIRST.year} to {atlas.as_of.year}, the year of the last search; what began "
        "earlier begins at its edge, and what lasted days is drawn wider than it was. Shown are bodies with "
        f"{_MIN_MEMBERS} to {_MAX_MEMBERS} of these states.",
    )


def _statuses(record: Record) -> Iterator[LinkedFact]:
    return (linked for linked in record.held("status") if linked.fact.since)


def _role(linked: LinkedFact, atlas: Atlas) -> str:
    """Member, or what else a state is or was in a body; in the subject of the atlas its status."""
    if isinstance(linked.fact, Membership):
        return linked.fact.role.label if linked.fact.role else "member"
    return show(linked.fact.value, atlas)
