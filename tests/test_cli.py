"""The command line, from outside: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from projects import BASE, write_project
from scoatlas.cli import main
from scoatlas.diagnostics import Rule
from scoatlas.report import FORMATS

SOURCE = Path(__file__).parent.parent / "src"
CHINA = BASE["content/states/china.yml"]

FAULTY = {"content/states/china.yml": CHINA.replace("2001-06-15", "2001-06-31")}
"""One error."""

ODD = {"content/states/laos.yml": "name: {en: Laos}\n"}
"""One warning: nothing refers to Laos."""

COMMANDS = {
    "check": [],
    "build": [],
    "verify": ["."],
    "show": ["states/china"],
    "why": ["states/china#capital"],
    "as-of": ["2016-06-24"],
    "export": ["out"],
}
"""Commands that read a project, with arguments that are right."""


def run(*arguments: str, root: Path | None = None) -> Result:
    """A command in this process; whatever it raises but an exit is a failure of the test."""
    result = CliRunner().invoke(main, [*(("-C", str(root)) if root else ()), *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def run_alone(
    *arguments: str, cwd: Path, stdout: int = subprocess.PIPE, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "scoatlas", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """The base project with some files changed; the test stands in a folder beside it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return lambda changes=None: write_project(tmp_path / "project", changes or {})


# --- check


def test_nothing_wrong_ends_with_0(project: Callable[..., Path]) -> None:
    result = run("check", root=project())
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no faults found\n", "")


def test_an_error_is_shown_on_its_line_and_ends_with_1(project: Callable[..., Path]) -> None:
    result = run("check", root=project(FAULTY))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "content/states/china.yml:5:12: error[invalid-date] '2001-06-31' is no day of the calendar",
        "  |     since: 2001-06-31",
        "  |            ^",
        "  hint: the month has 30 days",
        "1 error",
    ]


def test_a_warning_is_told_and_ends_with_0(project: Callable[..., Path]) -> None:
    result = run("check", root=project(ODD))
    assert result.exit_code == 0
    assert "warning[orphan]" in result.stdout
    assert result.stdout.endswith("1 warning\n")


def test_strictly_a_warning_ends_with_1(project: Callable[..., Path]) -> None:
    assert run("check", "--strict", root=project(ODD)).exit_code == 1


def test_strictly_nothing_wrong_is_nothing_wrong(project: Callable[..., Path]) -> None:
    assert run("check", "--strict", root=project()).exit_code == 0


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize(("changes", "code"), [({}, 0), (FAULTY, 1), (ODD, 0)])
def test_every_format_ends_alike(style: str, changes: dict[str, str], code: int, project: Callable[..., Path]) -> None:
    result = run("check", "--format", style, root=project(changes))
    assert (result.exit_code, result.stderr) == (code, "")


def test_json_holds_nothing_but_the_list_of_faults(project: Callable[..., Path]) -> None:
    assert json.loads(run("check", "--format", "json", root=project(FAULTY)).stdout) == [
        {
            "rule": "invalid-date",
            "severity": "error",
            "path": "content/states/china.yml",
            "line": 5,
            "column": 12,
            "message": "'2001-06-31' is no day of the calendar",
            "hint": "the month has 30 days",
        }
    ]


def test_of_20_000_faults_people_see_100_and_programs_all(project: Callable[..., Path]) -> None:
    root = project({"content/states/china.yml": "name: {en: China}\naliases:\n" + "  - <\n" * 20_000})
    faults = json.loads(run("check", "--format", "json", root=root).stdout)
    assert [(fault["line"], fault["column"]) for fault in faults] == [(line + 3, 5) for line in range(20_000)]
    for style in ("full", "concise"):
        lines = run("check", "--format", style, root=root).stdout.splitlines()
        assert sum("error[unsafe-text]" in line for line in lines) == 100
        assert lines[-2:] == ["… and 19900 more", "20000 errors"]


# --- what is no atlas


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_content_says_what_is_missing(command: str, project: Callable[..., Path]) -> None:
    root = project()
    shutil.rmtree(root / "content")
    result = run(command, *COMMANDS[command], root=root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{root}' is no atlas: it has no content" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_not_there_is_no_atlas(command: str, tmp_path: Path) -> None:
    result = run(command, *COMMANDS[command], root=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "is no atlas" in result.stderr or "does not exist" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_an_atlas_yml_that_cannot_be_read_ends_with_1_and_says_why(command: str, project: Callable[..., Path]) -> None:
    result = run(command, *COMMANDS[command], root=project({"atlas.yml": "title: x: y\n"}))
    assert result.exit_code == 1
    assert "atlas.yml:1:9: error[invalid-yaml]" in result.output


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        # commands, options, formats that there are not
        (["chekc"], "chekc"),
        (["check", "--strickt"], "--strickt"),
        (["--nothing", "check"], "--nothing"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["as-of", "--format", "yaml", "2016-06-24"], "'yaml' is not one of"),
        # too few words, too many
        (["show"], "Missing argument"),
        (["why"], "Missing argument"),
        (["as-of"], "Missing argument"),
        (["explain"], "Missing argument"),
        (["export"], "Missing argument"),
        (["verify"], "Missing argument"),
        (["check", "states"], "unexpected extra argument"),
        (["show", "states/china", "states/iran"], "unexpected extra argument"),
        (["check", "--format"], "requires an argument"),
        (["-C"], "requires an argument"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], words: str, project: Callable[..., Path]
) -> None:
    project()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_the_bare_command_lists_what_there_is_and_ends_with_2() -> None:
    result = run()
    assert result.exit_code == 2
    assert all(command in result.output for command in COMMANDS)


# --- show and why


def test_show_prints_an_entity_with_its_facts(project: Callable[..., Path]) -> None:
    result = run("show", "states/china", root=project())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "states/china: China · Китай · 中国",
        "  capital",
        "    Beijing [li-2010]",
        "  status",
        "    member; decided at Summit in Shanghai, 2001; since 15 June 2001 [declaration-2001]",
        "  mentioned by: summits/shanghai-2001",
    ]


LAOS = """\
name: {en: Laos}
aliases: [Lao PDR]
iso3166: LA
expected: true
capital:
  - {value: Vientiane, rank: preferred, cite: [li-2010]}
  - {value: Luang Prabang, rank: deprecated, cite: [li-2010]}
status:
  - {value: observer, since: 2010, until: 2012-05, confidence: low, cite: [li-2010]}
events:
  - value: applied
    date: 2009~
    cite:
      - li-2010, pp. 4–7
    note: said to [[states/china|Beijing]]
gaps:
  - {field: official_name, note: "see [[states/china]]"}
"""


def test_show_says_what_qualifies_a_fact(project: Callable[..., Path]) -> None:
    lines = run("show", "states/laos", root=project({"content/states/laos.yml": LAOS})).stdout.splitlines()
    for line in (
        "  also: Lao PDR",
        "  iso3166: LA",
        "  expected",
        "    Vientiane; preferred [li-2010]",
        "    Luang Prabang; held wrong [li-2010]",
        "    observer; since 2010; until May 2012; low confidence [li-2010]",
        "    Applied; about 2009 [li-2010, pp. 4–7]",
        "  not found: official_name – see China",
    ):
        assert line in lines


@pytest.mark.parametrize("command", ["show", "why"])
def test_of_a_fact_its_sources_and_users_are_printed(command: str, project: Callable[..., Path]) -> None:
    result = run(command, "states/china#capital", root=project())
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "states/china#capital",
        "  Beijing [li-2010]",
        "  written at content/states/china.yml:2:10",
        "  sources",
        "    li-2010: Li Wei. “A History.” Journal of Examples, 2010.",
        "      scholarship, read in excerpts",
        "  shown on states/china/",
        "  its entity is mentioned by summits/shanghai-2001",
    ]


def test_the_address_of_a_source_and_the_note_of_a_fact_are_printed(project: Callable[..., Path]) -> None:
    note = {"content/states/china.yml": CHINA + "    note: with [[summits/shanghai-2001]]\n"}
    lines = run("why", "states/china#status-2001-06-15", root=project(note)).stdout.splitlines()
    assert any(line.endswith(" https://example.org/declaration.") for line in lines)
    assert "  note: with Summit in Shanghai, 2001" in lines


@pytest.mark.parametrize(
    ("command", "id", "message"),
    [
        # near misses, and names instead of ids
        ("show", "states/chine", "there is no 'states/chine'; did you mean 'states/china'?"),
        ("show", "china", "there is no 'china'; did you mean 'states/china'?"),
        ("show", "Китай", "there is no 'Китай'; did you mean 'states/china'?"),
        ("show", "中国", "there is no '中国'; did you mean 'states/china'?"),
        ("show", "xyzzy", "there is no 'xyzzy'; ids look like states/belarus"),
        # facts
        (
            "why",
            "states/china#captial",
            "there is no fact 'states/china#captial'; did you mean 'states/china#capital'?",
        ),
        ("why", "states/china", "there is no fact 'states/china'; did you mean 'states/china#capital'?"),
        ("why", "states/iran#capital", "there is no 'states/iran'"),
        ("why", "states/china#zzz", "there is no fact 'states/china#zzz'"),
    ],
)
def test_an_unknown_id_ends_with_2_and_a_hint(
    command: str, id: str, message: str, project: Callable[..., Path]
) -> None:
    result = run(command, id, root=project())
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_an_entity_that_cannot_be_read_is_not_said_to_be_missing(project: Callable[..., Path]) -> None:
    result = run("show", "states/china", root=project({"content/states/china.yml": "name: China\n"}))
    assert result.exit_code == 1
    assert "'states/china' cannot be read: see `scoatlas check`" in result.stderr


def test_what_can_be_read_is_shown_with_a_warning_that_something_is_left_out(project: Callable[..., Path]) -> None:
    result = run("show", "summits/shanghai-2001", root=project(FAULTY))
    assert (result.exit_code, result.stderr) == (
        0,
        "1 error: what they concern may be missing here; see `scoatlas check`\n",
    )


# --- cite


def test_cite_prints_the_reference_of_a_source_in_a_style(project: Callable[..., Path]) -> None:
    result = run("cite", "li-2010", "--style", "apa", root=project())
    assert (result.exit_code, result.stdout) == (0, "Li, W. (2010). A history. Journal of Examples.\n")


def test_cite_lists_the_works_of_an_entity_and_of_a_fact_once_each(project: Callable[..., Path]) -> None:
    root = project()
    of_entity = run("cite", "states/china", root=root).stdout.splitlines()
    assert of_entity
    assert len(set(of_entity)) == len(of_entity)
    of_fact = run("cite", "states/china#capital", root=root).stdout.splitlines()
    assert set(of_fact) <= set(of_entity)


def test_cite_tells_works_of_a_year_apart_and_a_place_below_its_work(project: Callable[..., Path]) -> None:
    more = (
        "@book{li-b, author = {Li, Wei}, title = {Borders}, publisher = {Brill}, date = {2010}, langid = {english}}\n"
    )
    china = BASE["content/states/china.yml"].replace("cite: [li-2010]", 'cite: ["li-2010, p. 4", li-b]', 1)
    changes = {"references.bib": f"{BASE['references.bib']}\n{more}", "content/states/china.yml": china}
    told = run("cite", "states/china", "--style", "harvard", root=project(changes)).stdout
    assert "(2010a)" in told
    assert "(2010b)" in told
    assert "    cited as (Li, 2010b, p. 4)" in told  # Borders comes before A history


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("li-2011", "there is no source 'li-2011'; did you mean 'li-2010'?"),
        ("states/chine", "there is no 'states/chine'; did you mean 'states/china'?"),
        ("states/china#captial", "did you mean 'states/china#capital'?"),
    ],
)
def test_cite_of_what_is_not_there_ends_with_2_and_a_hint(id: str, message: str, project: Callable[..., Path]) -> None:
    result = run("cite", id, root=project())
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


# --- as-of


def test_as_of_prints_who_was_what(project: Callable[..., Path]) -> None:
    result = run("as-of", "2016-06-24", root=project())
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "The organisation on 2016-06-24\n  Members (1): China\n  Observers (0): –\n",
        "",
    )


@pytest.mark.parametrize(("date", "members"), [("2016-06-24", ["states/china"]), ("2001-06-14", [])])
def test_as_of_in_json_is_the_date_and_every_status(
    date: str, members: list[str], project: Callable[..., Path]
) -> None:
    result = run("as-of", date, "--format", "json", root=project())
    assert json.loads(result.stdout) == {"date": date, "status": {"member": members, "observer": []}}


@pytest.mark.parametrize(
    "date",
    ["", "soon", "2016-06", "2016", "2016-06-24~", "2016-06-31", "24.06.2016", "2016-06-24/2016-06-25", "٢٠١٦-٠٦-٢٤"],
)
def test_what_is_no_day_ends_with_2_and_shows_how_to_write_one(date: str, project: Callable[..., Path]) -> None:
    result = run("as-of", date, root=project())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2016-06-24" in result.stderr


# --- explain


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_its_manual_page(rule: Rule) -> None:
    result = run("explain", rule)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"# {rule}\n")
    assert result.stdout.endswith("\n")
    assert not result.stdout.endswith("\n\n")


def test_explain_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("explain", "orphan").exit_code == 0


@pytest.mark.parametrize(
    ("rule", "hint"),
    [("uncited-fakt", "did you mean 'uncited-fact'?"), ("", "rules: unreadable-file"), ("../README", "rules: ")],
)
def test_an_unknown_rule_ends_with_2(rule: str, hint: str) -> None:
    result = run("explain", rule)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in " ".join(result.stderr.split())


# --- export


def test_export_writes_the_data_files_into_a_new_folder(project: Callable[..., Path], tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "new" / "out"), root=project())
    assert result.exit_code == 0
    assert result.stdout.startswith("wrote atlas.json, facts.csv, ")
    found = json.loads((tmp_path / "new" / "out" / "atlas.json").read_text("utf-8"))
    assert [entity["id"] for entity in found["entities"]] == ["states/china", "summits/shanghai-2001"]


def test_export_is_the_same_twice(project: Callable[..., Path]) -> None:
    root = project()
    for folder in ("one", "two"):
        run("export", folder, root=root)
    assert Path("one/atlas.json").read_bytes() == Path("two/atlas.json").read_bytes()


def test_a_folder_that_cannot_be_written_ends_with_1_and_a_sentence(project: Callable[..., Path]) -> None:
    Path("file").touch()
    result = run("export", "file/out", root=project())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "'file/out' cannot be written: not a directory\n"


def test_with_faults_nothing_is_exported(project: Callable[..., Path]) -> None:
    result = run("export", "out", root=project(FAULTY))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[invalid-date]" in result.stderr
    assert not Path("out").exists()


def test_with_warnings_all_is_exported_and_they_are_told(project: Callable[..., Path]) -> None:
    result = run("export", "out", root=project(ODD))
    assert result.exit_code == 0
    assert "warning[orphan]" in result.stderr
    assert Path("out/atlas.json").is_file()


# --- build and verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base project, and its site."""
    root = write_project(tmp_path_factory.mktemp("built"))
    done = run_alone("build", cwd=root)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == f"built {Path('site')}: 2 entities, 2 sources\n".encode()
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A project with its site, to be spoilt."""
    return shutil.copytree(built, tmp_path / "copy") / "site"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_built_site_is_whole(built: Path) -> None:
    result = run("verify", str(built / "site"), root=built)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "the site is whole\n", "")


def test_with_faults_nothing_is_built_and_the_old_site_stays(site: Path) -> None:
    before = contents(site)
    write_project(site.parent, FAULTY)
    result = run("build", root=site.parent)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[invalid-date]" in result.stderr
    assert contents(site) == before


def test_strictly_nothing_is_built_with_a_warning(project: Callable[..., Path]) -> None:
    root = project(ODD)
    result = run("build", "--strict", root=root)
    assert result.exit_code == 1
    assert "warning[orphan]" in result.stderr
    assert not (root / "site").exists()


def test_what_mkdocs_refuses_is_not_built_and_the_old_site_stays(site: Path) -> None:
    before = contents(site)
    (site.parent / "mkdocs.yml").write_text("site_name: x\nnonsense: [\n", "utf-8")
    result = run("build", root=site.parent)
    assert result.exit_code == 1
    assert "MkDocs stopped" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith("the old site was left as it was\n")
    assert contents(site) == before


def test_a_site_that_is_not_whole_is_not_put_in_the_place_of_the_old_one(site: Path) -> None:
    before = contents(site)
    (site.parent / "content" / "states" / "china.md").write_text("To [nowhere](#nowhere).\n", encoding="utf-8")
    result = run("build", root=site.parent)
    assert result.exit_code == 1
    assert "the new site is not whole:\nstates/china/index.html:" in result.stderr
    assert contents(site) == before


@pytest.mark.parametrize("place", ["file", ".", "content"])
def test_a_site_is_not_built_over_what_is_none(place: str, project: Callable[..., Path]) -> None:
    root = project({"file": "x"})
    before = contents(root)
    result = run("build", "--site", str(root / place), root=root)
    assert result.exit_code in (1, 2)
    assert str(root / place) in result.stderr.replace("/.'", "'") or place == "."
    assert contents(root) == before


def _lose_page(site: Path) -> None:
    (site / "states/china/index.html").unlink()


def _lose_anchor(site: Path) -> None:
    page = site / "states/china/index.html"
    page.write_text(page.read_text("utf-8").replace('id="capital"', ""), "utf-8")


def _spoil_page(site: Path) -> None:
    (site / "states/china/index.html").write_bytes(b"\xff\xfe")


def _add_page(site: Path) -> None:
    shutil.copy(site / "index.html", site / "spam.html")


def _lose_data(site: Path) -> None:
    (site / "data/atlas.json").unlink()


def _age_data(site: Path) -> None:
    (site / "data/atlas.json").write_text("{}\n", "utf-8")


def _break_link(site: Path) -> None:
    page = site / "sources/index.html"
    page.write_text(page.read_text("utf-8").replace("../states/china/", "../states/chine/"), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_lose_page, "states/china/index.html: this page is missing"),
        (_lose_anchor, "states/china/index.html: the anchor '#capital' is missing"),
        (_spoil_page, "states/china/index.html: the anchor '#capital' is missing"),
        (_add_page, "spam.html: nobody planned this page"),
        (_lose_data, "data/atlas.json: this file is missing"),
        (_age_data, "data/atlas.json: this file was made from other facts"),
        (_break_link, "'../states/chine/' there is no 'states/chine/index.html'"),
    ],
)
def test_verify_finds_what_is_wrong_with_a_site(spoil: Callable[[Path], None], fault: str, site: Path) -> None:
    spoil(site)
    result = run("verify", str(site), root=site.parent)
    assert (result.exit_code, result.stderr) == (1, "")
    assert fault in result.stdout
    assert re.search(r"^\d+ faults?\n\Z", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("place", ["nowhere", "references.bib", "a" * 10_000, "\udcff", "\n", "references.bib/x"])
def test_what_is_no_folder_cannot_be_verified(place: str, project: Callable[..., Path]) -> None:
    root = project()
    assert run("verify", str(root / place), root=root).exit_code == 2


# --- help


HELPS: list[tuple[str, click.Command]] = [("", main), *main.commands.items()]


@pytest.mark.parametrize(("name", "command"), HELPS)
def test_help_is_plain_english(name: str, command: click.Command) -> None:
    result = run(*([name] if name else []), "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    words = "None|True|False|str|int|bool|dict|tuple|pathlib|pydantic|click|exception|callback|kwargs|module|Python"
    assert not re.search(rf"\b({words})\b", result.stdout)
    assert command.help


@pytest.mark.parametrize(("name", "command"), HELPS)
def test_every_option_says_what_it_does(name: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, (name, option.name)
            assert option.help.endswith(".")


def test_the_version_is_that_of_the_package() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert re.search(r"\d+\.\d+\.\d+", result.stdout)


# --- where and how it is called


def test_the_project_is_the_folder_one_stands_in(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project())
    assert run("check").exit_code == 0


def test_another_project_is_named_with_c(project: Callable[..., Path]) -> None:
    root = project()
    assert run("check").exit_code == 2
    assert run("-C", str(root), "check").exit_code == 0


def test_the_project_may_have_spaces_and_other_letters_in_its_name(tmp_path: Path) -> None:
    root = write_project(tmp_path / "мой atlas")
    assert run_alone("-C", str(root), "check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
def test_letters_are_right_in_the_plainest_locale(locale: dict[str, str], project: Callable[..., Path]) -> None:
    done = run_alone("show", "states/china", cwd=project(), environment=locale)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "states/china: China · Китай · 中国\n" in done.stdout.decode("utf-8")


def test_a_console_that_lacks_letters_gets_the_others(project: Callable[..., Path]) -> None:
    done = run_alone("show", "states/china", cwd=project(), environment={"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"states/china: China \xb7 " in done.stdout


def test_a_reader_who_leaves_early_is_no_fault_worth_a_word(project: Callable[..., Path]) -> None:
    root = project({"content/states/china.yml": "name: {en: China}\naliases:\n" + "  - <\n" * 2_000})
    child = subprocess.Popen(
        [sys.executable, "-m", "scoatlas", "check", "--format", "json"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout
    assert child.stderr
    assert child.stdout.readline() == b"[\n"
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait() == 1


def test_an_output_that_cannot_be_written_ends_with_1_and_a_sentence(project: Callable[..., Path]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_alone("show", "states/china", cwd=project(), stdout=full.fileno())
    assert done.returncode == 1
    assert done.stderr == b"the output cannot be written: no space left on device\n"


# --- silly arguments

SILLY = [
    *("", " ", "-", "--", "---", ".", "..", "/", "~", "#", "##", "states", "states/", "states/china#", "#capital"),
    *("../../etc/passwd", "states/../states/china", "%s", "{0}", "{{ 7 }}", "[[states/china]]", "*", "\\", "'", '"'),
    *(
        "\n",
        "\t",
        "\x1b[31m",
        "\u202e",
        "💥",
        "\udcff",
        "a" * 10_000,
        "-1",
        "0",
        "9999-12-31",
        "0001-01-01",
        "--=",
        "-C",
    ),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize("command", ["show", "why", "as-of", "explain"])
@pytest.mark.parametrize("argument", SILLY, ids=range(len(SILLY)))
def test_no_argument_is_so_silly_that_it_ends_otherwise(
    command: str, argument: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(command, argument, root=base)
    assert result.exit_code in (0, 1, 2)
    assert result.exit_code == 0 or result.output.strip()


@pytest.mark.parametrize(
    "argument", [".", "a" * 10_000, "a/" * 3_000, "\udcff", "\x1b", "/dev/null", "/dev/null/x", "/proc/x"]
)
def test_no_folder_is_so_silly_that_an_export_ends_otherwise(
    argument: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", argument, root=base).exit_code in (0, 1, 2)


@pytest.mark.parametrize("root", ["", " ", "\n", "a" * 10_000, "\udcff", "/dev/null", "/dev/null/x", "/"])
def test_no_project_is_so_silly_that_check_ends_otherwise(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("-C", root, "check").exit_code == 2


@given(command=st.sampled_from(["show", "why", "as-of", "explain"]), argument=st.text())
def test_any_words_end_with_a_code_of_the_contract(command: str, argument: str, base: Path) -> None:
    assert run(command, argument, root=base).exit_code in (0, 2)
