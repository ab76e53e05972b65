"""Conflicts: where a field takes one value and sources give several, one is preferred or all others are held wrong."""

from __future__ import annotations

from collections.abc import Iterator

from scoatlas.atlas import Atlas
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.model import Holding


def unranked_conflict(atlas: Atlas) -> Iterator[Diagnostic]:
    """A field of one value that holds several and prefers none, or more than one."""
    for record in atlas.records.values():
        for name, holding in type(record.entity).fact_fields().items():
            held = record.held(name)
            if holding is Holding.ONE and len({fact.id for fact in held}) > 1:
                preferred = held[0].fact.rank.code == "preferred"
                message = f"'{name}' has {len(held)} {'preferred ' if preferred else ''}values, and can have one"
                hint = "give one `rank: preferred`, or those held wrong `rank: deprecated`, and say why in a note"
                yield Diagnostic(
                    record.document.locate((*held[1].path, "value")), Rule.UNRANKED_CONFLICT, message, hint
                )
