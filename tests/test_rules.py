"""Every rule has its manual page, and the examples of each page do what the page says.

A page is a title, prose, and examples under `## Wrong…` and `## Right…`. An example changes the base project of
projects.py by these files, and by nothing else:

    content/states/iran.yml:             a file's name and a colon, and below it a fenced block with the file's text
    references.bib (added):              the block is added to the file of the base project
    content/states/iran.yml (latin-1):   the block is written in another encoding
    content/states/iran.yml (folder)     no block: a folder of this name

A block marked `text` is what `scoatlas check --format concise` says of the example, without its last line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import BASE, write_project
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic, Rule
from scoatlas.report import format_concise

PAGES = Path(__file__).parent.parent / "src/scoatlas/rules"

Complaints = Callable[[Mapping[str, str | bytes | None]], list[Diagnostic]]

_EXAMPLE = re.compile(r"^## (Wrong|Right)(?:: [^\n]+)?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(\S+)(?: \(([a-z0-9-]+)\))?:\n\n```[a-z]+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FOLDER = re.compile(r"^(\S+) \(folder\)$", re.MULTILINE)
_SAID = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    rule: str
    wrong: bool
    files: Mapping[str, str | bytes]
    folders: tuple[str, ...]
    said: str

    def complaints(self, root: Path) -> list[Diagnostic]:
        write_project(root, self.files)
        for folder in self.folders:
            (root / folder).mkdir(parents=True)
        return list(read_atlas(root)[1])


def read_examples(page: Path) -> list[Example]:
    return [
        Example(
            rule=page.stem,
            wrong=found[1] == "Wrong",
            files={path: _written(path, how, text) for path, how, text in _FILE.findall(found[2])},
            folders=tuple(_FOLDER.findall(found[2])),
            said="".join(_SAID.findall(found[2])),
        )
        for found in _EXAMPLE.finditer(page.read_text("utf-8"))
    ]


def _written(path: str, how: str, text: str) -> str | bytes:
    return BASE[path] + "\n" + text if how == "added" else text.encode(how) if how else text


EXAMPLES = [example for page in sorted(PAGES.glob("*.md")) for example in read_examples(page)]
WRONG = [example for example in EXAMPLES if example.wrong]
RIGHT = [example for example in EXAMPLES if not example.wrong]

each_rule = pytest.mark.parametrize("rule", Rule)
each_wrong_example = pytest.mark.parametrize("example", WRONG, ids=lambda example: example.rule)
each_right_example = pytest.mark.parametrize("example", RIGHT, ids=lambda example: example.rule)


def test_every_page_is_of_a_rule() -> None:
    assert {page.name for page in PAGES.iterdir()} == {f"{rule}.md" for rule in Rule}


@each_rule
def test_a_page_begins_with_its_rule_and_the_fault_in_one_sentence(rule: Rule) -> None:
    title, fault = (PAGES / f"{rule}.md").read_text("utf-8").split("\n\n")[:2]
    assert title == f"# {rule}"
    assert re.fullmatch(r"[A-Z][^.]+\.", fault)
    assert len(fault) <= 80


@each_rule
def test_a_page_speaks_of_sources_not_of_programs(rule: Rule) -> None:
    words = r"pydantic|python\b|\bschema|\bdict|\bstring|tuple|\bparse|\bregex|\bmodel|\bnull\b|boolean|exception"
    prose = re.sub(
        r"^```.*?^```$|^## .+$", "", (PAGES / f"{rule}.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert re.findall(words, prose.replace("@string", ""), re.IGNORECASE) == []


@each_rule
def test_a_page_fits_a_terminal(rule: Rule) -> None:
    page = _SAID.sub("", (PAGES / f"{rule}.md").read_text("utf-8"))
    assert [line for line in page.splitlines() if len(line) > 100] == []


@each_rule
def test_a_page_shows_its_fault_and_the_way_out(rule: Rule) -> None:
    examples = [example for example in EXAMPLES if example.rule == rule]
    assert any(example.wrong for example in examples)
    assert any(not example.wrong for example in examples)
    assert all(f": {rule.severity}[{rule}] " in example.said for example in examples if example.wrong)


@each_rule
def test_no_block_of_a_page_goes_unread(rule: Rule) -> None:
    page = (PAGES / f"{rule}.md").read_text("utf-8")
    examples = [example for example in EXAMPLES if example.rule == rule]
    assert page.count("\n```") == 2 * sum(len(example.files) + bool(example.said) for example in examples)
    assert page.count("\n## ") == len(examples)


@each_wrong_example
def test_a_wrong_example_is_complained_of_word_for_word(example: Example, tmp_path: Path) -> None:
    report = format_concise(example.complaints(tmp_path), tmp_path)
    assert report.splitlines()[:-1] == example.said.splitlines()


@each_wrong_example
def test_one_fault_is_one_complaint(example: Example, tmp_path: Path) -> None:
    assert [found.rule for found in example.complaints(tmp_path)] == [example.rule]


@each_right_example
def test_nothing_is_said_of_a_right_example(example: Example, tmp_path: Path) -> None:
    assert example.complaints(tmp_path) == []


@each_wrong_example
def test_a_complaint_is_in_the_words_of_its_reader(example: Example, tmp_path: Path) -> None:
    for found in example.complaints(tmp_path):
        said = f"{found.message} {found.hint}"
        foreign = r"Input should|[Tt]uple|dictionary|pydantic|NoneType|Traceback|valid string|\bdict\b|\bint\b|None\b"
        assert not re.search(foreign, said.removesuffix(" None"))
        assert re.match("[^A-Z]|HTML ", found.message), found.message
        assert not found.message.endswith((".", "!"))
        assert not (found.hint or "").endswith((".", "!"))
        assert "\n" not in said


def test_a_file_that_is_right_stays_right_under_a_fault_of_another(complaints: Complaints) -> None:
    found = complaints({"content/states/belarus.yml": "name: {en: Belarus}\ncapital: Minsk\n"})
    assert {complaint.location.path for complaint in found} == {"content/states/belarus.yml"}
