"""The same content gives the same site, byte for byte, whoever builds it, where and when."""

from __future__ import annotations

import datetime
import socket
import sys
from pathlib import Path

import pytest

from projects import write_project
from sites import REPOSITORY, build, contents, copy_project, environment, made_once, run

# What differs between machines; each is one of the causes for which builds of other projects differ.
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
THERE = {
    "PYTHONHASHSEED": "4294967295",
    "TZ": "Pacific/Kiritimati",  # where it is tomorrow
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",  # where I is not the capital of i
    "LANGUAGE": "ru:zh",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "SOURCE_DATE_EPOCH": "1",
    "USER": "somebody-else",
    "COLUMNS": "20",
}
ELSEWHERE = {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "LC_ALL": "POSIX", "PYTHONOPTIMIZE": "1"}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """One content, built in three places under three circumstances, once by MkDocs alone: file to bytes."""

    def make(root: Path) -> None:
        build(copy_project(root / "here"), root / "here/site", env=environment(**HERE), umask=0o022)
        away = copy_project(root / "a folder 7f3c, далеко")
        build(away, root / "elsewhere/public", env=environment(**THERE, HOME=str(root / "home")), umask=0o077)
        alone = copy_project(root / "alone")
        done = run("mkdocs", "build", "--strict", cwd=alone, env=environment(**ELSEWHERE), umask=0o002)
        assert done.returncode == 0, done.stderr

    root = made_once("twins", make, tmp_path_factory)
    sites = {"here": "here/site", "there": "elsewhere/public", "alone": "alone/site"}
    return {name: contents(root / site) for name, site in sites.items()}


@pytest.mark.parametrize("other", ["there", "alone"])
def test_two_builds_are_equal_byte_for_byte(twins: dict[str, dict[str, bytes]], other: str) -> None:
    here, there = twins["here"], twins[other]
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []
    assert {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "data/atlas.json"} <= set(here)


def test_a_site_says_nothing_of_the_machine(twins: dict[str, dict[str, bytes]]) -> None:
    secrets = ["here/site", "a folder 7f3c", "somebody-else", str(REPOSITORY), sys.prefix, str(Path.home()) + "/"]
    secrets += [name for name in [socket.gethostname()] if len(name) > 9]
    for site in twins.values():
        for name, found in site.items():
            assert [secret for secret in secrets if secret.encode() in found] == [], name


def test_a_site_says_nothing_of_the_day_on_which_it_was_built(tmp_path: Path) -> None:
    site = build(write_project(tmp_path), tmp_path / "site")  # nothing in it is as new as this test
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for day in (today + datetime.timedelta(days=step) for step in (-1, 0, 1)):
        words = (f"{day:%Y-%m-%d}", f"{day.day} {day:%B %Y}", f"{day:%Y%m%d}", f"{day:%d.%m.%Y}")
        for name, found in contents(site).items():
            if not name.startswith("assets/"):
                assert [word for word in words if word.encode() in found] == [], name


def test_a_second_build_in_the_same_place_changes_nothing(small_project: Path, tmp_path: Path) -> None:
    site = build(small_project, tmp_path / "site")
    first = contents(site)
    assert contents(build(small_project, site)) == first == contents(small_project / "site")
