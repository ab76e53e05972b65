"""A stranger's file as safe text, or one complaint that says why not."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from scoatlas.diagnostics import Diagnostics, Location, Rule
from scoatlas.places import place_in

# Control characters, soft hyphens, zero-width and direction marks, Unicode's own line ends, byte order marks, tags and
# private use: none is visible, each can hide or reorder what a reader sees. Tab and line feed pass.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\uffff"
    "\U000e0000-\U0010ffff]"
)


def read_text(file: Path, path: str, diagnostics: Diagnostics, *, max_bytes: int) -> str | None:
    """The text of a regular file, lines ended by a line feed; None and one diagnostic where it cannot be taken.

    `path` is the file's name in diagnostics. Symbolic links are not followed, pipes and devices not opened.
    """
    try:
        raw = _read_bytes(file, max_bytes)
    except _Refused as refused:
        diagnostics.report(Rule.UNREADABLE_FILE, Location(path), str(refused), refused.hint)
        return None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        diagnostics.report(Rule.UNREADABLE_FILE, Location(path), f"the file cannot be read: {reason}")
        return None
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place_in(raw[: error.start].decode("utf-8"), len(raw[: error.start].decode("utf-8")))
        diagnostics.report(
            Rule.UNREADABLE_FILE,
            Location(path, line, column),
            "the file is not in UTF-8",
            "save it with encoding UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n")
    return text if report_unsafe(text, path, diagnostics) == 0 else None


def report_unsafe(text: str, path: str, diagnostics: Diagnostics) -> int:
    """Complain of the first invisible character and the first decomposed one; the number of complaints."""
    complaints = 0
    if found := UNSAFE.search(text):
        diagnostics.report(
            Rule.UNSAFE_TEXT, Location(path, *place_in(text, found.start())), describe_unsafe(found[0]), "delete it"
        )
        complaints += 1
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        offset = next((i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))
        diagnostics.report(
            Rule.UNSAFE_TEXT,
            Location(path, *place_in(text, offset)),
            "a letter and its accent are written as two characters",
            "type the accented letter as one character (Unicode form NFC)",
        )
        complaints += 1
    return complaints


def describe_unsafe(character: str) -> str:
    """The complaint about an invisible character."""
    name = unicodedata.name(character, "").lower()
    return f"an invisible character stands here (U+{ord(character):04X}{f', {name}' if name else ''})"


class _Refused(Exception):
    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def _read_bytes(file: Path, max_bytes: int) -> bytes:
    # Opened before it is looked at, so that nothing can be put in its place in between; non-blocking, so that a pipe
    # does not hang us.
    if file.is_symlink():
        raise _Refused("this is a symbolic link", "put the file itself here")
    if file.is_dir():
        raise _Refused("this is a folder, not a file")
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise _Refused("this is not a regular file")
        raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise _Refused(f"the file is larger than {max_bytes >> 10} KiB", "split it")
    return raw
