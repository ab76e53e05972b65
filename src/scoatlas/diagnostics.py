"""What is wrong with the content, where it stands, and what to type instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_MESSAGE = 600


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """Everything that can be complained of; each rule has its manual page in `rules/<code>.md`."""

    # files and their text
    UNREADABLE_FILE = "unreadable-file"
    UNEXPECTED_FILE = "unexpected-file"
    INVALID_YAML = "invalid-yaml"
    FORBIDDEN_YAML = "forbidden-yaml"
    DUPLICATE_KEY = "duplicate-key"
    UNSAFE_TEXT = "unsafe-text"
    # fields and values
    MISSING_FIELD = "missing-field"
    UNKNOWN_FIELD = "unknown-field"
    INVALID_VALUE = "invalid-value"
    INVALID_DATE = "invalid-date"
    INVALID_LOCATOR = "invalid-locator"
    FIGURE_WITHOUT_UNIT = "figure-without-unit"
    UNCITED_FACT = "uncited-fact"
    # names and links
    UNKNOWN_KIND = "unknown-kind"
    INVALID_ID = "invalid-id"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_ENTITY = "unknown-entity"
    WRONG_KIND = "wrong-kind"
    INVALID_LINK = "invalid-link"
    UNLINKED_NAME = "unlinked-name"
    DUPLICATE_NAME = "duplicate-name"
    ORPHAN = "orphan"
    # the bibliography
    INVALID_BIBTEX = "invalid-bibtex"
    DUPLICATE_SOURCE = "duplicate-source"
    UNKNOWN_SOURCE = "unknown-source"
    UNCITED_SOURCE = "uncited-source"
    INCOMPLETE_SOURCE = "incomplete-source"
    # facts that cannot all be true
    CONTRADICTION = "contradiction"
    UNRANKED_CONFLICT = "unranked-conflict"
    FUTURE_FACT = "future-fact"
    HOST_NOT_MEMBER = "host-not-member"
    PARTICIPANT_WITHOUT_STATUS = "participant-without-status"
    SERIES_ORDER = "series-order"
    # claims of a text, and what essays say of numbers
    UNKNOWN_VERDICT = "unknown-verdict"
    CLAIM_WITHOUT_EVIDENCE = "claim-without-evidence"
    STALE_VERDICT = "stale-verdict"
    TYPED_NUMBER = "typed-number"

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self in WARNINGS else Severity.ERROR


WARNINGS = frozenset(
    {Rule.UNCITED_SOURCE, Rule.DUPLICATE_NAME, Rule.INCOMPLETE_SOURCE, Rule.UNLINKED_NAME, Rule.ORPHAN}
)


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file: the path as the contributor knows it (`content/states/iran.yml`); line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One complaint: the message says what is, the hint what to do."""

    location: Location
    rule: Rule
    message: str
    hint: str | None = None

    @property
    def severity(self) -> Severity:
        return self.rule.severity


class Diagnostics:
    """The sink into which every module reports; the only thing that grows while an atlas is loaded."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def report(self, rule: Rule, location: Location, message: str, hint: str | None = None) -> None:
        """Note a complaint; the same complaint at the same place is kept once. Long words of the user are cut."""
        self._found[Diagnostic(location, rule, _on_one_line(message), hint and _on_one_line(hint))] = None

    def __iter__(self) -> Iterator[Diagnostic]:
        """All complaints, sorted by place."""
        return iter(sorted(self._found, key=lambda found: (found.location, found.rule, found.message)))

    def __len__(self) -> int:
        return len(self._found)

    def failed(self, *, strict: bool = False) -> bool:
        """Whether a build must stop: on errors, and when strict on warnings too."""
        return any(strict or found.severity is Severity.ERROR for found in self._found)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known word, capitals aside, or None where none is near."""
    folded = {other.casefold(): other for other in sorted(known)}
    near = difflib.get_close_matches(word[:100].casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else None


def _on_one_line(text: str) -> str:
    line = " ".join(text[:1_000].split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE]}…"
