"""Summits: meetings of the Councils of Heads of State and of Government, and those of the Shanghai Five before them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.model import Entity, Fact, Many, One, Ref, Term, one_of, to, to_or_named
from scoatlas.values import Dates, Line, Ordinal, Prose

COUNCILS = {
    "heads-of-state": "Council of Heads of State",
    "heads-of-government": "Council of Heads of Government",
    "shanghai-five": "Shanghai Five",
}
FORMATS = {"in-person": "in person", "video-conference": "by video conference", "hybrid": "in person and by video"}


class Summit(Entity):
    label = "summit"
    plural = "Summits"
    order = 20
    about = "Meetings of the heads of state and of government, and those of the Shanghai Five before them."
    columns = ("dates", "council", "host")
    sorted_by = "dates"

    council: One[Fact[Annotated[Term, one_of(COUNCILS)]]] = Field(title="Council")
    number: One[Fact[Ordinal]] = Field((), title="Number in its series")
    dates: One[Fact[Dates]] = Field((), title="Dates")
    place: One[Fact[Line]] = Field((), title="Place")
    host: One[Fact[Annotated[Ref, to("states", inverse="hosted")]]] = Field((), title="Host")
    chair: One[Fact[Annotated[Ref, to("states", inverse="chaired")]]] = Field((), title="Chair")
    format: One[Fact[Annotated[Term, one_of(FORMATS)]]] = Field((), title="Format")
    guests: Many[Fact[Annotated[Ref, to("states", inverse="attended as guest")]]] = Field((), title="Guests")
    announced: Many[Fact[Prose]] = Field((), title="Announced beforehand")
    documents: Many[Fact[Annotated[Ref | str, to_or_named("documents", inverse="adopted at")]]] = Field(
        (), title="Documents adopted", description="As `documents/charter-2002`, or by name where it has no page"
    )
    decisions: Many[Fact[Prose]] = Field((), title="Decisions")
