"""`mkdocs serve` shows every change of facts, prose, references and templates, and survives faults in them."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from projects import write_project
from sites import REPOSITORY, environment, visiting

PATIENCE = 30  # seconds until we give up on a change; it takes one or two


@dataclass
class Preview:
    """A running `mkdocs serve` of a project of its own, with a copy of the code of its own."""

    project: Path
    code: Path
    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> str:
        """A page as it is served now, empty while the server does not answer."""
        host = self.address.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        try:
            connection.request("GET", f"/{path}")
            return connection.getresponse().read().decode("utf-8")
        except OSError:
            return ""
        finally:
            connection.close()

    def until(self, path: str, good: Callable[[str], bool]) -> str:
        """The page as soon as it is as wished."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            page = self.get(path)
            if page and good(page):
                return page
            time.sleep(0.05)
        raise AssertionError(f"{path} did not become as wished:\n{self.log.read_text('utf-8')[-3000:]}")

    def write(self, name: str, text: str) -> None:
        """Change or add a file of the project."""
        file = self.project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.project / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    project = write_project(tmp_path / "project")
    code = tmp_path / "code"
    shutil.copytree(REPOSITORY / "src/scoatlas", code / "scoatlas", ignore=shutil.ignore_patterns("__pycache__"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env=environment(PYTHONPATH=str(code), TMPDIR=str(tmp_path), SITE_URL="https://example.org/"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    found = Preview(project, code, f"http://127.0.0.1:{port}", tmp_path / "log", process)
    try:
        found.until("", lambda page: "Test Atlas" in page)
        yield found
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_serve_shows_changes_of_facts_prose_references_and_templates(preview: Preview) -> None:
    preview.replace("content/states/china.yml", "Beijing", "Peking")
    preview.until("states/china/", lambda page: "Peking" in page and "Beijing" not in page)

    preview.write("content/states/china.md", "An essay of [[summits/shanghai-2001|that summer]].\n")
    preview.until("states/china/", lambda page: "that summer" in page)

    preview.replace("references.bib", "A history", "A longer history")
    preview.until("sources/", lambda page: "A Longer History" in page)

    preview.replace("atlas.yml", "plural: Members", "plural: Full members")
    preview.until("", lambda page: "Full members" in page)

    preview.write("content/states/india.yml", "name: {en: India}\ncapital: {value: New Delhi, cite: [li-2010]}\n")
    preview.until("states/", lambda page: "India" in page)

    (preview.project / "content/states/india.yml").unlink()
    preview.until("states/", lambda page: "India" not in page)

    template = preview.code / "scoatlas/templates/entity.html"
    template.write_text(template.read_text("utf-8") + "<p>A line more in the template.</p>\n", encoding="utf-8")
    preview.until("states/china/", lambda page: "A line more in the template." in page)

    frame = preview.code / "scoatlas/theme/main.html"
    frame.write_text(frame.read_text("utf-8").replace("Edit this page", "Mend this page"), encoding="utf-8")
    preview.until("states/china/", lambda page: "Mend this page" in page)


@pytest.mark.parametrize(
    ("file", "text", "rule", "others"),
    [
        ("content/states/china.yml", "name: {en: China\n", "invalid-yaml", "summits/shanghai-2001/"),
        ("content/states/china.yml", "name: {en: China}\ncapital: Beijing\n", "uncited-fact", "summits/shanghai-2001/"),
        ("references.bib", "@online{declaration-2001,\n", "invalid-bibtex", "states/china/"),
        ("atlas.yml", "title: [\n", "invalid-yaml", "states/china/"),
        ("content/about/method.md", "# Method\n\n[[states/atlantis]] <b>x</b>\n", "unknown-entity", "states/china/"),
        ("content/states/china.md", "[x](https://[x]/) [[states/atlantis]]\n", "unknown-entity", "states/china/"),
    ],
    ids=["yaml", "fact", "references", "atlas", "page", "essay"],
)
def test_serve_survives_faults_and_shows_them_on_the_page(
    preview: Preview, file: str, text: str, rule: str, others: str
) -> None:
    path = preview.project / file
    good = path.read_text("utf-8") if path.exists() else None
    preview.write(file, text)
    for page in (others, "", "sources/"):
        shown = preview.until(page, lambda page: f"error[{rule}]" in page)
        assert file in shown
    if good is None:
        path.unlink()
    else:
        preview.write(file, good)
    for page in (others, "", "states/china/"):
        preview.until(page, lambda page: "error[" not in page and "China" in page)


def test_serve_reloads_the_page_that_the_browser_shows(preview: Preview, chromium: Browser) -> None:
    with visiting(chromium, preview.address) as visit:
        page = visit.open("states/china/")
        assert "Beijing" in page.locator("article").inner_text()
        preview.replace("content/states/china.yml", "Beijing", "Peking")
        page.get_by_text("Peking").first.wait_for(timeout=PATIENCE * 1000)
        assert [complaint for complaint in visit.complaints if "console" in complaint] == []
