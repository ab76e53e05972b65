"""The data files of the site: one module a format; each turns the atlas into text or bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from scoatlas.atlas import Atlas
from scoatlas.exports import atlas_json, bibtex, csl_json, datapackage, ris, sqlite, tables

EXPORTS: dict[str, Callable[[Atlas], str | bytes]] = {
    "atlas.json": atlas_json.format_atlas,
    "facts.csv": lambda atlas: tables.facts(atlas).csv(),
    "sources.csv": lambda atlas: tables.sources(atlas).csv(),
    "atlas.sqlite": sqlite.format_sqlite,
    "references.bib": bibtex.format_bibtex,
    "references.ris": ris.format_ris,
    "references.json": csl_json.format_csl_json,
}
"""File name to the function that makes its content."""


def data_files(atlas: Atlas) -> Iterator[tuple[str, bytes]]:
    """(path below `data/`, content) of every data file: the exports, what describes them, one file an entity."""
    made = {name: _bytes(format_export(atlas)) for name, format_export in EXPORTS.items()}
    yield from made.items()
    yield "datapackage.json", _bytes(datapackage.format_datapackage(atlas, made))
    yield "README.md", _bytes(datapackage.format_readme(atlas))
    for record in atlas.records.values():
        yield f"entities/{record.id}.json", _bytes(atlas_json.format_entity(record))


def write_exports(atlas: Atlas, folder: Path) -> None:
    """Write every data file into a folder, which is made where it is missing."""
    for name, content in data_files(atlas):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")
