"""Documents: charter, conventions, treaties, declarations, strategies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoatlas.facts import Expiry, Step
from scoatlas.model import Entity, Fact, Many, One, Ref, Term, one_of, to
from scoatlas.values import Date, Line, Prose

TYPES = {
    "charter": "charter",
    "treaty": "treaty",
    "convention": "convention",
    "agreement": "agreement",
    "protocol": "protocol",
    "declaration": "declaration",
    "statement": "statement",
    "strategy": "strategy",
    "programme": "programme",
    "regulations": "regulations",
    "memorandum": "memorandum",
}


class Document(Entity):
    label = "document"
    plural = "Documents"
    order = 40
    about = "Charter, conventions, treaties, declarations, strategies: when and by whom signed, whether in force."
    columns = ("type", "signed", "in_force")
    sorted_by = "signed"

    type: One[Fact[Annotated[Term, one_of(TYPES)]]] = Field((), title="Type")
    signed: One[Fact[Date]] = Field((), title="Signed or adopted")
    place: One[Fact[Line]] = Field((), title="Place")
    in_force: One[Fact[Date]] = Field((), title="In force since")
    ends: One[Expiry] = Field((), title="Ends", description="The day on which it ends or is to end")
    signatories: Many[Fact[Annotated[Ref, to("states", inverse="signed")]]] = Field(
        (), title="Signatories", description="The states that signed it when it was made"
    )
    accessions: Many[Fact[Annotated[Ref, to("states", inverse="acceded to")]]] = Field(
        (), title="Accessions", description="The states that joined it later"
    )
    subject: One[Fact[Prose]] = Field((), title="Subject")
    provisions: Many[Fact[Prose]] = Field((), title="Provisions", description="What it says, in our words")
    amends: Many[Fact[Annotated[Ref, to("documents", inverse="amended by")]]] = Field((), title="Amends")
    replaces: Many[Fact[Annotated[Ref, to("documents", inverse="followed by")]]] = Field((), title="Follows")
    events: Many[Step] = Field((), title="Events", description="Ratifications and other dated steps")
