"""Prose: its links, cites and expressions can be read, and it holds nothing that would act in a browser."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from scoatlas.atlas import Atlas, Text
from scoatlas.diagnostics import Diagnostic, Location, Rule
from scoatlas.expressions import Unanswerable, evaluate
from scoatlas.model import walk
from scoatlas.prose import Expression, Fault, Mark, find_marks, find_slow_markdown, find_unsafe_markdown


def invalid_link(atlas: Atlas) -> Iterator[Diagnostic]:
    """What looks like a link, a cite or an expression and is none."""
    for location, mark in _marks(atlas):
        if isinstance(mark, Fault):
            yield Diagnostic(location, mark.rule, mark.message, mark.hint)


def unsafe_text(atlas: Atlas) -> Iterator[Diagnostic]:
    """Raw HTML, pictures, addresses that are no links, and what would take minutes, in essays and pages."""
    for text in _texts(atlas):
        for fault in (*find_unsafe_markdown(text.text), *find_slow_markdown(text.text)):
            yield Diagnostic(text.locate(fault.start), fault.rule, fault.message, fault.hint)


def invalid_expression(atlas: Atlas) -> Iterator[Diagnostic]:
    """An expression that the facts cannot answer."""
    for location, mark in _marks(atlas):
        if isinstance(mark, Expression):
            try:
                evaluate(mark, atlas)
            except Unanswerable:
                continue
            except PydanticCustomError as error:
                context = error.context or {}
                yield Diagnostic(location, Rule(error.type), str(context["message"]), context["hint"])


def _texts(atlas: Atlas) -> Iterator[Text]:
    yield from (record.essay for record in atlas.records.values() if record.essay)
    yield from (page.text for page in atlas.pages.values())


def _marks(atlas: Atlas) -> Iterator[tuple[Location, Mark]]:
    for record in atlas.records.values():
        for path, value in walk(record.entity):
            if isinstance(value, str):
                for mark in find_marks(value):
                    yield record.document.locate(path, offset=mark.start), mark
    for text in _texts(atlas):
        for mark in find_marks(text.text, markdown=True, forms=True):
            yield text.locate(mark.start), mark
