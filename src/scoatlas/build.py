"""The pipeline as a table of contents: read, check, plan, render, verify, publish."""

from __future__ import annotations

from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.checks import check_atlas
from scoatlas.diagnostics import Diagnostics
from scoatlas.loader import load


def read_atlas(root: Path) -> tuple[Atlas | None, Diagnostics]:
    """Load and check; the atlas is None where atlas.yml cannot be read."""
    diagnostics = Diagnostics()
    atlas = load(root, diagnostics)
    if atlas is not None:
        check_atlas(atlas, diagnostics)
    return atlas, diagnostics
