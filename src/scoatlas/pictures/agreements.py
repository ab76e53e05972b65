"""Which state signed which binding document of the organisation, and which joined it later."""

from __future__ import annotations

import re

from scoatlas.atlas import Atlas
from scoatlas.model import Ref
from scoatlas.pictures.matrix import Entry, draw_matrix
from scoatlas.pictures.picture import Cell, Picture, Row
from scoatlas.pictures.times import cell_of
from scoatlas.values import PartialDate

_BINDING = ("charter", "treaty", "convention", "agreement", "protocol")
_SIGNED = ("signed", "disc", "mark-0")
_JOINED = ("joined later", "square", "mark-1")
_WORDS_BEFORE = re.compile(r"^(?:Agreement|Convention|Treaty) on (?:the )?")


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
    columns, entries = [], []
    for column, (signed, record, acts) in enumerate(held):
        name = _WORDS_BEFORE.sub("", record.entity.name.en)
        columns.append(f"{name[:1].upper()}{name[1:]}")
        for (words, form, look), linked in acts:
            fact = linked.fact
            when = fact.date or fact.since or (signed if form == "disc" else None)
            cells = (
                Cell(signed.text),
                cell_of(record.id, atlas),
                cell_of(fact.value.id, atlas),
                Cell(words),
                Cell(when.text if when else "not found"),
            )
            entries.append(Entry(column, fact.value.id, form, look, Row(cells, fact.cite)))
    body, rows, height = draw_matrix(columns, entries, (_SIGNED, _JOINED), atlas)
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
        note="Shown are the documents that have a page here and of which it is known who signed. An empty place means "
        "that no source was found: most accessions of later members have none. Names of documents are shortened.",
    )
