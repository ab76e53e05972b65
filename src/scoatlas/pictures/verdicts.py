"""What a review says of a text: its claims by part and by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from scoatlas.atlas import Atlas, Record
from scoatlas.claims import VERDICTS
from scoatlas.pictures.axes import lane_name, patterns
from scoatlas.pictures.marks import bar, line, said, text
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.scales import Numbers

_LEFT, _RIGHT, _TOP, _LANE = 270.0, 930.0, 12.0, 30.0
_LETTERS = 36


def draw_all(atlas: Atlas) -> Iterator[Picture]:
    """A picture of each review with claims."""
    for record in atlas.of_kind("reviews"):
        if record.claims:
            yield _draw(record)


def _draw(record: Record) -> Picture:
    id = f"{record.id.replace('/', '-')}-verdicts"
    parts: dict[str, Counter[str]] = {}
    for claim in record.claims:
        parts.setdefault(claim.part or "Claims", Counter())[claim.verdict.code] += 1
    scale = Numbers.up_to(max(counts.total() for counts in parts.values()), _LEFT, _RIGHT)
    bottom = _TOP + _LANE * len(parts)
    used = [verdict for verdict in VERDICTS if any(counts[verdict] for counts in parts.values())]
    drawn = [patterns(id, used, VERDICTS, "verdict-")]
    for at, number in scale.ticks():
        drawn += [line(at, _TOP, at, bottom, class_="grid"), text(at, bottom + 16, f"{number:g}", class_="tick x")]
    drawn.append(text(_LEFT - 8, bottom + 16, "claims", class_="lane"))
    rows = []
    for lane, (title, counts) in enumerate(parts.items()):
        y, done = _TOP + _LANE * lane, 0
        drawn.append(lane_name(title, _LEFT - 8, y + _LANE / 2, _LETTERS))
        for verdict in (verdict for verdict in used if counts[verdict]):
            rows.append(
                Row(
                    (Cell(title, record.id), Cell(verdict), Cell(str(counts[verdict]))),
                    getattr(record.entity, "reviewed", ()),
                )
            )
            start, end = scale.at(done), scale.at(done + counts[verdict])
            look = {"class_": "span", "fill": f"url(#{id}-{verdict})", "data_row": len(rows) - 1}
            drawn.append(bar(start, y + 6, end - start, _LANE - 12, said(rows[-1].words), **look))
            done += counts[verdict]
    keys = [(verdict, bar(-12.0, -6.0, 20.0, 12.0, class_="span", fill=f"url(#{id}-{verdict})")) for verdict in used]
    return Picture(
        id=id,
        title=f"The verdicts on {record.entity.name.en}",
        description=f"{len(record.claims)} claims by part of the text and by verdict.",
        columns=("Part", "Verdict", "Claims"),
        rows=tuple(rows),
        width=960,
        height=round(bottom + 26),
        body=Markup("").join(drawn),
        keys=tuple(keys),
        note=f"What each verdict means, and the reason for each, stand in [[{record.id}]].",
    )
