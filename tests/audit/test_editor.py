"""What a contributor's editor offers and marks: yaml-language-server, asked as an editor asks it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from projects import BASE, write_project
from test_cli import run

REPOSITORY = Path(__file__).parents[2]
SERVER = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"
CHINA = BASE["content/states/china.yml"]
MARKED = "textDocument/publishDiagnostics"


class Editor:
    """A folder opened in an editor: requests go to the server one at a time, and its questions are answered."""

    def __init__(self, root: Path) -> None:
        node = shutil.which("node")
        if node is None or not SERVER.exists():
            pytest.fail(
                "no Node, or nothing in tests/audit/node_modules: run `make audit`, which needs Node 20 or newer"
            )
        self.root = root
        self.settings = settings_of(root)
        self.asked = self.opened = 0
        self.server = subprocess.Popen([node, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        folder = {"uri": root.as_uri(), "name": root.name}
        able = {"workspace": {"configuration": True, "workspaceFolders": True}}
        begin = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder], "capabilities": able}
        self.ask("initialize", begin)
        self.send({"method": "initialized", "params": {}})

    def close(self) -> None:
        self.server.kill()
        self.server.communicate()

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message; what it asks of us is answered."""
        assert self.server.stdout
        length = 0
        while header := self.server.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if "id" in message and "method" in message:
            wanted = message["params"].get("items", ()) if message["method"] == "workspace/configuration" else ()
            self.send({"id": message["id"], "result": [self.settings.get(item["section"]) for item in wanted] or None})
        return message

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def open(self, kind: str, text: str) -> str:
        """Open one more file of a kind, with a text; its address."""
        self.opened += 1
        uri = (self.root / f"content/{kind}/test-{self.opened}.yml").as_uri()
        file = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": file}})
        return uri

    def marks(self, kind: str, text: str) -> list[tuple[int, str]]:
        """(line from 1, message) of all that is marked in a text."""
        return self.marks_of(self.open(kind, text))

    def marks_of(self, uri: str) -> list[tuple[int, str]]:
        """What the server says of a file that was opened, as soon as it has read the schemas."""
        while True:
            message = self.receive()
            if message.get("method") == MARKED and message["params"]["uri"] == uri:
                found = message["params"]["diagnostics"]
                return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def offers(self, kind: str, text: str) -> dict[str, str]:
        """What is offered where `|` stands, and what is said of each; nobody types before the marks are there."""
        before, _, behind = text.partition("|")
        uri = self.open(kind, before + behind)
        self.marks_of(uri)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        offered = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
        return {item["label"]: str(item.get("documentation", "")) for item in offered["items"]}


def settings_of(root: Path) -> dict[str, Any]:
    """The editor's settings in a folder, as the server asks for them: `yaml.schemas` is `schemas` inside `yaml`."""
    nested: dict[str, Any] = {}
    for name, value in json.loads((root / ".vscode/settings.json").read_text("utf-8")).items():
        section, _, key = name.partition(".")
        nested.setdefault(section, {})[key] = value
    return nested


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """The base project with our editor settings, its schemas written."""
    root = write_project(
        tmp_path_factory.mktemp("editor") / "project",
        {".vscode/settings.json": (REPOSITORY / ".vscode/settings.json").read_text("utf-8")},
    )
    assert run("schema", root=root).exit_code == 0
    found = Editor(root)
    yield found
    found.close()


def test_nothing_is_marked_in_a_file_that_is_right(editor: Editor) -> None:
    assert editor.marks("states", CHINA) == []
    assert editor.marks("summits", BASE["content/summits/shanghai-2001.yml"]) == []


def test_a_new_file_is_marked_where_it_must_be_filled_in(editor: Editor) -> None:
    assert run("new", "summits", "ufa-2015", root=editor.root).exit_code == 0
    text = (editor.root / "content/summits/ufa-2015.yml").read_text("utf-8")
    marked = [text.splitlines()[line - 1].strip() for line, _ in editor.marks("summits", text)]
    assert marked == ["en:", "value:", "cite: []"]


@pytest.mark.parametrize("typed", ["", "sum", "shang"])
def test_the_id_of_an_entity_is_offered_with_its_name(typed: str, editor: Editor) -> None:
    offered = editor.offers("states", CHINA.replace("summits/shanghai-2001", f"{typed}|"))
    assert offered["summits/shanghai-2001"] == "Summit in Shanghai, 2001"
    assert "states/china" not in offered


@pytest.mark.parametrize("cite", ["cite: [|]", "cite: [li|]", "cite: |"])
def test_the_key_of_a_source_is_offered_with_its_title(cite: str, editor: Editor) -> None:
    offered = editor.offers("states", CHINA.replace("cite: [li-2010]", cite))
    assert offered["li-2010"] == "A history"
    assert offered["declaration-2001"] == "Declaration on the establishment"


def test_fields_and_words_are_offered_with_what_they_mean(editor: Editor) -> None:
    fields = editor.offers("states", "name: {en: C}\n|\n")
    assert fields["iso3166"].startswith("The two capital letters")
    statuses = editor.offers("states", "name: {en: C}\nstatus:\n  - value: |\n")
    assert statuses["observer"] == "observer"
    events = editor.offers("states", "name: {en: C}\nevents:\n  - value: |\n")
    assert events["charter-signed"] == "Signed the Charter"


@pytest.mark.parametrize(
    ("right", "wrong", "marked"),
    [
        ("capital:", "capitol:", (2, "Property capitol is not allowed.")),
        ("since:", "sinse:", (5, "Property sinse is not allowed.")),
        ("shanghai-2001", "shanghia-2001", (6, "there is no such summit; begin its file with `scoatlas new`")),
        ("li-2010", "li-2011", (2, "no source has this key: see references.bib")),
        ("[li-2010]", '["li-2011, p. 4"]', (2, "no source has this key: see references.bib")),
        ("2001-06-15", "15.06.2001", (5, "write a date: 2003, 2003-08 or 2003-08-19; about: 2003~")),
        (", cite: [li-2010]", "", (2, 'Missing property "cite".')),
    ],
)
def test_what_is_wrong_is_marked_on_its_line(right: str, wrong: str, marked: tuple[int, str], editor: Editor) -> None:
    text = CHINA.replace(right, wrong, 1)
    assert text != CHINA
    assert editor.marks("states", text) == [marked]
