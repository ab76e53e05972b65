"""references.json: the sources as CSL-JSON 1.0.2."""

from __future__ import annotations

import json

from scoatlas.atlas import Atlas
from scoatlas.citations.csl import csl_item


def format_csl_json(atlas: Atlas) -> str:
    """JSON text: a list of items, by key."""
    items = []
    for source in sorted(atlas.sources.values(), key=lambda source: source.key):
        item = dict(csl_item(source))
        for date in (item[name] for name in ("issued", "accessed") if name in item):
            if date.get("circa"):  # type: ignore[attr-defined]
                date["circa"] = True  # type: ignore[index]  # CSL-JSON knows that a date is uncertain, and not how
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
