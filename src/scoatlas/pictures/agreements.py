"""Which state signed which binding document of the organisation, and which joined it later."""

from __future__ import annotations

from scoatlas.atlas import Atlas, Record
from scoatlas.model import Ref
from scoatlas.pictures.matrix import Act, Entry, draw_matrix
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of
from scoatlas.values import PartialDate

_BINDING = ("charter", "treaty", "convention", "agreement", "protocol")
_SIGNED = Act("signed", "disc", "mark-0")
_JOINED = Act("joined later", "square", "mark-1")
_LETTERS = 100
"""Of a name that is longer, a short one is shown."""


def draw(atlas: Atlas) -> Picture | None:
    """One mark for each signature and each accession that is held of a binding document; None without any."""
    held = []
    for record in atlas.of_kind("documents"):
        signed = record.value("signed")
        acts = [
            (act, linked)
            for act, field in ((_SIGNED, "signatories"), (_JOINED, "accessions"))
            for linked in record.held(field)
            if isinstance(linked.fact.value, Ref)
        ]
        if isinstance(signed, PartialDate) and record.held("signatories") and str(record.value("type")) in _BINDING:
            held.append((signed, record, acts))
    if not held:
        return None
    held.sort(key=lambda one: (one[0], one[1].id))
    names, entries = [], []
    for thing, (signed, record, acts) in enumerate(held):
        names.append(_name(record, signed.first.year))
        for act, linked in acts:
            fact = linked.fact
            when = fact.date or fact.since or (signed if act is _SIGNED else None)
            cells = (
                Cell(signed.text),
                cell_of(record.id, atlas),
                cell_of(fact.value.id, atlas),
                Cell(act.words),
                Cell(when.text if when else "not found"),
            )
            entries.append(Entry(thing, fact.value.id, act, Row(cells, fact.cite)))
    body, rows, height = draw_matrix(names, 56, entries, _SIGNED, atlas)
    return Picture(
        id="agreements",
        title="Who signed and joined which agreement",
        description=f"{len({entry.state for entry in entries})} states and {len(held)} charters, treaties, "
        "conventions, agreements and protocols, the earliest first.",
        columns=("Signed", "Document", "State", "Act", "On"),
        rows=rows,
        width=960,
        height=height,
        body=body,
        keys=(_SIGNED.key, _JOINED.key),
        note="Shown are the documents that have a page here and of which it is known who signed. An empty place means "
        "that no source was found: most accessions of later members have none.",
    )


def _name(record: Record, year: int) -> str:
    """The name of a document with its year; of a very long one its shortest alias in Latin letters."""
    name = record.entity.name.en
    if len(name) > _LETTERS:
        name = min((alias for alias in record.entity.aliases if alias.isascii()), key=len, default=name)
    return name if str(year) in name else f"{name}, {year}"
