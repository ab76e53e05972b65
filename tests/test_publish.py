"""A site is replaced whole, or not at all.

Builds that are killed run in a Python of their own, which forks them: `run_alone("kill_at_random(…)")`.
"""

import ctypes
import itertools
import json
import os
import platform
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from scoatlas import publish as publishing
from scoatlas.publish import Busy, DiskFull, Foreign, Misplaced, NotRemoved, PublishError, Unfinished, publish

PAGES = ("sitemap.xml", "data/atlas.json", "index.html", *(f"states/{n}/index.html" for n in range(12)))
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def write_site(folder: Path, version: str, pause: float = 0) -> None:
    """Write a site whose every page says which build it is of."""
    for name in PAGES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(version)
        time.sleep(pause)


def read_version(site: Path) -> str | None:
    """Give the build that every page is of; None where the site is not whole, or of two builds, or not there."""
    found = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*") if path.is_file()}
    return found["index.html"] if found.keys() == set(PAGES) and len(set(found.values())) == 1 else None


def build(site: Path, version: str, pause: float = 0) -> None:
    publish(site, lambda folder: write_site(folder, version, pause))


def list_neighbours(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path not in (site, site.parent / f".{site.name}.lock"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A place with the site of an earlier build."""
    build(tmp_path / "site", "old")
    return tmp_path / "site"


def never(folder: Path) -> None:
    raise AssertionError(f"nothing should be built in {folder}")


def fail(folder: Path) -> None:
    write_site(folder, "half")
    raise RuntimeError("a page is broken")


# What a build does


def test_the_first_site_appears_whole(tmp_path: Path) -> None:
    build(tmp_path / "out" / "site", "new")
    assert read_version(tmp_path / "out" / "site") == "new"
    assert list_neighbours(tmp_path / "out" / "site") == []


def test_a_new_site_takes_the_place_of_the_old_one_and_leaves_nothing_of_it(site: Path) -> None:
    (site / "gone.html").write_text("a page of the old site")
    build(site, "new")
    assert read_version(site) == "new"
    assert list_neighbours(site) == []


def test_the_site_is_made_in_an_empty_folder_on_the_same_disk_while_the_old_one_stands(site: Path) -> None:
    def make(folder: Path) -> None:
        assert folder.is_absolute()
        assert folder.parent == site.parent
        assert list(folder.iterdir()) == []
        write_site(folder, "new")
        assert read_version(site) == "old"

    publish(site, make)
    assert read_version(site) == "new"


def test_everybody_may_read_a_site_that_everybody_may_read(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    build(tmp_path / "site", "new")
    assert (tmp_path / "site").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "new")
    assert read_version(tmp_path / "site") == "new"


def test_a_relative_name_means_the_same_folder_when_make_goes_elsewhere(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(folder: Path) -> None:
        monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
        write_site(folder, "new")

    monkeypatch.chdir(site.parent)
    publish(Path("site"), make)
    assert read_version(site) == "new"


def test_a_folder_may_be_reached_through_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site.parent)
    build(tmp_path / "link" / "site", "new")
    assert read_version(site) == "new"


# What a reader finds


def test_a_reader_never_misses_a_page_nor_finds_an_older_one_after_a_newer_one(site: Path) -> None:
    build(site, "0")
    seen: list[int] = []
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        try:
            for name in itertools.cycle(PAGES):
                seen.append(int((site / name).read_text()))
                if done.is_set():
                    return
        except (OSError, ValueError) as error:
            failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for version in range(1, 60):
        build(site, str(version))
    done.set()
    reader.join()
    assert failures == []
    assert seen == sorted(seen)
    assert len(set(seen)) > 1, "the reader saw one site only, so this test shows nothing"


# What goes wrong while the site is made


@pytest.mark.parametrize("fault", [RuntimeError("a page is broken"), KeyboardInterrupt(), SystemExit(1)])
def test_a_make_that_raises_leaves_the_old_site(site: Path, fault: BaseException) -> None:
    def make(folder: Path) -> None:
        write_site(folder, "new")
        raise fault

    with pytest.raises(type(fault)) as caught:
        publish(site, make)
    assert caught.value is fault
    assert read_version(site) == "old"
    assert list_neighbours(site) == []


def test_a_make_that_raises_the_first_time_leaves_no_site(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        publish(tmp_path / "site", fail)
    assert [path.name for path in tmp_path.iterdir()] == [".site.lock"]


@pytest.mark.parametrize("missing", publishing.SITE_FILES)
def test_what_is_no_site_is_not_published(site: Path, missing: str) -> None:
    def make(folder: Path) -> None:
        write_site(folder, "new")
        (folder / missing).unlink()

    with pytest.raises(Unfinished, match=missing):
        publish(site, make)
    assert read_version(site) == "old"


def test_a_stranger_who_comes_while_the_site_is_made_is_not_replaced(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        write_site(folder, "new")
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "thesis.txt").write_text("ten years of work")

    with pytest.raises(Foreign):
        publish(tmp_path / "site", make)
    assert (tmp_path / "site" / "thesis.txt").read_text() == "ten years of work"


# Two at once


def test_a_second_build_is_refused_and_the_first_goes_on(site: Path) -> None:
    def make(folder: Path) -> None:
        with pytest.raises(Busy, match=r"another build is writing '.*/site': wait until it has ended"):
            publish(site, never)
        write_site(folder, "new")

    publish(site, make)
    assert read_version(site) == "new"


def test_a_blocked_file_inside_make_is_not_taken_for_a_second_build(site: Path) -> None:
    def make(folder: Path) -> None:
        raise BlockingIOError

    with pytest.raises(BlockingIOError):
        publish(site, make)


def test_two_sites_beside_each_other_are_built_at_once(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        build(tmp_path / "b", "new")
        write_site(folder, "new")

    publish(tmp_path / "a", make)
    assert read_version(tmp_path / "a") == read_version(tmp_path / "b") == "new"


def test_of_many_builds_at_once_each_ends_whole_or_is_refused(site: Path) -> None:
    assert run_alone(f"race(Path({str(site)!r}), 12)")["published"] >= 1


# Leftovers


def test_leftovers_of_killed_builds_are_removed_and_nothing_else(site: Path) -> None:
    ours = site.parent / ".site.new-0123456789abcdef"
    write_site(ours, "half")
    theirs = [".site.new-notes", ".site.new-0123456789abcdef0", ".site.new", "site.new-0123456789abcdef",
              ".sites.new-0123456789abcdef", ".site2.new-0123456789abcdef"]  # fmt: skip
    for name in theirs:
        (site.parent / name).mkdir()
    (site.parent / ".site.new-1111111111111111").write_text("a file")
    (site.parent / ".site.new-2222222222222222").symlink_to(site.parent / theirs[0])
    build(site, "new")
    assert not ours.exists()
    assert list_neighbours(site) == sorted([*theirs, ".site.new-1111111111111111", ".site.new-2222222222222222"])


def test_a_refused_build_removes_no_leftovers(site: Path) -> None:
    def make(folder: Path) -> None:
        with pytest.raises(Busy):
            publish(site, never)
        assert folder.exists()
        write_site(folder, "new")

    publish(site, make)


def test_leftovers_that_cannot_be_removed_are_named_before_anything_is_built() -> None:
    with tempfile.TemporaryDirectory() as parent:
        leftover = Path(parent, ".site.new-0123456789abcdef")
        (leftover / "locked").mkdir(parents=True)
        (leftover / "locked" / "page").touch()
        (leftover / "locked").chmod(0o555)
        Path(parent).chmod(0o777)
        try:
            run_alone(f"build_as_nobody(Path({parent!r}, 'site'))")
        finally:
            (leftover / "locked").chmod(0o755)


# Where a site may not stand


def test_a_link_is_not_replaced(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    with pytest.raises(Misplaced, match="is a symbolic link"):
        publish(tmp_path / "link", never)
    assert read_version(site) == "old"
    assert list_neighbours(site) == ["link"], "a refused place is not littered either"


def test_a_link_to_nowhere_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Misplaced, match="is a symbolic link"):
        publish(tmp_path / "link", never)


@pytest.mark.parametrize(("name", "what"), [("file", "is a file"), ("file/site", "is below a file")])
def test_a_file_is_not_replaced(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Misplaced, match=what):
        publish(tmp_path / name, never)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_disk_of_its_own_is_not_replaced() -> None:
    with pytest.raises(Misplaced, match="is a disk of its own"):
        publish(Path("/proc"), never)


@pytest.mark.parametrize("name", [".", "..", "/", "../project", "../..", "sub/..", "../../{top}"])
def test_the_folder_one_is_in_and_those_above_it_are_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    project = tmp_path / "top" / "project"
    (project / "sub").mkdir(parents=True)
    write_site(tmp_path / "top", "old")
    write_site(project, "old")
    monkeypatch.chdir(project)
    with pytest.raises(Misplaced, match="is the folder you are in, or one above it"):
        publish(Path(name.format(top="top")), never)


@pytest.mark.parametrize("name", publishing.SITE_FILES)
def test_a_folder_that_is_no_site_is_not_replaced(site: Path, name: str) -> None:
    (site / name).unlink()
    with pytest.raises(Foreign, match=f"holds no '{name}', so it is no site built before: move it away"):
        publish(site, never)
    assert (site / "index.html").read_text() == "old"


@pytest.mark.parametrize("name", publishing.SOURCE_FILES)
def test_a_folder_with_sources_is_not_replaced_even_where_it_looks_like_a_site(site: Path, name: str) -> None:
    (site / name).mkdir()
    with pytest.raises(Foreign, match=f"holds '{name}'"):
        publish(site, never)
    assert (site / name).exists()


def test_every_refusal_is_one_sentence_for_whoever_builds() -> None:
    place = Path("/home/anna/site")
    refusals: list[PublishError] = [Busy(place), DiskFull(place), Misplaced(place, "a file"), NotRemoved(place, "busy")]
    for refusal in [*refusals, Foreign(place, "holds '.git'"), Unfinished(place, "sitemap.xml")]:
        assert f"'{place}'" in str(refusal)
        assert not str(refusal).endswith(".")
        assert "\n" not in str(refusal)


# A full disk


def test_a_full_disk_leaves_the_old_site(site: Path) -> None:
    """On a real small disk where the system lets us mount one, else with the kernel's device that is always full."""
    if private := find_leave_to_mount(site):
        run_alone(f"fill_small_disk(Path({str(site)!r}))", *private)
    else:
        fill_device(site)


def test_a_full_device_leaves_the_old_site(site: Path) -> None:
    fill_device(site)


def test_a_limit_on_the_size_of_files_leaves_the_old_site(site: Path) -> None:
    run_alone(f"build_with_small_files(Path({str(site)!r}))")
    assert read_version(site) == "old"
    assert list_neighbours(site) == []


# Kills


def test_a_build_killed_at_a_random_moment_leaves_a_whole_site(site: Path) -> None:
    seed = random.randrange(2**32)  # chosen by pytest-randomly, which shows it
    counts = run_alone(f"kill_at_random(Path({str(site)!r}), 20, {seed})")
    assert counts["killed"] > 0
    assert sum(counts.values()) == 20


def test_a_build_killed_at_any_line_leaves_a_whole_site(site: Path) -> None:
    counts = run_alone(f"kill_at_every_line(Path({str(site)!r}), signal.SIGKILL, 'exchange', [publishing.__file__])")
    assert counts["old"] > 20
    assert counts["new"] > 5


# Systems that cannot exchange two names


@pytest.mark.parametrize("way", ["exchange", "call by number", "two renames"])
def test_the_site_is_replaced_on_every_system(site: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(way, monkeypatch)
    build(site, "new")
    assert read_version(site) == "new"
    assert list_neighbours(site) == []


def test_a_kill_between_two_renames_is_mended_by_the_next_build_even_one_that_fails(site: Path) -> None:
    site.rename(site.parent / ".site.old-0123456789abcdef")
    with pytest.raises(RuntimeError):
        publish(site, fail)
    assert read_version(site) == "old"
    assert list_neighbours(site) == []


def test_an_interrupt_between_two_renames_is_mended_at_once(site: Path) -> None:
    counts = run_alone(f"kill_at_every_line(Path({str(site)!r}), signal.SIGINT, 'two renames', [publishing.__file__])")
    assert counts["old"] > 20
    assert "mended" not in counts


# Run alone, in a process that may fork, mount and be limited


def run_alone(call: str, *command: str) -> Any:
    """Call a function of this module in another Python, and give what it gives."""
    code = f"import json; from test_publish import *; print(json.dumps({call}))"
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [*command, sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def pretend(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a system whose C library, or whose kernel too, knows no exchange of two names."""
    libc = ctypes.CDLL(None, use_errno=True)
    known = {} if way == "exchange" else {"syncfs": libc.syncfs, "syscall": libc.syscall}
    if way != "exchange":
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(**known))
    if way == "two renames":
        monkeypatch.setattr(platform, "machine", lambda: "pdp11")


def fork(action: Callable[[], object]) -> int:
    if child := os.fork():
        return child
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore it
        action()
        code = 0
    finally:
        os._exit(code)


def race(site: Path, builders: int) -> dict[str, int]:
    children = [fork(lambda n=n: build(site, str(n), 0.001)) for n in range(builders)]  # type: ignore[misc]
    codes = [os.waitpid(child, 0)[1] for child in children]
    assert read_version(site) in {str(n) for n, code in enumerate(codes) if code == 0}
    assert list_neighbours(site) == []
    return {"published": codes.count(0)}


def build_as_nobody(site: Path) -> None:
    if os.getuid() == 0:
        os.setuid(65534)  # no bit of a file's mode stops root
    with pytest.raises(NotRemoved, match=r"cannot be removed \(Permission denied\): remove it yourself$"):
        publish(site, never)


def find_leave_to_mount(folder: Path) -> list[str]:
    """Give the command that lets its child mount a disk that nobody else sees; none where the system forbids it."""
    for command in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        mount = [*command, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
        if shutil.which("unshare") and subprocess.run(mount, capture_output=True).returncode == 0:
            return command
    return []


def write_page(path: Path) -> None:
    path.write_text("a page")


def fill_device(site: Path) -> None:
    with pytest.raises(DiskFull, match=r"the disk is full, so '.*/site' stays as it was"):
        publish(site, lambda folder: write_page(Path("/dev/full")))
    assert read_version(site) == "old"
    assert list_neighbours(site) == []


def fill_small_disk(place: Path) -> None:
    """Meet the end of a disk of 1 MiB and 200 files three times: in a page, with no byte left, with no name left."""
    disk = place.parent / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=200", "tmpfs", disk], check=True)
    site = disk / "site"
    build(site, "old")
    expect_full_disk(site, lambda folder: fill(folder, 10_000))

    (disk / "ballast").mkdir()
    with pytest.raises(OSError, match="No space"):
        fill(disk / "ballast", 100_000)
    with pytest.raises(OSError, match="No space"):
        fill(disk / "ballast", 1)
    expect_full_disk(site, lambda folder: write_site(folder, "new"))

    shutil.rmtree(disk / "ballast")
    (disk / "ballast").mkdir()
    with pytest.raises(OSError, match="No space"):
        fill(disk / "ballast", 0)
    expect_full_disk(site, never)

    shutil.rmtree(disk / "ballast")
    build(site, "new")
    assert read_version(site) == "new"


def fill(folder: Path, size: int) -> None:
    for n in itertools.count():
        (folder / f"{n}.html").write_text("x" * size)


def expect_full_disk(site: Path, make: Callable[[Path], None]) -> None:
    with pytest.raises(DiskFull):
        publish(site, make)
    assert read_version(site) == "old"
    assert set(list_neighbours(site)) <= {"ballast"}


def build_with_small_files(site: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    with pytest.raises(OSError, match="File too large"):
        build(site, "new" * 1000)


def kill_at_random(site: Path, times: int, seed: int) -> dict[str, int]:
    """Kill builds anywhere between their first and last moment; each next one must find a whole site and no lock."""
    luck, counts = random.Random(seed), Counter[str]()
    held: str | None = "0"
    start = time.monotonic()
    build(site, "0", 0.005)
    duration = time.monotonic() - start
    for n in range(1, times + 1):
        child = fork(lambda n=n: build(site, str(n), 0.005))  # type: ignore[misc]
        time.sleep(luck.uniform(0, 1.1 * duration))
        os.kill(child, luck.choice(SIGNALS))
        status = os.waitpid(child, 0)[1]
        found = read_version(site)
        assert found in ((held, str(n)) if status else (str(n),)), f"kill {n} of seed {seed} left {found}"
        counts["killed" if status else "ended"] += 1
        held = found
    build(site, "last")
    assert list_neighbours(site) == []
    return counts


def kill_at_every_line(site: Path, number: int, way: str, files: list[str]) -> dict[str, int]:
    """Send a signal before the first line of `files` that a build runs, before the second, and so on to the last."""
    counts = Counter[str]()
    held: str | None = "old"
    with pytest.MonkeyPatch.context() as monkeypatch:
        pretend(way, monkeypatch)
        for n in itertools.count(1):
            child = fork(lambda n=n: build_until_line(n, number, files, site))  # type: ignore[misc]
            ended = os.waitpid(child, 0)[1] == 0
            found = read_version(site)
            if found is None and way == "two renames":
                assert not site.exists(), "half a site"
                counts["mended"] += 1
                with pytest.raises(RuntimeError):
                    publish(site, fail)
                found = read_version(site)
            assert found in (held, str(n)), f"signal {number} at line {n} left {found} after {held}"
            counts["new" if found == str(n) else "old"] += 1
            held = found
            if ended:
                break
        assert found == str(n)
        build(site, "last")
    assert list_neighbours(site) == []
    return counts


def build_until_line(line: int, number: int, files: list[str], site: Path) -> None:
    left = line

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), number)
        return trace

    sys.settrace(trace)
    try:
        build(site, str(line))
    except KeyboardInterrupt:
        assert number == signal.SIGINT
    sys.settrace(None)
    if left <= 0:
        os._exit(1)  # the signal came, too late to stop us or not to kill
