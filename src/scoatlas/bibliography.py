"""BibTeX as sources with places; every block that cannot be read is reported, none is lost."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)
from pydantic_core import PydanticCustomError

from scoatlas.citation import SOURCE_KEY
from scoatlas.diagnostics import Diagnostics, Location, Rule, did_you_mean
from scoatlas.text import read_text
from scoatlas.values import PartialDate, decode_date, refuse_address

FILE = "references.bib"
MAX_BYTES = 2 << 20
MAX_BRACES = 8

TYPES = ("online", "article", "book", "incollection", "report", "misc")
FIELDS = (
    *("author", "editor", "title", "subtitle", "titleaddon", "journaltitle", "booktitle", "publisher", "institution"),
    *(
        "location",
        "date",
        "volume",
        "number",
        "pages",
        "url",
        "urldate",
        "doi",
        "isbn",
        "langid",
        "tier",
        "seen",
        "note",
    ),
)
TIERS = {
    "primary": "primary source",
    "agency": "news agency",
    "news": "news",
    "scholarship": "scholarship",
    "reference": "reference work",
}
SEEN = {"whole": "read whole", "excerpt": "read in excerpts", "not seen": "not seen"}
LANGUAGES = {"english": "en", "russian": "ru", "chinese": "zh"}
_OLD_NAMES = {
    "year": "date",
    "journal": "journaltitle",
    "language": "langid",
    "address": "location",
    "keywords": "tier",
}


@dataclass(frozen=True)
class Person:
    """An author or editor; a corporate one has only a family name."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography: `fields` holds its fields as plain text, braces removed."""

    key: str
    type: str
    location: Location
    fields: Mapping[str, str]
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    date: PartialDate | None = None
    places: Mapping[str, Location] = field(default_factory=dict, repr=False)

    def __getattr__(self, name: str) -> str:
        """The text of a field that biblatex knows, empty where the entry has none."""
        if name in FIELDS:
            return self.fields.get(name, "")
        raise AttributeError(name)


@dataclass(frozen=True)
class Bibliography:
    """Sources by key, in the file's order; `known` holds the keys of broken entries too."""

    sources: Mapping[str, Source]
    known: frozenset[str]


def read_bibliography(root: Path, diagnostics: Diagnostics) -> Bibliography:
    text = read_text(root / FILE, FILE, diagnostics, max_bytes=MAX_BYTES)
    return decode_bibliography(text or "", diagnostics)


def decode_bibliography(text: str, diagnostics: Diagnostics, path: str = FILE) -> Bibliography:
    """All sources of a BibTeX text, in the dialect that CONTRIBUTING.md describes."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs what we report
    library: Library = parse_string(text, parse_stack=[])
    lines = text.split("\n")
    report = _Reporter(path, lines, diagnostics)
    sources: dict[str, Source] = {}
    known: set[str] = set()
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if found := re.match(r"\s*@\w+\s*\{\s*([^,\s}]+)", block.raw or ""):
            known.add(found[1])
        if isinstance(block, DuplicateBlockKeyBlock):
            report(
                line, Rule.DUPLICATE_SOURCE, f"the key '{block.key}' stands here a second time", "choose another key"
            )
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(f"'{name}'" for name in sorted(block.duplicate_keys))
            report(line, Rule.INVALID_BIBTEX, f"this entry has a field twice: {names}", "keep one")
        elif isinstance(block, ParsingFailedBlock):
            report(
                line, Rule.INVALID_BIBTEX, "this entry cannot be read", "check its braces and the commas between fields"
            )
    for macro in (*library.strings, *library.preambles):
        line = (macro.start_line or 0) + 1
        report(line, Rule.INVALID_BIBTEX, "@string and @preamble have no use here", "write the text out in the entry")
    for comment in library.comments:
        if isinstance(comment, ImplicitComment) and not _is_comment(comment.comment):
            line = (comment.start_line or 0) + 1
            report(line, Rule.INVALID_BIBTEX, "text stands outside of any entry", "delete it, or begin it with '%'")
    for entry in library.entries:
        known.add(entry.key)
        source = _decode_entry(entry, report)
        if source is not None:
            if source.key in sources:
                report(source.location.line, Rule.DUPLICATE_SOURCE, f"the key '{source.key}' stands here a second time")
            sources[source.key] = source
    _report_same_address(sources.values(), report)
    return Bibliography(sources, frozenset(known))


def split_people(value: str) -> tuple[Person, ...]:
    """Persons of `Family, Given and {Corporate author}`; ` and ` inside braces does not part."""
    people, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", value):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] not in "{}":
            people.append(value[start : found.start()])
            start = found.end()
    people.append(value[start:])
    return tuple(_person(name.strip()) for name in people if name.strip())


def _person(name: str) -> Person:
    if name.startswith("{") or "," not in name:
        given, _, family = ("", "", name) if name.startswith("{") else name.rpartition(" ")
        return Person(_plain(family), _plain(given))
    family, _, given = name.partition(",")
    return Person(_plain(family), _plain(given))


def _plain(value: str) -> str:
    return re.sub(r"\s+", " ", value.replace("{", "").replace("}", "")).strip()


def _is_comment(text: str) -> bool:
    return all(line.lstrip().startswith("%") for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class _Reporter:
    path: str
    lines: list[str]
    diagnostics: Diagnostics

    def __call__(self, line: int, rule: Rule, message: str, hint: str | None = None) -> None:
        self.diagnostics.report(rule, self.locate(line), message, hint)

    def locate(self, line: int) -> Location:
        """The first character of a line that is no space."""
        text = self.lines[min(line, len(self.lines)) - 1]
        return Location(self.path, line, len(text) - len(text.lstrip()) + 1)


def _decode_entry(entry: Entry, report: _Reporter) -> Source | None:
    """One source; None where its key or type leaves nothing to hold on to."""
    line = (entry.start_line or 0) + 1
    if not SOURCE_KEY.fullmatch(entry.key):
        hint = "a key is small letters, digits and hyphens, at most 64"
        report(line, Rule.INVALID_BIBTEX, f"'{entry.key[:80]}' is no key", hint)
        return None
    if entry.entry_type not in TYPES:
        hint = did_you_mean(entry.entry_type, TYPES) or f"types here: {', '.join(TYPES)}"
        report(line, Rule.INVALID_BIBTEX, f"there is no entry type '@{entry.entry_type}'", hint)
        return None
    raw: dict[str, str] = {}
    places: dict[str, Location] = {}
    for item in entry.fields:
        at = (item.start_line if item.start_line is not None else line - 1) + 1
        places[item.key] = report.locate(at)
        value = _bare(str(item.value))
        if item.key not in FIELDS:
            better = _OLD_NAMES.get(item.key)
            hint = f"write '{better}'" if better else did_you_mean(item.key, FIELDS) or f"fields: {', '.join(FIELDS)}"
            report(at, Rule.INVALID_BIBTEX, f"there is no field '{item.key}'", hint)
        elif value is None:
            hint = f"write `{item.key} = {{…}}`"
            report(at, Rule.INVALID_BIBTEX, f"the value of '{item.key}' is not in braces", hint)
        elif fault := _refuse_value(item.key, value):
            report(at, *fault)
        else:
            raw[item.key] = value
    date = None
    for name in ("date", "urldate"):
        if name in raw:
            try:
                parsed = decode_date(raw[name].partition("/")[0])
                date = parsed if name == "date" else date
            except PydanticCustomError as error:
                report(places[name].line, Rule.INVALID_DATE, *_words_of(error))
                del raw[name]
    fields = {name: _plain(value) for name, value in raw.items()}
    return Source(
        key=entry.key,
        type=entry.entry_type,
        location=report.locate(line),
        fields=fields,
        authors=split_people(raw.get("author", "")),
        editors=split_people(raw.get("editor", "")),
        date=date,
        places=places,
    )


def _words_of(error: PydanticCustomError) -> tuple[str, str | None]:
    context = error.context or {}
    return str(context["message"]), context["hint"]


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


def _refuse_value(name: str, value: str) -> tuple[Rule, str, str | None] | None:
    """What is wrong with a field's text: rule, message, hint."""
    plain = _plain(value)
    if not plain:
        return Rule.INVALID_BIBTEX, f"the field '{name}' is empty", "delete it"
    if max(_depths(value), default=0) > MAX_BRACES:
        return Rule.INVALID_BIBTEX, f"braces are nested deeper than {MAX_BRACES}", None
    if "\\" in value and name != "url":
        return Rule.INVALID_BIBTEX, f"a TeX command stands in '{name}'", "write the letter itself: é, –, &, $"
    if name == "url" and (reason := refuse_address(plain)):
        return (
            Rule.INVALID_LINK,
            f"this address cannot be linked to: {reason}",
            "copy it from the browser's address bar",
        )
    if name != "url" and re.search("[<>]", plain):
        return Rule.UNSAFE_TEXT, f"'<' or '>' stands in '{name}'", "delete it"
    for field_name, words in (("tier", TIERS), ("seen", SEEN)):
        if name == field_name and plain not in words:
            hint = did_you_mean(plain, words) or f"one of: {', '.join(words)}"
            return Rule.INVALID_VALUE, f"'{plain}' is not a word of this list", hint
    if name == "doi" and not re.fullmatch(r"10\.\d{4,9}/\S+", plain):
        return Rule.INVALID_VALUE, f"'{plain}' is no DOI", "write it without address: 10.1234/abcd"
    return None


def _depths(value: str) -> Iterator[int]:
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        yield depth


def _report_same_address(sources: object, report: _Reporter) -> None:
    seen: dict[str, str] = {}
    for source in sources:  # type: ignore[attr-defined]
        for name in ("url", "doi"):
            address = source.fields.get(name, "").casefold().rstrip("/")
            if address and address in seen:
                line = source.places[name].line
                message = f"'{source.key}' has the same {name.upper()} as '{seen[address]}'"
                report(line, Rule.DUPLICATE_SOURCE, message, "keep one entry, and cite it everywhere")
            elif address:
                seen[address] = source.key
