"""Diagnostics as text: for people, for GitHub, for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas.diagnostics import MAX_MESSAGE, Diagnostic, Diagnostics, Location, Rule, Severity, did_you_mean
from scoatlas.report import (
    FORMATS,
    SHOWN,
    format_concise,
    format_full,
    format_github,
    format_json,
    format_sarif,
    summarise,
)

FILE = "content/states/beta.yml"
ERROR = Diagnostic(
    Location(FILE, 3, 1), Rule.UNKNOWN_FIELD, "a state has no field 'iso3661'", "did you mean 'iso3166'?"
)
BARE = Diagnostic(Location(FILE, 1, 7), Rule.INVALID_VALUE, "this field is empty")
WARNING = Diagnostic(Location("references.bib", 2, 1), Rule.UNCITED_SOURCE, "nothing cites 'a'", "cite or delete it")


def write(root: Path, text: str) -> Path:
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(text, "utf-8")
    return root


# --- for people


def test_a_complaint_is_shown_with_its_line_a_caret_and_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "name: {en: B}\n\niso3661: BB\n")
    assert format_full([ERROR], tmp_path) == (
        "content/states/beta.yml:3:1: error[unknown-field] a state has no field 'iso3661'\n"
        "  | iso3661: BB\n"
        "  | ^\n"
        "  hint: did you mean 'iso3166'?\n"
        "1 error\n"
    )


def caret_of(root: Path, line: str, column: int) -> tuple[str, str]:
    """The line shown and the line of the caret."""
    found = format_full([Diagnostic(Location(FILE, 1, column), Rule.INVALID_VALUE, "x")], write(root, line + "\n"))
    shown, caret = found.splitlines()[1:3]
    return shown.removeprefix("  | "), caret.removeprefix("  | ")


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        ("name: China", 7, 6),
        ("имя: Китай", 6, 5),
        # on a terminal a Chinese character is two wide
        ("中国: x", 5, 6),
    ],
)
def test_the_caret_stands_under_the_character(line: str, column: int, before: int, tmp_path: Path) -> None:
    assert caret_of(tmp_path, line, column) == (line, " " * before + "^")


def test_of_a_long_line_the_part_around_the_fault_is_shown(tmp_path: Path) -> None:
    shown, caret = caret_of(tmp_path, "a" * 5_000 + "X" + "b" * 5_000, 5_001)
    assert len(shown) <= 120
    assert shown[caret.index("^")] == "X"


def test_characters_that_cannot_be_seen_are_shown_as_spaces(tmp_path: Path) -> None:
    shown, _ = caret_of(tmp_path, "a\u202eb\x1b[31mc", 2)
    assert shown == "a b [31mc"


@pytest.mark.parametrize("place", [Location("content/nowhere.yml"), Location(FILE, 99), Location("content/states")])
def test_a_complaint_of_what_has_no_line_is_shown_without(place: Location, tmp_path: Path) -> None:
    found = format_full([Diagnostic(place, Rule.UNREADABLE_FILE, "x")], write(tmp_path, "a: b\n"))
    assert found == f"{place}: error[unreadable-file] x\n1 error\n"


def test_a_concise_complaint_is_one_line(tmp_path: Path) -> None:
    assert format_concise([BARE, ERROR, WARNING], tmp_path).splitlines() == [
        "content/states/beta.yml:1:7: error[invalid-value] this field is empty",
        "content/states/beta.yml:3:1: error[unknown-field] a state has no field 'iso3661' (did you mean 'iso3166'?)",
        "references.bib:2:1: warning[uncited-source] nothing cites 'a' (cite or delete it)",
        "2 errors, 1 warning",
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "no faults found"),
        ([ERROR], "1 error"),
        ([WARNING], "1 warning"),
        ([ERROR, WARNING, BARE, WARNING], "2 errors, 2 warnings"),
    ],
)
def test_all_are_counted(found: list[Diagnostic], words: str) -> None:
    assert summarise(found) == words


@pytest.mark.parametrize("style", ["full", "concise"])
@pytest.mark.parametrize(("count", "rest"), [(SHOWN, None), (SHOWN + 1, "… and 1 more"), (20_000, "… and 19900 more")])
def test_people_are_shown_100_and_told_how_many_there_are(
    style: str, count: int, rest: str | None, tmp_path: Path
) -> None:
    lines = FORMATS[style]([BARE] * count, tmp_path).splitlines()
    assert sum(line.startswith(FILE) for line in lines) == SHOWN
    assert lines[-1] == f"{count} errors"
    assert [line for line in lines if line.startswith("…")] == ([rest] if rest else [])


# --- for GitHub


def test_github_puts_a_complaint_beside_its_line(tmp_path: Path) -> None:
    assert format_github([ERROR, WARNING], tmp_path).splitlines() == [
        "::error file=content/states/beta.yml,line=3,col=1,title=unknown-field"
        "::a state has no field 'iso3661' – did you mean 'iso3166'?",
        "::warning file=references.bib,line=2,col=1,title=uncited-source::nothing cites 'a' – cite or delete it",
        "1 error, 1 warning",
    ]


def test_no_path_or_message_can_forge_a_command(tmp_path: Path) -> None:
    hostile = Diagnostic(Location("a,line=9::x\n::error"), Rule.UNEXPECTED_FILE, "100%\n::warning::y\r")
    first, *rest = format_github([hostile], tmp_path).splitlines()
    assert first == (
        "::error file=a%2Cline=9%3A%3Ax%0A%3A%3Aerror,line=1,col=1,title=unexpected-file::100%25%0A::warning::y%0D"
    )
    assert rest == ["1 error"]


# --- for programs


def test_json_is_a_list_of_objects_with_seven_fields(tmp_path: Path) -> None:
    assert json.loads(format_json([ERROR, BARE], tmp_path)) == [
        {
            "rule": "unknown-field",
            "severity": "error",
            "path": "content/states/beta.yml",
            "line": 3,
            "column": 1,
            "message": "a state has no field 'iso3661'",
            "hint": "did you mean 'iso3166'?",
        },
        {
            "rule": "invalid-value",
            "severity": "error",
            "path": "content/states/beta.yml",
            "line": 1,
            "column": 7,
            "message": "this field is empty",
            "hint": None,
        },
    ]


@pytest.mark.parametrize("style", ["json", "sarif", "github"])
def test_programs_get_everything(style: str, tmp_path: Path) -> None:
    assert FORMATS[style]([BARE] * 5_000, tmp_path).count("this field is empty") == 5_000


def test_nothing_found_is_an_empty_list(tmp_path: Path) -> None:
    assert format_json([], tmp_path) == "[]\n"


def test_sarif_holds_rules_levels_messages_and_places(tmp_path: Path) -> None:
    report = json.loads(format_sarif([ERROR, WARNING], tmp_path))
    (run,) = report["runs"]
    assert (report["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "scoatlas")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["uncited-source", "unknown-field"]
    first, second = run["results"]
    assert (first["ruleId"], first["level"], second["level"]) == ("unknown-field", "error", "warning")
    assert first["message"]["text"] == "a state has no field 'iso3661' – did you mean 'iso3166'?"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == FILE
    assert place["region"] == {"startLine": 3, "startColumn": 1}


def test_a_path_in_sarif_is_an_address(tmp_path: Path) -> None:
    report = json.loads(format_sarif([Diagnostic(Location("content/a b%.txt"), Rule.UNEXPECTED_FILE, "x")], tmp_path))
    place = report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/a%20b%25.txt"


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_ends_its_last_line(style: str, tmp_path: Path) -> None:
    for found in ([], [ERROR], [ERROR] * 200):
        assert FORMATS[style](found, tmp_path).endswith("\n")


# --- the sink


def test_complaints_are_sorted_by_place() -> None:
    diagnostics = Diagnostics()
    for path, line, column in [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1)]:
        diagnostics.report(Rule.INVALID_VALUE, Location(path, line, column), "x")
    assert [str(found.location) for found in diagnostics] == ["a:9:1", "a:9:2", "a:10:1", "b:1:1"]


def test_the_same_complaint_at_the_same_place_is_kept_once() -> None:
    diagnostics = Diagnostics()
    for message in ("x", "x", "y"):
        diagnostics.report(Rule.INVALID_VALUE, Location("a"), message)
    assert [found.message for found in diagnostics] == ["x", "y"]


@given(st.text(), st.text())
def test_a_complaint_is_one_line_of_bounded_length(message: str, hint: str) -> None:
    diagnostics = Diagnostics()
    diagnostics.report(Rule.INVALID_VALUE, Location("a"), message * 50, hint * 50)
    (found,) = diagnostics
    for text in (found.message, found.hint or ""):
        assert len(text.splitlines()) <= 1
        assert len(text) <= MAX_MESSAGE + 1


@pytest.mark.parametrize(
    ("rules", "failed", "strictly"),
    [
        ([], False, False),
        ([Rule.ORPHAN], False, True),
        ([Rule.ORPHAN, Rule.INVALID_YAML], True, True),
    ],
)
def test_errors_stop_a_build_and_warnings_a_strict_one(rules: list[Rule], failed: bool, strictly: bool) -> None:
    diagnostics = Diagnostics()
    for rule in rules:
        diagnostics.report(rule, Location("a"), "x")
    assert (diagnostics.failed(), diagnostics.failed(strict=True)) == (failed, strictly)


def test_what_does_not_make_a_fact_wrong_is_a_warning() -> None:
    warnings = {rule.value for rule in Rule if rule.severity is Severity.WARNING}
    assert {"uncited-source", "duplicate-name", "incomplete-source", "orphan"} <= warnings
    assert not {"uncited-fact", "invalid-yaml", "unknown-entity", "contradiction"} & warnings


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("capitol", "did you mean 'capital'?"),
        ("Capital", "did you mean 'capital'?"),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_the_nearest_known_word_is_proposed(word: str, hint: str | None) -> None:
    assert did_you_mean(word, ["status", "capital", "name"]) == hint
