"""What the atlas does not know: gaps, fields on which sources disagree, weak facts, works not seen whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.claims import Claim
from scoatlas.kinds import KINDS
from scoatlas.model import Gap, Holding
from scoatlas.source import SEEN, TIERS, Source
from scoatlas.views.fields import FieldView, fields_of


@dataclass(frozen=True)
class Gaps:
    """What was looked for in vain on the pages of one kind."""

    title: str
    records: tuple[tuple[Record, tuple[Gap, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(gaps) for _, gaps in self.records)


def gaps_by_kind(atlas: Atlas) -> tuple[Gaps, ...]:
    """Every gap, by kind and by the name of the entity."""
    found = []
    for kind, entity in KINDS.items():
        records = tuple((record, record.entity.gaps) for record in atlas.of_kind(kind) if record.entity.gaps)
        if records:
            found.append(Gaps(entity.plural, records))
    return tuple(found)


def conflicts(atlas: Atlas) -> tuple[tuple[Record, FieldView], ...]:
    """Every field of which sources tell different things, by kind and by the name of the entity."""
    return tuple(
        (record, field)
        for kind in KINDS
        for record in atlas.of_kind(kind)
        for field in fields_of(record)
        if field.disputed
    )


def contested(field: FieldView) -> tuple[LinkedFact, ...]:
    """The facts of a disputed field that are at issue: preferred, held wrong, or of the same value as one of these."""
    facts = field.held + field.others
    marked = {str(linked.fact.value) for linked in facts if linked.fact.rank.code != "normal"}
    return tuple(linked for linked in facts if field.holding is Holding.ONE or str(linked.fact.value) in marked)


def of_low_confidence(atlas: Atlas) -> tuple[tuple[Record, LinkedFact], ...]:
    """Every fact that is held with low confidence, by kind and by the name of the entity."""
    return tuple(
        (record, linked)
        for kind in KINDS
        for record in atlas.of_kind(kind)
        for linked in record.facts
        if linked.fact.held and linked.fact.confidence.code == "low"
    )


def count_of_medium_confidence(atlas: Atlas) -> int:
    """How many facts are held with medium confidence."""
    return sum(linked.fact.held and linked.fact.confidence.code == "medium" for _, linked in atlas.facts())


@dataclass(frozen=True)
class Seen:
    """The works of one tier: how many there are for each word of `SEEN`, in its order."""

    tier: str
    counts: tuple[int, ...]


def words_of_seen() -> tuple[str, ...]:
    """What may be said of how much of a work was seen."""
    return tuple(SEEN.values())


def seen_by_tier(atlas: Atlas) -> tuple[Seen, ...]:
    """What was seen of the works of each tier."""
    counts = Counter((source.tier, source.seen) for source in atlas.sources.values())
    return tuple(Seen(title, tuple(counts[tier, seen] for seen in SEEN)) for tier, title in TIERS.items())


def never_seen(atlas: Atlas) -> tuple[Source, ...]:
    """The works of which nothing was seen but what others say of them, by key."""
    return tuple(source for _, source in sorted(atlas.sources.items()) if source.seen == "not seen")


def unverifiable(atlas: Atlas) -> tuple[tuple[Record, Claim], ...]:
    """The claims of reviewed texts for which no evidence was found."""
    return tuple(
        (record, claim)
        for record in atlas.of_kind("reviews")
        for claim in record.claims
        if claim.verdict.code == "unverifiable"
    )
