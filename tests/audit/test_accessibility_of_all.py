"""Every type of page, light and dark, at 320 and 1280 px, by the newest axe; every page by html-validate."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sites import visiting

PROGRAMS = Path(__file__).parent / "node_modules"


def kinds_of_pages(site: Path) -> list[str]:
    """Three pages of each folder, the longest, the shortest and one between, and those beside the folders."""
    pages = {"", "404.html"}
    for folder in sorted(path for path in site.iterdir() if path.is_dir()):
        if (folder / "index.html").is_file():
            pages.add(f"{folder.name}/")
        found = sorted(folder.glob("*/index.html"), key=lambda file: file.stat().st_size)
        chosen = {found[0], found[len(found) // 2], found[-1]} if found else set()
        pages |= {f"{file.parent.relative_to(site).as_posix()}/" for file in chosen}
    return sorted(pages)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_axe(
    chromium: Browser, address: str, built_site: Path, scheme: str, width: int
) -> None:
    axe = (PROGRAMS / "axe-core/axe.min.js").read_text("utf-8")
    faults: list[str] = []
    pages = kinds_of_pages(built_site)
    for path in pages:
        with visiting(chromium, address, scheme=scheme, width=width, policy=False) as visit:
            page = visit.open(path)
            page.evaluate(axe)
            found = page.evaluate("axe.run(document).then(result => result.violations)")
            faults += [f"{path} {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{path} is wider than {width} px")
            page.wait_for_load_state("networkidle")
            faults += [f"{path} {complaint}" for complaint in visit.complaints]
    assert faults == []
    assert len(pages) > 15


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_says_an_error_or_asks_another_host_under_its_own_policy(
    chromium: Browser, address: str, built_site: Path, width: int
) -> None:
    with visiting(chromium, address, width=width) as visit:
        for path in kinds_of_pages(built_site):
            visit.open(path).wait_for_load_state("networkidle")
        assert visit.complaints == []


def test_every_page_is_valid_html(built_site: Path) -> None:
    program = PROGRAMS / "html-validate/bin/html-validate.mjs"
    command = ["node", str(program), "--preset", "standard", "--formatter", "text", f"{built_site}/**/*.html"]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-5_000:]
