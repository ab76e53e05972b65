from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from projects import write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic
from sites import CHROMIUM_ARGUMENTS, build, made_once, served

REPOSITORY = Path(__file__).parent.parent


# A deadline an example would fail at random on a busy machine.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def complaints(tmp_path: Path) -> Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]]:
    """All diagnostics of the base project with some files changed."""
    return lambda changes: list(read_atlas(write_project(tmp_path, changes))[1])


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The repository's own atlas, in which nothing is wrong."""
    found, diagnostics = read_atlas(REPOSITORY)
    assert found is not None
    assert list(diagnostics) == []
    return found


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own atlas, built once for all tests: they look at it and change nothing."""
    return made_once("built-site", lambda site: build(REPOSITORY, site), tmp_path_factory)


@pytest.fixture(scope="session")
def built_atlas(built_site: Path) -> dict[str, Any]:
    """What `data/atlas.json` of that site says."""
    atlas: dict[str, Any] = json.loads((built_site / "data/atlas.json").read_text("utf-8"))
    return atlas


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base project with its site beside it, `site`: to be copied, not to be changed."""

    def make(project: Path) -> None:
        build(write_project(project), project / "site")

    return made_once("small-project", make, tmp_path_factory)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of `$CHROMIUM`, which tools/browser.py finds or gets."""
    if "CHROMIUM" not in os.environ:
        pytest.fail("CHROMIUM is not set: run the tests with `make test`, or set it to the path of a Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=[*CHROMIUM_ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(built_site) as found:
        yield found
