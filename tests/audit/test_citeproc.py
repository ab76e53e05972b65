"""The references that the tests compare ours with are those which citeproc-js makes of the published styles.

`python tests/audit/test_citeproc.py` writes them anew.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from works import FIXTURE, ORACLES, fixture, question

HERE = Path(__file__).parent


def ask(code: str) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules/citeproc").exists():
        pytest.fail("no Node, or nothing in tests/audit/node_modules: run `make audit`, which needs Node 20 or newer")
    answer = subprocess.run(
        [node, HERE / "citeproc.cjs"], input=json.dumps(question(code)), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("code", ORACLES)
def test_the_fixture_is_what_citeproc_makes(code: str) -> None:
    assert ask(code) == fixture()[code]


if __name__ == "__main__":
    made = {code: ask(code) for code in ORACLES}
    FIXTURE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
