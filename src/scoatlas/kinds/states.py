"""States: every state that ever had a status in the SCO or was a guest at its summits."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.model import Entity, Fact, Many, One, Ref, Succession, Term, named_in, one_of, to
from scoatlas.values import CountryCode, Line, Names

EVENTS = {
    "shanghai-five-joined": "Joined the Shanghai Five",
    "shanghai-five-guest": "Guest of the Shanghai Five",
    "charter-signed": "Signed the Charter",
    "charter-in-force": "Charter entered into force",
    "applied": "Applied",
    "observer-requested": "Asked for observer status",
    "membership-interest-stated": "Stated an interest in membership",
    "foreign-ministers-recommendation": "Recommended by the foreign ministers",
    "accession-launched": "Accession procedure launched",
    "consultation-protocol-signed": "Protocol of consultations signed",
    "memorandum-of-obligations-signed": "Memorandum of obligations signed",
    "dialogue-partner-memorandum-signed": "Memorandum on dialogue partnership signed",
    "national-approval": "Approved at home",
    "ratification-step": "Step of ratification",
    "membership-bid-not-approved": "Bid for membership not approved",
    "contact-group-created": "Contact group with the SCO created",
    "participation-frozen": "Participation frozen",
}


class Status(Fact[Annotated[Term, named_in("statuses", "a status")]]):
    """A status in the SCO; the words and their labels stand in atlas.yml, which the checks compare."""

    summit: Annotated[Ref, to("summits", inverse="status decided here")] | None = Field(
        None, title="Decided at", description="The meeting that decided it"
    )


class Event(Fact[Annotated[Term, one_of(EVENTS)]]):
    """A dated step that changed no status."""

    usual = ("date",)

    place: Line | None = None
    summit: Annotated[Ref, to("summits", inverse="event at this meeting")] | None = Field(
        None, description="The meeting at which it happened"
    )


class State(Entity):
    label = "state"
    plural = "States"
    order = 10
    about = "Every state that has had a status in the SCO or has been a guest at its summits."
    columns = ("status", "capital")

    iso3166: CountryCode | None = Field(None, title="ISO 3166 code")
    official_name: One[Fact[Names]] = Field((), title="Official name")
    capital: One[Fact[Line]] = Field((), title="Capital")
    status: Succession[Status] = Field((), title="Status in the SCO")
    events: Many[Event] = Field((), title="Events")
