"""Institutions: organs and bodies of the SCO, with what they truly are: operating, decided, proposed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Holder, Seat, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, Succession, Term, one_of, to
from scoatlas.values import Date, Prose

TYPES = {
    "office": "office",
    "charter-organ": "organ named in the Charter",
    "permanent-body": "permanent body",
    "treaty-body": "body of a treaty",
    "ministerial-meeting": "meeting of ministers or heads of agencies",
    "financial-body": "financial body",
    "business-body": "body of business circles",
    "expert-forum": "forum of experts",
    "education-network": "network of universities",
    "public-body": "public body",
    "contact-group": "contact group",
    "zone": "demonstration zone",
    "centre": "centre",
}
STANDINGS = {
    "proposed": "proposed",
    "decided": "decided, not operating",
    "operating": "operating",
    "dormant": "dormant",
    "closed": "closed",
}


class Institution(Entity):
    label = "institution"
    plural = "Institutions"
    order = 30
    about = "Organs and bodies of the SCO and around it: what each does, where it sits, who heads it, and if it works."
    columns = ("type", "status", "seat", "established")

    type: One[Fact[Annotated[Term, one_of(TYPES)]]] = Field((), title="Type")
    status: Succession[Fact[Annotated[Term, one_of(STANDINGS)]]] = Field(
        (), title="Standing", description="What it truly is, each from the day on which it became so"
    )
    established: One[Fact[Date]] = Field((), title="Established", description="The day from which it exists")
    founding_documents: Many[Fact[Annotated[Ref, to("documents", inverse="founding document of")]]] = Field(
        (), title="Founding documents"
    )
    basis: Many[Fact[Prose]] = Field((), title="Basis", description="Decisions on it that have no page of their own")
    part_of: One[Fact[Annotated[Ref, to("institutions", inverse="includes")]]] = Field((), title="Part of")
    seat: Succession[Seat] = Field((), title="Seat")
    functions: Many[Fact[Prose]] = Field((), title="Functions")
    composition: Many[Fact[Prose]] = Field((), title="Composition", description="Who belongs to it")
    head: Succession[Holder] = Field((), title="Head")
    chair: Succession[Fact[Annotated[Ref, to("states", inverse="chaired")]]] = Field(
        (), title="Chair", description="The state in the chair, where it goes round"
    )
    deputies: Many[Holder] = Field((), title="Deputies and envoys")
    events: Many[Step] = Field((), title="Events")
