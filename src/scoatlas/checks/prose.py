"""Prose: its links, cites and expressions can be read, and it holds nothing that would act in a browser."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from scoatlas.atlas import Atlas, Text
from scoatlas.diagnostics import Diagnostic, Location, Rule, did_you_mean
from scoatlas.essays import Fault, Mark, find_page_links, find_slow_markdown, find_title, find_unsafe_markdown
from scoatlas.expressions import evaluate
from scoatlas.lookup import Unanswerable
from scoatlas.model import walk
from scoatlas.prose import Expression, find_marks
from scoatlas.values import read_fault


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


def broken_page_link(atlas: Atlas) -> Iterator[Diagnostic]:
    """A Markdown link to a page that there is not."""
    pages = {
        *atlas.known,
        *atlas.pages,
        "sources/index",
        "a-z/index",
        "open-questions/index",
        *(f"{id.partition('/')[0]}/index" for id in atlas.known),
    }
    for text in _texts(atlas):
        folder = posixpath.dirname(text.path)
        for start, address in find_page_links(text.text):
            target = posixpath.normpath(posixpath.join(folder, address)).removeprefix("content/").removesuffix(".md")
            if target not in pages:
                hint = did_you_mean(target, pages) or "link as [[states/iran]], or by the path from this file"
                yield Diagnostic(text.locate(start), Rule.INVALID_LINK, f"there is no page '{address}'", hint)


def second_title(atlas: Atlas) -> Iterator[Diagnostic]:
    """A heading of the first level in an essay: the page has one, the entity's name."""
    for record in atlas.records.values():
        if record.essay and (title := find_title(record.essay.text)) is not None:
            location = record.essay.locate(title)
            message, hint = "an essay begins with its entity's name already", "write `## ` for its headings"
            yield Diagnostic(location, Rule.INVALID_VALUE, message, hint)


def invalid_expression(atlas: Atlas) -> Iterator[Diagnostic]:
    """An expression that the facts cannot answer."""
    for location, mark in _marks(atlas):
        if isinstance(mark, Expression):
            try:
                evaluate(mark, atlas)
            except Unanswerable:
                continue
            except PydanticCustomError as error:
                yield Diagnostic(location, *read_fault(error))


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
