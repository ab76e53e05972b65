"""The data files, read back by programs that are not ours: bibtexparser, rispy, SQLite, Frictionless, csv."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_file, parse_string

from projects import BASE, write_project
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.citations.csl import csl_item
from scoatlas.exports import data_files
from scoatlas.source import Person
from scoatlas.values import inert

_OWN = ("tier", "seen")


@pytest.fixture(scope="module")
def folder(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data files of the atlas in a folder."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in data_files(atlas):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "atlas.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"file:{folder}/atlas.sqlite?mode=ro", uri=True)) as opened:
        yield opened


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


# --- bibliographies --------------------------------------------------------------------------------------------------


def test_bibtex_is_read_back_field_by_field(folder: Path, atlas: Atlas) -> None:
    library = parse_file(str(folder / "references.bib"), parse_stack=[])
    assert library.failed_blocks == []
    assert {entry.key for entry in library.entries} == set(atlas.sources)
    for entry in library.entries:
        source = atlas.sources[entry.key]
        read = {field.key: re.sub(r"\\([&%$#_])", r"\1", field.value[1:-1]) for field in entry.fields}
        assert entry.entry_type == source.type
        wanted = {name: value for name, value in source.fields.items() if name not in (*_OWN, "author", "editor")}
        assert {name: value for name, value in read.items() if name not in ("author", "editor")} == wanted
        for role, people in (("author", source.authors), ("editor", source.editors)):
            names = [name for name in re.split(r" and (?![^{]*\})", read.get(role, "")) if name]
            written = [
                f"{one.family}, {one.given}"
                if one.given
                else "others"
                if one.family == "et al."
                else f"{{{one.family}}}"
                for one in people
            ]
            assert names == written, entry.key


def _in_bibtex(person: Person) -> str:
    if person.given:
        return f"{person.family}, {person.given}"
    return "others" if person.family == "et al." else f"{{{person.family}}}"


def test_ris_is_read_back_field_by_field(folder: Path, atlas: Atlas) -> None:
    entries = rispy.loads((folder / "references.ris").read_text("utf-8"))
    assert [entry["id"] for entry in entries] == sorted(atlas.sources)
    for entry in entries:
        item: dict[str, Any] = dict(csl_item(atlas.sources[entry["id"]]))
        names = [name.get("literal") or f"{name['family']}, {name['given']}" for name in item.get("author", [])]
        assert entry.get("authors", []) == names
        pages = "-".join(filter(None, (entry.get("start_page"), entry.get("end_page"))))
        read = {
            "title": entry.get("title") or entry.get("primary_title"),
            "container-title": entry.get("secondary_title"),
            "publisher": entry.get("publisher"),
            "publisher-place": entry.get("place_published"),
            "volume": entry.get("volume"),
            "page": pages,
            "DOI": entry.get("doi"),
            "URL": entry.get("urls", [""])[0].replace("%3B", ";"),
            "language": entry.get("language"),
            "note": " ".join(entry.get("notes", [])),
        }
        assert {name: value for name, value in read.items() if value} == {
            name: item[name] for name in read if name in item
        }
        if "issued" in item:
            first = item["issued"]["date-parts"][0]
            assert [int(part) for part in entry["date"].split("/")[:3] if part] == first
            assert entry["year"] == str(first[0])


def test_csl_json_has_every_source_in_the_form_of_csl(folder: Path, atlas: Atlas) -> None:
    items = json.loads((folder / "references.json").read_text("utf-8"))
    assert [item["id"] for item in items] == sorted(atlas.sources)
    for item in items:
        wanted = dict(csl_item(atlas.sources[item["id"]]))
        for name in ("issued", "accessed"):
            assert item.get(name, {}).get("date-parts") == (wanted.pop(name, None) or {}).get("date-parts")  # type: ignore[attr-defined]
            assert item.pop(name, {}).get("circa", True) is True
        assert item == wanted


# --- tables and database ---------------------------------------------------------------------------------------------


def test_the_tables_have_a_row_for_each_fact_and_each_source(folder: Path, whole: dict[str, Any]) -> None:
    facts = {fact["id"]: fact for entity in whole["entities"] for fact in entity["facts"]}
    rows = table(folder, "facts")
    assert [row["id"] for row in rows] == list(facts)
    for row in rows:
        fact = facts[row["id"]]
        assert [row["since"], row["until"], row["date"]] == [fact[name] or "" for name in ("since", "until", "date")]
        assert (row["rank"], row["confidence"], row["field"]) == (fact["rank"], fact["confidence"], fact["field"])
        assert [part.partition(", ")[0] for part in row["sources"].split("; ")] == [c["source"] for c in fact["cite"]]
    assert [row["key"] for row in table(folder, "sources")] == [source["key"] for source in whole["sources"]]


def test_no_cell_begins_a_formula(folder: Path) -> None:
    for name in ("facts", "sources"):
        for row in table(folder, name):
            assert [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [inert(text) for text in ("=1+1", "@SUM(A1)", "-1", "+1", "a=1")] == [
        "'=1+1",
        "'@SUM(A1)",
        "'-1",
        "'+1",
        "a=1",
    ]


def test_the_database_is_whole_and_has_what_the_graph_has(database: sqlite3.Connection, whole: dict[str, Any]) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    def count(table: str) -> int:
        number: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number

    facts = [fact for entity in whole["entities"] for fact in entity["facts"]]
    assert count("entity") == len(whole["entities"])
    assert count("fact") == count("search") == len(facts)
    assert count("source") == len(whole["sources"])
    assert count("citation") == count("said_by") == sum(len(fact["cite"]) for fact in facts)
    assert count("claim") == sum(len(entity["claims"]) for entity in whole["entities"])
    assert count("gap") == sum(len(entity["gaps"]) for entity in whole["entities"])


@pytest.mark.parametrize("day", ["2001-06-15", "2008-02-29", "2017-06-08", "2017-06-09", "2024-07-04", "2025-09-01"])
def test_the_database_tells_who_was_what_on_a_day(database: sqlite3.Connection, atlas: Atlas, day: str) -> None:
    found = set(database.execute("SELECT state, status FROM membership_on WHERE day = ?", (day,)).fetchall())
    wanted = atlas.on(datetime.date.fromisoformat(day))
    assert found == {(id, status) for status, ids in wanted.items() for id in ids}


def test_the_database_shows_what_sources_disagree_on(database: sqlite3.Connection, atlas: Atlas) -> None:
    found = {row[0] for row in database.execute("SELECT fact FROM disputed WHERE rank = 'deprecated'")}
    assert found == {linked.id for _, linked in atlas.facts() if linked.fact.rank.code == "deprecated"}


# --- what describes them ---------------------------------------------------------------------------------------------


def test_the_data_package_is_valid_for_frictionless(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        assert (folder / resource["path"]).stat().st_size == resource["bytes"]


def blocks(folder: Path, language: str) -> list[str]:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    return found


def test_each_query_of_the_readme_answers(folder: Path, database: sqlite3.Connection) -> None:
    assert len(blocks(folder, "sql")) >= 3
    for query in blocks(folder, "sql"):
        assert database.execute(query).fetchall(), query


def test_the_python_of_the_readme_counts_the_members(folder: Path, atlas: Atlas) -> None:
    (program,) = blocks(folder, "python")
    said, here = io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(program, "README.md", "exec"), {})  # our own text
    finally:
        os.chdir(here)
    assert int(said.getvalue()) == len(atlas.on(atlas.as_of)["member"])


def test_the_r_of_the_readme_names_columns_that_are_there(folder: Path) -> None:
    (program,) = blocks(folder, "r")
    assert set(re.findall(r"\b(field|code|until)\b", program)) <= set(table(folder, "facts")[0])


def test_the_readme_names_every_file_and_column(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    for file in (file for file in folder.iterdir() if file.is_file() and file.name != "README.md"):
        assert f"`{file.name}`" in text
    for name in ("facts", "sources"):
        assert [column for column in table(folder, name)[0] if f"| `{column}` |" not in text] == []


def test_one_file_an_entity_says_what_the_whole_says_of_it(folder: Path, whole: dict[str, Any]) -> None:
    for entity in whole["entities"]:
        assert json.loads((folder / f"entities/{entity['id']}.json").read_text("utf-8")) == entity


def test_hostile_text_stays_text_in_every_format(tmp_path: Path) -> None:
    hostile = "=HYPERLINK(1) \"a\"; DROP TABLE fact, 'b' & 50 % #_"
    quoted = hostile.replace("'", "''")
    changes = {
        "content/states/china.yml": BASE["content/states/china.yml"].replace("en: China", f"en: '{quoted}'"),
        "references.bib": BASE["references.bib"].replace("title = {", "title = {=1+1 & 5 % of #1_a: "),
    }  # fmt: skip
    made, diagnostics = read_atlas(write_project(tmp_path, changes))
    assert made, list(diagnostics)
    assert "states/china" in made.records, list(diagnostics)
    written = dict(data_files(made))
    (tmp_path / "a.sqlite").write_bytes(written["atlas.sqlite"])
    with contextlib.closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("SELECT name FROM entity WHERE id = 'states/china'").fetchone() == (hostile,)
    rows = list(csv.DictReader(io.StringIO(written["facts.csv"].decode())))
    assert {row["name"] for row in rows if row["entity"] == "states/china"} == {f"'{hostile}"}
    library = parse_string(written["references.bib"].decode(), parse_stack=[])
    assert library.failed_blocks == []
    titles = [entry.fields_dict["title"].value for entry in library.entries]
    assert titles
    assert all(title.startswith(r"{=1+1 \& 5 \% of \#1\_a: ") for title in titles)
