"""The shape that interests, mechanisms, challenges, prospects and concepts share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Figure, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, to
from scoatlas.values import Prose


class Topic(Entity):
    """A question of the field: what it is, what speaks for and against it, and what can be counted."""

    summary: One[Fact[Prose]] = Field((), title="In brief", description="What it is, in two or three sentences")
    actors: Many[Fact[Annotated[Ref, to("states", "organisations", inverse="concerned by")]]] = Field(
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
