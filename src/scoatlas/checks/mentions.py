"""Mentions: the first time that an essay names a state, an institution or another body, the name is a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoatlas.atlas import Atlas, Record, Text
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.essays import running_text
from scoatlas.prose import Mention, find_marks

LINKED = ("states", "institutions", "organisations")
"""The kinds whose names readers expect to be links."""

Named = dict[str, list[tuple[str, str]]]
"""First word of a name to the names that begin with it, the longest first, each with the id of its entity."""

# A name does not begin or end within a word, nor within one of several that hyphens or dashes join.
_FIRST_WORD = re.compile(r"(?<![\w–-])[A-Z]\w*")
_INSIDE_A_WORD = re.compile(r"\w|[–-]\w")


def unlinked_name(atlas: Atlas) -> Iterator[Diagnostic]:
    """A name without a link where an essay has it first; not that of its own entity, nor of the atlas' subject."""
    named = _names(atlas)
    subject = atlas.settings.subject
    for record in atlas.records.values():
        if record.essay is None:
            continue
        linked = _first_links(record.essay)
        seen = {record.id, *((subject.id,) if subject else ())}
        for place, name, id in _find_names(record.essay, named):
            if id.partition("/")[0] in LINKED and id not in seen and place < linked.get(id, place + 1):
                message = f"'{name}' is named here first, without a link"
                link = f"[[{id}]]" if name == atlas.records[id].entity.name.en else f"[[{id}|{name}]]"
                yield Diagnostic(record.essay.locate(place), Rule.UNLINKED_NAME, message, f"write {link}")
            seen.add(id)


def _names(atlas: Atlas) -> Named:
    """The names of all entities, so that a shorter one is not found within a longer one."""
    named: Named = {}
    for record in atlas.records.values():
        for name in _names_of(record):
            if first := _FIRST_WORD.match(name):
                named.setdefault(first[0], []).append((name, record.id))
    for names in named.values():
        names.sort(key=lambda pair: (-len(pair[0]), pair))
    return named


def _names_of(record: Record) -> set[str]:
    short = getattr(record.entity, "abbreviation", None)
    return {record.entity.name.en, *record.entity.aliases, *((short,) if short else ())}


def _first_links(essay: Text) -> dict[str, int]:
    """Id of an entity to the place of the first link to it."""
    first: dict[str, int] = {}
    for mark in find_marks(essay.text, markdown=True):
        if isinstance(mark, Mention):
            first.setdefault(mark.target, mark.start)
    return first


def _find_names(essay: Text, named: Named) -> Iterator[tuple[int, str, str]]:
    """(place, name, id) of every name in the running text of an essay."""
    text = running_text(essay.text, lambda text: find_marks(text, markdown=True, forms=True))
    behind = 0
    for word in _FIRST_WORD.finditer(text):
        if word.start() < behind:
            continue
        for name, id in named.get(word[0], ()):
            if text.startswith(name, word.start()) and not _INSIDE_A_WORD.match(text, word.start() + len(name)):
                yield word.start(), name, id
                behind = word.start() + len(name)
                break
