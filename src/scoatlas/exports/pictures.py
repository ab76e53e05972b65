"""The pictures of the site as files beside their pages: SVG and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.pages import PICTURES, plan_pages
from scoatlas.render import render_svg


def picture_files(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """(path below the site's root, text) of every picture's two files."""
    for page in plan_pages(atlas):
        if picture := page.picture:
            yield f"{PICTURES}/{picture.id}.svg", render_svg(picture, atlas.settings)
            yield f"{PICTURES}/{picture.id}.csv", picture.csv()


def write_pictures(atlas: Atlas, site: Path) -> None:
    """Write the files of all pictures into a site."""
    for name, text in picture_files(atlas):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8", newline="")
