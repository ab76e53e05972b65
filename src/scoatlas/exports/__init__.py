"""The data files of the site: one module a format; each turns the atlas into text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.exports import atlas_json

EXPORTS: dict[str, Callable[[Atlas], str]] = {"atlas.json": atlas_json.format_atlas}
"""File name to the function that makes its text."""


def write_exports(atlas: Atlas, folder: Path) -> None:
    """Write every data file into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, format_export in EXPORTS.items():
        (folder / name).write_text(format_export(atlas), encoding="utf-8", newline="\n")
