"""Organisations: the SCO itself and bodies beside it, each with its own members."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Membership, Seat, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, Succession, Term, one_of, to
from scoatlas.quantity import Quantity, quantity
from scoatlas.values import Date, Label, Prose

TYPES = {
    "international-organisation": "international organisation",
    "alliance": "alliance",
    "economic-union": "economic union",
    "forum": "forum of states",
    "mechanism": "mechanism of meetings",
}


class Organisation(Entity):
    label = "organisation"
    plural = "Organisations"
    order = 50
    about = "The SCO itself and the bodies beside it: their members, their ties to the SCO, and who belongs to both."
    columns = ("type", "founded", "seat")

    abbreviation: Label | None = Field(None, title="Abbreviation")
    type: One[Fact[Annotated[Term, one_of(TYPES)]]] = Field((), title="Type")
    founded: One[Fact[Date]] = Field((), title="Founded")
    ended: One[Fact[Date]] = Field((), title="Ended")
    basis: Many[Fact[Prose]] = Field((), title="Founding acts")
    founding_documents: Many[Fact[Annotated[Ref, to("documents", inverse="founding document of")]]] = Field(
        (), title="Founding documents"
    )
    seat: Succession[Seat] = Field((), title="Seat")
    members: Many[Membership] = Field((), title="Members", description="Of the states that have a page here")
    other_members: Many[Fact[Prose]] = Field(
        (), title="Further members", description="Those that have no page here, in one text a source"
    )
    size: Many[Fact[Annotated[Quantity, quantity("members")]]] = Field(
        (), title="Number of members", description="As a source counts them on its `date`"
    )
    relation: Many[Fact[Prose]] = Field((), title="Relation to the SCO")
    agreements: Many[Step] = Field(
        (), title="Agreements", description="Dated acts that tie it to the SCO; of the SCO, to bodies without a page"
    )
    events: Many[Step] = Field((), title="Events")
