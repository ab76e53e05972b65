"""The bibliography: under which letters, in which order, and who cites what."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from scoatlas.atlas import Atlas
from scoatlas.source import Source
from scoatlas.values import sort_key
from scoatlas.views.letters import anchor_of, letter_of

MANY = 12
"""More users of one source are folded away."""


@dataclass(frozen=True)
class SourceGroup:
    """The sources whose heading begins with a letter; all Chinese ones stand together."""

    text: str
    language: str
    sources: tuple[Source, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.text)


def sources_by_letter(atlas: Atlas) -> tuple[SourceGroup, ...]:
    """The bibliography: by author or title, then date, then key; digits, Latin letters, others, Chinese."""
    groups: dict[tuple[int, str, str], list[Source]] = {}
    for source in sorted(atlas.sources.values(), key=_place):
        groups.setdefault(letter_of(_heading(source)), []).append(source)
    return tuple(SourceGroup(text, language, tuple(found)) for (_, text, language), found in sorted(groups.items()))


@dataclass(frozen=True)
class SourceUsers:
    """The entities and pages that cite a source: (id, how many of its facts or passages); `many` if to be folded."""

    users: tuple[tuple[str, int], ...]

    @property
    def many(self) -> bool:
        return len(self.users) > MANY


def users_of(source: Source, atlas: Atlas) -> SourceUsers:
    """Who cites a source, by id."""
    counts = Counter(use.by.partition("#")[0] for use in atlas.uses.get(source.key, ()))
    return SourceUsers(tuple(sorted(counts.items())))


def _place(source: Source) -> tuple[str, str, str]:
    """Works of the same authors stand by day, not by title: most are news, and are looked for by day."""
    return (sort_key(_heading(source)), source.fields.get("date", ""), source.key)


def _heading(source: Source) -> str:
    """What a source is sorted by: names or the title, without signs, and without the article of a body or title."""
    people = source.authors or source.editors
    names = " ".join(f"{person.family} {person.given}" for person in people)
    heading = re.sub(r"^[\W_]+", "", names or source.fields.get("title", ""))
    is_person = bool(people and people[0].given)  # An Li has no article before her name
    return (heading if is_person else re.sub(r"^(?:The|An?) [\W_]*(?=\w)", "", heading)) or source.key
