"""Reviews: the claims of a text by part and verdict, and the claims that reviews have about an entity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from scoatlas.answers import answer_in_words
from scoatlas.atlas import Atlas, Record
from scoatlas.claims import CLAIMED, VERDICTS, Claim
from scoatlas.values import slugify, sort_key


@dataclass(frozen=True)
class Part:
    """A part of a reviewed text with its claims, in the order of the text; without title where it has no parts."""

    title: str
    claims: tuple[Claim, ...]

    @property
    def anchor(self) -> str:
        return f"field-{slugify(self.title)}" if self.title else "claims"


def parts_of(record: Record) -> tuple[Part, ...]:
    """The parts of a reviewed text."""
    parts: dict[str, list[Claim]] = {}
    for claim in record.claims:
        parts.setdefault(claim.part or "", []).append(claim)
    return tuple(Part(title, tuple(claims)) for title, claims in parts.items())


@dataclass(frozen=True)
class Verdict:
    """A verdict, what it means, and how many claims have it."""

    code: str
    meaning: str
    count: int


def topics_of(record: Record, atlas: Atlas) -> list[tuple[str, str]]:
    """(id, name) of the entities that a review's claims are about, by name."""
    ids = {ref.id for claim in record.claims for ref in claim.about if ref.id in atlas.records}
    return sorted(((id, atlas.records[id].entity.name.en) for id in ids), key=lambda pair: sort_key(pair[1]))


def verdicts_of(record: Record) -> tuple[Verdict, ...]:
    """Every verdict with the number of its claims, in the order from supported to unverifiable."""
    counts = Counter(claim.verdict.code for claim in record.claims)
    return tuple(Verdict(code, meaning, counts[code]) for code, meaning in VERDICTS.items())


@dataclass(frozen=True)
class Segment:
    """The claims of one verdict in a bar; `start`, `width` in percent of the longest bar."""

    verdict: str
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


@dataclass(frozen=True)
class Bar:
    """The claims of a part of a text, by verdict; `counts` has those of every verdict, in order."""

    title: str
    anchor: str
    segments: tuple[Segment, ...]
    counts: tuple[int, ...]


def bars_of(record: Record) -> tuple[Bar, ...]:
    """A bar for each part; the longest part takes all of the width."""
    parts = parts_of(record)
    longest = max((len(part.claims) for part in parts), default=1)
    return tuple(_bar(part, longest) for part in parts)


def _bar(part: Part, longest: int) -> Bar:
    counts = Counter(claim.verdict.code for claim in part.claims)
    segments, done = [], 0
    for verdict in VERDICTS:
        if number := counts[verdict]:
            start, width = 100 * done / longest, 100 * number / longest
            segments.append(Segment(verdict, number, round(start, 3), round(width, 3)))
            done += number
    return Bar(part.title, part.anchor, tuple(segments), tuple(counts[verdict] for verdict in VERDICTS))


def facts_answer(claim: Claim, atlas: Atlas) -> str:
    """What the facts answer to the check of a claim; nothing where it has none."""
    return answer_in_words(claim.check, atlas) if claim.check else ""


def claims_about(record: Record, atlas: Atlas) -> tuple[tuple[Record, tuple[Claim, ...]], ...]:
    """The claims about an entity, review by review."""
    reviews = (atlas.records[one.source] for one in record.backlinks if one.inverse == CLAIMED)
    found = ((review, tuple(one for one in review.claims if _speaks_of(one, record.id))) for review in reviews)
    return tuple(pair for pair in found if pair[1])


def _speaks_of(claim: Claim, id: str) -> bool:
    return any(ref.id == id for ref in claim.about)
