"""The schemas for editors: in step with the code, true of the content, and false of what is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from projects import BASE, write_project
from scoatlas import forms
from scoatlas.build import read_atlas
from scoatlas.forms import Form
from scoatlas.kinds import KINDS
from scoatlas.outline import outline
from scoatlas.quantity import Amount, quantity
from scoatlas.schema import FOLDER, LISTS, find_drift, format_kinds, format_lists
from scoatlas.values import Date, Dates, Label, Line, Model, Prose
from test_cli import run
from test_new import IDS, blocks_of, filled, wholly_uncommented

REPOSITORY = Path(__file__).parent.parent
CHINA = BASE["content/states/china.yml"]


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema, by which editors read: `2003` is a number, `true` a boolean, `NO` and dates are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, CoreLoader)


@cache
def validator_of(kind: str, lists: str) -> jsonschema.Draft7Validator:
    registry: Registry[Any] = Registry().with_resource(LISTS, Resource.from_contents(json.loads(lists), DRAFT7))
    return jsonschema.Draft7Validator(json.loads(format_kinds()[f"{kind}.json"]), registry=registry)


def refusals_of(kind: str, text: str, lists: str) -> list[str]:
    """What an editor would mark: path and message."""
    errors = list(validator_of(kind, lists).iter_errors(as_editors_read(text)))
    for error in errors:
        errors += error.context or ()  # grows while it is read: alternatives stand inside alternatives
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.schema.get('errorMessage', one.message)}" for one in errors]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def real() -> tuple[str, set[str]]:
    """The lists of this atlas, and the paths of its files that are faulty for now."""
    atlas, diagnostics = read_atlas(REPOSITORY)
    assert atlas is not None
    return format_lists(atlas), {one.location.path for one in diagnostics if one.severity == "error"}


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    def make(changes: Mapping[str, str | bytes | None] | None = None) -> Path:
        return write_project(tmp_path / "project", changes or {})

    return make


def lists_of(root: Path) -> str:
    atlas, _ = read_atlas(root)
    assert atlas is not None
    return format_lists(atlas)


# --- in step with the code


def test_the_committed_schemas_are_those_of_the_code() -> None:
    assert find_drift(REPOSITORY) == [], "run `scoatlas schema`"


def test_the_editor_settings_know_every_kind() -> None:
    settings = json.loads((REPOSITORY / ".vscode/settings.json").read_text("utf-8"))
    wanted = {f"./{FOLDER}/{name}.json": f"/content/{name}/*.yml" for name in KINDS}
    assert settings["yaml.schemas"] == wanted, "every kind has its line under yaml.schemas in .vscode/settings.json"


def test_what_only_the_atlas_knows_is_not_under_version_control() -> None:
    assert f"/{FOLDER}/{LISTS}" in (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
    assert not any(source in "".join(format_kinds().values()) for source in ("xh-by2024", "states/belarus"))


def test_every_schema_is_one(project: Callable[..., Path]) -> None:
    for text in (*format_kinds().values(), lists_of(project())):
        jsonschema.Draft7Validator.check_schema(json.loads(text))


def test_every_field_is_named_and_described(kind: str) -> None:
    schema = json.loads(format_kinds()[f"{kind}.json"])
    assert list(schema["properties"]) == [field.name for field in outline(KINDS[kind])]
    assert all(found["title"] and found["description"] for found in schema["properties"].values())


def test_every_process_writes_the_same_bytes(project: Callable[..., Path]) -> None:
    root = project()
    written = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "scoatlas", "-C", str(root), "schema"]
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src"), "PYTHONHASHSEED": seed}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        files = sorted((root / FOLDER).iterdir())
        written.add(tuple((file.name, file.read_bytes()) for file in files))
        for file in files:
            file.unlink()
    assert len(written) == 1


# --- true of what is right


def test_the_content_of_the_atlas_is_right(kind: str, real: tuple[str, set[str]]) -> None:
    lists, faulty = real
    refused = {}
    for file in sorted((REPOSITORY / "content" / kind).glob("*.yml")):
        path = file.relative_to(REPOSITORY).as_posix()
        if path not in faulty and (found := refusals_of(kind, file.read_text("utf-8"), lists)):
            refused[path] = found
    assert refused == {}


def test_every_field_filled_in_is_right(kind: str, project: Callable[..., Path]) -> None:
    there = {f"content/{id}.yml": f"name: {{en: {id}}}\n" for id in IDS.values() if id.endswith("/there")}
    text = "\n".join(filled(wholly_uncommented(block), kind) for block in blocks_of(kind)[1:])
    assert refusals_of(kind, text, lists_of(project(there))) == []


TEXTS: list[tuple[str, Any, Form, st.SearchStrategy[str]]] = [
    ("line", Line, forms.LINE, st.text()),
    ("label", Label, forms.LABEL, st.text("a[@{ \n<é中")),
    ("prose", Prose, forms.PROSE, st.text("a< !/\n\t中")),
    ("date", Date, forms.DATE, st.from_regex(r"[0-9]{4}(-[0-3][0-9]){0,2}[~?%]?", fullmatch=True)),
    ("dates", Dates, forms.DATES, st.from_regex(r"200[0-9](-[01][0-9])?(/200[0-9](-[01][0-9])?)?", fullmatch=True)),
    ("amount", Amount, quantity().form, st.from_regex(r"[<>]?[0-9]{1,3}([.-][0-9]{1,3})?~? [%a-zé]{1,9}")),
]


@pytest.mark.parametrize("name", [name for name, *_ in TEXTS])
@given(data=st.data())
def test_a_pattern_admits_what_the_type_admits(name: str, data: st.DataObject) -> None:
    _, type_, form, texts = next(row for row in TEXTS if row[0] == name)
    text = data.draw(texts)
    try:
        TypeAdapter(type_).validate_python(text)
    except ValidationError:
        return
    assert re.search(form.pattern, text)


@pytest.mark.parametrize(
    ("right", "also_right"),
    [
        ("cite: [li-2010]", 'cite: ["li-2010, p. 4"]'),
        ("cite: [li-2010]", "cite: li-2010"),
        ("cite: [li-2010]", "cite: [li-2010], note: 5"),
        ("value: Beijing", "value: 25"),
        ("value: Beijing", "value: true"),
        ("2001-06-15", "2001"),
        ("2001-06-15", "2001-06~"),
        ("capital: {", "iso3166: NO\ncapital: {"),
        ("capital: {", "expected: true\ncapital: {"),
        ("{value: Beijing, cite: [li-2010]}", "[{value: Beijing, cite: [li-2010]}]"),
    ],
)
def test_what_an_editor_takes_for_a_number_may_be_text(
    right: str, also_right: str, project: Callable[..., Path]
) -> None:
    text = CHINA.replace(right, also_right, 1)
    assert text != CHINA
    assert refusals_of("states", text, lists_of(project())) == []


# --- false of what is wrong


@pytest.mark.parametrize(
    ("right", "wrong", "refusal"),
    [
        ("capital:", "capitol:", ": Additional properties are not allowed ('capitol' was unexpected)"),
        ("since:", "sinse:", "status/0: Additional properties are not allowed ('sinse' was unexpected)"),
        ("name: {en: China, ru: Китай, zh: 中国}\n", "", ": 'name' is a required property"),
        ("en: China, ", "", "name: 'en' is a required property"),
        ("zh: 中国", "de: China", "name: Additional properties are not allowed ('de' was unexpected)"),
        (", cite: [li-2010]", "", "capital: 'cite' is a required property"),
        ("value: Beijing, ", "", "capital: 'value' is a required property"),
        ("{value: Beijing, cite: [li-2010]}", "Beijing", "capital: 'Beijing' is not of type 'object'"),
        ("value: Beijing", "value: Bei<b>jing", "capital/value: write a line of text"),
        ("{value: Beijing, cite: [li-2010]}", "\n  value:\n  cite: [li-2010]", "capital/value: write a line of text"),
        ("cite: [li-2010]", "cite: []", "capital/cite: "),
        ("cite: [li-2010]", "cite: [li-2011]", "capital/cite/0: no source has this key: see references.bib"),
        ("cite: [li-2010]", 'cite: ["li-2011, p. 4"]', "capital/cite/0: no source has this key: see references.bib"),
        ("cite: [li-2010]", "cite: [li-2010, p. 4]", "capital/cite/1: no source has this key: see references.bib"),
        ("summits/shanghai-2001", "summits/shanghia-2001", "status/0/summit: there is no such summit; begin its file"),
        ("summits/shanghai-2001", "states/china", "status/0/summit: there is no such summit; begin its file"),
        ("value: member", "value: membre", "status/0/value: the words are in atlas.yml"),
        ("2001-06-15", "2001-15-06", "status/0/since: write a date"),
        ("2001-06-15", "20010615", "status/0/since: write a date"),
        ("capital: {", "iso3166: chn\ncapital: {", "iso3166: write the two capital letters"),
        ("capital: {", "expected: yes\ncapital: {", "expected: write true or false"),
        ("capital: {", "aliases: []\ncapital: {", "aliases: "),
        ("cite: [li-2010]", "cite: [li-2010], rank: prefered", "capital/rank: write one of preferred, normal"),
        ("capital: {", "gaps: [{field: capitol, note: none}]\ncapital: {", "gaps/0/field: no field of States"),
        ("capital: {", "events: [{value: aplied, cite: li-2010}]\ncapital: {", "events/0/value: write one of shanghai"),
    ],
)
def test_what_is_wrong_is_marked_at_its_place(
    right: str, wrong: str, refusal: str, project: Callable[..., Path]
) -> None:
    text = CHINA.replace(right, wrong, 1)
    assert text != CHINA
    found = refusals_of("states", text, lists_of(project()))
    assert any(one.startswith(refusal) for one in found), found


def test_a_quantity_without_its_unit_is_marked_where_one_is_wanted(project: Callable[..., Path]) -> None:
    lists = lists_of(project())
    assert refusals_of("organisations", "name: {en: A}\nsize: {value: 10, cite: li-2010}\n", lists) == []
    figures = "name: {en: A}\nfigures: {value: 10, measure: Area, cite: li-2010}\n"
    found = refusals_of("concepts", figures, lists)
    assert any(one.startswith("figures/value: write a number with its unit") for one in found)


def test_a_document_may_have_a_name_and_no_page_but_not_an_unknown_page(project: Callable[..., Path]) -> None:
    lists = lists_of(project({"content/documents/charter.yml": "name: {en: Charter}\n"}))
    text = "{}\ndocuments:\n  - {{value: {}, cite: li-2010}}\n"
    summit = BASE["content/summits/shanghai-2001.yml"]
    for value in ("documents/charter", "A joint statement"):
        assert refusals_of("summits", text.format(summit, value), lists) == []
    found = refusals_of("summits", text.format(summit, "documents/chatrer"), lists)
    assert any(one.startswith("documents/0/value: ") for one in found)


# --- what only the atlas knows


def test_the_lists_hold_ids_and_keys_with_what_they_stand_for(project: Callable[..., Path]) -> None:
    known = json.loads(lists_of(project()))["definitions"]
    assert (known["states"]["enum"], known["states"]["enumDescriptions"]) == (["states/china"], ["China"])
    keys = known["sources"]["anyOf"][0]
    assert keys["enum"] == ["declaration-2001", "li-2010"]
    assert keys["enumDescriptions"] == ["Declaration on the establishment", "A history"]
    assert known["statuses"]["enum"] == ["member", "observer"]


def test_what_is_broken_may_still_be_referred_to(project: Callable[..., Path]) -> None:
    known = json.loads(lists_of(project({"content/states/iran.yml": "capital:\n"})))["definitions"]
    assert known["states"]["enum"] == ["states/china", "states/iran"]


def test_while_the_bibliography_cannot_be_read_no_key_is_called_unknown(project: Callable[..., Path]) -> None:
    lists = lists_of(project({"references.bib": b"\xff"}))
    assert refusals_of("states", CHINA, lists) == []


# --- the command


def test_the_command_writes_what_has_changed(project: Callable[..., Path]) -> None:
    root = project()
    result = run("schema", root=root)
    assert result.exit_code == 0
    files = {file.name for file in (root / FOLDER).iterdir()}
    assert files == {LISTS, *(f"{name}.json" for name in KINDS)}
    assert run("schema", root=root).stdout == f"nothing has changed in {FOLDER}\n"
    write_project(root, {"content/states/laos.yml": "name: {en: Laos}\n"})
    assert run("schema", root=root).stdout == f"wrote {LISTS} into {FOLDER}\n"
    assert run("check", root=root).exit_code == 0


def test_the_lists_can_be_written_alone(project: Callable[..., Path]) -> None:
    root = project()
    assert run("schema", "--lists", root=root).exit_code == 0
    assert [file.name for file in (root / FOLDER).iterdir()] == [LISTS]


def test_drift_ends_with_1_and_says_what_to_do(project: Callable[..., Path]) -> None:
    root = project()
    assert run("schema", "--check", root=root).exit_code == 1
    assert not (root / FOLDER).exists()
    run("schema", root=root)
    (root / FOLDER / LISTS).unlink()
    assert run("schema", "--check", root=root).exit_code == 0
    (root / FOLDER / "states.json").write_text("{}")
    (root / FOLDER / "rivers.json").write_text("{}")
    result = run("schema", "--check", root=root)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{FOLDER}/rivers.json belongs to no kind: delete it",
        f"{FOLDER}/states.json is not what the code says: run `scoatlas schema`",
    ]


def test_comparing_and_writing_at_once_is_wrong_use(project: Callable[..., Path]) -> None:
    assert run("schema", "--check", "--lists", root=project()).exit_code == 2


def test_no_link_is_followed(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    (tmp_path / "elsewhere").mkdir()
    (root / FOLDER).symlink_to(tmp_path / "elsewhere")
    assert run("schema", root=root).exit_code == 1
    (root / FOLDER).unlink()
    (root / FOLDER).mkdir()
    (root / FOLDER / LISTS).symlink_to(tmp_path / "elsewhere/lists.json")
    assert run("schema", root=root).exit_code == 0
    assert not (root / FOLDER / LISTS).is_symlink()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_model_that_says_nothing_of_its_form_is_the_programmers_fault() -> None:
    class River(Model):
        length: int

    with pytest.raises(TypeError, match=r"River\.length"):
        outline(River)
