"""References: they lead to an entity that is there, of the kind that is wanted; every entity is referred to."""

from __future__ import annotations

from collections.abc import Iterator

from scoatlas.atlas import Atlas, Link
from scoatlas.diagnostics import Diagnostic, Rule, did_you_mean
from scoatlas.kinds import KINDS
from scoatlas.loader import PAGES
from scoatlas.outline import with_article


def unknown_entity(atlas: Atlas) -> Iterator[Diagnostic]:
    """A reference to an entity or fact that does not exist, or to a kind that there is not."""
    for link in _links(atlas):
        kind, _, slug = link.to.partition("/")
        if kind == PAGES:
            if link.to not in atlas.pages and atlas.whole:
                hint = did_you_mean(link.to, atlas.pages)
                yield Diagnostic(link.location, Rule.UNKNOWN_ENTITY, f"there is no page '{link.to}'", hint)
        elif kind not in KINDS:
            hint = did_you_mean(kind, KINDS) or f"kinds: {', '.join(KINDS)}"
            yield Diagnostic(link.location, Rule.UNKNOWN_KIND, f"there is no kind '{kind}'", hint)
        elif link.to not in atlas.known:
            elsewhere = next((id for id in sorted(atlas.known) if id.endswith(f"/{slug}")), None)
            guess = f"did you mean '{elsewhere}'?" if elsewhere else did_you_mean(link.to, atlas.known)
            yield Diagnostic(link.location, Rule.UNKNOWN_ENTITY, f"there is no '{link.to}'", guess)
        elif link.anchor and link.to in atlas.records:
            anchors = atlas.records[link.to].anchors
            if link.anchor not in anchors:
                message = f"'{link.to}' has no fact '{link.anchor}'"
                yield Diagnostic(link.location, Rule.UNKNOWN_ENTITY, message, did_you_mean(link.anchor, anchors))


def wrong_kind(atlas: Atlas) -> Iterator[Diagnostic]:
    """A reference to an entity of a kind that the field does not take."""
    for link in _links(atlas):
        kind = link.to.partition("/")[0]
        if link.kinds and kind in KINDS and kind not in link.kinds:
            wanted = " or ".join(with_article(KINDS[name].label) for name in link.kinds)
            message = f"'{link.to}' is {with_article(KINDS[kind].label)}, where {wanted} is wanted"
            yield Diagnostic(link.location, Rule.WRONG_KIND, message, f"write '{link.kinds[0]}/…'")


def orphan(atlas: Atlas) -> Iterator[Diagnostic]:
    """An entity to which no other entity, essay or page refers."""
    for record in atlas.records.values() if atlas.whole else ():
        if not record.backlinks and not record.links:
            message = f"nothing refers to '{record.id}', and it refers to nothing"
            hint = f"link it: [[{record.id}]] in a note, an essay or a fact"
            yield Diagnostic(record.document.locate(), Rule.ORPHAN, message, hint)


def _links(atlas: Atlas) -> Iterator[Link]:
    # What an expression cannot take is said where expressions are checked.
    yield from atlas.settings_links
    yield from (link for record in atlas.records.values() for link in record.links if not link.taken)
    yield from (link for page in atlas.pages.values() for link in page.links if not link.taken)
