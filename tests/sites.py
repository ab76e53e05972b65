"""Built sites for tests: children that build them, a server and a browser that show them, a parser that reads them."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response
from pydantic import BaseModel

from scoatlas.atlas import Atlas, Backlink, Record, SourceUse, Text
from scoatlas.citation import Citation, Locator
from scoatlas.conditions import Check
from scoatlas.diagnostics import Diagnostic, Location, Rule
from scoatlas.document import Document
from scoatlas.kinds import KINDS
from scoatlas.linking import link_page, link_record
from scoatlas.model import Fact, Ref, Term
from scoatlas.values import DateRange, PartialDate, decode_date

REPOSITORY = Path(__file__).parent.parent
PARTS = ("atlas.yml", "mkdocs.yml", "references.bib", "content")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
CHROMIUM_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


# --- builds ----------------------------------------------------------------------------------------------------------


def environment(**changes: str) -> dict[str, str]:
    """That of the tests, in which the code is that of this repository and advertisements are silent."""
    return {**os.environ, **QUIET, "PYTHONPATH": str(REPOSITORY / "src"), **changes}


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """A module of Python as a child, as `run("mkdocs", "build", cwd=project)`."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        env=dict(env or environment()),
        umask=umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )


def build(project: Path, site: Path, *, env: Mapping[str, str] | None = None, umask: int = -1) -> Path:
    """The site of a project without faults, made by `scoatlas build`."""
    done = run("scoatlas", "build", "--strict", "--site", site, cwd=project, env=env, umask=umask)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def copy_project(target: Path) -> Path:
    """The repository's own atlas, copied file by file in the other order than that of the alphabet."""
    for part in PARTS:
        files = [REPOSITORY / part] if (REPOSITORY / part).is_file() else (REPOSITORY / part).rglob("*")
        for file in sorted(files, reverse=True):
            if file.is_file():
                copy = target / file.relative_to(REPOSITORY)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    return target


def made_once(name: str, make: Callable[[Path], object], factory: pytest.TempPathFactory) -> Path:
    """A folder that the first worker of a test run to want it makes, while the others wait for it."""
    own = factory.getbasetemp()
    root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / name).exists():
            with tempfile.TemporaryDirectory(dir=root) as draft:
                make(Path(draft) / name)
                (Path(draft) / name).rename(root / name)
    return root / name


def contents(site: Path) -> dict[str, bytes]:
    """Name to bytes of every file of a site."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


# --- pages -----------------------------------------------------------------------------------------------------------

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """An element of a page, with what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all within, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str = "", *, name: str = "", id: str = "") -> list[Element]:
        """Those within of a tag, a class, an id; each of these where it is given."""
        return [
            element
            for element in self.walk()
            if tag in ("", element.tag) and (not name or name in element.classes) and id in ("", element.id)
        ]

    @functools.cached_property
    def ids(self) -> dict[str, list[Element]]:
        """Those within that have an id; a page is searched once."""
        found: dict[str, list[Element]] = {}
        for element in self.walk():
            if element.id:
                found.setdefault(element.id, []).append(element)
        return found

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text within, white space made single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in reversed(attrs)})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(file: Path) -> Element:
    """A page as a tree; the root has neither tag nor attributes."""
    builder = _Builder()
    builder.feed(file.read_text("utf-8"))
    builder.close()
    return builder.root


# --- servers and browsers --------------------------------------------------------------------------------------------


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a browser that goes on to the next page hangs up in the middle of the last


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address, without a slash at its end, under which a folder is served on this machine."""
    handler = functools.partial(_Silent, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Visit:
    """A tab of the browser that notes what it should not have seen: errors, failed requests, dialogs, other hosts."""

    page: Page
    address: str
    complaints: list[str]

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until it is there with all that it asks for."""
        self.page.goto(f"{self.address}/{path}", wait_until="load")
        return self.page

    def hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(f"console: {said.text}")

    def dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def watch(self, asked: Request) -> None:
        if not asked.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.complaints.append(f"outside: {asked.url}")

    def receive(self, got: Response) -> None:
        if got.status >= 400:
            self.complaints.append(f"{got.status}: {got.url}")

    def miss(self, asked: Request) -> None:
        if asked.failure != "net::ERR_ABORTED":  # what we ourselves broke off by going on
            self.complaints.append(f"{asked.failure}: {asked.url}")


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    *,
    scheme: str = "light",
    width: int = 1280,
    scripts: bool = True,
    policy: bool = True,
) -> Iterator[Visit]:
    """A visit to a served site; the page's own policy of contents holds unless `policy` is false."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        bypass_csp=not policy,
        service_workers="block",
    )
    context.set_default_timeout(20_000)
    try:
        page = context.new_page()
        visit = Visit(page, address, [])
        page.on("console", visit.hear)
        page.on("pageerror", lambda error: visit.complaints.append(f"error: {error}"))
        page.on("dialog", visit.dismiss)
        context.on("request", visit.watch)
        context.on("response", visit.receive)
        context.on("requestfailed", visit.miss)
        yield visit
    finally:
        context.close()


# --- a hostile atlas -------------------------------------------------------------------------------------------------

# Each would set `__xss` to its number, written here as @, if a browser took it for more than text.
PAYLOADS = tuple(
    payload.replace("@", str(number))
    for number, payload in enumerate(
        [
            "<script>__xss=@</script>",
            "<SCRIPT/x>__xss=@</SCRIPT>",
            '"><script>__xss=@</script>',
            "'><script>__xss=@</script>",
            "</title><script>__xss=@</script>",
            "</textarea></style></script><script>__xss=@</script>",
            "--><script>__xss=@</script>",
            "]]><script>__xss=@</script>",
            "<scr<script>ipt>__xss=@</scr</script>ipt>",
            "<script src=data:text/javascript,__xss=@></script>",
            "&lt;script&gt;__xss=@&lt;/script&gt;",
            "&lt;/title&gt;&lt;script&gt;__xss=@&lt;/script&gt;",
            "&amp;lt;script&amp;gt;__xss=@&amp;lt;/script&amp;gt;",
            "&#60;script&#62;__xss=@&#60;/script&#62;",
            "&lt;img src=x onerror=__xss=@&gt;",
            "&amp;lt;img src=x onerror=__xss=@&amp;gt;",
            "<img src=x onerror=__xss=@>",
            '"><img src=x onerror=__xss=@>',
            "<img src=x onerror=__xss=@//",
            '<img """><img src=x onerror=__xss=@>">',
            "<svg onload=__xss=@>",
            '"><svg/onload=__xss=@>',
            "<svg><animate onbegin=__xss=@ attributeName=x dur=1s>",
            "<svg><script>__xss=@</script></svg>",
            "<math><mtext><table><mglyph><style><img src=x onerror=__xss=@>",
            "<body onload=__xss=@>",
            '" autofocus onfocus=__xss=@ x="',
            "' autofocus onfocus=__xss=@ x='",
            "x onmouseover=__xss=@ onfocus=__xss=@ autofocus tabindex=0",
            "<input autofocus onfocus=__xss=@>",
            "<details open ontoggle=__xss=@>x</details>",
            "<video><source onerror=__xss=@></video>",
            "<iframe src=javascript:parent.__xss=@></iframe>",
            "<iframe srcdoc='<script>parent.__xss=@</script>'></iframe>",
            "<object data=javascript:parent.__xss=@></object>",
            "<form action=javascript:__xss=@><button autofocus>x</button></form>",
            "<base href=javascript:__xss=@//>",
            "<meta http-equiv=refresh content='0;url=javascript:__xss=@'>",
            "<link rel=stylesheet href=data:text/css,*{}><style>@import 'javascript:__xss=1'</style>",
            "<!-- x --><!--><img src=x onerror=__xss=@>-->",
            "<?xml version='1.0'?><img src=x onerror=__xss=@>",
            "javascript:__xss=@",
            "<javascript:__xss=@>",
            "<JaVaScRiPt:__xss=@//https://example.org>",
            "[x](javascript:__xss=@)",
            "[x](JaVaScRiPt&#58;__xss=@)",
            "[x](java&Tab;script&colon;__xss=@)",
            "[x](<javascript:__xss=@>)",
            "[x](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX194c3M9MTwvc2NyaXB0Pg==)",
            "[x](vbscript:__xss=@)",
            '[x](https://example.org "\\" autofocus onfocus=__xss=@ x=\\"")',
            "[x]\n\n[x]: javascript:__xss=@",
            "[x][y]\n\n[y]: <java&#115;cript:__xss=@> 'x'",
            "![x](x){onerror=__xss=@}",
            "![x](javascript:__xss=@)",
            "x {: onfocus=__xss=@ autofocus tabindex=0 }",
            "# x {onmouseover=__xss=@ #__search}",
            "`<img src=x onerror=__xss=@>`",
            "```\n<img src=x onerror=__xss=@>\n```",
            "    <img src=x onerror=__xss=@>",
            "{{ cycler.__init__.__globals__.os.popen('id') }}",
            "{% include '/etc/passwd' %}{# x #}",
            "${__xss=@}",
            "][x](javascript:__xss=@)[",
            "\\](javascript:__xss=@)[",
            "[[states/p00|<img src=x onerror=__xss=@>]]",
            "[@s00, p. <img src=x onerror=__xss=@>]",
        ]
    )
)
_DAY = decode_date("2010-05-04")


def hostile_atlas(atlas: Atlas) -> Atlas:
    """An atlas past all checks, in which every text of every kind, page, source and setting holds every payload.

    `states/pNN` and `about/pNN` are named after payload NN; `<kind>/all` has facts with each. What it is made from is
    the base project; its sources are copied, with a payload in each text.
    """
    records = [_hostile_record(kind, f"{kind}/all", payload) for kind, payload in zip(KINDS, PAYLOADS, strict=False)]
    records += [_hostile_record("states", f"states/p{n:02}", name, (name,)) for n, name in enumerate(PAYLOADS)]
    texts = {f"about/p{n:02}": Text(f"content/about/p{n:02}.md", _essay(p), p) for n, p in enumerate(PAYLOADS)}
    texts["index"] = Text("content/index.md", "# Home\n\n" + "\n\n".join(PAYLOADS), PAYLOADS[0])
    status = next(iter(atlas.settings.statuses.values()))
    statuses = {payload: status.model_copy(update={"label": payload, "plural": payload}) for payload in PAYLOADS}
    settings = {"title": PAYLOADS[2], "description": PAYLOADS[3], "statuses": statuses, "founding": Ref("summits/all")}
    model = atlas.sources["li-2010"]
    sources = {f"s{n:02}": replace(_hostile(model, payload), key=f"s{n:02}") for n, payload in enumerate(PAYLOADS)}
    return replace(
        atlas,
        settings=atlas.settings.model_copy(update=settings),
        records={record.id: record for record in records},
        pages={id: link_page(id, text) for id, text in texts.items()},
        sources=sources,
        uses={key: (SourceUse(Citation(key), "states/all", Location("")),) for key in sources},
    )


HOSTILE_SOURCE = """
@article{li-2010,
  author = {PAYLOAD, PAYLOAD and {PAYLOAD}},
  editor = {PAYLOAD, PAYLOAD and {PAYLOAD}},
  title = {PAYLOAD},
  subtitle = {PAYLOAD},
  titleaddon = {PAYLOAD},
  journaltitle = {PAYLOAD},
  booktitle = {PAYLOAD},
  publisher = {PAYLOAD},
  institution = {PAYLOAD},
  location = {PAYLOAD},
  date = {2010},
  volume = {PAYLOAD},
  number = {PAYLOAD},
  pages = {PAYLOAD},
  url = {https://example.org/a},
  urldate = {2026-01-31},
  doi = {10.1234/PAYLOAD},
  isbn = {978-0-00-000000-2},
  langid = {english},
  tier = {scholarship},
  seen = {excerpt},
  note = {PAYLOAD},
}
"""


def _hostile(value: Any, payload: str) -> Any:
    """A value with the payload wherever the word PAYLOAD stood in it."""
    if isinstance(value, str):
        return value.replace("PAYLOAD", payload)
    if isinstance(value, tuple):
        return tuple(_hostile(item, payload) for item in value)
    if isinstance(value, Mapping):
        return {key: _hostile(item, payload) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{known.name: _hostile(getattr(value, known.name), payload) for known in fields(value)})
    return value


def hostile_diagnostics() -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(Location(payload), Rule.UNSAFE_TEXT, payload, payload) for payload in PAYLOADS)


def _essay(payload: str) -> str:
    """A payload wherever Markdown puts text: paragraph, item, quote, cell, code, heading, link, title, reference."""
    line = payload.replace("\n", " ")
    address = line.replace("[", "")  # MkDocs stops at a bracket in an address, which the checks refuse
    return f"""# {line}

{payload}

- {payload}

> {payload}

| {line} | x |
| --- | --- |
| {line} | `{line}` |

x {line} x {line}

## {line}

[{line}](https://example.org "{line}") [x]({address}) [x][r] [[states/all]] [[states/p00|{line}]] [@s00]

{{{{ name("states/all") }}}} {{{{ list("{line}") }}}}

[r]: {address}
"""


def _hostile_record(kind: str, id: str, name: str, payloads: tuple[str, ...] = PAYLOADS) -> Record:
    entity = _filled(KINDS[kind], name, payloads)
    essay = Text(f"content/{id}.md", "\n\n".join(_essay(payload) for payload in payloads))
    record = link_record(id, entity, Document(f"content/{id}.yml"), essay)
    return replace(record, backlinks=tuple(Backlink("states/all", "essay", payload) for payload in payloads))


def _filled(model: type[Any], payload: str, payloads: Iterable[str]) -> Any:
    """A model with the payload in every text; each list of facts or texts has an item for every one of `payloads`."""
    values: dict[str, Any] = {}
    for name, known in model.model_fields.items():
        inner = _unwrapped(known.annotation)
        if get_origin(inner) is tuple:
            item = _unwrapped(get_args(inner)[0])
            values[name] = tuple(_item(item, name, n, text) for n, text in enumerate(payloads))
        else:
            values[name] = _item(inner, name, 0, payload)
    return model.model_construct(**values)


def _item(wanted: Any, name: str, number: int, payload: str) -> Any:
    """A value of the type that a field wants; a type of text that is not known here is a KeyError, to be added."""
    if isinstance(wanted, type) and issubclass(wanted, Fact):
        term = Term("preferred", payload) if number == 0 else Term("deprecated", payload)
        own = {"id": f"{name}-{number}", "rank": term, "confidence": Term(payload, payload), "until": None}
        held = {"rank": Term("normal", payload)} if name == "status" else {}
        cite = (Citation(f"s{number:02}", Locator("page", payload)),)
        made = _filled(wanted, payload, (payload,)).model_copy(update=own | held | {"cite": cite, "attested": (_DAY,)})
        return made.model_copy(
            update={"value": _item(_unwrapped(wanted.model_fields["value"].annotation), name, number, payload)}
        )
    if isinstance(wanted, type) and issubclass(wanted, BaseModel):
        return _filled(wanted, payload, (payload,))
    known: dict[Any, Any] = {
        str: payload,
        bool: False,
        int: 1,
        Ref: Ref("states/all"),
        Term: Term(payload, "" if name == "status" else payload),
        PartialDate: _DAY,
        DateRange: DateRange(_DAY, _DAY),
        Citation: Citation("s00"),
        Check: Check(payload, ()),
    }
    return known[wanted]


def _unwrapped(annotation: Any) -> Any:
    """The type within `Annotated[…]` and `… | None`."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _unwrapped(next(choice for choice in get_args(annotation) if choice is not NoneType))
    return annotation
