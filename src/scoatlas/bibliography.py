"""BibTeX as sources with places; every block that cannot be read is reported, none is lost."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, Field, ImplicitComment

from scoatlas.citation import SOURCE_KEY
from scoatlas.diagnostics import Diagnostics, Location, Rule, did_you_mean
from scoatlas.source import FIELDS, TYPES, Source, make_source, refuse_field
from scoatlas.text import read_text

FILE = "references.bib"
MAX_BYTES = 2 << 20

# What BibTeX and Zotero call fields that biblatex calls otherwise.
_OTHER_NAMES = {
    **{"year": "date", "journal": "journaltitle", "language": "langid", "address": "location", "keywords": "tier"},
    "school": "institution",
}


@dataclass(frozen=True)
class Bibliography:
    """Sources by key, in the file's order; `known` holds the keys of broken entries too, None if the file is broken."""

    sources: Mapping[str, Source]
    known: frozenset[str] | None


def read_bibliography(root: Path, diagnostics: Diagnostics) -> Bibliography:
    """The bibliography of a project folder; faults are reported."""
    text = read_text(root / FILE, FILE, diagnostics, max_bytes=MAX_BYTES)
    return Bibliography({}, None) if text is None else decode_bibliography(text, diagnostics)


def decode_bibliography(text: str, diagnostics: Diagnostics) -> Bibliography:
    """All sources of a BibTeX text, in the dialect that CONTRIBUTING.md describes."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs what we report
    library = parse_string(text, parse_stack=[])
    report = _Reporter(text.split("\n"), diagnostics)
    known = _report_unreadable(library, report)
    sources: dict[str, Source] = {}
    for entry in library.entries:
        known.add(entry.key)
        if source := _decode_entry(entry, report):
            sources[source.key] = source
    _report_same_address(sources.values(), diagnostics)
    return Bibliography(sources, frozenset(known))


@dataclass(frozen=True)
class _Reporter:
    lines: list[str]
    diagnostics: Diagnostics

    def __call__(self, line: int, rule: Rule, message: str, hint: str | None) -> None:
        self.diagnostics.report(rule, self.locate(line), message, hint)

    def locate(self, line: int) -> Location:
        """The first character of a line that is no space."""
        text = self.lines[min(line, len(self.lines)) - 1]
        return Location(FILE, line, len(text) - len(text.lstrip()) + 1)


def _line(block: Block | Field) -> int:
    return (block.start_line or 0) + 1  # bibtexparser counts from 0


def _report_unreadable(library: Library, report: _Reporter) -> set[str]:
    """Complain of all that is no entry; the keys of entries that cannot be read."""
    keys: set[str] = set()
    broken_off: set[int] = set()
    for block in library.failed_blocks:
        rule, message, hint = Rule.INVALID_BIBTEX, "this entry cannot be read", "check its braces and commas"
        if isinstance(block, DuplicateBlockKeyBlock):
            rule, message = Rule.DUPLICATE_SOURCE, f"the key '{block.key}' stands here a second time"
            hint = "choose another key"
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(f"'{name}'" for name in sorted(block.duplicate_keys))
            message, hint = f"this entry has a field twice: {names}", "keep one"
        report(_line(block), rule, message, hint)
        broken_off.add(_line(block) + (block.raw or "").count("\n"))
        if found := re.match(r"\s*@\w+\s*\{\s*([^,\s}]+)", block.raw or ""):
            keys.add(found[1])
    for macro in (*library.strings, *library.preambles):
        message, hint = "@string and @preamble have no use here", "write the text out in the entry"
        report(_line(macro), Rule.INVALID_BIBTEX, message, hint)
    for comment in library.comments:
        # What follows a broken entry on its last line is the rest of that entry, and the same fault.
        if not isinstance(comment, ImplicitComment) or broken_off & {_line(comment), _line(comment) - 1}:
            continue
        if not _is_comment(comment.comment):
            message, hint = "text stands outside of any entry", "delete it, or begin it with '%'"
            report(_line(comment), Rule.INVALID_BIBTEX, message, hint)
    return keys


def _is_comment(text: str) -> bool:
    return all(line.lstrip().startswith("%") for line in text.splitlines() if line.strip())


def _decode_entry(entry: Entry, report: _Reporter) -> Source | None:
    """One source; None where its key or type leaves nothing to hold on to."""
    line = _line(entry)
    if not SOURCE_KEY.fullmatch(entry.key):
        hint = "a key is small letters, digits and hyphens, at most 64"
        report(line, Rule.INVALID_BIBTEX, f"'{entry.key[:80]}' is no key", hint)
        return None
    if entry.entry_type not in TYPES:
        hint = did_you_mean(entry.entry_type, TYPES) or f"types here: {', '.join(TYPES)}"
        report(line, Rule.INVALID_BIBTEX, f"there is no entry type '@{entry.entry_type}'", hint)
        return None
    values: dict[str, str] = {}
    for item in entry.fields:
        value = _bare(str(item.value))
        if fault := _refuse_name(item.key) or _refuse_bare(item, value) or refuse_field(item.key, value or ""):
            report(_line(item), *fault)
        else:
            values[item.key] = value or ""
    places = {item.key: report.locate(_line(item)) for item in entry.fields}
    whole = len(values) == len(entry.fields)
    return make_source(entry.key, entry.entry_type, report.locate(line), values, places, whole=whole)


def _refuse_name(name: str) -> tuple[Rule, str, str] | None:
    if name in FIELDS:
        return None
    other = _OTHER_NAMES.get(name)
    hint = f"write '{other}'" if other else did_you_mean(name, FIELDS) or f"fields here: {', '.join(FIELDS)}"
    return Rule.INVALID_BIBTEX, f"there is no field '{name}'", hint


def _refuse_bare(item: Field, value: str | None) -> tuple[Rule, str, str] | None:
    if value is not None:
        return None
    if str(item.value).lstrip()[:1] in ("{", '"'):
        message, hint = f"something follows the value of '{item.key}'", "end its line with a comma"
    else:
        message, hint = f"the value of '{item.key}' is not in braces", f"write `{item.key} = {{…}}`"
    return Rule.INVALID_BIBTEX, message, hint


def _bare(value: str) -> str | None:
    """A value without its braces or quotes; None where it has none (a macro, a concatenation)."""
    value = value.strip()
    if len(value) >= 2 and (value[0], value[-1]) in (("{", "}"), ('"', '"')) and _is_whole(value):
        return value[1:-1].strip()
    return value if value.isdigit() else None


def _is_whole(value: str) -> bool:
    """Whether the first brace or quote of a value is closed by its last character, not before."""
    if value[0] == '"':
        return '"' not in value[1:-1]
    depth = 0
    for position, character in enumerate(value):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return position == len(value) - 1
    return False


def _report_same_address(sources: Iterable[Source], diagnostics: Diagnostics) -> None:
    seen: dict[str, str] = {}
    for source in sources:
        for name in ("url", "doi"):
            address = _same_address(source.fields.get(name, "")) if name == "url" else source.doi.casefold()
            if address and address in seen:
                message = f"'{source.key}' has the same {name.upper()} as '{seen[address]}'"
                hint = "keep one entry, and cite it everywhere"
                diagnostics.report(Rule.DUPLICATE_SOURCE, source.places[name], message, hint)
            elif address:
                seen[address] = source.key


def _same_address(url: str) -> str:
    """What two addresses of one page share: capitals of the host and a slash at the end do not count, others do."""
    parts = urlsplit(url)
    return parts._replace(scheme="", netloc=parts.netloc.casefold()).geturl().rstrip("/")
