"""Who held the offices that atlas.yml names, and when: a lane a holder, office after office."""

from __future__ import annotations

from scoatlas.atlas import Atlas, LinkedFact
from scoatlas.expressions import show
from scoatlas.model import Ref
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import ends, spans
from scoatlas.values import PartialDate


def draw(atlas: Atlas) -> Picture | None:
    """One bar for each term of office; None where no office has a holder."""
    names: list[str] = []
    heads: list[int] = []
    told = []
    for office in atlas.settings.offices:
        record = atlas.records.get(office.of.id)
        dated = [(linked.fact.since, linked) for linked in record.held(office.field)] if record else []
        facts = [linked for since, linked in sorted((pair for pair in dated if pair[0]), key=_by_day)]
        lanes: dict[str, int] = {}
        if facts:
            heads.append(len(names))
            names.append(office.title)
        for linked in facts:
            holder = show(linked.fact.value, atlas)
            if holder not in lanes:
                lanes[holder] = len(names)
                names.append(holder)
            since, until = ends(linked)
            to = linked.fact.value.id if isinstance(linked.fact.value, Ref) else office.of.id
            cells = (Cell(office.title, office.of.id), Cell(holder, to), Cell(since), Cell(until))
            told.append((lanes[holder], linked, Row(cells, linked.fact.cite)))
    if not told:
        return None
    titles = [office.title for office in atlas.settings.offices]
    marks = {linked.id: titles.index(row.cells[0].text) % 6 for _, linked, row in told}
    body, bottom = spans(names, told, atlas, lambda linked: {"class_": f"span mark-{marks[linked.id]}"}, heads)
    return Picture(
        id="offices",
        title=f"Who held office: {' and '.join(titles)}",
        description=f"{len(told)} terms of office, each from its first day to its last.",
        columns=("Office", "Holder", "From", "To"),
        rows=tuple(row for _, _, row in told),
        width=960,
        height=round(bottom + 26),
        body=body,
        note="Each holder has a lane; who held an office twice has two bars in one lane. Shown are the terms of which "
        "the first day was found.",
    )


def _by_day(dated: tuple[PartialDate | None, LinkedFact]) -> tuple[str, str]:
    return (dated[0].first.isoformat() if dated[0] else "", dated[1].id)
