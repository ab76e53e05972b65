"""Diagnostics as text: for people, for GitHub's annotations, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from scoatlas.diagnostics import Diagnostic, Rule, Severity

SHOWN = 100
"""How many diagnostics the formats for people show; all are counted."""


def format_full(found: list[Diagnostic], root: Path) -> str:
    """Each complaint with the line it is about, a caret under the place, and the hint."""
    files: dict[str, list[str]] = {}
    blocks = []
    for diagnostic in found[:SHOWN]:
        block = [_headline(diagnostic), *_excerpt(diagnostic, root, files)]
        if diagnostic.hint:
            block.append(f"  hint: {diagnostic.hint}")
        blocks.append("\n".join(block))
    return "\n".join([*blocks, *_rest(found), summarise(found)]) + "\n"


def format_concise(found: list[Diagnostic], root: Path) -> str:
    """One line a complaint."""
    lines = [
        _headline(diagnostic) + (f" ({diagnostic.hint})" if diagnostic.hint else "") for diagnostic in found[:SHOWN]
    ]
    return "\n".join([*lines, *_rest(found), summarise(found)]) + "\n"


def format_github(found: list[Diagnostic], root: Path) -> str:
    """GitHub's workflow commands, which put each complaint beside its line in a pull request."""
    lines = []
    for diagnostic in found:
        place = diagnostic.location
        hint = f" – {diagnostic.hint}" if diagnostic.hint else ""
        where = f"file={_property(place.path)},line={place.line},col={place.column},title={diagnostic.rule}"
        lines.append(f"::{diagnostic.severity} {where}::{_message(diagnostic.message + hint)}")
    return "\n".join([*lines, summarise(found)]) + "\n"


def format_json(found: list[Diagnostic], root: Path) -> str:
    """A list of objects, never capped."""
    rows = [
        {
            "rule": diagnostic.rule.value,
            "severity": diagnostic.severity.value,
            "path": diagnostic.location.path,
            "line": diagnostic.location.line,
            "column": diagnostic.location.column,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
        }
        for diagnostic in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def format_sarif(found: list[Diagnostic], root: Path) -> str:
    """SARIF 2.1.0, which code hosts take in as findings."""
    results = [
        {
            "ruleId": diagnostic.rule.value,
            "level": diagnostic.severity.value,
            "message": {"text": diagnostic.message + (f" – {diagnostic.hint}" if diagnostic.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(diagnostic.location.path)},
                        "region": {"startLine": diagnostic.location.line, "startColumn": diagnostic.location.column},
                    }
                }
            ],
        }
        for diagnostic in found
    ]
    rules = [{"id": rule} for rule in sorted({diagnostic.rule.value for diagnostic in found})]
    run = {"tool": {"driver": {"name": "scoatlas", "rules": rules}}, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[list[Diagnostic], Path], str]] = {
    "full": format_full,
    "concise": format_concise,
    "github": format_github,
    "json": format_json,
    "sarif": format_sarif,
}


def summarise(found: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or that all is well."""
    severities = [diagnostic.severity for diagnostic in found]
    counts = [(severities.count(severity), severity) for severity in Severity]
    words = [f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts if count]
    return ", ".join(words) or "no faults found"


def _headline(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.location}: {diagnostic.severity}[{diagnostic.rule}] {diagnostic.message}"


def _excerpt(diagnostic: Diagnostic, root: Path, files: dict[str, list[str]]) -> Iterator[str]:
    """The line complained of, and a caret under the character."""
    path, line, column = diagnostic.location.path, diagnostic.location.line, diagnostic.location.column
    file = root / path
    if path not in files:
        files[path] = _lines_of(file) if diagnostic.rule is not Rule.UNREADABLE_FILE else []
    if line <= len(files[path]) and (text := files[path][line - 1]).strip():
        start = max(0, column - 60)
        shown = "".join(character if character.isprintable() else " " for character in text[start : start + 120])
        width = sum(2 if ord(character) >= 0x2E80 else 1 for character in shown[: column - 1 - start])
        yield f"  | {shown}"
        yield f"  | {' ' * width}^"


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _rest(found: list[Diagnostic]) -> list[str]:
    return [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
