"""atlas.json: the whole graph in one file, in the shape that the contract in CONTRIBUTING.md describes."""

from __future__ import annotations

import json
from typing import Any

from scoatlas.atlas import Atlas, Backlink, Link, LinkedFact, Page, Record, SourceUse
from scoatlas.citation import Citation
from scoatlas.claims import Claim
from scoatlas.model import Fact
from scoatlas.source import Source
from scoatlas.values import PartialDate, to_json


def format_atlas(atlas: Atlas) -> str:
    """JSON text: `as_of`, `entities`, `pages`, `sources`."""
    whole = {
        "as_of": atlas.settings.as_of.text,
        "entities": [_entity(record) for record in sorted(atlas.records.values(), key=lambda record: record.id)],
        "pages": [_page(page) for page in sorted(atlas.pages.values(), key=lambda page: page.id)],
        "sources": [_source(source, atlas) for source in sorted(atlas.sources.values(), key=lambda source: source.key)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def format_entity(record: Record) -> str:
    """JSON text of one entity, as it stands in the whole."""
    return json.dumps(_entity(record), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _entity(record: Record) -> dict[str, Any]:
    entity = record.entity
    return {
        "id": record.id,
        "kind": record.kind,
        "name": {language: getattr(entity.name, language) for language in ("en", "ru", "zh")},
        "aliases": list(entity.aliases),
        "url": f"{record.id}/",
        "facts": [_fact(linked) for linked in record.facts],
        "gaps": [{"field": gap.field, "note": gap.note} for gap in entity.gaps],
        "links": _links(record.links),
        "backlinks": _backlinks(record.backlinks),
        "claims": [_claim(claim) for claim in record.claims],
    }


def _fact(linked: LinkedFact) -> dict[str, Any]:
    fact = linked.fact
    own = [name for name in type(fact).model_fields if name not in Fact.model_fields]
    return {
        "id": linked.id,
        "field": linked.field,
        "value": to_json(fact.value),
        "since": _date(fact.since),
        "until": _date(linked.until),
        "date": _date(fact.date),
        "rank": fact.rank.code,
        "confidence": fact.confidence.code,
        "attested": [day.text for day in fact.attested],
        "note": fact.note,
        "cite": [_citation(citation) for citation in fact.cite],
    } | {name: to_json(getattr(fact, name)) for name in own}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "part": claim.part,
        "where": claim.where,
        "claim": claim.claim,
        "kind": claim.kind.code,
        "verdict": claim.verdict.code,
        "reason": claim.reason,
        "about": [ref.id for ref in claim.about],
        "cite": [_citation(citation) for citation in claim.cite],
        "check": claim.check.text if claim.check else None,
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.text.title,
        "url": "" if page.id == "index" else f"{page.id}/",
        "links": list(dict.fromkeys(link.to for link in page.links)),
        "cites": _keys(page.uses),
    }


def _source(source: Source, atlas: Atlas) -> dict[str, Any]:
    users = sorted({use.by.partition("#")[0] for use in atlas.uses.get(source.key, ())})
    return {
        "key": source.key,
        "type": source.type,
        "title": source.title or None,
        "page": f"sources/#{source.key}",
        "url": source.url or None,
        "date": str(source.date) if source.date else None,
        "tier": source.tier or None,
        "seen": source.seen or None,
        "cited_by": users,
    }


def _links(links: tuple[Link, ...]) -> list[dict[str, str]]:
    return [{"field": name, "to": to} for name, to in dict.fromkeys((link.field, link.to) for link in links)]


def _backlinks(backlinks: tuple[Backlink, ...]) -> list[dict[str, str]]:
    pairs = dict.fromkeys((backlink.source, backlink.field) for backlink in backlinks)
    return [{"from": source, "field": name} for source, name in pairs]


def _keys(uses: tuple[SourceUse, ...]) -> list[str]:
    return list(dict.fromkeys(use.citation.source for use in uses))


def _citation(citation: Citation) -> dict[str, Any]:
    locator = citation.locator
    return {
        "source": citation.source,
        "locator": {"label": locator.label, "value": locator.value} if locator else None,
    }


def _date(date: PartialDate | None) -> str | None:
    return date.text if date else None
