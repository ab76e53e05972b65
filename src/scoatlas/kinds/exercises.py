"""Exercises: military, counter-terrorism, border and cyber drills; a series is an exercise with `parts`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Participant, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, Term, one_of, to
from scoatlas.quantity import Quantity, quantity
from scoatlas.values import Dates, Line, Prose

TYPES = {
    "military": "military",
    "counter-terrorism": "counter-terrorism",
    "border": "border",
    "cyber": "cyber",
    "law-enforcement": "law enforcement",
    "staff": "staff exercise",
}
FORMATS = {
    "multilateral": "multilateral",
    "bilateral": "bilateral",
    "national": "national, with guests",
}


class Exercise(Entity):
    label = "exercise"
    plural = "Exercises"
    order = 60
    about = "Military, counter-terrorism, border and cyber drills: who trained with whom, where, and with how many."
    columns = ("dates", "type", "framework", "hosts", "personnel")
    sorted_by = "dates"

    type: One[Fact[Annotated[Term, one_of(TYPES)]]] = Field((), title="Type")
    format: One[Fact[Annotated[Term, one_of(FORMATS)]]] = Field((), title="Format")
    framework: One[Fact[Annotated[Ref, to("organisations", "institutions", inverse="exercise under its name")]]] = (
        Field((), title="Held under", description="The body in whose name it was held")
    )
    dates: One[Fact[Dates]] = Field((), title="Dates")
    hosts: Many[Fact[Annotated[Ref, to("states", inverse="hosted")]]] = Field((), title="Hosts")
    places: Many[Fact[Line]] = Field((), title="Places")
    participants: Many[Participant] = Field((), title="Participants")
    personnel: One[Fact[Annotated[Quantity, quantity("persons")]]] = Field((), title="Personnel")
    equipment: Many[Fact[Prose]] = Field((), title="Equipment")
    scenario: Many[Fact[Prose]] = Field((), title="Scenario")
    parts: Many[Fact[Annotated[Ref, to("exercises", inverse="part of")]]] = Field(
        (), title="Parts", description="Of a series: its exercises, the earliest first"
    )
    basis: Many[Fact[Prose]] = Field((), title="Basis", description="Decisions and agreements it rests on")
    assessments: Many[Fact[Prose]] = Field((), title="Assessments", description="What observers said, by name")
    events: Many[Step] = Field((), title="Events")
