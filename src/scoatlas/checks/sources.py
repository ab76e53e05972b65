"""Sources: every key cited is in references.bib, every entry there is cited and can be found by a reader."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from scoatlas.atlas import Atlas
from scoatlas.diagnostics import Diagnostic, Rule, did_you_mean
from scoatlas.source import Source


def unknown_source(atlas: Atlas) -> Iterator[Diagnostic]:
    """A citation of a key that references.bib does not have."""
    for key, uses in atlas.uses.items():
        if atlas.known_sources is not None and key not in atlas.known_sources:
            hint = did_you_mean(key, atlas.known_sources) or "add it to references.bib"
            for use in uses:
                yield Diagnostic(use.location, Rule.UNKNOWN_SOURCE, f"no source '{key}'", hint)


def uncited_source(atlas: Atlas) -> Iterator[Diagnostic]:
    """An entry that nothing cites; not one whose key is misspelt where it is cited, for that is one fault."""
    unknown = [key for key in atlas.uses if key not in atlas.sources]
    meant = {near for key in unknown for near in difflib.get_close_matches(key, atlas.sources, n=1)}
    for source in atlas.sources.values() if atlas.whole else ():
        if source.key not in atlas.uses and source.key not in meant:
            yield Diagnostic(source.place, Rule.UNCITED_SOURCE, f"nothing cites '{source.key}'", "cite or delete it")


def incomplete_source(atlas: Atlas) -> Iterator[Diagnostic]:
    """An entry from which a reader could not find the work, or judge it."""
    for source in atlas.sources.values():
        if source.whole and (missing := list(_missing(source))):
            message = f"'{source.key}' lacks {', '.join(missing)}"
            yield Diagnostic(source.place, Rule.INCOMPLETE_SOURCE, message, "add what is missing to the entry")


def _missing(source: Source) -> Iterator[str]:
    wanted = {
        "a title": ("title",),
        "an author or publisher": ("author", "editor", "publisher", "institution"),
        "a date or urldate": ("date", "urldate"),
        "a URL, DOI, ISBN, journal or howpublished": (
            "url",
            "doi",
            "isbn",
            "journaltitle",
            "booktitle",
            "howpublished",
        ),
        "a langid": ("langid",),
        "a tier": ("tier",),
        "what was seen of it": ("seen",),
    }
    return (what for what, names in wanted.items() if not any(name in source.fields for name in names))
