"""Reviews: each claim has its evidence, and its verdict follows from the facts where they can decide it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from scoatlas.answers import answer_in_words, holds
from scoatlas.atlas import Atlas, Record
from scoatlas.claims import Claim
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.lookup import Unanswerable
from scoatlas.places import DataPath
from scoatlas.values import read_fault

BORNE_OUT = {"supported": True, "qualified": True, "outdated": False, "contradicted": False}
"""Verdict to whether the check of a claim holds, where the verdict follows from it."""


def claim_without_evidence(atlas: Atlas) -> Iterator[Diagnostic]:
    """A verdict for which neither a source nor a check is named; only what is unverifiable may do without."""
    for record, path, claim in _claims(atlas):
        if not (claim.cite or claim.check or claim.verdict.code == "unverifiable"):
            message = f"nothing is named by which '{claim.id}' is {claim.verdict.code}"
            hint = "add `cite: [KEY]`; where nothing was found, the verdict is unverifiable"
            yield Diagnostic(record.document.locate(path), Rule.CLAIM_WITHOUT_EVIDENCE, message, hint)


def stale_verdict(atlas: Atlas) -> Iterator[Diagnostic]:
    """A verdict that does not follow, or follows no longer, from what the facts answer to the claim's check."""
    for record, path, claim in _claims(atlas):
        if claim.check is None:
            continue
        verdict = claim.verdict.code
        try:
            is_true = holds(claim.check, atlas)
            said = answer_in_words(claim.check, atlas)
        except Unanswerable:
            continue
        except PydanticCustomError as error:
            yield Diagnostic(record.document.locate((*path, "check")), *read_fault(error))
            continue
        if verdict not in BORNE_OUT or BORNE_OUT[verdict] is not is_true:
            message = f"'{verdict}' does not follow: by the facts the check is {str(is_true).lower()} ({said})"
            fitting = [word for word, wanted in BORNE_OUT.items() if wanted is is_true]
            hint = f"the verdict is {' or '.join(fitting)}; or mend the check, or the facts"
            yield Diagnostic(record.document.locate((*path, "verdict")), Rule.STALE_VERDICT, message, hint)


def _claims(atlas: Atlas) -> Iterator[tuple[Record, DataPath, Claim]]:
    for record in atlas.records.values():
        for number, claim in enumerate(record.claims):
            yield record, ("claims", number), claim
