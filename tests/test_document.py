"""YAML text as plain strings, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoatlas.diagnostics import Diagnostic, Diagnostics
from scoatlas.document import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Data, Document, decode_document, read_document


def document_of(text: str) -> Document:
    diagnostics = Diagnostics()
    document = decode_document(text, "f.yml", diagnostics)
    assert document is not None, list(diagnostics)
    assert list(diagnostics) == []
    return document


def fault_of(text: str) -> Diagnostic:
    diagnostics = Diagnostics()
    decode_document(text, "f.yml", diagnostics)
    (fault,) = diagnostics
    return fault


# --- nothing is guessed


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "yes",
        "true",
        "null",
        "~x",
        "012",
        "0x1F",
        "1e3",
        "12:30",
        "2003-08-19",
        "1_000",
        ".inf",
        "=",
        "3.10",
        "-1",
    ],
)
def test_a_value_is_the_text_that_is_written(text: str) -> None:
    assert document_of(f"value: {text}\n").data == {"value": text}


def test_nothing_behind_the_colon_is_empty_text() -> None:
    assert document_of("value:\n").data == {"value": ""}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it''s'", "it's"),
        ('"a \\"b\\" \\u00e9\\x41"', 'a "b" éA'),
        (">-\n  a\n  b\n\n  c", "a b\nc"),
        (">\n  a\n  b\n", "a b"),
        ("|\n  a\n  b\n", "a\nb"),
        ("a\n  b\n\n  c", "a b\nc"),
        ('"a\n  b \\\n  c"', "a b c"),
    ],
)
def test_text_may_be_quoted_and_folded(text: str, value: str) -> None:
    assert document_of(f"value: {text}\n").data == {"value": value}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: {b: c, d: [e, {f: g}]}\n", {"a": {"b": "c", "d": ["e", {"f": "g"}]}}),
        ("a:\n  - b: c\n    d: e\n  - f\n", {"a": [{"b": "c", "d": "e"}, "f"]}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("# a comment\na: b # another\n", {"a": "b"}),
        ("---\na: b\n", {"a": "b"}),
    ],
)
def test_lists_and_mappings_stay_what_they_are(text: str, data: dict[str, Data]) -> None:
    assert document_of(text).data == data


@given(st.lists(st.from_regex("[a-z]{1,8}", fullmatch=True), unique=True, min_size=1))
def test_fields_keep_the_order_in_which_they_are_written(names: list[str]) -> None:
    assert list(document_of("".join(f"{name}: x\n" for name in names)).data) == names


# --- places

TEXT = """\
name: {en: China, zh: 中国}
status:
  - value: member
    cite: [li-2010, "x"]
capital: {value: Beijing}
"""


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        # values
        (("name",), False, "f.yml:1:7"),
        (("name", "en"), False, "f.yml:1:12"),
        (("name", "zh"), False, "f.yml:1:23"),
        (("status",), False, "f.yml:3:3"),
        (("status", 0), False, "f.yml:3:5"),
        (("status", 0, "value"), False, "f.yml:3:12"),
        (("status", 0, "cite", 1), False, "f.yml:4:21"),
        # keys
        (("status",), True, "f.yml:2:1"),
        (("status", 0, "cite"), True, "f.yml:4:5"),
        (("name", "zh"), True, "f.yml:1:19"),
        # an item of a list has no key
        (("status", 0), True, "f.yml:3:5"),
        # what is not there: the nearest around it
        (("status", 0, "since"), False, "f.yml:3:5"),
        (("status", 7, "value"), False, "f.yml:3:3"),
        (("nothing",), False, "f.yml:1:1"),
        ((), False, "f.yml:1:1"),
        # one mapping where a list may stand is its only item
        (("capital", 0, "value"), False, "f.yml:5:18"),
        (("capital", 0), False, "f.yml:5:10"),
    ],
)
def test_every_value_and_key_has_its_place(path: tuple[str | int, ...], key: bool, place: str) -> None:
    assert str(document_of(TEXT).locate(path, key=key)) == place


def test_columns_count_characters_not_bytes() -> None:
    assert str(document_of("имя: {ключ: 𐍈, b: c}\n").locate(("имя", "b"))) == "f.yml:1:19"


def test_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    (tmp_path / "f.yml").write_bytes(b"\xef\xbb\xbfa: b\r\nc:\r\n  - d\r\n")
    document = read_document(tmp_path / "f.yml", "f.yml", Diagnostics())
    assert document is not None
    assert document.data == {"a": "b", "c": ["d"]}
    assert str(document.locate(("c", 0))) == "f.yml:3:5"


def character_at(document: Document, offset: int) -> str:
    """What stands at the place of one character of `note`."""
    place = document.locate(("note",), offset=offset)
    return document.text.split("\n")[place.line - 1][place.column - 1 :][:1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # on the line of the field
        ("note: aa bb X cc\n", "f.yml:1:13"),
        ("note: 'it''s X cc'\n", "f.yml:1:14"),
        ('note: "\\u00e9\\"\\n X cc"\n', "f.yml:1:19"),
        # plain and quoted text over several lines
        ("note: aa\n  bb\n  X cc\n", "f.yml:3:3"),
        ("note: 'aa\n\n\n  bb X cc'\n", "f.yml:4:6"),
        ('note: "aa\n\n\n  bb X cc"\n', "f.yml:4:6"),
        ('note: "aa \\\n  X cc"\n', "f.yml:2:3"),
        # folded and literal blocks
        ("note: >-\n  aa\n  bb X cc\n", "f.yml:3:6"),
        ("note: > # why\n\n  aa\n\n  bb X cc\n", "f.yml:5:6"),
        ("note: |\n  aa\n\n  bb X cc\n", "f.yml:4:6"),
        ("note: |2-\n    aa\n  bb X cc\n", "f.yml:3:6"),
        ("note: >-\n  aa \\ X cc\n", "f.yml:2:8"),
    ],
)
def test_a_character_inside_folded_or_quoted_text_has_its_place(text: str, place: str) -> None:
    document = document_of(text)
    assert str(document.locate(("note",), offset=str(document.data["note"]).index("X"))) == place


def test_a_fault_at_the_end_of_a_value_is_shown_within_it() -> None:
    assert document_of("note: abc\nx: y\n").locate(("note",), offset=3).line == 1


def _plain(lines: Sequence[str]) -> str:
    return "x" + "\n  ".join(lines)


def _single(lines: Sequence[str]) -> str:
    return "'{}'".format("\n  ".join(line.replace("'", "''") for line in lines))


def _double(lines: Sequence[str]) -> str:
    return '"{}"'.format("\n  ".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines))


def _folded(lines: Sequence[str]) -> str:
    return ">-\n  " + "\n  ".join(lines)


def _literal(lines: Sequence[str]) -> str:
    return "|\n  " + "\n  ".join(lines)


_WORD = st.text(alphabet="ab中é'\"\\", min_size=1, max_size=5)
_LINE = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)


@given(
    style=st.sampled_from([_plain, _single, _double, _folded, _literal]),
    paragraphs=st.lists(st.lists(_LINE, min_size=1, max_size=3), min_size=1, max_size=3),
    apart=st.integers(1, 3),
)
def test_every_character_is_found_where_it_is_written(style: object, paragraphs: list[list[str]], apart: int) -> None:
    assert callable(style)
    lines = [line for paragraph in paragraphs for line in [*[""] * apart, *paragraph]][apart:]
    text = "".join(f"{line.rstrip()}\n" for line in f"a: b\nnote: {style(lines)}\nz: y".split("\n"))
    document = document_of(text)
    value = str(document.data["note"])
    for offset, character in enumerate(value):
        if offset and character not in " \n":
            found = character_at(document, offset)
            escaped = "\\" if style is _double and character in '"\\' else character
            assert found == escaped, (offset, character)


# --- what is refused


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        # what YAML can and we do not want
        ("a: &x b\n", "forbidden-yaml", "f.yml:1:4"),
        ("a: b\nc: *a\n", "forbidden-yaml", "f.yml:2:4"),
        ("a: !!int 3\n", "forbidden-yaml", "f.yml:1:4"),
        ("a: !x {b: c}\n", "forbidden-yaml", "f.yml:1:4"),
        ("<<: {a: b}\n", "forbidden-yaml", "f.yml:1:1"),
        ("a: b\n---\nc: d\n", "forbidden-yaml", "f.yml:2:1"),
        ("%YAML 1.1\n---\na: b\n", "forbidden-yaml", "f.yml:1:1"),
        ("a:\n\t- b\n", "forbidden-yaml", "f.yml:2:1"),
        ("a: {b: c,\n  d: e}\n", "forbidden-yaml", "f.yml:1:4"),
        ("? [a, b]\n: c\n", "forbidden-yaml", "f.yml:1:3"),
        # one field twice
        ("a: b\nc: d\na: e\n", "duplicate-key", "f.yml:3:1"),
        ("x: {a: b, a: c}\n", "duplicate-key", "f.yml:1:11"),
        # what cannot be seen, or looks like another letter, written as an escape
        ('a: "x\\u200b"\n', "unsafe-text", "f.yml:1:4"),
        ('a: "x\\0"\n', "unsafe-text", "f.yml:1:4"),
        ('a: "e\\u0301"\n', "unsafe-text", "f.yml:1:4"),
        # no mapping
        ("", "invalid-yaml", "f.yml:1:1"),
        ("# nothing\n", "invalid-yaml", "f.yml:1:1"),
        ("- a\n", "invalid-yaml", "f.yml:1:1"),
        ("text\n", "invalid-yaml", "f.yml:1:1"),
    ],
)
def test_what_has_no_place_in_a_fact_file_is_refused_at_its_place(text: str, rule: str, place: str) -> None:
    fault = fault_of(text)
    assert (fault.rule, str(fault.location)) == (rule, place)


def test_a_field_that_stands_twice_names_the_line_of_the_first() -> None:
    assert fault_of("a: b\nc: d\na: e\n").message == "the field 'a' stands here twice; first on line 1"


def test_the_same_field_in_two_mappings_is_no_duplicate() -> None:
    assert document_of("a: [{b: c}, {b: d}]\n").data == {"a": [{"b": "c"}, {"b": "d"}]}


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        # opened and never closed: the place is where it was opened
        ("a: 'b\nc: d\n", "a quote is opened here and never closed", "f.yml:1:4"),
        ('a: "b\nc: d\n', "a quote is opened here and never closed", "f.yml:1:4"),
        ("a: [b\nc: d\n", "a list is opened with '[' here and not closed", "f.yml:1:4"),
        ("a: {b: c\nd: e\n", "a mapping is opened with '{' here and not closed", "f.yml:1:4"),
        # characters with a meaning of their own
        ("a: b: c\n", "a colon inside text looks like a field", "f.yml:1:5"),
        ("a: @b\n", "a value cannot begin with this character", "f.yml:1:4"),
        ("a: `b`\n", "a value cannot begin with this character", "f.yml:1:4"),
        # indentation and colons
        ("a: b\n  c: d\n", "a colon inside text looks like a field", "f.yml:2:4"),
        ("a: b\nc\n", "this line has no ': ' after the name of its field", "f.yml:2:1"),
        ("a:\n  - b\n  c\n", "this line has no ': ' after the name of its field", "f.yml:3:3"),
        ("a: {b: c}}\n", "this bracket closes nothing", "f.yml:1:10"),
        ("a: [b]]\n", "this bracket closes nothing", "f.yml:1:7"),
        ('a: "\\q"\n', "'\\' has a meaning of its own in double quotes", "f.yml:1:5"),
    ],
)
def test_a_slip_in_yaml_is_told_in_words(text: str, message: str, place: str) -> None:
    fault = fault_of(text)
    assert (fault.rule, fault.message) == ("invalid-yaml", message)
    assert str(fault.location) == place
    assert fault.hint


# --- limits


def test_values_are_nested_twelve_levels_deep_at_most() -> None:
    def nested(depth: int) -> str:
        return "a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1) + "\n"

    document_of(nested(MAX_DEPTH))
    assert fault_of(nested(MAX_DEPTH + 1)).message == f"values are nested deeper than {MAX_DEPTH} levels"


def test_a_file_holds_50000_values_at_most() -> None:
    def long(values: int) -> str:
        return "a:\n" + "- x\n" * (values - 2)  # the file and the list count too

    document_of(long(MAX_VALUES))
    assert fault_of(long(MAX_VALUES + 1)).message == f"the file holds more than {MAX_VALUES} values"


def test_a_file_has_one_mebibyte_at_most(tmp_path: Path) -> None:
    def read(size: int) -> list[Diagnostic]:
        diagnostics = Diagnostics()
        (tmp_path / "f.yml").write_text("a: b\n".ljust(size, "#"), "utf-8")
        read_document(tmp_path / "f.yml", "f.yml", diagnostics)
        return list(diagnostics)

    assert read(MAX_BYTES) == []
    assert [fault.message for fault in read(MAX_BYTES + 1)] == ["the file is larger than 1024 KiB"]
