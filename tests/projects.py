"""The smallest project that is right, to be changed by each test in the one point it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

BASE: dict[str, str] = {
    "atlas.yml": """\
title: Test Atlas
description: A small atlas.
as_of: 2026-01-31
founding: summits/shanghai-2001
statuses:
  member: {label: member, plural: Members, colour: "#1f4e79", dark: "#7fb3e6"}
  observer: {label: observer, plural: Observers, colour: "#2e7d6b", dark: "#6cc7b2"}
""",
    "references.bib": """\
@online{declaration-2001,
  author = {{SCO}},
  title = {Declaration on the establishment},
  date = {2001-06-15},
  url = {https://example.org/declaration},
  urldate = {2026-01-31},
  langid = {english},
  tier = {primary},
  seen = {whole},
}

@article{li-2010,
  author = {Li, Wei},
  title = {A history},
  journaltitle = {Journal of Examples},
  date = {2010},
  langid = {english},
  tier = {scholarship},
  seen = {excerpt},
}
""",
    "content/index.md": "# Test Atlas\n\nA small atlas.\n",
    "content/states/china.yml": """\
name: {en: China, ru: Китай, zh: 中国}
capital: {value: Beijing, cite: [li-2010]}
status:
  - value: member
    since: 2001-06-15
    summit: summits/shanghai-2001
    cite: [declaration-2001]
""",
    "content/summits/shanghai-2001.yml": """\
name: {en: "Summit in Shanghai, 2001"}
council: {value: heads-of-state, cite: [declaration-2001]}
dates: {value: 2001-06-14/2001-06-15, cite: [declaration-2001]}
host: {value: states/china, cite: [declaration-2001]}
""",
}
"""Path to text; no rule complains of it."""

MKDOCS = (Path(__file__).parent.parent / "mkdocs.yml").read_text("utf-8")


def write_project(root: Path, changes: Mapping[str, str | bytes | None] = {}) -> Path:
    """The base project in a folder, some files changed, added, or (None) left out."""
    for name, text in {"mkdocs.yml": MKDOCS, **BASE, **changes}.items():
        if text is not None:
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root
