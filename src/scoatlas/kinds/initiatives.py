"""Initiatives: programmes, corridors, pipelines, networks, proposals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Figure, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, Succession, Term, one_of, to
from scoatlas.values import Date, Prose

TYPES = {
    "strategy": "strategy",
    "pipeline": "pipeline",
    "railway": "railway",
    "corridor": "corridor",
    "education-network": "education network",
    "proposal": "proposal",
    "programme": "programme",
    "port": "port or terminal",
}
STANDINGS = {
    "proposed": "proposed",
    "declared": "declared",
    "agreed": "agreed, not begun",
    "building": "under construction",
    "operating": "operating",
    "dormant": "dormant",
    "ended": "ended",
}


class Initiative(Entity):
    label = "initiative"
    plural = "Initiatives"
    order = 70
    about = "Programmes, corridors, pipelines and networks: who proposed them, what has been built, what they carry."
    columns = ("type", "status", "announced")

    type: One[Fact[Annotated[Term, one_of(TYPES)]]] = Field((), title="Type")
    status: Succession[Fact[Annotated[Term, one_of(STANDINGS)]]] = Field((), title="Standing")
    announced: One[Fact[Date]] = Field((), title="Announced")
    proposed_by: Many[Fact[Annotated[Ref, to("states", "organisations", inverse="proposed")]]] = Field(
        (), title="Proposed by"
    )
    participants: Many[Fact[Annotated[Ref, to("states", "organisations", inverse="takes part in")]]] = Field(
        (), title="Participants"
    )
    aims: Many[Fact[Prose]] = Field((), title="Aims")
    course: Many[Fact[Prose]] = Field((), title="Course and parts", description="Route, lines, sections, centres")
    figures: Many[Figure] = Field((), title="Figures")
    assessments: Many[Fact[Prose]] = Field((), title="Assessments", description="What observers say of it, by name")
    related: Many[Fact[Annotated[Ref, to(inverse="related to")]]] = Field((), title="Related")
    events: Many[Step] = Field((), title="Events")
