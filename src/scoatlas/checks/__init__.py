"""The rules that need the whole atlas: one module a subject, one generator a rule; they only complain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scoatlas.atlas import Atlas
from scoatlas.checks import conflicts, links, mentions, names, numbers, participation, prose, reviews, sources, time
from scoatlas.diagnostics import Diagnostic, Diagnostics

CHECKS: tuple[Callable[[Atlas], Iterator[Diagnostic]], ...] = (
    links.unknown_entity,
    links.wrong_kind,
    links.orphan,
    prose.invalid_link,
    prose.unsafe_text,
    prose.second_title,
    prose.broken_page_link,
    prose.invalid_expression,
    mentions.unlinked_name,
    names.invalid_id,
    names.duplicate_id,
    names.duplicate_name,
    names.unknown_gap,
    sources.unknown_source,
    sources.uncited_source,
    sources.incomplete_source,
    time.unknown_status,
    time.contradiction,
    time.future_fact,
    time.series_order,
    participation.host_not_member,
    participation.participant_without_status,
    conflicts.unranked_conflict,
    reviews.claim_without_evidence,
    reviews.stale_verdict,
    numbers.typed_number,
)


def check_atlas(atlas: Atlas, diagnostics: Diagnostics) -> None:
    """Report every complaint of every check."""
    for check in CHECKS:
        for found in check(atlas):
            diagnostics.report(found.rule, found.location, found.message, found.hint)
