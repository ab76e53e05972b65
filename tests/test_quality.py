"""The house is in order: types, style, and who may import whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
COMMANDS = {
    "types": [sys.executable, "-m", "mypy"],
    "style": [sys.executable, "-m", "ruff", "check", "."],
    "layout of the code": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "imports": [str(Path(sys.executable).with_name("lint-imports"))],
}


@pytest.mark.parametrize("what", COMMANDS)
def test_the_house_is_in_order(what: str) -> None:
    done = subprocess.run(COMMANDS[what], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
