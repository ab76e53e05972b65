"""An entity, a fact, or a day as plain text for a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.citations.chicago import bibliography
from scoatlas.citations.csl import csl_item
from scoatlas.citations.runs import plain_text
from scoatlas.citations.styles import Style, letters_of
from scoatlas.expressions import name_of, show
from scoatlas.facts import Holder
from scoatlas.model import Holding, Ref
from scoatlas.source import SEEN, TIERS, Source
from scoatlas.values import sort_key
from scoatlas.views import labels_of, own_fields, title_of


def format_day(day: datetime.date, atlas: Atlas) -> str:
    """Who had which status on a day, who held which office, and who of the members belonged to which other body."""
    lines = [f"The organisation on {day}"]
    for status, ids in atlas.on(day).items():
        lines.append(f"  {atlas.settings.statuses[status].plural} ({len(ids)}): {_names(ids, atlas)}")
    for record in atlas.records.values():
        for name, holding in type(record.entity).fact_fields().items():
            for linked in record.on(name, day) if holding is Holding.SUCCESSION else ():
                if isinstance(linked.fact, Holder) or isinstance(linked.fact.value, Ref):
                    holder = show(linked.fact.value, atlas)
                    lines.append(f"  {record.entity.name.en}, {title_of(record, name).lower()}: {holder}")
    for record in atlas.of_kind("organisations"):
        if ids := atlas.in_common(record.id, day):
            lines.append(f"  Members also in {record.entity.name.en} ({len(ids)}): {_names(ids, atlas)}")
    return "\n".join(lines) + "\n"


def _names(ids: list[str], atlas: Atlas) -> str:
    return ", ".join(name_of(id, atlas) for id in ids) or "–"


def format_record(record: Record, atlas: Atlas) -> str:
    """An entity: its names, facts with dates and sources, claims with verdicts, gaps, and who refers to it."""
    entity = record.entity
    lines = [f"{record.id}: {' · '.join(name for _, name in entity.name.in_order())}"]
    if entity.aliases:
        lines.append(f"  also: {', '.join(entity.aliases)}")
    lines += [f"  {name}: {text}" for name, _, text in labels_of(record)]
    if entity.expected:
        lines.append("  expected")
    field = ""
    for linked in record.facts:
        if linked.field != field:
            field = linked.field
            lines.append(f"  {field}")
        lines.append(f"    {format_fact(linked, atlas)}")
    if record.claims:
        lines.append("  claims")
    for claim in record.claims:
        lines.append(f"    {claim.verdict}: {show(claim.claim, atlas)} [{claim.where}; {claim.id}]")
    lines += [f"  not found: {gap.field} – {show(gap.note, atlas)}" for gap in entity.gaps]
    referring = sorted({backlink.source for backlink in record.backlinks})
    if referring:
        lines.append(f"  mentioned by: {', '.join(referring)}")
    return "\n".join(lines) + "\n"


def format_fact(linked: LinkedFact, atlas: Atlas) -> str:
    """A fact on one line: value, time, what we hold of it, its sources."""
    fact = linked.fact
    parts = [show(fact.value, atlas)]
    parts += [f"{title.lower()} {show(value, atlas)}" for title, value in own_fields(linked)]
    if fact.attested:
        parts.append(f"attested on {', '.join(day.in_words for day in fact.attested)}")
    if fact.date:
        parts.append(fact.date.in_words)
    if fact.since:
        parts.append(f"since {fact.since.in_words}")
    if linked.until:
        parts.append(f"until {linked.until.in_words}")
    if fact.rank.code != "normal":
        parts.append(fact.rank.label)
    if fact.confidence.code != "high":
        parts.append(fact.confidence.label)
    cites = ", ".join(citation.source + (f", {citation.locator}" if citation.locator else "") for citation in fact.cite)
    return f"{'; '.join(parts)} [{cites}]"


def format_why(record: Record, linked: LinkedFact, atlas: Atlas) -> str:
    """A fact, the sources that carry it, and the pages that use it."""
    lines = [linked.id, f"  {format_fact(linked, atlas)}"]
    if linked.fact.note:
        lines.append(f"  note: {show(linked.fact.note, atlas)}")
    lines.append(f"  written at {record.document.locate(linked.path)}")
    lines.append("  sources")
    for citation in linked.fact.cite:
        source = atlas.sources.get(citation.source)
        lines += [f"    {line}" for line in (_describe(source) if source else [f"{citation.source}: not readable"])]
    lines.append(f"  shown on {record.id}/")
    if users := sorted(_users(linked, atlas)):
        lines.append(f"  used by {', '.join(users)}")
    if referring := sorted({backlink.source for backlink in record.backlinks}):
        lines.append(f"  its entity is mentioned by {', '.join(referring)}")
    return "\n".join(lines) + "\n"


def _users(linked: LinkedFact, atlas: Atlas) -> set[str]:
    """The entities and pages whose prose links a fact or takes its value."""
    links = [(record.id, link) for record in atlas.records.values() for link in record.links]
    links += [(page.id, link) for page in atlas.pages.values() for link in page.links]
    return {id for id, link in links if link.anchor and f"{link.to}#{link.anchor}" == linked.id}


def format_references(citations: Iterable[Citation], style: Style, atlas: Atlas) -> str:
    """Works in a style, as a list of works has them; below a work that is cited with a place, its citation."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.source, []).append(citation)
    items = {key: csl_item(atlas.sources[key]) for key in cited if key in atlas.sources}
    letters = letters_of(items.values()) if style.lettered else {}
    told = []
    for key, item in items.items():
        letter = letters.get(key, "")
        lines = [plain_text(style.reference(item, letter))]
        places = dict.fromkeys(citation.locator for citation in cited[key] if citation.locator)
        lines += [f"    cited as {plain_text(style.cite(item, place, letter))}" for place in places]
        told.append("\n".join(lines))
    return "\n".join(sorted(told, key=sort_key)) + "\n"


def _describe(source: Source) -> Iterator[str]:
    yield f"{source.key}: {plain_text(bibliography(csl_item(source)))}"
    yield f"  {TIERS.get(source.tier, 'no tier')}, {SEEN.get(source.seen, 'unknown whether seen')}"
