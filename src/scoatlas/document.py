"""YAML text as plain strings, lists and mappings, each with its place; nothing is guessed and nothing runs.

Made from libyaml's events with a stack of our own: PyYAML's loaders guess types (NO, 012, 12:30) and keep the last of
two equal keys, and its C composer dies on deep nesting, whereas the stream of events can be left at one too many.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, Union

import yaml

from scoatlas.diagnostics import Diagnostics, Location, Rule
from scoatlas.places import DataPath, Lines, aligned, place_in
from scoatlas.text import UNSAFE, describe_unsafe, read_text

MAX_BYTES = 1 << 20
MAX_DEPTH = 12
MAX_VALUES = 50_000

Data: TypeAlias = Union[str, "list[Data]", "dict[str, Data]"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the pure one is ten times slower and gives the same events


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the text: character offsets of its first character and behind its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A mapping read from a YAML file; `path` is the file's name in diagnostics."""

    path: str
    text: str = ""
    data: dict[str, Data] = field(default_factory=dict)
    values: dict[DataPath, Span] = field(default_factory=dict)
    keys: dict[DataPath, Span] = field(default_factory=dict)

    def locate(self, path: DataPath = (), *, key: bool = False, offset: int | None = None) -> Location:
        """The place of a value, of its key, or of a character inside it; of the nearest one around it if there is none.

        A single mapping where a list may stand counts as the list's only item, so a step 0 into a mapping stays there.
        """
        known: DataPath = ()
        for step in path:
            if (*known, step) in self.values:
                known = (*known, step)
            elif step != 0:
                break
        if key and len(known) > 0 and known in self.keys:
            return Location(self.path, *self._lines.place(self.keys[known].start))
        span = self.values.get(known, Span(0, 0))
        return Location(self.path, *self._lines.place(self._character(known, span, offset)))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def _character(self, path: DataPath, span: Span, offset: int | None) -> int:
        value = self._value(path)
        if offset is None or not isinstance(value, str) or offset >= len(value):
            return span.start
        return span.start + aligned(self.text[span.start : span.end], value)[offset]

    def _value(self, path: DataPath) -> Data:
        found: Data = self.data
        for step in path:
            found = found[step]  # type: ignore[index]  # the path was made with the data
        return found


def read_document(file: Path, path: str, diagnostics: Diagnostics) -> Document | None:
    """The mapping in a YAML file; None and a diagnostic where there is none to be had."""
    text = read_text(file, path, diagnostics, max_bytes=MAX_BYTES)
    return None if text is None else decode_document(text, path, diagnostics)


def decode_document(text: str, path: str, diagnostics: Diagnostics) -> Document | None:
    """The mapping in a YAML text; None and a diagnostic at the first fault that hides what follows it."""
    composer = _Composer(Document(path, text), diagnostics)
    try:
        composer.compose()
    except _Unacceptable as fault:
        location = Location(path, *place_in(text, min(fault.offset, len(text))))
        diagnostics.report(fault.rule, location, fault.message, fault.hint)
        return None
    except yaml.MarkedYAMLError as error:
        opened = composer.stack[-1].start if composer.stack and composer.stack[-1].flow else None
        diagnostics.report(Rule.INVALID_YAML, *_describe_syntax_error(error, path, text, opened))
        return None
    return composer.document


class _Unacceptable(Exception):
    def __init__(self, rule: Rule, offset: int, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.rule, self.offset, self.message, self.hint = rule, offset, message, hint


@dataclass
class _Open:
    """A list or mapping whose end was not seen yet; `key` is the key that waits for its value."""

    path: DataPath
    content: list[Data] | dict[str, Data]
    start: int
    flow: bool
    key: str | None = None


class _Composer:
    """Builds a document from events; reports what can be stepped over, raises where nothing sensible could follow."""

    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self.document = document
        self.diagnostics = diagnostics
        self.stack: list[_Open] = []
        self.root_seen = False

    def compose(self) -> None:
        text = self.document.text
        if (tab := text.find("\t")) >= 0:
            raise _Unacceptable(Rule.FORBIDDEN_YAML, tab, "a tab stands here", "use spaces")
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            start, end = _offset(event.start_mark), _offset(event.end_mark)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Unacceptable(
                        Rule.FORBIDDEN_YAML, start, "a second document begins here", "one entity a file: delete '---'"
                    )
                if event.version or event.tags:
                    raise _Unacceptable(Rule.FORBIDDEN_YAML, start, "a YAML directive ('%') stands here", "delete it")
            elif isinstance(event, yaml.AliasEvent):
                raise _Unacceptable(
                    Rule.FORBIDDEN_YAML, start, f"'*{event.anchor}' repeats another value", "write the value out"
                )
            elif isinstance(event, yaml.ScalarEvent):
                self._refuse_decoration(event, start)
                self._add_scalar(event.value, Span(start, end))
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._refuse_decoration(event, start)
                self._open(event, start)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._close(end)
        if not self.root_seen:
            raise _Unacceptable(Rule.INVALID_YAML, 0, "the file is empty", "begin with a field: `name: {en: …}`")

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, start: int) -> None:
        if event.anchor is not None:
            raise _Unacceptable(
                Rule.FORBIDDEN_YAML,
                start,
                f"'&{event.anchor}' names a value to repeat it",
                "delete it; write values out",
            )
        if event.tag is not None:
            raise _Unacceptable(
                Rule.FORBIDDEN_YAML,
                start,
                "a tag ('!…') stands here",
                "delete it; put text that begins with '!' in quotes",
            )

    def _open(self, event: yaml.CollectionStartEvent, start: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _Unacceptable(Rule.FORBIDDEN_YAML, start, f"values are nested deeper than {MAX_DEPTH} levels")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if not self.stack and not is_mapping:
            raise _Unacceptable(Rule.INVALID_YAML, start, "the file holds a list", "begin with a field: `name: …`")
        content: list[Data] | dict[str, Data] = self.document.data if not self.stack else {} if is_mapping else []
        path = self._add(content, Span(start, start))
        self.stack.append(_Open(path, content, start, bool(event.flow_style)))

    def _close(self, end: int) -> None:
        closed = self.stack.pop()
        self.document.values[closed.path] = Span(closed.start, end)
        text = self.document.text[closed.start : end]
        if closed.flow and isinstance(closed.content, dict) and "\n" in text:
            self.diagnostics.report(
                Rule.FORBIDDEN_YAML,
                Location(self.document.path, *place_in(self.document.text, closed.start)),
                "a mapping in braces runs over several lines",
                "put it on one line, or write one field a line without braces",
            )

    def _add_scalar(self, value: str, span: Span) -> None:
        if not self.stack:
            raise _Unacceptable(
                Rule.INVALID_YAML, span.start, "the file holds plain text", "begin with a field: `name: …`"
            )
        if found := UNSAFE.search(value):  # an escape such as "\0" in double quotes
            raise _Unacceptable(Rule.UNSAFE_TEXT, span.start, describe_unsafe(found[0]), "delete the escape")
        if not unicodedata.is_normalized("NFC", value):
            message = "a letter and its accent are written as two characters"
            raise _Unacceptable(Rule.UNSAFE_TEXT, span.start, message, "type the accented letter as one character")
        holder = self.stack[-1]
        if isinstance(holder.content, dict) and holder.key is None:
            self._add_key(holder, value, span)
        else:
            self._add(value.strip("\n"), span)

    def _add_key(self, holder: _Open, key: str, span: Span) -> None:
        if key == "<<":
            raise _Unacceptable(Rule.FORBIDDEN_YAML, span.start, "'<<' merges another mapping", "write the fields out")
        path = (*holder.path, key)
        if path in self.document.keys:
            line, _ = place_in(self.document.text, self.document.keys[path].start)
            raise _Unacceptable(
                Rule.DUPLICATE_KEY,
                span.start,
                f"the field '{key}' stands here twice; first on line {line}",
                "keep one; several values go into one list",
            )
        self.document.keys[path] = span
        holder.key = key

    def _add(self, value: Data, span: Span) -> DataPath:
        path: DataPath = ()
        if self.stack:
            holder = self.stack[-1]
            if isinstance(holder.content, list):
                path = (*holder.path, len(holder.content))
                holder.content.append(value)
            elif holder.key is None:
                raise _Unacceptable(
                    Rule.FORBIDDEN_YAML, span.start, "a list or mapping stands where the name of a field should"
                )
            else:
                path = (*holder.path, holder.key)
                holder.content[holder.key] = value
                holder.key = None
        self.root_seen = True
        self.document.values[path] = span
        if len(self.document.values) > MAX_VALUES:
            raise _Unacceptable(
                Rule.FORBIDDEN_YAML, span.start, f"the file holds more than {MAX_VALUES} values", "split it"
            )
        return path


def _offset(mark: Any) -> int:
    return int(mark.index)  # events of a text always have marks; the stubs allow for those that have none


# What libyaml says, what we say, and what to do; libyaml's own words change with its version.
_SYNTAX = (
    ("escape", "'\\' has a meaning of its own in double quotes", "use single quotes"),
    ("quoted scalar", "a quote is opened here and never closed", "close it, or double it inside the text"),
    ("mapping values are not allowed", "a colon inside text looks like a field", "put the text in quotes"),
    ("flow sequence", "a list is opened with '[' here and not closed", "close it with ']', items separated by commas"),
    (
        "flow mapping",
        "a mapping is opened with '{' here and not closed",
        "close it with '}', fields separated by commas",
    ),
    ("flow node", "a bracket is opened here and not closed", "close it"),
    ("cannot start any token", "a value cannot begin with this character", "put the text in quotes"),
    ("alphabetic or numeric", "'&' and '*' have a meaning of their own in YAML", "put the text in quotes"),
    ("block mapping", "this is no field of the mapping around it", "check the indentation and the colon"),
    ("block collection", "this is no item of the list around it", "check the indentation and the '- '"),
    ("simple key", "this line has no ': ' after the name of its field", "write `field: value`"),
    ("tag", "'!' has a meaning of its own in YAML", "put the text in quotes"),
)


def _describe_syntax_error(
    error: yaml.MarkedYAMLError, path: str, text: str, opened: int | None
) -> tuple[Location, str, str | None]:
    """Place, message and hint; `opened` is where the bracket stands in which the error was met, if it was in one."""
    said = f"{error.context or ''} {error.problem or ''}"
    message, hint = next(
        ((message, hint) for words, message, hint in _SYNTAX if words in said),
        ("this is not YAML", "check the indentation, the colons and the quotes"),
    )
    # Where something was opened and not closed, or began and had no colon, the fault is at its beginning.
    begun = any(words in message for words in ("quote is opened", "opened with", "no ': '"))
    mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
    offset = min(_offset(mark), len(text)) if mark else 0
    if opened is not None and not text[offset:].strip():
        offset, message, hint = opened, f"'{text[opened]}' is opened here and not closed", "close it"
    elif text[offset : offset + 1] in tuple("}]"):
        message, hint = "this bracket closes nothing", "delete it, or open it before"
    elif text[offset : offset + 2] == "- ":
        message, hint = "this item is not in line with the others", "indent all items of a list alike"
    return Location(path, *place_in(text, offset)), message, hint
