"""CPU seconds and bytes a page at 200 and 800 made-up states, for checking and for a whole build: `make bench`."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.made_up import write_made_up_project

SIZES = (200, 800)
ROUNDS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        roots = {size: Path(folder, str(size)) for size in SIZES}
        for size, root in roots.items():
            write_made_up_project(root, size)
        commands = {
            "check": [sys.executable, "-m", "scoatlas", "check", "--format", "concise"],
            "build": [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        }
        print(f"{'':8}{'states':>8}{'CPU s':>9}{'ms/page':>9}{'kB/page':>9}")
        for name, command in commands.items():
            # In turn, size by size, so that a machine that slows down slows both alike.
            runs = [{size: _cpu_seconds(command, root) for size, root in roots.items()} for _ in range(ROUNDS)]
            for size, root in roots.items():
                seconds = statistics.median(run[size] for run in runs)
                pages = size + size // 10
                html = sum(file.stat().st_size for file in (root / "site").rglob("*.html"))
                kilobytes = f"{html / pages / 1000:9.1f}" if html else ""
                print(f"{name:8}{size:8}{seconds:9.2f}{seconds / pages * 1000:9.2f}{kilobytes}")
            small, large = SIZES
            growth = statistics.median(run[large] / run[small] for run in runs)
            print(f"{name:8}{'growth':>8}{growth:9.2f}  for {large / small:.0f} times the states")


def _cpu_seconds(command: list[str], root: Path) -> float:
    """User and system time of a child and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    subprocess.run(command, cwd=root, env=os.environ | quiet, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


main()
