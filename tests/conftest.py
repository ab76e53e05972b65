from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from projects import write_project
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def complaints(tmp_path: Path) -> Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]]:
    """All diagnostics of the base project with some files changed."""
    return lambda changes: list(read_atlas(write_project(tmp_path, changes))[1])
