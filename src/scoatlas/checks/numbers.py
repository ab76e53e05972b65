"""Numbers: how many members, observers or partners there are, essays take from the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoatlas.atlas import Atlas
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.essays import running_text
from scoatlas.prose import find_marks

# Not `one`: that a single member can block a decision is no count.
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|(?:six|seven|eigh|nine)teen"
)
_NUMBER = rf"(?:[2-9]|[1-9][0-9]|{_WORDS}|(?:twenty|thirty)(?:[ -][a-z]{{3,5}})?)"
_KIND = r"(?:(?:full|founding|new|original|permanent|SCO|dialogue)[ \n-]){0,2}"
_WHO = r"(?P<who>members?|observers?|partners?)(?:[ \n-]states?|[ \n]countr(?:y|ies))?"
# `six members of the CSTO` are not ours to count.
_TYPED = re.compile(
    rf"(?<![\w–.,-]){_NUMBER}[ \n-]{_KIND}{_WHO}\b(?![ \n]of[ \n](?!the[ \n](?:SCO|organisation)|SCO))", re.IGNORECASE
)


def typed_number(atlas: Atlas) -> Iterator[Diagnostic]:
    """A count of members, observers or partners that an essay types, where it would fall behind the facts."""
    for record in atlas.records.values():
        if record.essay is None:
            continue
        text = running_text(record.essay.text, lambda text: find_marks(text, markdown=True, forms=True))
        for found in _TYPED.finditer(text):
            status = found["who"].lower().rstrip("s")
            message = f"'{' '.join(found[0].split())}' is typed, and would not change with the facts"
            hint = f'write {{{{ count("{status}", on="…") }}}}, with the day that is meant'
            yield Diagnostic(record.essay.locate(found.start()), Rule.TYPED_NUMBER, message, hint)
