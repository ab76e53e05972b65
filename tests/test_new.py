"""`scoatlas new`: a skeleton that asks only for what it needs, and in which every field can be put to use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from projects import write_project
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic, Rule, Severity
from scoatlas.forms import Form
from scoatlas.kinds import KINDS
from scoatlas.loader import RESERVED
from scoatlas.model import ENTITIES, Fact, Gap
from scoatlas.outline import outline
from scoatlas.skeleton import WIDTH, format_skeleton, refuse_id
from scoatlas.values import Model
from test_cli import run

STATUSES = {"member": "member", "observer": "observer"}

EXAMPLES = {
    "a line of text": "Tashkent",
    "a name": "A name of its own",
    "plain text": "What was agreed [[states/china]]",
    "a number of members": "10",
    "an id, or a name": "A treaty without a page",
    "a status": "observer",
    "a check": 'count("member") is 1',
    "a name in small letters": "first-claim",
    "the two capital letters of ISO 3166": "KZ",
    "the key of a source in references.bib, and where in it": "li-2010",
}
"""What a text of a form may be, where the form's own example will not do."""

IDS = {kind: f"{kind}/there" for kind in KINDS} | {"states": "states/china", "summits": "summits/shanghai-2001"}
IDS[ENTITIES] = "states/china"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def complaints(root: Path) -> list[Diagnostic]:
    return list(read_atlas(root)[1])


# --- what a new file asks for


def test_a_new_file_lacks_what_must_be_filled_in_and_nothing_else(kind: str, project: Path) -> None:
    assert run("new", kind, "of-the-test", root=project).exit_code == 0
    lines = (project / "content" / kind / "of-the-test.yml").read_text("utf-8").splitlines()
    open_lines = [
        number
        for number, line in enumerate(lines, 1)
        if re.fullmatch(r"\s+(- )?[a-z_]+:|.*: \[\]", line) and "#" not in line
    ]
    found = complaints(project)
    assert [(one.location.path, one.location.line) for one in found] == [
        (f"content/{kind}/of-the-test.yml", number) for number in open_lines
    ]
    assert all(one.hint and one.hint.startswith("fill it in") for one in found)


def test_a_new_file_is_of_text_that_a_terminal_shows(kind: str) -> None:
    text = format_skeleton(kind, "of-the-test", STATUSES)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert text.endswith("\n")
    assert not re.search(r"[ \t]$|\n\n\n", text, re.MULTILINE)


def test_a_new_file_shows_every_field_of_its_kind_once(kind: str) -> None:
    shown = re.findall(r"^(?:# )?([a-z0-9_]+):(?: |$)", format_skeleton(kind, "of-the-test", STATUSES), re.MULTILINE)
    names = [field.name for field in outline(KINDS[kind])]
    assert shown == [*(n for n in names if n not in ("expected", "gaps")), "expected", "gaps"]


def test_a_new_file_names_the_words_of_closed_lists_and_those_of_atlas_yml() -> None:
    text = re.sub(r"\n## ", " ", format_skeleton("states", "iran", STATUSES))
    assert "One of member, observer." in text
    for field in outline(KINDS["states"]):
        if isinstance(field.holds, type) and issubclass(field.holds, Fact):
            value = next(inner for inner in outline(field.holds) if inner.name == "value").holds
            assert all(word in text for word in (value.words if isinstance(value, Form) else ()))


# --- every field can be put to use


def blocks_of(kind: str) -> list[str]:
    return format_skeleton(kind, "of-the-test", STATUSES).rstrip("\n").split("\n\n")


def uncommented(text: str) -> str:
    """The text as editors leave it when a comment is undone: one `#` and one space less in each line."""
    return re.sub(r"^( *)# ?", r"\1", text, flags=re.MULTILINE)


def wholly_uncommented(block: str) -> str:
    """A block with every field in it put to use."""
    outer = uncommented(block) if block.startswith("## ") else block
    return re.sub("^( +)# (?=[a-z_]+:)", r"\1", outer, flags=re.MULTILINE)


def filled(block: str, kind: str) -> str:
    """A block without values, with values; comments stay."""
    inside: list[tuple[int, type[Model]]] = [(-1, KINDS[kind])]
    lines = []
    for line in block.splitlines():
        if found := re.fullmatch(r"(\s*(?:- )?)([a-z0-9_]+):( \[\])?", line):
            indent = len(found[1])
            while inside[-1][0] >= indent:
                inside.pop()
            field = next(field for field in outline(inside[-1][1]) if field.name == found[2])
            if isinstance(field.holds, Form):
                example = "aliases" if inside[-1][1] is Gap else example_of(field.holds)
                line = f"{found[1]}{found[2]}: {f'[{example}]' if found[3] else example}"
            else:
                inside.append((indent, field.holds))
        lines.append(line)
    return "\n".join(lines)


def example_of(form: Form) -> str:
    if form.words:
        return next(iter(form.words))
    ids = [IDS[name] for name in form.lists if name in IDS]
    return ids[0] if ids and not form.pattern else EXAMPLES.get(form.what, form.example)


def optional_lines() -> list[tuple[str, int, int | None]]:
    """(kind, number of a block, line inside it or None): all that can be uncommented alone."""
    found: list[tuple[str, int, int | None]] = []
    for kind in KINDS:
        for number, block in enumerate(blocks_of(kind)):
            if block.startswith("## "):
                found.append((kind, number, None))
            lines = enumerate(block.splitlines())
            found += [(kind, number, place) for place, line in lines if re.match("(?:#  )? +# [a-z0-9_]+:", line)]
    return found


@pytest.mark.parametrize(("kind", "number", "inner"), optional_lines())
def test_what_is_uncommented_and_filled_in_is_right(kind: str, number: int, inner: int | None, project: Path) -> None:
    head, *blocks = blocks_of(kind)
    lines = blocks[number - 1].splitlines()
    if lines[0].startswith("## "):
        lines = [uncommented(line) for line in lines]
    if inner is not None:
        lines[inner] = uncommented(lines[inner])
    blocks[number - 1] = "\n".join(lines)
    text = "\n\n".join([head, *(filled(block, kind) for block in blocks)]) + "\n"
    there = {f"content/{id}.yml": f"name: {{en: {id}}}\n" for id in IDS.values() if id.endswith("/there")}
    there["content/reviews/there.yml"] += "reviewed: li-2010\n"
    assert re.search("^[a-z0-9_]+:", blocks[number - 1], re.MULTILINE)
    write_project(project, {**there, f"content/{kind}/of-the-test.yml": text})
    # A claim whose `cite` and `check` are still commented out has no evidence, and that is said.
    expected = {Rule.CLAIM_WITHOUT_EVIDENCE} if kind == "reviews" else set()
    found = [one for one in complaints(project) if one.severity is Severity.ERROR and one.rule not in expected]
    assert found == [], text


# --- what is refused


@pytest.mark.parametrize(
    ("kind", "slug", "message"),
    [
        ("state", "iran", "there is no kind 'state'; did you mean 'states'?"),
        ("rocks", "iran", "there is no kind 'rocks'; kinds: states, summits"),
        ("../states", "iran", "there is no kind '../states'"),
        ("states", "Sri Lanka", "'Sri Lanka' is no name of a file: small letters, digits and single hyphens; write"),
        ("states", "Côte d'Ivoire", "write 'cote-divoire'"),
        ("states", "../iran", "write 'iran'"),
        ("states", "иран", "as sri-lanka or ufa-2015"),
        ("states", "", "as sri-lanka or ufa-2015"),
        ("states", "a" * 65, f"the name has more than 64 letters; shorten it, write '{'a' * 64}'"),
        ("states", "con", "the name 'con' is taken; choose another"),
        ("states", "index", "the name 'index' is taken; choose another"),
    ],
)  # fmt: skip
def test_wrong_use_ends_with_2_and_says_what_would_do(kind: str, slug: str, message: str, project: Path) -> None:
    before = sorted(project.rglob("*"))
    result = run("new", "--", kind, slug, root=project)
    assert result.exit_code == 2
    assert message in result.stderr
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("slug", ["Sri Lanka", "A" * 99, "İstanbul 2020", "a--b", "-a-", "x" * 60 + " y" * 20])
def test_the_name_that_is_proposed_would_do(slug: str) -> None:
    proposed = re.search("write '([^']+)'", refuse_id("states", slug) or "")
    assert proposed
    assert refuse_id("states", proposed[1]) is None


def test_reserved_names_are_refused_for_every_kind(kind: str) -> None:
    assert all(refuse_id(kind, name) for name in RESERVED)


def test_a_file_that_is_there_stays_as_it_is(project: Path) -> None:
    file = project / "content/states/china.yml"
    before = file.read_bytes()
    result = run("new", "states", "china", root=project)
    assert result.exit_code == 1
    assert "is there already, and was left as it is" in result.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize("target", ["outside.yml", "content/states/china.yml"])
def test_no_link_is_followed_to_a_file(target: str, project: Path) -> None:
    link = project / "content/states/iran.yml"
    link.symlink_to(project / target)
    assert run("new", "states", "iran", root=project).exit_code == 1
    assert link.is_symlink()
    assert not (project / "outside.yml").exists()


def test_no_link_is_followed_to_a_folder(project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / "content/documents").symlink_to(project / "elsewhere")
    result = run("new", "documents", "charter", root=project)
    assert result.exit_code == 1
    assert "symbolic link" in result.stderr
    assert not list((project / "elsewhere").iterdir())


def test_the_folder_of_a_kind_is_made_where_there_is_none(project: Path) -> None:
    assert run("new", "documents", "charter-2002", root=project).exit_code == 0
    assert (project / "content/documents/charter-2002.yml").is_file()


def test_without_a_readable_atlas_yml_nothing_is_written(project: Path, tmp_path: Path) -> None:
    (project / "atlas.yml").write_text("title: T\n", "utf-8")
    assert run("new", "states", "iran", root=project).exit_code == 1
    assert not (project / "content/states/iran.yml").exists()
    assert run("new", "states", "iran", root=tmp_path).exit_code == 2
