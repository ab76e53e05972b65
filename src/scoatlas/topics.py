"""The shape that interests, mechanisms, challenges, prospects and concepts share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Figure, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, to
from scoatlas.values import Prose


class Brief(Entity):
    """What comes first on the page of a topic."""

    summary: One[Fact[Prose]] = Field((), title="In brief", description="What it is, in two or three sentences")


class Topic(Brief):
    """A question of the field: what it is, what speaks for and against it, and what can be counted."""

    columns = ("summary",)

    actors: Many[Fact[Annotated[Ref, to("states", "organisations", inverse="discussed in")]]] = Field(
        (), title="Actors", description="The states and bodies that it is about"
    )
    evidence: Many[Fact[Prose]] = Field((), title="Evidence", description="What is known, one point a fact")
    supporting: Many[Fact[Prose]] = Field(
        (), title="Evidence for", description="What speaks for it, or shows that it works"
    )
    opposing: Many[Fact[Prose]] = Field(
        (), title="Evidence against", description="What speaks against it, or limits it"
    )
    views: Many[Fact[Prose]] = Field((), title="Views", description="Who holds what, by name")
    figures: Many[Figure] = Field((), title="Figures")
    events: Many[Step] = Field((), title="Events")
    related: Many[Fact[Annotated[Ref, to(inverse="related to")]]] = Field((), title="Related")


class Definition(Brief):
    """What a term means, before it is discussed."""

    meaning: Many[Fact[Prose]] = Field((), title="Meaning", description="Its elements, and how texts define it")
    origin: Many[Step] = Field((), title="Origin")
    usage: Many[Fact[Prose]] = Field((), title="Used by")
    criticism: Many[Fact[Prose]] = Field((), title="Criticism", description="Who objects to it, and why")
