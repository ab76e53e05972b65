"""Files of strangers: whatever they hold, each fault is told once, at its place, soon, and nothing breaks down.

The inputs were collected by trying them on the libraries below us; what those did is noted where it surprises.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import BASE, write_project
from scoatlas.bibliography import decode_bibliography
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic, Diagnostics, Location
from scoatlas.document import Data, Document, decode_document
from scoatlas.places import DataPath
from scoatlas.report import FORMATS
from scoatlas.text import UNSAFE

Complaints = Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]]

FACTS = "content/states/belarus.yml"
ESSAY = "content/states/china.md"
PAGE = "content/about/method.md"
SOURCES = "references.bib"
ATLAS = "atlas.yml"
FILES = [FACTS, ESSAY, PAGE, SOURCES, ATLAS]

BELARUS = """\
name: {en: Belarus, ru: Беларусь, zh: 白俄罗斯}
status: {value: observer, since: 2015-07-10, summit: summits/shanghai-2001, cite: [li-2010]}
"""


def _places(found: Iterable[Diagnostic]) -> list[str]:
    return [f"{complaint.location}: {complaint.rule}" for complaint in found]


def _table(cases: Mapping[str, tuple[Any, ...]]) -> list[Any]:
    return [pytest.param(*case, id=claim) for claim, case in cases.items()]


# --- bytes that are no text, or not the text that they seem

BYTES: dict[str, tuple[bytes, str]] = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "1:1: unreadable-file"),
    "a compressed file": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "1:3: unsafe-text"),
    "UTF-16 with its mark": (BELARUS.encode("utf-16"), "1:1: unreadable-file"),
    "UTF-16 without, Latin letters only": ("name: {en: Belarus}\n".encode("utf-16-le"), "1:2: unsafe-text"),
    "UTF-16 the other way round": ("name: {en: Belarus}\n".encode("utf-16-be"), "1:1: unsafe-text"),
    "UTF-32": (BELARUS.encode("utf-32"), "1:1: unreadable-file"),
    "Latin-1": ("name: {en: Côte}\n".encode("latin-1"), "1:13: unreadable-file"),
    "Windows-1251": ("a: b\nname: {ru: Беларусь}\n".encode("cp1251"), "2:12: unreadable-file"),
    "GB 18030": ("name: {zh: 白俄罗斯}\n".encode("gb18030"), "1:12: unreadable-file"),
    "UTF-8 that breaks off": ("name: {ru: Б".encode()[:-1], "1:12: unreadable-file"),
    "UTF-8 longer than need be": (b"name: \xc0\xaf\n", "1:7: unreadable-file"),
    "UTF-8 of half a character": (b"name: \xed\xa0\x80\n", "1:7: unreadable-file"),
    "more than the largest file": (b"# x\n" * 600_000, "1:1: unreadable-file"),
    "a NUL": (b"name: {en: Bel\x00arus}\n", "1:15: unsafe-text"),
    "an ESC, that would colour a terminal": (b"name: {en: \x1b[31mBelarus}\n", "1:12: unsafe-text"),
    "a DEL": (b"name: {en: Belarus\x7f}\n", "1:19: unsafe-text"),
    "a bare carriage return": (b"name: {en: Belarus}\riso3166: BY\n", "1:20: unsafe-text"),
    "U+0085, a line end to YAML": ("name: {en: Belarus}\u0085iso3166: BY\n".encode(), "1:20: unsafe-text"),
    "U+2028, a line end to YAML": ("name: {en: Belarus}\u2028iso3166: BY\n".encode(), "1:20: unsafe-text"),
    "U+202E, that turns words round": ("# \u202esuraleB\n".encode(), "1:3: unsafe-text"),
    "U+2066, that turns words round": ("# \u2066x\n".encode(), "1:3: unsafe-text"),
    "U+200B, that nobody sees": ("# Bela\u200brus\n".encode(), "1:7: unsafe-text"),
    "U+00AD, a hyphen that nobody sees": ("# Bela\u00adrus\n".encode(), "1:7: unsafe-text"),
    "U+E000, that looks different everywhere": ("# \ue000\n".encode(), "1:3: unsafe-text"),
    "U+E0041, that nobody sees": ("# \U000e0041\n".encode(), "1:3: unsafe-text"),
    "a byte order mark inside": ("# a\n# \ufeffb\n".encode(), "2:3: unsafe-text"),
    "two byte order marks": ("\ufeff\ufeff# a\n".encode(), "1:1: unsafe-text"),
    "an accent apart from its letter": ("# a\n# Cafe\u0301\n".encode(), "2:6: unsafe-text"),
}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(("raw", "expected"), _table(BYTES))
def test_bytes_that_are_no_plain_text_are_refused_in_every_file(
    path: str, raw: bytes, expected: str, complaints: Complaints
) -> None:
    assert _places(complaints({path: raw})) == [f"{path}:{expected}"]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: "\ufeff" + text, id="a byte order mark at the start"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="the line ends of Windows"),
        pytest.param(lambda text: text.rstrip("\n"), id="no line end at the end"),
        pytest.param(lambda text: text + "\n\n\n", id="empty lines at the end"),
    ],
)
def test_what_editors_do_to_a_file_does_it_no_harm(
    path: str, change: Callable[[str], str], complaints: Complaints
) -> None:
    text = {**BASE, FACTS: BELARUS, ESSAY: "An *essay* on 中国.\n", PAGE: "# Method\n\nText.\n"}[path]
    assert complaints({path: change(text).encode()}) == []


# --- what lies where a file should


def _make_folder(file: Path) -> None:
    file.mkdir()


def _make_pipe(file: Path) -> None:
    os.mkfifo(file)


def _make_socket(file: Path) -> None:
    here = Path.cwd()
    os.chdir(file.parent)  # the address of a socket has 107 letters at most
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(file.name)
    finally:
        os.chdir(here)


def _make_link(target: str) -> Callable[[Path], None]:
    return lambda file: file.symlink_to(target)


def _make_unreadable(file: Path) -> None:
    file.write_text("name: {en: Belarus}\n")
    file.chmod(0)


THINGS: dict[str, Callable[[Path], None]] = {
    "a folder": _make_folder,
    "a pipe, that would never end": _make_pipe,
    "a socket": _make_socket,
    "a link to a secret": _make_link("/etc/passwd"),
    "a link to a device, that would never end": _make_link("/dev/zero"),
    "a link to a folder": _make_link("/"),
    "a link to nowhere": _make_link("nowhere"),
    "a link to itself": _make_link("belarus.yml"),
    "a file that may not be read": _make_unreadable,
}

# The root user may read everything: as root, the child gives that up (Linux: it clears all its capabilities).
_CHECK_AS_ANYBODY = """
import ctypes, os, sys
from pathlib import Path
from scoatlas.build import read_atlas
if os.geteuid() == 0:
    version_and_process, no_capabilities = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version_and_process, no_capabilities) == 0
for found in read_atlas(Path(sys.argv[1]))[1]:
    print(f"{found.location}: {found.rule}")
"""


def _check_in_a_child(root: Path) -> list[str]:
    """What is said of a project, by a process that has no special rights and is stopped after a minute."""
    done = subprocess.run(
        [sys.executable, "-c", _CHECK_AS_ANYBODY, str(root)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("make", [pytest.param(make, id=thing) for thing, make in THINGS.items()])
def test_only_regular_files_are_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / PAGE).parent.mkdir()
    for path in FILES:
        (tmp_path / path).unlink(missing_ok=True)
        make(tmp_path / path)
    assert sorted(_check_in_a_child(tmp_path)) == sorted(f"{path}:1:1: unreadable-file" for path in FILES)


@pytest.mark.parametrize("name", ["states", "about"])
def test_a_folder_that_is_a_link_is_not_followed(name: str, tmp_path: Path, complaints: Complaints) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / name).symlink_to("/etc")
    own = {path: None for path in BASE if path.startswith(f"content/{name}/")}
    found = _places(complaints(own))
    assert f"content/{name}:1:1: unexpected-file" in found
    assert all("passwd" not in place for place in found)


def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path) -> None:
    write_project(tmp_path, {PAGE: "# Method\n"})
    (tmp_path / "content/about").chmod(0)
    try:
        assert _check_in_a_child(tmp_path) == ["content/about:1:1: unreadable-file"]
    finally:
        (tmp_path / "content/about").chmod(0o755)


# --- facts

_DEEP = "".join("  " * depth + "a:\n" for depth in range(500))
_BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

YAML: dict[str, tuple[str, str]] = {
    "nothing": ("", "1:1: invalid-yaml"),
    "blanks": (" \n\n  \n", "1:1: invalid-yaml"),
    "a remark": ("# later\n", "1:1: invalid-yaml"),
    "plain text": ("Belarus\n", "1:1: invalid-yaml"),
    "a list": ("- Belarus\n", "1:1: invalid-yaml"),
    "a page of HTML": ("<!DOCTYPE html>\n<html>\n", "1:1: invalid-yaml"),
    "JSON that is no mapping": ("[1, 2]\n", "1:1: invalid-yaml"),
    "two documents": ("name: {en: A}\n---\nname: {en: B}\n", "2:1: forbidden-yaml"),
    "a directive": ("%YAML 1.1\n---\nname: {en: A}\n", "1:1: forbidden-yaml"),
    "30,000 brackets, which kill libyaml's composer": ("a: " + "[" * 30_000, "1:15: forbidden-yaml"),
    "30,000 braces": ("a: {" * 30_000, "1:48: forbidden-yaml"),
    "500 mappings in each other": (_DEEP, "13:25: forbidden-yaml"),
    "500 lists in each other": ("a: " + "- " * 500 + "\n", "1:4: invalid-yaml"),
    "500 lists in each other, on lines of their own": ("a:\n" + "- " * 500 + "\n", "2:23: forbidden-yaml"),
    "60,000 values": ("a: [" + "x," * 60_000 + "]\n", "1:100001: forbidden-yaml"),
    "an alias bomb, which hangs whoever writes it out": (_BOMB, "1:4: forbidden-yaml"),
    "an alias bomb in merges, which hangs PyYAML": ("a: &a {b: c}\nd: {<<: [*a, *a]}\n", "1:4: forbidden-yaml"),
    "an alias to itself": ("a: &a [*a]\n", "1:4: forbidden-yaml"),
    "an alias to nothing": ("a: *b\n", "1:4: forbidden-yaml"),
    "a merge": ("name: {<<: {ru: A}, en: A}\n", "1:8: forbidden-yaml"),
    "a merge in quotes": ('"<<": {en: A}\n', "1:1: forbidden-yaml"),
    "a tag that runs a program": ("name: !!python/object/apply:os.system [id]\n", "1:7: forbidden-yaml"),
    "a tag that names a function": ("name: !!python/name:os.system\n", "1:7: forbidden-yaml"),
    "a tag for bytes": ("name: !!binary aGk=\n", "1:7: forbidden-yaml"),
    "a tag of an address": ("name: !<tag:yaml.org,2002:int> 3\n", "1:7: forbidden-yaml"),
    "a tag on the whole": ("!!omap\nname: {en: A}\n", "1:1: forbidden-yaml"),
    "a name for the whole": ("&a\nname: {en: A}\n", "1:1: forbidden-yaml"),
    "a list as a field": ("? [a, b]\n: c\n", "1:3: forbidden-yaml"),
    "a mapping as a field": ("{{a: b}: c}\n", "1:2: forbidden-yaml"),
    "a tab in front": ("name:\n\ten: A\n", "2:1: forbidden-yaml"),
    "a tab in quotes": ('name: {en: "A\tB"}\n', "1:14: forbidden-yaml"),
    "a tab at the end": ("name: {en: A}\t\n", "1:14: forbidden-yaml"),
    "a field twice": ("name: {en: A}\niso3166: BY\nname: {en: B}\n", "3:1: duplicate-key"),
    "a field twice, in quotes once": ("name: {en: A}\n'name': {en: B}\n", "2:1: duplicate-key"),
    "a field twice in braces": ("name: {en: A, en: B}\n", "1:15: duplicate-key"),
    "an escape of NUL": ('name: {en: "A\\0B"}\n', "1:12: unsafe-text"),
    "an escape of ESC": ('name: {en: "\\x1b[31mA"}\n', "1:12: unsafe-text"),
    "an escape of ESC by name": ('name: {en: "\\e[31mA"}\n', "1:12: unsafe-text"),
    "an escape of a line end": ('name: {en: "A\\N"}\n', "1:12: unsafe-text"),
    "an escape that turns words round": ('name: {en: "\\u202eA"}\n', "1:12: unsafe-text"),
    "an escape in the name of a field": ('"na\\u200bme": {en: A}\n', "1:1: unsafe-text"),
    "an escape of an accent alone": ('name: {en: "Cafe\\u0301"}\n', "1:12: unsafe-text"),
    "half a character by escape, which PyYAML takes": ('name: {en: "\\ud83d"}\n', "1:15: invalid-yaml"),
    "two halves by escape": ('name: {en: "\\ud83d\\ude00"}\n', "1:15: invalid-yaml"),
    "an escape beyond Unicode": ('name: {en: "\\U00110000"}\n', "1:15: invalid-yaml"),
    "an unknown escape": ('name: {en: "C:\\quux"}\n', "1:15: invalid-yaml"),
    "a quote that is not closed": ("name: {en: A}\naliases: ['B]\niso3166: BY\n", "2:11: invalid-yaml"),
    "a bracket that is not closed": ("name: {en: A}\naliases: [B\niso3166: BY\n", "2:10: invalid-yaml"),
    "a brace that is not closed": ("name: {en: A\niso3166: BY\n", "1:7: invalid-yaml"),
    "a bracket too many": ("name: {en: A}]\n", "1:14: invalid-yaml"),
    "a field of 2,000 letters": ("k" * 2_000 + ": v\n", "1:1: invalid-yaml"),
    "a script in a name": ("name: {en: <script>alert(1)</script>}\n", "1:12: unsafe-text"),
    "an entity of HTML that becomes a script in titles": ("name: {en: '</title><script>'}\n", "1:13: unsafe-text"),
    "4,301 digits, which Python refuses to read": (
        "name: {en: A}\nexpected: " + "9" * 4_301 + "\n",
        "2:11: invalid-value",
    ),
    "base 60, which PyYAML reads for seconds": (
        "name: {en: A}\nexpected: 1" + ":1" * 100_000 + "\n",
        "2:11: invalid-value",
    ),
    "infinity": ("name: {en: A}\nexpected: .inf\n", "2:11: invalid-value"),
    "no number": ("name: {en: A}\nexpected: .nan\n", "2:11: invalid-value"),
    "a day that is none, which PyYAML falls over": (
        "name: {en: A}\ncapital: {value: B, since: 2001-06-31, cite: [li-2010]}\n",
        "2:28: invalid-date",
    ),
    "a date in other digits": (
        "name: {en: A}\ncapital: {value: B, since: ２００１-06-15, cite: [li-2010]}\n",
        "2:28: invalid-date",
    ),
    "a date of ten thousand digits": (
        f"name: {{en: A}}\ncapital: {{value: B, since: {'2' * 10_000}, cite: [li-2010]}}\n",
        "2:28: invalid-date",
    ),
    "a source outside of the folder": (
        "name: {en: A}\ncapital: {value: B, cite: [../../etc/passwd]}\n",
        "2:28: invalid-value",
    ),
    "an entity outside of the folder": (
        "name: {en: A}\nstatus: {value: member, since: 2001-06-15, summit: summits/../../etc, cite: [li-2010]}\n",
        "2:52: invalid-id",
    ),
    "a locator of ten thousand letters": (
        f"name: {{en: A}}\ncapital: {{value: B, cite: ['li-2010, p. {'4, ' * 5_000}']}}\n",
        "2:38: invalid-locator",
    ),
    "a text of ten thousand letters": (
        f"name: {{en: A}}\ncapital: {{value: B, cite: [li-2010], note: {'x' * 10_000}}}\n",
        "2:44: invalid-value",
    ),
    "a name of ten thousand letters": (f"name: {{en: {'x' * 10_000}}}\n", "1:12: invalid-value"),
    "a field named as one of Python's": ("name: {en: A}\n__class__: {a: b}\n", "2:1: unknown-field"),
    "a field named as one of pydantic's": ("name: {en: A}\nmodel_config: {extra: allow}\n", "2:1: unknown-field"),
    "a field without a name": ("name: {en: A}\n'': b\n", "2:1: unknown-field"),
}


@pytest.mark.parametrize(("text", "expected"), _table(YAML))
def test_facts_that_are_no_facts_are_refused_at_their_place(text: str, expected: str, complaints: Complaints) -> None:
    assert _places(complaints({FACTS: text})) == [f"{FACTS}:{expected}"]


@pytest.mark.parametrize(
    "written",
    "NO no off on yes ~ null true 012 0777 0x1F 0o12 1_000 1e3 1.10 .inf 12:30 22:22:22 2001-06-15 = 99999999".split(),
)
def test_a_word_that_yaml_would_take_for_something_else_stays_a_word(written: str, tmp_path: Path) -> None:
    write_project(tmp_path, {FACTS: f"{BELARUS}aliases: [{written}]\n"})
    atlas, found = read_atlas(tmp_path)
    assert list(found) == []
    assert atlas is not None
    assert atlas.records["states/belarus"].entity.aliases == (written,)


# --- essays and pages

MARKDOWN: dict[str, tuple[str, str]] = {
    "a script": ("<script>alert(1)</script>", "3:1: unsafe-text"),
    "a script in capitals": ("<SCRIPT SRC=//example.org/x.js>", "3:1: unsafe-text"),
    "a script in a list": ("- one\n- <script>", "4:3: unsafe-text"),
    "a script in a quotation": ("> <script>", "3:3: unsafe-text"),
    "a picture that runs": ("a <img src=x onerror=alert(1)>", "3:3: unsafe-text"),
    "a frame": ("<iframe src=https://example.org>", "3:1: unsafe-text"),
    "a form": ("<form action=https://example.org>", "3:1: unsafe-text"),
    "another base": ("<base href=https://example.org>", "3:1: unsafe-text"),
    "another page": ("<meta http-equiv=refresh content='0;https://example.org'>", "3:1: unsafe-text"),
    "a drawing that runs": ("<svg onload=alert(1)>", "3:1: unsafe-text"),
    "a remark of HTML": ("<!-- hidden -->", "3:1: unsafe-text"),
    "an instruction": ("<?php echo 1 ?>", "3:1: unsafe-text"),
    "a declaration": ("<!DOCTYPE html>", "3:1: unsafe-text"),
    "the end of something": ("</div></body>", "3:1: unsafe-text"),
    "an address that runs": ("[x](javascript:alert)", "3:3: invalid-link"),
    "an address that runs, in capitals": ("[x](JaVaScRiPt:alert)", "3:3: invalid-link"),
    "an address that runs, behind an entity": ("[x](javascript&#58;alert)", "3:3: invalid-link"),
    "an address that runs, behind a named entity": ("[x](javascript&colon;alert)", "3:3: invalid-link"),
    "an address that runs, behind a hexadecimal entity": ("[x](&#x6A;avascript:alert)", "3:3: invalid-link"),
    "an address that runs, in angle brackets": ("[x](<javascript:alert>)", "3:3: invalid-link"),
    "an address that runs, behind a blank": ("[x]( javascript:alert)", "3:3: invalid-link"),
    "an address that runs, over two lines": ("[x](java\nscript:alert)", "3:3: invalid-link"),
    "an address that runs, over two lines by entity": ("[x](java&#10;script:alert)", "3:3: invalid-link"),
    "an address that runs, over two lines by name": ("[x](java&NewLine;script:alert)", "3:3: invalid-link"),
    "an address that runs, over a tab": ("[x](java&Tab;script:alert)", "3:3: invalid-link"),
    "an address that runs, under brackets": ("[a [b] c](javascript:alert)", "3:9: invalid-link"),
    "an address that runs, at the foot": ("[x][1]\n\n[1]: javascript:alert", "5:1: invalid-link"),
    "an address that runs, between angle brackets": ("<javascript:alert>", "3:1: unsafe-text"),
    "an address that is a page": ("[x](data:text/html;base64,PHNjcmlwdD4=)", "3:3: invalid-link"),
    "an address of old browsers": ("[x](vbscript:msgbox)", "3:3: invalid-link"),
    "an address on this machine": ("[x](file:///etc/passwd)", "3:3: invalid-link"),
    "an address without scheme": ("[x](//example.org)", "3:3: invalid-link"),
    "a picture from elsewhere": ("![x](https://example.org/x.png)", "3:1: invalid-link"),
    "a picture from here": ("![x](x.png)", "3:1: invalid-link"),
    "a picture at the foot": ("![x][1]\n\n[1]: https://example.org/x.png", "3:1: invalid-link"),
    "a template that runs": ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "3:1: invalid-value"),
    "a template that runs, as a form": ('{{ count("member".__class__) }}', "3:1: invalid-value"),
    "a form that is not closed": ('{{ count("member")', "3:1: invalid-link"),
    "10,000 brackets": ("[ " * 10_000, "3:1: invalid-value"),
    "20 forms opened and not closed": ("[[" * 20, "3:1: invalid-link"),
    "10,000 braces": ("{" * 10_000, "3:1: invalid-link"),
    "an entity outside of the folder": ("[[states/../../etc]]", "3:1: invalid-link"),
    "a kind that is a folder of the site": ("[[assets/x]]", "3:1: unknown-kind"),
    "a source outside of the folder": ("[@../../etc/passwd]", "3:1: invalid-value"),
}


@pytest.mark.parametrize("path", [PAGE, ESSAY])
@pytest.mark.parametrize(("text", "expected"), _table(MARKDOWN))
def test_prose_that_is_more_than_prose_is_refused_at_its_place(
    path: str, text: str, expected: str, complaints: Complaints
) -> None:
    heading = "# Title" if path == PAGE else "## Heading"
    assert _places(complaints({path: f"{heading}\n\n{text}\n"})) == [f"{path}:{expected}"]


@pytest.mark.parametrize("path", [PAGE, ESSAY])
def test_front_matter_is_refused(path: str, complaints: Complaints) -> None:
    assert _places(complaints({path: "---\ntitle: '<img src=x onerror=alert(1)>'\n---\n# Title\n"})) == [
        f"{path}:1:1: invalid-value"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and `[[nothing]]` and `{{ nothing }}`",
        "```html\n<script>[x](javascript:alert)</script>\n```",
        "3 < 4 and 4 > 3, &lt;script&gt;",
        "[x](https://example.org/a_(b)) and <https://example.org/>",
    ],
)
def test_prose_may_speak_of_what_it_may_not_do(text: str, complaints: Complaints) -> None:
    assert complaints({PAGE: f"# Title\n\n{text}\n", ESSAY: f"{text}\n"}) == []


TITLES: dict[str, tuple[str, str]] = {
    "no title": ("Text.\n", "1:1: missing-field"),
    "an empty page": ("", "1:1: missing-field"),
    "an empty title": ("# \n", "1:1: missing-field"),
    "a title further down": ("\n# Title\n", "1:1: missing-field"),
    "a script in a title": ("# <script>\n", "1:3: unsafe-text"),
    "markup in a title": ("# A *title*\n", "1:5: unsafe-text"),
    "a link in a title": ("# A [title](https://example.org)\n", "1:5: unsafe-text"),
    "a template in a title": ("# A {{ title }}\n", "1:5: unsafe-text"),
}


@pytest.mark.parametrize(("text", "expected"), _table(TITLES))
def test_a_page_has_a_plain_title(text: str, expected: str, complaints: Complaints) -> None:
    assert _places(complaints({PAGE: text})) == [f"{PAGE}:{expected}"]


# --- the bibliography

_ENTRY = """\
@article{%s,
  author = {Wang, Fang},
  title = {%s},
  journaltitle = {Journal of Examples},
  date = {2012},
  langid = {english},
  tier = {scholarship},
  seen = {whole},
}
"""

BIBTEX: dict[str, tuple[str, str]] = {
    "an entry that is not closed": ("@article{wang-2012,\n  title = {A},\n", "22:1: invalid-bibtex"),
    "a value that is not closed": ("@article{wang-2012,\n  title = {A,\n}\n", "22:1: invalid-bibtex"),
    "an entry without anything": ("@article\n", "22:1: invalid-bibtex"),
    "an entry without a key": ("@article{, title = {A}}\n", "22:1: invalid-bibtex"),
    "an entry of nothing": ("@{}\n", "22:1: invalid-bibtex"),
    "5,000 entries that are not closed": ("@a{" * 5_000, "22:1: invalid-bibtex"),
    "100,000 braces": ("{" * 100_000, "22:1: invalid-bibtex"),
    "100,000 braces in a value": ("@article{wang-2012, title = " + "{" * 100_000, "22:1: invalid-bibtex"),
    "100,000 pairs of braces in a value": (
        _ENTRY % ("wang-2012", "{" * 100_000 + "A" + "}" * 100_000),
        "24:3: invalid-bibtex",
    ),
    "50,000 at signs": ("@" * 50_000, "22:1: invalid-bibtex"),
    "a key twice": (_ENTRY % ("li-2010", "A"), "22:1: duplicate-source"),
    "a key twice, in capitals": (_ENTRY % ("LI-2010", "A"), "22:1: invalid-bibtex"),
    "a key outside of the folder": (_ENTRY % ("../../etc/passwd", "A"), "22:1: invalid-bibtex"),
    "a key that is HTML": (_ENTRY % ("<script>", "A"), "22:1: invalid-bibtex"),
    "a key of 65 letters": (_ENTRY % ("k" * 65, "A"), "22:1: invalid-bibtex"),
    "a key in Cyrillic letters that look Latin": (_ENTRY % ("ха-2010", "A"), "22:1: invalid-bibtex"),
    "a field twice": ("@article{wang-2012,\n  title = {A},\n  title = {B},\n}\n", "22:1: invalid-bibtex"),
    "an abbreviation": ("@string{a = {A}}\n", "22:1: invalid-bibtex"),
    "an abbreviation of itself": ("@string{a = a # a}\n", "22:1: invalid-bibtex"),
    "a preamble": ('@preamble{"\\input{/etc/passwd}"}\n', "22:1: invalid-bibtex"),
    "a file taken in": (_ENTRY % ("wang-2012", r"\input{/etc/passwd}"), "24:3: invalid-bibtex"),
    "a link of TeX": (_ENTRY % ("wang-2012", r"\href{javascript:alert(1)}{A}"), "24:3: invalid-bibtex"),
    "a script": (_ENTRY % ("wang-2012", "<script>alert(1)</script>"), "24:3: unsafe-text"),
    "a script in braces, which are taken off": (_ENTRY % ("wang-2012", "{<}script{>}"), "24:3: unsafe-text"),
    "a value that runs": (_ENTRY % ("wang-2012", "A},\n  url = {javascript:alert(1)"), "25:3: invalid-link"),
    "a value that is a page": (_ENTRY % ("wang-2012", "A},\n  url = {data:text/html,A"), "25:3: invalid-link"),
    "an address with a password": (
        _ENTRY % ("wang-2012", "A},\n  url = {https://me:pw@example.org/"),
        "25:3: invalid-link",
    ),
    "an address on this machine": (_ENTRY % ("wang-2012", "A},\n  url = {http://localhost/"), "25:3: invalid-link"),
    "an address that breaks out of its quotes": (
        _ENTRY % ("wang-2012", 'A},\n  url = {https://example.org/" onclick="x'),
        "25:3: invalid-link",
    ),
    "a macro": (_ENTRY.replace("{english}", "english") % ("wang-2012", "A"), "27:3: invalid-bibtex"),
    "two values joined": (_ENTRY.replace("{english}", "{a} # {b}") % ("wang-2012", "A"), "27:3: invalid-bibtex"),
    "text outside": ("Remember to add more.\n", "22:1: invalid-bibtex"),
}


@pytest.mark.parametrize(("text", "expected"), _table(BIBTEX))
def test_entries_that_are_no_entries_are_refused_at_their_place(
    text: str, expected: str, complaints: Complaints
) -> None:
    cites = "# Title\n\nCited [@wang-2012].\n" if "wang-2012" in text else "# Title\n"
    assert _places(complaints({SOURCES: f"{BASE[SOURCES]}\n{text}", PAGE: cites})) == [f"{SOURCES}:{expected}"]


# --- atlas.yml

SETTINGS: dict[str, tuple[str, str, str]] = {
    "no title": ("title: Test Atlas\n", "", "1:1: missing-field"),
    "a title that runs": ("Test Atlas", "</title><script>", "1:8: unsafe-text"),
    "a field of MkDocs": ("title:", "site_name:", "1:1: unknown-field"),
    "a tag that runs a program": ("Test Atlas", "!!python/object/apply:os.system [id]", "1:8: forbidden-yaml"),
    "a day that is none": ("2026-01-31", "2026-02-30", "3:8: invalid-date"),
    "a year for a day": ("2026-01-31", "2026", "3:8: invalid-date"),
    "a founding that there is not": ("summits/shanghai-2001", "summits/shanghai-2002", "4:11: unknown-entity"),
    "a founding that is a state": ("summits/shanghai-2001", "states/china", "4:11: wrong-kind"),
    "a founding outside of the folder": ("summits/shanghai-2001", "summits/../x", "4:11: invalid-id"),
    "a colour that closes its style": ('"#1f4e79"', '"red;} body {display: none"', "6:52: invalid-value"),
    "a status that is no id": ("  member:", "  '<b>':", "6:3: invalid-id"),
}


@pytest.mark.parametrize(("old", "new", "expected"), _table(SETTINGS))
def test_settings_that_are_no_settings_are_refused_at_their_place(
    old: str, new: str, expected: str, complaints: Complaints
) -> None:
    assert _places(complaints({ATLAS: BASE[ATLAS].replace(old, new, 1)})) == [f"{ATLAS}:{expected}"]


# --- the names of files

NAMES: dict[str, tuple[str, str]] = {
    "a blank": ("states/bela rus.yml", "invalid-id"),
    "capitals": ("states/Belarus.yml", "invalid-id"),
    "a capital that differs in nothing else": ("states/China.yml", "invalid-id"),
    "Cyrillic letters": ("states/беларусь.yml", "invalid-id"),
    "Cyrillic letters that look Latin": ("states/сhina.yml", "invalid-id"),
    "letters joined into one": ("states/ﬁji.yml", "invalid-id"),
    "digits of another script": ("states/１.yml", "invalid-id"),
    "an underline": ("states/sri_lanka.yml", "invalid-id"),
    "two hyphens": ("states/sri--lanka.yml", "invalid-id"),
    "a hyphen in front, as an option": ("states/-rf.yml", "invalid-id"),
    "two stops in front": ("states/..belarus.yml", "invalid-id"),
    "a stop inside": ("states/belarus.old.yml", "invalid-id"),
    "a stop in front": ("states/.belarus.yml", "invalid-id"),
    "nothing but the ending": ("states/.yml", "invalid-id"),
    "65 letters": (f"states/{'x' * 65}.yml", "invalid-id"),
    "250 letters": (f"states/{'x' * 250}.yml", "invalid-id"),
    "HTML": ("states/<b>.yml", "invalid-id"),
    "a quote": ("states/'.yml", "invalid-id"),
    "a colon, as in a place": ("states/a:1:1.yml", "invalid-id"),
    "a command of a shell": ("states/$(id).yml", "invalid-id"),
    "a template": ("states/{{ 1 }}.yml", "invalid-id"),
    "the name of an index": ("states/index.yml", "invalid-id"),
    "a device of Windows": ("states/con.yml", "invalid-id"),
    "another device of Windows": ("states/lpt1.yml", "invalid-id"),
    "the ending .yaml": ("states/belarus.yaml", "unexpected-file"),
    "nothing but the ending .yaml": ("states/.yaml", "unexpected-file"),
    "an ending in capitals": ("states/belarus.YML", "unexpected-file"),
    "no ending": ("states/belarus", "unexpected-file"),
    "an editor's copy": ("states/belarus.yml~", "unexpected-file"),
    "a file that hides": ("states/.hidden", "unexpected-file"),
    "a page of HTML": ("states/belarus.html", "unexpected-file"),
    "a script": ("states/belarus.js", "unexpected-file"),
    "a drawing, that could run": ("states/belarus.svg", "unexpected-file"),
    "a program": ("states/__init__.py", "unexpected-file"),
    "a file of no kind": ("belarus.yml", "unexpected-file"),
    "a page beside the home page": ("method.md", "unexpected-file"),
    "a style sheet": ("about/style.css", "unexpected-file"),
    "a page with facts' ending": ("about/method.yml", "unexpected-file"),
    "a page with capitals": ("about/Method.md", "invalid-id"),
    "an index of pages": ("about/index.md", "invalid-id"),
    "an essay without facts": ("states/belarus.md", "unexpected-file"),
}


@pytest.mark.parametrize(("name", "rule"), _table(NAMES))
def test_files_of_other_names_are_refused(name: str, rule: str, complaints: Complaints) -> None:
    text = "# Title\n" if name.endswith(".md") else BELARUS
    assert _places(complaints({f"content/{name}": text})) == [f"content/{name}:1:1: {rule}"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("states/asia/belarus.yml", "content/states/asia:1:1: unexpected-file"),
        ("about/asia/method.md", "content/about/asia:1:1: unexpected-file"),
        ("state/belarus.yml", "content/state:1:1: unknown-kind"),
        ("STATES/belarus.yml", "content/STATES:1:1: unknown-kind"),
        ("assets/theme.js", "content/assets:1:1: unknown-kind"),
    ],
)
def test_folders_of_other_names_are_refused(name: str, place: str, complaints: Complaints) -> None:
    assert _places(complaints({f"content/{name}": BELARUS})) == [place]


def test_folders_that_hide_are_passed_over(complaints: Complaints) -> None:
    assert complaints({"content/.schemas/state.json": "{}", "content/.git/x.yml": "[", "content/.x.d/<b>": ""}) == []


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("name", ["a\nb", "a\u202eb", "a\x1b[31mb", "a\udc80b", "::error::b", "a\u2028b"])
def test_the_name_of_a_file_cannot_forge_the_report(name: str, style: str, tmp_path: Path) -> None:
    write_project(tmp_path, {f"content/states/{name}.yml": BELARUS})
    report = FORMATS[style](list(read_atlas(tmp_path)[1]), tmp_path)
    assert "invalid-id" in report
    assert len(report.encode("utf-8").decode().splitlines()) == len(report.split("\n")) - 1
    assert not UNSAFE.search(report)
    assert not any(line.startswith("::error::") for line in report.splitlines())


@pytest.mark.parametrize("style", ["concise", "github"])
def test_a_value_cannot_forge_the_report(style: str, tmp_path: Path) -> None:
    text = "name: {en: A}\niso3166: |\n  BY\n  ::error::forged\n"
    report = FORMATS[style](list(read_atlas(write_project(tmp_path, {FACTS: text}))[1]), tmp_path)
    assert len(report.splitlines()) == 2


# --- one fault, one complaint

CASCADES: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "a broken state that hosts, is linked and cites": (
        {
            "content/states/china.yml": "name: {en: China}\ncapital: Beijing\n",
            PAGE: '# Title\n\n[[states/china#status-2001-06-15]] {{ name("states/china") }}\n',
        },
        ["content/states/china.yml:2:10: uncited-fact"],
    ),
    "a broken summit on which the founding rests": (
        {"content/summits/shanghai-2001.yml": "name: [\n"},
        ["content/summits/shanghai-2001.yml:1:7: invalid-yaml"],
    ),
    "a bibliography that cannot be read": ({SOURCES: b"\xff"}, ["references.bib:1:1: unreadable-file"]),
    "no bibliography": ({SOURCES: None}, ["references.bib:1:1: unreadable-file"]),
    "no settings": ({ATLAS: None}, ["atlas.yml:1:1: unreadable-file"]),
    "no home page": ({"content/index.md": None}, ["content/index.md:1:1: unreadable-file"]),
    "an entry that cannot be read": (
        {SOURCES: BASE[SOURCES].replace("{A history}", "{A history")},
        ["references.bib:12:1: invalid-bibtex"],
    ),
    "a field of an entry that cannot be taken": (
        {SOURCES: BASE[SOURCES].replace("{scholarship}", "{gossip}")},
        ["references.bib:18:3: invalid-value"],
    ),
    "a page that cannot be read, which cites and links": (
        {
            SOURCES: BASE[SOURCES] + _ENTRY % ("wang-2012", "A"),
            FACTS: "name: {en: Belarus}\n",
            PAGE: "Cited [@wang-2012], linked [[states/belarus]].\n",
        },
        [f"{PAGE}:1:1: missing-field"],
    ),
    "a misspelt field that is needed": ({FACTS: "nmae: {en: A}\n"}, [f"{FACTS}:1:1: unknown-field"]),
    "a needed field in capitals": ({FACTS: "name: {EN: A}\n"}, [f"{FACTS}:1:8: unknown-field"]),
    "cite under another name": (
        {FACTS: "name: {en: A}\ncapital: {value: B, sources: [li-2010]}\n"},
        [f"{FACTS}:2:21: unknown-field"],
    ),
    "a name where a fact is wanted": (
        {FACTS: "name: {en: A}\nofficial_name: {en: B, ru: Б}\n"},
        [f"{FACTS}:2:16: uncited-fact"],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), _table(CASCADES))
def test_one_fault_is_one_complaint(
    changes: dict[str, str | bytes | None], expected: list[str], complaints: Complaints
) -> None:
    assert _places(complaints(changes)) == expected


# --- soon

SLOW = {
    "brackets": (PAGE, "[" * 190_000),
    "links that are not closed": (PAGE, "[[" * 90_000),
    "links": (PAGE, "[[states/china]] " * 11_000),
    "links beside code": (PAGE, "`a` [[states/china]] " * 9_000),
    "links that lead nowhere": (PAGE, "[[a/b]] " * 24_000),
    "cites that are not closed": (PAGE, "[@a;" * 45_000),
    "forms that are not closed": (PAGE, "{{" * 90_000),
    "forms": (PAGE, '{{ count("member") }} ' * 8_000),
    "backquotes": (PAGE, "`" * 190_000),
    "runs of backquotes, each longer": (PAGE, "a".join("`" * length for length in range(1, 600))),
    "tildes": (PAGE, "~" * 190_000),
    "fences": (PAGE, "```\n" * 45_000),
    "tags": (PAGE, "<a " * 60_000),
    "angle brackets": (PAGE, "<" * 190_000),
    "pictures": (PAGE, "![](" * 45_000),
    "addresses": (PAGE, "[a](" * 45_000),
    "notes at the foot": (PAGE, "[1]: a\n" * 25_000),
    "blanks": (PAGE, " " * 190_000),
    "links in notes": (FACTS, "".join(f'n{n}: "{"[[" * 1_900}"\n' for n in range(250))),
    "quotes in a note": (FACTS, f"name: {{en: A}}\naliases: ['{chr(39) * 500_000}']\n"),
    "folded lines": (FACTS, "name: {en: A}\naliases: >\n" + "  x\n" * 250_000),
    "fields": (FACTS, "".join(f"field{n}: x\n" for n in range(20_000))),
    "one field in another": (FACTS, "a: {" * 200_000),
    "entries": (SOURCES, "@online{a}\n" * 50_000),
    "entries that are not closed": (SOURCES, "@online{a, title = {\n" * 20_000),
    "remarks": (SOURCES, "%\n" * 900_000),
    "a blank in an author": (SOURCES, f"@online{{a, author = {{A{chr(32) * 900_000}B}}}}\n"),
    "fields of an entry": (SOURCES, "@online{a,\n" + "".join(f"f{n} = {{x}},\n" for n in range(20_000)) + "}\n"),
}


@pytest.mark.parametrize(("path", "text"), _table(SLOW))
def test_no_file_takes_long(path: str, text: str, complaints: Complaints) -> None:
    begun = time.process_time()
    complaints({path: f"# Title\n\n{text}" if path == PAGE else text})
    assert time.process_time() - begun < 10


# --- laws

_SAFE = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"])
_MARKS = st.sampled_from(" :#-?[]{},&*!|>'\"%@`")


def _trees(letters: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Data]]:
    """Mappings of texts, lists and mappings, as the reader may return them."""
    text = st.text(letters, max_size=30).map(lambda text: unicodedata.normalize("NFC", text).strip("\n"))
    text = text.filter(lambda text: not UNSAFE.search(text))
    key = text.filter(lambda key: key != "<<")
    tree: st.SearchStrategy[Data] = st.recursive(
        text, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(key, inside, max_size=4), max_leaves=12
    )
    return st.dictionaries(key, tree, min_size=1, max_size=4)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _dump(data: object, *, flow: bool | None, width: int = 10_000) -> str:
    return str(
        yaml.dump(data, Dumper=_Dumper, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=width)
    )


def _decode(text: str) -> Document:
    diagnostics = Diagnostics()
    document = decode_document(text, "f.yml", diagnostics)
    assert list(diagnostics) == []
    assert document is not None
    return document


def _paths(data: Data, path: DataPath = ()) -> Iterable[tuple[DataPath, Data]]:
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _paths(value, (*path, position))


def _lies_inside(location: Location, text: str) -> bool:
    lines = text.split("\n")
    return 1 <= location.line <= len(lines) and 1 <= location.column <= len(lines[location.line - 1]) + 1


@settings(deadline=None)
@given(_trees(_SAFE | _MARKS), st.sampled_from([True, False, None]))
def test_what_is_written_as_yaml_is_read_as_written(data: dict[str, Data], flow: bool | None) -> None:
    assert _decode(_dump(data, flow=flow)).data == data


@settings(deadline=None)
@given(_trees(_SAFE | _MARKS | st.just("\n")), st.sampled_from([20, 80]))
def test_what_is_folded_is_read_as_written(data: dict[str, Data], width: int) -> None:
    assert _decode(_dump(data, flow=False, width=width)).data == data


@settings(deadline=None)
@given(_trees(_SAFE | _MARKS), st.sampled_from([True, False, None]))
def test_every_value_is_located_at_its_first_character(data: dict[str, Data], flow: bool | None) -> None:
    text = _dump(data, flow=flow)
    document = _decode(text)
    for path, value in _paths(data):
        location = document.locate(path)
        assert _lies_inside(location, text)
        first = text.split("\n")[location.line - 1][location.column - 1 :][:1]
        if isinstance(value, dict):
            assert first in {"{", "?", "'", '"', *(key[:1] for key in list(value)[:1])}
        elif isinstance(value, list):
            assert first in ("-", "[")
        else:
            assert first in {"'", '"', value[:1]}


@settings(deadline=None)
@given(st.text() | st.text(alphabet="ab \n:-[]{},&*!|>'\"%@`?#\\~<=0\t\r\ufeff"))
def test_any_text_is_facts_or_told_to_be_none(text: str) -> None:
    diagnostics = Diagnostics()
    if UNSAFE.search(text):
        return  # such a text is refused before it is taken for YAML: see BYTES
    document = decode_document(text, "f.yml", diagnostics)
    assert document is not None or len(diagnostics) == 1
    assert all(_lies_inside(found.location, text) for found in diagnostics)


@settings(deadline=None)
@given(st.text() | st.text(alphabet='@{}=,"#%\\ \nabonlietd()'), st.integers(0, len(BASE[SOURCES])))
def test_any_text_in_the_bibliography_is_taken_or_told(text: str, at: int) -> None:
    spoilt = BASE[SOURCES][:at] + text + BASE[SOURCES][at:]
    diagnostics = Diagnostics()
    decode_bibliography(spoilt, diagnostics)
    assert all(_lies_inside(found.location, spoilt) for found in diagnostics)


@settings(deadline=None)
@given(st.sampled_from(FILES), st.binary(max_size=200), st.integers(0, 400), st.integers(0, 50), st.booleans())
def test_any_bytes_in_any_file_are_taken_or_told(path: str, raw: bytes, at: int, gone: int, alone: bool) -> None:
    text = {**BASE, FACTS: BELARUS, ESSAY: "See [[states/china]].\n", PAGE: "# Title\n\nSee [@li-2010].\n"}[
        path
    ].encode()
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), {path: raw if alone else text[:at] + raw + text[at + gone :]})
        found = list(read_atlas(root)[1])
        for style in FORMATS.values():
            assert style(found, root).encode("utf-8")
        assert all(
            re.fullmatch(r"(content/[a-z0-9/-]+\.(yml|md)|atlas\.yml|references\.bib)", c.location.path) for c in found
        )
