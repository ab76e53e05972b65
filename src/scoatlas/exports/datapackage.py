"""datapackage.json and README.md: what each data file is, for programs and for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from scoatlas.atlas import Atlas
from scoatlas.exports.tables import Table, facts, sources

_SAYS = {
    "atlas.json": "the whole graph: entities, facts, links, claims, pages, sources",
    "atlas.sqlite": "the same as a relational database (SQLite 3), with views and a full-text index",
    "references.bib": "the sources as biblatex",
    "references.ris": "the sources in RIS",
    "references.json": "the sources as CSL-JSON",
}
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}


def format_datapackage(atlas: Atlas, made: Mapping[str, bytes]) -> str:
    """A Data Package (Frictionless, version 1) of the files that were `made`."""
    tables = {f"{table.name}.csv": table for table in (facts(atlas), sources(atlas))}
    package = {
        "profile": "data-package",
        "name": "sco-atlas",
        "title": atlas.settings.title,
        "description": atlas.settings.description,
        "version": atlas.settings.as_of.text,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [_resource(name, made[name], tables.get(name)) for name in (*tables, *_SAYS)],
    }
    return json.dumps(package, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def format_readme(atlas: Atlas) -> str:
    """The README of the data, with the columns of the tables."""
    text = (files("scoatlas.exports") / "README.md").read_text("utf-8")
    columns = "\n\n".join(
        f"### {table.name}.csv\n\n{table.says}.\n\n| column | type | what it says |\n|---|---|---|\n"
        + "\n".join(f"| `{column.name}` | {column.type} | {column.says} |" for column in table.columns)
        for table in (facts(atlas), sources(atlas))
    )
    return text.replace("AS_OF", atlas.settings.as_of.text).replace("COLUMNS", columns)


def _resource(name: str, content: bytes, table: Table | None) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    resource: dict[str, Any] = {
        "name": stem if table else name.replace(".", "-"),
        "path": name,
        "description": table.says if table else _SAYS[name],
        "mediatype": _MEDIA[ending],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if table is None:
        return resource
    schema: dict[str, Any] = {
        "fields": [{"name": column.name, "type": column.type, "description": column.says} for column in table.columns],
        "primaryKey": table.key,
        "missingValues": [""],
    }
    return resource | {
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": schema,
    }
