"""Text in a few styles: what a reference consists of before it is plain text or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ENDS = {".": (".", "?", "!", "…", "。", "？", "！"), ",": (",",)}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    `language` is its tag where it is not that of the page, `href` where it leads; a page shows `shown` in place of a
    text that is a long address.
    """

    text: str
    italic: bool = False
    language: str = ""
    href: str = ""
    shown: str = ""

    @property
    def style(self) -> tuple[bool, str, str, str]:
        """All but the text."""
        return self.italic, self.language, self.href, self.shown

    def with_text(self, text: str) -> Run:
        """Another text in the same style."""
        return Run(text, *self.style)


Runs = tuple[Run, ...]


def words(text: str) -> Runs:
    """Text without any style; no run where there is no text."""
    return (Run(text),) if text else ()


def plain_text(runs: Iterable[Run]) -> str:
    """The text alone, addresses in full."""
    return "".join(run.text for run in runs)


def in_quotes(runs: Sequence[Run]) -> Runs:
    """A text between quotation marks, those within it being single already."""
    return (Run("“"), *runs, Run("”"))


def join(parts: Iterable[Runs], mark: str) -> Runs:
    """Parts with a mark and a blank between them, as a sentence has them; parts without text are left out."""
    joined: list[Run] = []
    for part in parts:
        if part and joined:
            joined[:] = [*close(joined, mark), Run(" ")]
        joined += part
    return tuple(joined)


def close(runs: Sequence[Run], mark: str) -> Runs:
    """A text with a full stop or comma behind it: within its last quotation marks (6.9), and never twice."""
    if not runs:
        return ()
    *before, last = runs
    body = last.text.removesuffix("”")
    if body != last.text and not body and before:
        return (*close(before, mark), last)
    body = body.removesuffix("’") if _ends_in_quotation(body) else body
    if body.endswith(_ENDS[mark]):
        return tuple(runs)
    if body == last.text:
        return (*runs, Run(mark))
    return (*before, last.with_text(f"{body}{mark}{last.text[len(body) :]}"))


def merge(runs: Iterable[Run]) -> Runs:
    """The same text in as few runs as can be."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].style == run.style and not run.shown:
            merged[-1] = run.with_text(merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def _ends_in_quotation(text: str) -> bool:
    """Whether the last sign closes a quotation, and is no apostrophe: ‘ stands before it, and nothing closed it yet."""
    begin = text.rfind("‘")
    return text.endswith("’") and begin >= 0 and not re.search(r"’(?!\w)", text[begin:-1])
