"""Which state was host to which meeting: a lane a state, a mark a meeting."""

from __future__ import annotations

import datetime

from markupsafe import Markup

from scoatlas.atlas import Atlas, Record
from scoatlas.expressions import show
from scoatlas.model import Ref
from scoatlas.pictures.axes import lanes, years
from scoatlas.pictures.marks import said, shape
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.scales import Days
from scoatlas.pictures.times import LANE, LEFT, RIGHT, TOP, cell_of
from scoatlas.values import DateRange, sort_key

_SHAPES = ("disc", "square", "diamond", "triangle")


def draw(atlas: Atlas) -> Picture | None:
    """One mark for each meeting that was held; None where no host is known."""
    held = []
    for record in atlas.of_kind("summits"):
        dates, host = record.value("dates"), record.value("host")
        if isinstance(dates, DateRange) and isinstance(host, Ref) and dates.start.first <= atlas.as_of:
            held.append((dates, host.id, record))
    if not held:
        return None
    held.sort(key=lambda meeting: (meeting[0].start, meeting[2].id))
    hosts = sorted({host for _, host, _ in held}, key=lambda id: sort_key(cell_of(id, atlas).text))
    councils = list(dict.fromkeys(record.value("council") for _, _, record in held))
    councils.sort(key=lambda council: -sum(record.value("council") == council for _, _, record in held))
    scale = Days(datetime.date(held[0][0].start.first.year, 1, 1), atlas.as_of, LEFT, RIGHT - 10)
    bottom = TOP + LANE * len(hosts)
    names = [cell_of(id, atlas).text for id in hosts]
    drawn, rows = [lanes(names, LEFT, RIGHT, TOP, LANE), years(scale, TOP, bottom)], []
    for index, (dates, host, record) in enumerate(held):
        council, form = record.value("council"), record.value("format")
        facts = [linked for name in ("dates", "host", "council") for linked in record.held(name)[:1]]
        row = Row(
            (
                Cell(str(dates)),
                cell_of(record.id, atlas),
                Cell(show(council, atlas)),
                cell_of(host, atlas),
                Cell(show(form, atlas) if form else "not found"),
            ),
            tuple(dict.fromkeys(citation for linked in facts for citation in linked.fact.cite)),
        )
        rows.append(row)
        place = councils.index(council) % len(_SHAPES)
        hollow = " hollow" if _by_video(record) else ""
        drawn.append(
            shape(
                _SHAPES[place],
                scale.at(dates.start.first),
                TOP + LANE * (hosts.index(host) + 0.5),
                11,
                said(row.words),
                class_=f"mark-{place}{hollow}",
                data_row=index,
            )
        )
    keys = [
        (show(council, atlas), shape(_SHAPES[place], 0, 0, 11, class_=f"mark-{place}"))
        for place, council in enumerate(councils[: len(_SHAPES)])
    ]
    at_distance = sorted({councils.index(r.value("council")) for _, _, r in held if _by_video(r)})
    if at_distance:
        marks = [
            shape(_SHAPES[place % 4], -14.0 * n, 0, 11, class_=f"mark-{place % 4} hollow")
            for n, place in enumerate(at_distance[:2])
        ]
        keys.append(("by video conference", Markup("").join(marks)))
    return Picture(
        id="summits-by-host",
        title="Summits by host",
        description=f"{len(held)} meetings of the councils, by the state that was host.",
        columns=("Dates", "Meeting", "Council", "Host", "Format"),
        rows=tuple(rows),
        width=960,
        height=round(bottom + 26),
        body=Markup("").join(drawn),
        keys=tuple(keys),
        note="The host of a meeting by video conference is the state in the chair, from which it was led.",
    )


def _by_video(record: Record) -> bool:
    return str(record.value("format")) == "video-conference"
