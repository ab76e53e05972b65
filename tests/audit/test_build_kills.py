"""The whole command, MkDocs and all: killed, doubled, on a full disk, the old or the new site always stands whole."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.made_up import write_made_up_project

from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.verify import verify_site
from sites import environment

COMMAND = [sys.executable, "-m", "scoatlas", "build"]
TITLES = ("Made-up Atlas", "Another Atlas")


def start(root: Path, limit: int = resource.RLIM_INFINITY) -> subprocess.Popen[bytes]:
    """A build under way, its words going to build.log; with a limit no file may grow larger than so many bytes."""

    def may_write_no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write fails, as on a full disk

    with (root / "build.log").open("ab") as log:
        return subprocess.Popen(
            COMMAND, cwd=root, env=environment(), stdout=log, stderr=log, preexec_fn=may_write_no_more
        )


def words(root: Path) -> str:
    return (root / "build.log").read_text("utf-8", errors="replace")


def retitle(root: Path, title: str) -> Atlas:
    """The project under another title of its home page, and its atlas."""
    (root / "content" / "index.md").write_text(f"# {title}\n\nNothing here is true.\n", encoding="utf-8")
    atlas, diagnostics = read_atlas(root)
    assert atlas is not None
    assert not diagnostics.failed()
    return atlas


def standing(root: Path, atlases: dict[str, Atlas]) -> str:
    """The title of the site that stands; it must be whole."""
    home = (root / "site" / "index.html").read_text("utf-8")
    title = next(title for title in TITLES if f">{title}</h1>" in home)
    assert list(verify_site(root / "site", atlases[title])) == []
    return title


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A made-up project with its first site built."""
    write_made_up_project(tmp_path, 60)
    assert start(tmp_path).wait() == 0, words(tmp_path)
    return tmp_path


def test_a_build_killed_at_20_random_moments_leaves_a_whole_site(project: Path) -> None:
    chance = random.Random(20261123)
    atlases = {title: retitle(project, title) for title in TITLES}
    killed = 0
    for attempt in range(20):
        retitle(project, TITLES[attempt % 2])
        build = start(project)
        try:
            build.wait(timeout=chance.uniform(0.05, 2.5))
        except subprocess.TimeoutExpired:
            build.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
            build.wait()
            killed += 1
        standing(project, atlases)
    assert killed >= 10
    retitle(project, TITLES[1])
    assert start(project).wait() == 0, words(project)
    assert standing(project, atlases) == TITLES[1]
    assert [path.name for path in project.glob(".site.*")] == [".site.lock"]


def test_of_two_builds_at_once_one_ends_and_the_other_is_told(project: Path) -> None:
    atlases = {title: retitle(project, title) for title in TITLES}
    for _ in range(5):
        (project / "build.log").unlink()
        codes = sorted(build.wait() for build in [start(project), start(project)])
        assert codes == [0, 0] or (codes == [0, 1] and "another build is writing" in words(project)), words(project)
        standing(project, atlases)


@pytest.mark.parametrize("limit", [2_000, 20_000, 100_000])
def test_a_build_that_may_write_no_more_leaves_the_old_site(project: Path, limit: int) -> None:
    atlases = {title: retitle(project, title) for title in TITLES}
    before = standing(project, atlases | {TITLES[0]: retitle(project, TITLES[0])})
    retitle(project, TITLES[1])
    assert start(project, limit).wait() == 1, words(project)
    assert standing(project, atlases) == before
