"""The old site is never lost: the long proof, of 200 random kills and of a signal at every line."""

import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from scoatlas import publish as publishing
from test_publish import SIGNALS, build, run_alone


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(tmp_path / "site", "old")
    return tmp_path / "site"


def test_200_builds_killed_at_random_moments_leave_a_whole_site(site: Path) -> None:
    counts = run_alone(f"kill_at_random(Path({str(site)!r}), 200, {random.randrange(2**32)})")
    assert counts["killed"] > 100
    assert sum(counts.values()) == 200


@pytest.mark.parametrize("way", ["exchange", "call by number", "two renames"])
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_at_any_line_of_ours_and_of_the_removal_leaves_a_whole_site(
    site: Path, number: signal.Signals, way: str
) -> None:
    files = [publishing.__file__, shutil.__file__]
    counts = run_alone(f"kill_at_every_line(Path({str(site)!r}), {int(number)}, {way!r}, {files!r})")
    assert counts["old"] > 20
    assert counts["new"] > 100
    assert (counts.get("mended", 0) > 0) == (way == "two renames" and number != signal.SIGINT)
