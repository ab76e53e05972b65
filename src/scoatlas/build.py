"""The pipeline as a table of contents: load, check, build beside the old site, verify, swap."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.checks import check_atlas
from scoatlas.diagnostics import Diagnostics
from scoatlas.loader import load
from scoatlas.publish import publish
from scoatlas.verify import verify_site

_PR_SET_PDEATHSIG = 1


class BuildError(Exception):
    """The new site is not whole; the text says what is wrong with it."""


def read_atlas(root: Path) -> tuple[Atlas | None, Diagnostics]:
    """Load and check; the atlas is None where atlas.yml cannot be read."""
    diagnostics = Diagnostics()
    atlas = load(root, diagnostics)
    if atlas is not None:
        check_atlas(atlas, diagnostics)
    return atlas, diagnostics


def build_site(root: Path, site: Path, atlas: Atlas) -> None:
    """Build the checked atlas of a project folder, and put the site in the old one's place once it proves whole.

    Raises BuildError or PublishError, after which the old site stands as it stood.
    """

    def make(folder: Path) -> None:
        _run_mkdocs(root, folder)
        if faults := list(verify_site(folder, atlas)):
            shown = "\n".join(faults[:100])
            raise BuildError(f"the new site is not whole:\n{shown}\n{len(faults)} faults")

    publish(site, make)


def _run_mkdocs(root: Path, folder: Path) -> None:
    # A child, so that its loggers, plugins and exits stay its own.
    settings = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--config-file",
        str(root / "mkdocs.yml"),
        "--site-dir",
        str(folder),
    ]
    # If we are killed, the child must not go on writing into a folder whose lock is free again.
    done = subprocess.run(
        command,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        preexec_fn=_die_with_parent,
    )
    if done.returncode:
        raise BuildError(f"MkDocs stopped:\n{done.stdout}{done.stderr}".rstrip())


def _die_with_parent() -> None:
    """Ask Linux to kill this process when its parent dies; elsewhere the next build removes what it leaves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
