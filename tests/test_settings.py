"""atlas.yml is read strictly, and what it says is what the site shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from projects import BASE, write_project
from scoatlas.diagnostics import Diagnostic
from sites import build

ATLAS = BASE["atlas.yml"]


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ('colour: "#1f4e79"', "colour: blue", "atlas.yml:6:52: invalid-value"),
        ("as_of: 2026-01-31", "as_of: 2026", "atlas.yml:3:8: invalid-date"),
        ("  observer:", "  Observer:", "atlas.yml:6:3: invalid-id"),
        ("title: Test Atlas", "titel: Test Atlas", "atlas.yml:1:1: unknown-field"),
        ("founding: summits/shanghai-2001", "founding: states/china", "atlas.yml:4:11: wrong-kind"),
        ("founding: summits/shanghai-2001", "founding: summits/nowhere", "atlas.yml:4:11: unknown-entity"),
        ("statuses:", "subject: organisations/nowhere\nstatuses:", "atlas.yml:5:10: unknown-entity"),
        ("statuses:", "subject: states/china\nstatuses:", "atlas.yml:5:10: wrong-kind"),
        (
            "statuses:",
            "offices: [{title: Head, of: states/nowhere, field: status}]\nstatuses:",
            "atlas.yml:5:29: unknown-entity",
        ),
        (
            "statuses:",
            "offices: [{title: Head, of: states/china, field: capital}]\nstatuses:",
            "atlas.yml:5:50: invalid-value",
        ),
        ("statuses:", "offices: [{title: Head, of: stars/sun, field: x}]\nstatuses:", "atlas.yml:5:29: unknown-kind"),
        ("statuses:", "offices: [{title: Head, of: states/china}]\nstatuses:", "atlas.yml:5:11: missing-field"),
    ],
)
def test_a_fault_in_atlas_yml_is_told_at_its_place(
    right: str, wrong: str, complaint: str, complaints: Callable[[Mapping[str, str]], list[Diagnostic]]
) -> None:
    assert right in ATLAS
    found = complaints({"atlas.yml": ATLAS.replace(right, wrong, 1)})
    assert [f"{diagnostic.location}: {diagnostic.rule}" for diagnostic in found] == [complaint]


def test_title_description_and_colours_of_the_site_come_from_atlas_yml(tmp_path: Path) -> None:
    atlas = ATLAS.replace("Test Atlas", "Another Title").replace("A small atlas.", "Another sentence.")
    root = write_project(tmp_path / "project", {"atlas.yml": atlas.replace("#1f4e79", "#123456")})
    site = tmp_path / "site"
    build(root, site)
    page = (site / "states" / "china" / "index.html").read_text("utf-8")
    assert "<title>China – Another Title</title>" in page
    assert 'content="Another sentence."' in page
    assert ".s-member { --swatch: #123456; }" in (site / "assets" / "statuses.css").read_text("utf-8")
    assert "assets/statuses.css" in page
