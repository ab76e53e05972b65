"""Facts that several kinds share: a dated step, a seat, the holder of an office, a membership, a figure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.model import Fact, Ref, Term, one_of, to
from scoatlas.quantity import Amount, Quantity, quantity
from scoatlas.values import Date, Line, Prose


class Step(Fact[Prose]):
    """Something that happened on its `date`, in our words."""

    usual = ("date",)

    place: Line | None = Field(None, title="Place", description="Where it happened")


class Seat(Fact[Line]):
    """The town in which a body sits."""

    state: Annotated[Ref, to("states", inverse="seat of")] | None = Field(
        None, title="State", description="The state in which the town lies"
    )


class Holder(Fact[Line]):
    """Who holds an office: the value is the person's name."""

    office: Line | None = Field(None, title="Office", description="The title, as `Secretary-General`")
    state: Annotated[Ref, to("states", inverse="sent")] | None = Field(
        None, title="State", description="The state that the person comes from"
    )


ROLES = {
    "associate": "associate member",
    "observer": "observer",
    "partner": "partner",
    "suspended": "suspended",
}


MEMBERSHIP = "belongs to"
"""What a state's page calls its membership in a body."""


class Membership(Fact[Annotated[Ref, to("states", inverse=MEMBERSHIP)]]):
    """A state's membership in a body."""

    usual = ("since",)

    role: Annotated[Term, one_of(ROLES)] | None = Field(
        None, title="Role", description="Where it is less than full membership"
    )


class Expiry(Fact[Date]):
    """The day on which something ends, or by its own words is to end."""

    may_lie_ahead = True


class Figure(Fact[Amount]):
    """One number of a series: `date` is its year, `measure` what is counted, `statistics` whose count it is.

    `members` says of which members, where it is told of a body whose members change.
    """

    told_apart_by = ("measure", "statistics", "period", "members")

    measure: Line = Field(title="Measure", description="What is counted, the same words in each year")
    statistics: Line | None = Field(None, title="Statistics", description="Whose: `Chinese customs`, `Kazakh`")
    members: Line | None = Field(None, title="Of", description="Of which members of a body, as `eight members`")
    period: Line | None = Field(None, title="Period", description="Where it is less than the year: `January to June`")


TAKING_PART = {"observer": "observer", "guest": "guest", "staff": "staff only"}


class Participant(Fact[Annotated[Ref, to("states", inverse="took part in")]]):
    """A state that took part in an exercise."""

    role: Annotated[Term, one_of(TAKING_PART)] | None = Field(
        None, title="Role", description="Where it did less than take part in full"
    )
    personnel: Annotated[Quantity, quantity("persons")] | None = Field(
        None, title="Personnel", description="How many it sent"
    )
