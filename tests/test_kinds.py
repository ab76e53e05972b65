"""A kind is one module: what each class must say of itself, and that a new one needs no other file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from projects import BASE, write_project
from scoatlas.decode import decode
from scoatlas.diagnostics import Diagnostics
from scoatlas.document import decode_document
from scoatlas.kinds import KINDS
from scoatlas.model import Entity, Fact, Holding, Ref

REPOSITORY = Path(__file__).parent.parent

SOURCE = Path(__file__).parent.parent / "src" / "scoatlas"

RIVERS = '''\
"""Rivers."""

from typing import Annotated

from scoatlas.model import Entity, Fact, Many, One, Ref, to
from scoatlas.values import Line


class River(Entity):
    label = "river"
    plural = "Rivers"
    order = 15
    about = "Rivers that cross a border."
    columns = ("mouth",)

    mouth: One[Fact[Line]] = ()
    states: Many[Fact[Annotated[Ref, to("states", inverse="crossed by")]]] = ()
'''

VOLGA = """\
name: {en: Volga, ru: Волга}
mouth: {value: Caspian Sea, cite: [li-2010]}
states:
  - {value: states/china, cite: [li-2010], note: "not so, but [[summits/shanghai-2001]] is"}
"""


# --- every kind


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> type[Entity]:
    return KINDS[request.param]


def test_a_kind_says_what_it_is(kind: type[Entity]) -> None:
    assert re.fullmatch("[a-z][a-z ]+", kind.label)
    assert re.fullmatch("[A-Z][a-z ]+", kind.plural)
    assert kind.order > 0
    assert kind.about.endswith(".")


def test_a_kind_is_explained_to_those_who_write_it(kind: type[Entity]) -> None:
    assert (sys.modules[kind.__module__].__doc__ or "").strip().endswith(".")


def test_the_columns_of_an_index_are_facts_of_the_kind(kind: type[Entity]) -> None:
    assert set(kind.columns) <= set(kind.fact_fields())


def test_an_index_is_sorted_by_the_name_or_one_of_its_columns(kind: type[Entity]) -> None:
    assert kind.sorted_by in ("name", *kind.columns)


def test_every_field_has_a_title_for_readers(kind: type[Entity]) -> None:
    own = kind.model_fields.keys() - Entity.model_fields.keys()
    assert own
    for name in own:
        assert kind.model_fields[name].title, name


def test_every_field_is_written_as_its_key(kind: type[Entity]) -> None:
    for name in kind.model_fields:
        assert re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", name)


def references_of(kind: type[Entity]) -> list[tuple[str, Ref]]:
    """(field, reference) of every reference that a fact of the kind can make."""
    found = []
    for name in kind.fact_fields():
        (fact,) = [part for part in kind.model_fields[name].annotation.__args__ if part is not Ellipsis]  # type: ignore[union-attr]
        assert issubclass(fact, Fact)
        for field in fact.model_fields.values():
            for validator in _validators(field.metadata, field.annotation):
                value = _try(validator)
                if isinstance(value, Ref):
                    found.append((name, value))
    return found


def _validators(metadata: list[object], annotation: object) -> list[object]:
    inside = [
        part for argument in getattr(annotation, "__args__", ()) for part in getattr(argument, "__metadata__", ())
    ]
    return [part.func for part in [*metadata, *inside] if hasattr(part, "func")]


def _try(validator: object) -> object:
    assert callable(validator)
    try:
        return validator("states/china")
    except PydanticCustomError:  # a validator of something else: a date, a word of a list
        return None


def test_every_reference_says_where_it_leads_and_what_that_makes_of_its_target(kind: type[Entity]) -> None:
    for name, reference in references_of(kind):
        assert reference.kinds or name == "related", name
        assert set(reference.kinds) <= set(KINDS), name
        assert reference.inverse not in ("", "mentions this"), name


def test_the_references_of_summits_are_found_by_this_test() -> None:
    found = {(name, reference.inverse) for name, reference in references_of(KINDS["summits"])}
    assert {("host", "hosted"), ("chair", "chaired"), ("guests", "attended as guest")} <= found
    assert {name for name, _ in references_of(KINDS["states"])} == {"status", "events"}


def test_no_two_kinds_have_one_name_or_place() -> None:
    for values in ([kind.label for kind in KINDS.values()], [kind.plural for kind in KINDS.values()]):
        assert len(set(values)) == len(values)
    orders = [kind.order for kind in KINDS.values()]
    assert orders == sorted(set(orders))


def test_a_folder_is_named_as_an_id_and_not_as_a_page() -> None:
    for folder in KINDS:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", folder)
        assert folder not in ("about", "sources", "data", "assets", "search", "index")


def test_the_ways_of_holding_are_explained() -> None:
    assert all(holding.value for holding in Holding)


# --- what every kind is made of


def faults_of(fields: str) -> list[tuple[str, str, str | None]]:
    """(rule, message, hint) of every fault in a state of these fields."""
    diagnostics = Diagnostics()
    document = decode_document(f"name: {{en: Iran}}\n{fields}\n", "f.yml", diagnostics)
    assert document is not None
    decode(KINDS["states"], document, "a state", diagnostics)
    return [(fault.rule.value, fault.message, fault.hint) for fault in diagnostics]


@pytest.mark.parametrize(
    ("summit", "fault"),
    [
        ("summits/ufa-2015", None),
        ("ufa-2015", ("unknown-entity", "'ufa-2015' is not a full id", "write kind and name, as 'summits/ufa-2015'")),
        ("Ufa", ("unknown-entity", "'Ufa' is not a full id", "write kind and name, as 'states/iran'")),
        (
            "summits/Ufa",
            ("invalid-id", "'summits/Ufa' is no id", "ids are small letters, digits and hyphens: states/iran"),
        ),
    ],
)
def test_a_reference_is_a_full_id(summit: str, fault: tuple[str, str, str] | None) -> None:
    fields = f"status: {{value: member, since: 2015, summit: {summit}, cite: k}}"
    assert faults_of(fields) == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        # no source
        (
            "capital: Tehran",
            ("uncited-fact", "'Tehran' stands without a source", "write `{value: Tehran, cite: [KEY]}`"),
        ),
        ("capital: {value: Tehran}", ("uncited-fact", "the fact has no source", "add `cite: [KEY]`")),
        (
            "capital: {value: Tehran, cite: []}",
            ("uncited-fact", "the fact has no source", "fill it in: `cite: [KEY]`"),
        ),
        # nothing at all
        ("capital:", ("invalid-value", "this field is empty", "fill it in, or delete it")),
        ("capital: []", ("invalid-value", "this field is empty", "fill it in, or delete it")),
        ("aliases: []", ("invalid-value", "this field is empty", "fill it in, or delete it")),
        # words of closed lists
        (
            "capital: {value: Tehran, rank: prefered, cite: k}",
            ("invalid-value", "'prefered' is not a word of this list", "did you mean 'preferred'?"),
        ),
        (
            "events: {value: applied, confidence: 90%, cite: k}",
            ("invalid-value", "'90%' is not a word of this list", "one of: high, medium, low"),
        ),
    ],
)
def test_what_is_no_fact_is_one_fault(fields: str, fault: tuple[str, str, str]) -> None:
    assert faults_of(fields) == [fault]


@pytest.mark.parametrize("cite", ["k", "[k]", "[k, l]", "\n    - k, p. 4\n    - l"])
def test_a_fact_cites_one_source_or_several(cite: str) -> None:
    assert faults_of(f"capital:\n  value: Tehran\n  cite: {cite}") == []


@pytest.mark.parametrize("capital", ["{value: Tehran, cite: k}", "[{value: Tehran, cite: k}]"])
def test_one_fact_may_stand_alone_or_in_a_list(capital: str) -> None:
    assert faults_of(f"capital: {capital}") == []


# --- a new kind


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a river in it, and beside it the code with one module more."""
    root = tmp_path_factory.mktemp("rivers")
    shutil.copytree(SOURCE, root / "src" / "scoatlas", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "src" / "scoatlas" / "kinds" / "rivers.py").write_text(RIVERS, "utf-8")
    note = "    note: beside the [[rivers/volga]]\n"
    return write_project(
        root / "project",
        {
            "content/rivers/volga.yml": VOLGA,
            "content/rivers/volga.md": "The Volga is long. See [[states/china]] and [@li-2010, p. 4].\n",
            "content/states/china.yml": BASE["content/states/china.yml"] + note,
            "content/about/rivers.md": '# Of rivers\n\n[[rivers/volga|One]], its {{ value("rivers/volga#mouth") }}.\n',
        },
    )


def run(project: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project.parent / "src")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """The site that MkDocs builds of it."""
    done = run(project, "mkdocs", "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def words(file: Path) -> str:
    """The text of a page's article."""
    text = file.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def test_nothing_is_wrong_with_a_new_kind(project: Path) -> None:
    done = run(project, "scoatlas", "check", "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no faults found\n", "")


def test_what_is_wrong_with_it_is_told_in_its_own_words(project: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(project.parent, tmp_path / "copy") / "project"
    (copy / "content/rivers/volga.yml").write_text(VOLGA.replace("mouth:", "moth:"), "utf-8")
    done = run(copy, "scoatlas", "check", "--format", "json")
    (fault,) = json.loads(done.stdout)
    assert (fault["message"], fault["hint"]) == ("a river has no field 'moth'", "did you mean 'mouth'?")


def test_it_has_an_index_with_its_columns(site: Path) -> None:
    found = words(site / "rivers/index.html")
    assert "Rivers that cross a border." in found
    assert "Volga" in found
    assert "Волга" in found
    assert "Caspian Sea" in found


def test_its_entity_has_a_page_with_facts_essay_and_notes(site: Path) -> None:
    found = words(site / "rivers/volga/index.html")
    assert (
        found.index("River")
        < found.index("Caspian Sea")
        < found.index("The Volga is long.")
        < found.index("“History,” 4.")
    )
    page = (site / "rivers/volga/index.html").read_text("utf-8")
    assert {"mouth", "states-china"} <= set(re.findall(r'\bid="([^"]+)"', page))


def test_its_section_stands_in_the_navigation_at_its_order(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    links = re.findall(r'href="(states|rivers|summits|sources)/"', home)
    assert list(dict.fromkeys(links)) == ["states", "rivers", "summits", "sources"]


def test_its_facts_are_in_the_data(site: Path) -> None:
    found = json.loads((site / "data/atlas.json").read_text("utf-8"))
    (volga,) = [entity for entity in found["entities"] if entity["id"] == "rivers/volga"]
    assert (volga["kind"], volga["url"]) == ("rivers", "rivers/volga/")
    assert [(fact["id"], fact["value"]) for fact in volga["facts"]] == [
        ("rivers/volga#mouth", "Caspian Sea"),
        ("rivers/volga#states-china", "states/china"),
    ]
    assert {"field": "states", "to": "states/china"} in volga["links"]


def test_links_lead_to_it_and_back(site: Path) -> None:
    china = (site / "states/china/index.html").read_text("utf-8")
    assert re.search(r'<a href="\.\./\.\./rivers/volga/">Volga</a>', china)
    assert "Crossed by Volga" in words(site / "states/china/index.html")
    assert "One , its Caspian Sea." in words(site / "about/rivers/index.html").replace(" .", ".")


def test_its_site_is_whole(site: Path) -> None:
    done = run(site.parent, "scoatlas", "verify", "site")
    assert (done.returncode, done.stdout) == (0, "the site is whole\n")


def test_the_kind_that_contributing_prints_works_as_printed(tmp_path: Path) -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    printed = textwrap.dedent(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0])
    code = tmp_path / "src"
    shutil.copytree(REPOSITORY / "src" / "scoatlas", code / "scoatlas")
    (code / "scoatlas" / "kinds" / "rivers.py").write_text(printed, encoding="utf-8")
    river = (
        "name: {en: Amur}\nmouth: {value: Sea of Okhotsk, cite: [li-2010]}\n"
        "riparians: {value: states/china, cite: [li-2010]}\n"
    )
    root = write_project(tmp_path / "project", {"content/rivers/amur.yml": river})
    command = [sys.executable, "-m", "scoatlas", "show", "rivers/amur"]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(code)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Sea of Okhotsk [li-2010]" in done.stdout
