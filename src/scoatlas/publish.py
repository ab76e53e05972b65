"""Put a whole new site in place of the old one, or leave the old one.

The new site is made in a hidden folder beside the old one and takes its name in one step of the file system: a reader
finds the old site or the new one, and so does whoever looks after a crash, a full disk or a kill. So it is on Linux and
macOS; a file system that cannot exchange two names gets two renames, between which the name is free for an instant (the
next build mends a kill in that instant).
"""

import ctypes
import errno
import fcntl
import os
import platform
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SITE_FILES = ("sitemap.xml", "data/atlas.json")  # in every site of ours: a folder without them is never replaced
SOURCE_FILES = (".git", "mkdocs.yml", "atlas.yml")  # in no site of ours: a folder with one is never replaced

_RENAMEAT2 = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "ppc64le": 357, "s390x": 347}  # for a libc without it
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}  # EPERM: what old container sandboxes answer
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class PublishError(Exception):
    """The old site stays as it is; the text says why, to whoever builds."""


class Busy(PublishError):
    """A second build of the same site."""

    def __init__(self, site: Path) -> None:
        super().__init__(f"another build is writing '{site}': wait until it has ended, then build again")


class Misplaced(PublishError):
    """A place where no site can stand."""

    def __init__(self, site: Path, what: str) -> None:
        super().__init__(f"'{site}' is {what}: give the name of a folder that holds the site and nothing else")


class Foreign(PublishError):
    """A folder that we did not build."""

    def __init__(self, site: Path, sign: str) -> None:
        super().__init__(f"'{site}' {sign}, so it is no site built before: move it away, or give another folder")


class Unfinished(PublishError):
    """What was made is no site."""

    def __init__(self, site: Path, missing: str) -> None:
        super().__init__(f"the build left no '{missing}', so '{site}' stays as it was")


class DiskFull(PublishError):
    """No room for the new site beside the old one."""

    def __init__(self, site: Path) -> None:
        super().__init__(f"the disk is full, so '{site}' stays as it was: a build needs room for a second one")


class NotRemoved(PublishError):
    """The rest of an earlier build is in the way."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"'{folder}', left by an earlier build, cannot be removed ({reason}): remove it yourself")


def publish(site: Path, make: Callable[[Path], None]) -> None:
    """Let `make` build and check a site in an empty folder, then put that folder in the place of `site`.

    What `make` raises goes on to the caller, a full disk as `DiskFull`. It must leave no child that still writes.
    """
    site = _find_place(site)
    _check_replaceable(site)
    with _naming_a_full_disk(site), _locked(site):
        _restore(site)
        _remove_leftovers(site)
        fresh = _name_sibling(site, "new")
        fresh.mkdir()
        try:
            make(fresh)
            if missing := _find_missing(fresh):
                raise Unfinished(site, missing)
            _flush(fresh)
            _check_replaceable(site)  # making took its time: somebody may have put something here
            _swap(fresh, site)
        finally:  # what is left is the new site if something was raised, and the old one if nothing was
            _restore(site)
            with suppress(NotRemoved):  # the next build tries again, and complains
                _remove_leftovers(site)


def _find_place(site: Path) -> Path:
    """Give the absolute path; links above the site are followed, the site itself must be none."""
    if site.name in ("", ".."):
        raise Misplaced(site, "the folder you are in, or one above it")
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise Misplaced(site, "below a file") from None
    return site.parent.resolve() / site.name


def _check_replaceable(site: Path) -> None:
    if site.is_symlink():
        raise Misplaced(site, "a symbolic link")
    if not site.exists():
        return
    if not site.is_dir():
        raise Misplaced(site, "a file")
    here = Path.cwd()
    if any(site.samefile(folder) for folder in (here, *here.parents)):
        raise Misplaced(site, "the folder you are in, or one above it")
    if site.is_mount():
        raise Misplaced(site, "a disk of its own")
    if source := next((name for name in SOURCE_FILES if os.path.lexists(site / name)), None):
        raise Foreign(site, f"holds '{source}'")
    if (missing := _find_missing(site)) and any(site.iterdir()):
        raise Foreign(site, f"holds no '{missing}'")


def _find_missing(folder: Path) -> str | None:
    return next((name for name in SITE_FILES if (folder / name).is_symlink() or not (folder / name).is_file()), None)


@contextmanager
def _naming_a_full_disk(site: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(site) from error
        raise


@contextmanager
def _locked(site: Path) -> Iterator[None]:
    """Hold the only right to replace the site; our death gives it back. Removing the file would be a race."""
    lock = os.open(site.parent / f".{site.name}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(site) from None
        yield
    finally:
        os.close(lock)


def _name_sibling(site: Path, role: str) -> Path:
    return site.parent / f".{site.name}.{role}-{secrets.token_hex(8)}"


def _find_siblings(site: Path, role: str) -> list[Path]:
    ours = re.compile(re.escape(f".{site.name}.{role}-") + "[0-9a-f]{16}")
    with os.scandir(site.parent) as entries:
        return sorted(Path(e) for e in entries if ours.fullmatch(e.name) and e.is_dir(follow_symlinks=False))


def _restore(site: Path) -> None:
    """Put the old site back where a build of two renames ended between them."""
    if not os.path.lexists(site):
        for old in _find_siblings(site, "old")[:1]:
            old.rename(site)


def _remove_leftovers(site: Path) -> None:
    for folder in _find_siblings(site, "new") + _find_siblings(site, "old"):
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise NotRemoved(folder, error.strerror or str(error)) from error


def _flush(folder: Path) -> None:
    """Have the whole disk of a folder written: 0.05 s for 2000 new pages, where fsync of each takes 1 s."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        return os.sync()
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if libc.syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def _swap(fresh: Path, site: Path) -> None:
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        _replace_in_two_steps(fresh, site)
    with suppress(OSError):  # the new site is in place; that some network disks cannot flush changes nothing
        _flush(site.parent)


def _replace_in_two_steps(fresh: Path, site: Path) -> None:
    site.rename(_name_sibling(site, "old"))
    fresh.rename(site)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system cannot."""
    libc, first, second = ctypes.CDLL(None, use_errno=True), os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif hasattr(libc, "renamex_np"):  # macOS
        failed = libc.renamex_np(first, second, _RENAME_SWAP)
    elif sys.platform == "linux" and sys.maxsize > 2**32 and (number := _RENAMEAT2.get(platform.machine())):
        failed = libc.syscall(ctypes.c_long(number), _AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in _CANNOT:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(one), None, str(other))
    return not failed
