"""Claims: what a text says, one statement at a time, and what the evidence makes of each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from scoatlas.conditions import Checked
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.forms import Decoder, Form
from scoatlas.model import MAX_SLUG, SLUG, Entity, Evidence, Fact, Many, Ref, Term, listed, one_of, to
from scoatlas.topics import Brief
from scoatlas.values import Line, Model, Prose, as_line, as_text, fault

VERDICTS = {
    "supported": "evidence found agrees with the claim as it is worded",
    "qualified": "it holds only within a limit, a date or a scope, or scholars dispute it",
    "outdated": "it was true once, and not when the text appeared",
    "contradicted": "evidence found says otherwise",
    "unverifiable": "no evidence was found, or the claim cannot be tested as it is worded",
}
"""Verdict to what it says."""

NATURES = {"fact": "fact", "figure": "figure", "analysis": "analysis", "forecast": "forecast"}

CLAIMED = "claims about it"
"""What an entity's page calls the claims that a review has about it."""


def _verdict(value: Any) -> Term:
    code = as_text(value, "one word")
    if code not in VERDICTS:
        hint = did_you_mean(code, VERDICTS) or f"one of: {', '.join(VERDICTS)}"
        raise fault(Rule.UNKNOWN_VERDICT, f"'{code}' is no verdict", hint)
    return Term(code, code)


def _slug(value: Any) -> str:
    text = as_line(value)
    if not SLUG.fullmatch(text) or len(text) > MAX_SLUG:
        raise fault(Rule.INVALID_ID, f"'{text}' is no id", "ids are small letters, digits and hyphens: seat-of-rats")
    return text


_SLUG_FORM = Form("a name in small letters", "seat-of-rats", f"^{SLUG.pattern}$", limit=MAX_SLUG)


class Claim(Model):
    """A statement of a text: where it stands, what it says in our words, and what we hold of it."""

    id: Annotated[str, Decoder(_slug, form=_SLUG_FORM)] = Field(description="Its address on the page of the review")
    part: Line | None = Field(None, description="The part of the text in which it stands; a heading of the page")
    where: Line = Field(description="Its place, as `paragraph 3, sentence 2`")
    claim: Prose = Field(description="What the text says, in our words")
    kind: Annotated[Term, one_of(NATURES)] = Field(description="What sort of statement it is")
    verdict: Annotated[Term, Decoder(_verdict, form=Form("one of these words", words=VERDICTS))] = Field(
        description="What the evidence makes of it"
    )
    reason: Prose = Field(description="Why, for a reader who has not seen the evidence")
    about: Annotated[tuple[Annotated[Ref, to(inverse=CLAIMED)], ...], BeforeValidator(listed)] = Field(
        (), description="The entities on whose pages it is shown"
    )
    cite: Evidence = Field((), description="The evidence")
    check: Checked | None = Field(None, description="What the facts must say for the claim to be true")

    @property
    def anchor(self) -> str:
        return f"claims-{self.id}"


class Audited(Brief):
    """A text whose claims are judged one by one."""

    reviewed: Evidence = Field(title="The text", description="The text that is judged")
    method: Many[Fact[Prose]] = Field((), title="How it was read", description="What was judged, and what left out")
    remarks: Many[Fact[Prose]] = Field((), title="On the whole", description="What is to be said of the whole text")

    claims: Annotated[tuple[Claim, ...], BeforeValidator(listed)] = Field(
        (), title="Claims", description="What it claims"
    )


def claims_of(entity: Entity) -> tuple[Claim, ...]:
    """The claims that an entity judges; none where it is no review."""
    return entity.claims if isinstance(entity, Audited) else ()
