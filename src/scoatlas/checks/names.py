"""Names and ids: each fact has an id of its own, each name stands for one entity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoatlas.atlas import Atlas, Record
from scoatlas.diagnostics import Diagnostic, Rule, did_you_mean
from scoatlas.places import DataPath


def invalid_id(atlas: Atlas) -> Iterator[Diagnostic]:
    """A fact whose id would be no anchor: its own is malformed, or its value has no Latin letter to make one from."""
    for record, linked in atlas.facts():
        if linked.fact.id is not None:
            if not re.fullmatch(f"{linked.field}(?:-[a-z0-9]+)+", linked.anchor) or len(linked.anchor) > 96:
                location = record.document.locate((*linked.path, "id"))
                hint = f"write '{linked.field}-' and small letters, digits and hyphens"
                yield Diagnostic(location, Rule.INVALID_ID, f"'{linked.fact.id}' is no id of this fact", hint)
        elif linked.anchor.endswith("-"):
            location = record.document.locate(linked.path)
            hint = f"add `id: {linked.field}-…`"
            yield Diagnostic(location, Rule.INVALID_ID, "no id can be made from this fact's value", hint)


def duplicate_id(atlas: Atlas) -> Iterator[Diagnostic]:
    """Two facts or two claims of one entity under the same id."""
    for record in atlas.records.values():
        first: dict[str, int] = {}
        for linked in record.facts:
            location = record.document.locate(linked.path)
            if linked.id in first:
                message = f"this fact has the id '{linked.anchor}', as the one on line {first[linked.id]}"
                yield Diagnostic(location, Rule.DUPLICATE_ID, message, f"add `id: {linked.anchor}-…` to one of them")
            first.setdefault(linked.id, location.line)
        for number, claim in enumerate(record.claims):
            location = record.document.locate(("claims", number, "id"))
            if claim.anchor in first:
                message = f"this claim has the id '{claim.id}', as the one on line {first[claim.anchor]}"
                yield Diagnostic(location, Rule.DUPLICATE_ID, message, "give one of them another")
            first.setdefault(claim.anchor, location.line)


def duplicate_name(atlas: Atlas) -> Iterator[Diagnostic]:
    """A name or alias that another entity has too."""
    owners: dict[str, str] = {}
    places: list[tuple[Record, DataPath, str]] = [
        (record, ("name", language), name)
        for record in atlas.records.values()
        for language, name in record.entity.name.in_order()
    ]
    places += [
        (record, ("aliases", number), alias)
        for record in atlas.records.values()
        for number, alias in enumerate(record.entity.aliases)
    ]
    for record, path, name in places:
        owner = owners.setdefault(name.casefold(), record.id)
        if owner != record.id:
            message = f"'{name}' is a name of '{owner}' too"
            yield Diagnostic(
                record.document.locate(path), Rule.DUPLICATE_NAME, message, "tell them apart, or delete one"
            )


def unknown_gap(atlas: Atlas) -> Iterator[Diagnostic]:
    """A gap in a field that the kind does not have."""
    for record in atlas.records.values():
        fields = [name for name in type(record.entity).model_fields if name not in ("gaps", "expected")]
        for number, gap in enumerate(record.entity.gaps):
            if gap.field not in fields:
                hint = did_you_mean(gap.field, fields) or f"fields here: {', '.join(fields)}"
                location = record.document.locate(("gaps", number, "field"))
                yield Diagnostic(location, Rule.INVALID_VALUE, f"there is no field '{gap.field}'", hint)
