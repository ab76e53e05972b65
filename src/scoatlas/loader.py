"""A folder as an atlas: finds the files that may be there, reads each, complains of the rest, links what was read."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scoatlas import settings
from scoatlas.atlas import Atlas, Page, Record, Text
from scoatlas.bibliography import read_bibliography
from scoatlas.decode import decode
from scoatlas.diagnostics import Diagnostics, Location, Rule, did_you_mean
from scoatlas.document import read_document
from scoatlas.kinds import KINDS
from scoatlas.linking import link_atlas, link_page, link_record
from scoatlas.model import MAX_SLUG, SLUG
from scoatlas.outline import with_article
from scoatlas.text import read_text

CONTENT = "content"
PAGES = "about"
MAX_PAGE_BYTES = 200_000

# Names that the indexes have taken, or an operating system.
RESERVED = frozenset(
    ["index", "con", "prn", "aux", "nul"] + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


@dataclass
class _Found:
    """The files of `content/`, by id; both entity and essay have the id of their path."""

    entities: dict[str, Path] = field(default_factory=dict)
    essays: dict[str, Path] = field(default_factory=dict)
    pages: dict[str, Path] = field(default_factory=dict)


def load(root: Path, diagnostics: Diagnostics) -> Atlas | None:
    """The atlas of a project folder; None where atlas.yml cannot be read. All faults are reported, none is raised."""
    with _collector_at_rest():
        read = settings.read_settings(root, diagnostics)
        bibliography = read_bibliography(root, diagnostics)
        found = _find_files(root / CONTENT, diagnostics)
        records = [record for id in found.entities if (record := _load_record(id, found, diagnostics))]
        pages = [page for id in found.pages if (page := _load_page(id, found.pages[id], diagnostics))]
        if read is None:
            return None
        return link_atlas(
            read[0],
            records,
            pages,
            bibliography.sources,
            known=frozenset(found.entities),
            known_sources=bibliography.known,
            whole=len(records) == len(found.entities) and len(pages) == len(found.pages),
            settings_document=read[1],
        )


def missing_parts(root: Path) -> list[str]:
    """What a folder needs to be a project at all, and has not; what else is missing is a diagnostic."""
    return [name for name in (settings.FILE, CONTENT) if not os.path.lexists(root / name)]


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    # Nothing made while loading is garbage; looking for it takes a quarter of the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load_record(id: str, found: _Found, diagnostics: Diagnostics) -> Record | None:
    kind = KINDS[id.partition("/")[0]]
    path = f"{CONTENT}/{id}.yml"
    document = read_document(found.entities[id], path, diagnostics)
    essay = _load_text(id, found.essays[id], diagnostics) if id in found.essays else None
    entity = decode(kind, document, with_article(kind.label), diagnostics) if document else None
    return link_record(id, entity, document, essay) if entity and document else None


def _load_page(id: str, file: Path, diagnostics: Diagnostics) -> Page | None:
    text = _load_text(id, file, diagnostics)
    if text is None:
        return None
    title = re.match(r"# +(\S.*)\n", text.text + "\n")
    if not title:
        diagnostics.report(Rule.MISSING_FIELD, Location(text.path), "the page has no title", "begin with `# Title`")
        return None
    if bad := re.search("[<>`*_\\[\\]{}]", title[1]):
        location = text.locate(title.start(1) + bad.start())
        diagnostics.report(Rule.UNSAFE_TEXT, location, f"'{bad[0]}' stands in a name or title", "delete it")
        return None
    return link_page(id, Text(text.path, text.text, title[1].strip()))


def _load_text(id: str, file: Path, diagnostics: Diagnostics) -> Text | None:
    path = f"{CONTENT}/{id}.md"
    text = read_text(file, path, diagnostics, max_bytes=MAX_PAGE_BYTES)
    if text is None:
        return None
    if text.startswith("---\n"):
        message = "the page begins with front matter ('---')"
        diagnostics.report(Rule.INVALID_VALUE, Location(path), message, "delete it; facts go into the YAML file")
        return None
    return Text(path, text)


# --- the allow-list of files -----------------------------------------------------------------------------------------


def _find_files(content: Path, diagnostics: Diagnostics) -> _Found:
    found = _Found()
    if content.is_symlink():
        diagnostics.report(
            Rule.UNREADABLE_FILE, Location(CONTENT), "this is a symbolic link", "put the folder itself here"
        )
        return found
    for entry in _entries(content, CONTENT, diagnostics):
        path = f"{CONTENT}/{_shown(entry.name)}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name in KINDS:
                _find_entities(entry, found, diagnostics)
            elif entry.name == PAGES:
                _find_pages(entry, found, diagnostics)
            elif not entry.name.startswith("."):
                hint = did_you_mean(entry.name, KINDS) or f"kinds: {', '.join(KINDS)}"
                diagnostics.report(Rule.UNKNOWN_KIND, Location(path), f"there is no kind '{_shown(entry.name)}'", hint)
        elif entry.name == "index.md":
            found.pages["index"] = Path(entry.path)
        else:
            _report_unexpected(entry, path, diagnostics)
    if "index" not in found.pages:
        path = f"{CONTENT}/index.md"
        diagnostics.report(Rule.UNREADABLE_FILE, Location(path), "the home page is missing", "begin it with `# Title`")
    return found


def _find_entities(folder: os.DirEntry[str], found: _Found, diagnostics: Diagnostics) -> None:
    entries = _entries(Path(folder.path), f"{CONTENT}/{folder.name}", diagnostics)
    slugs = {entry.name.removesuffix(".yml") for entry in entries if entry.name.endswith(".yml")}
    for entry in entries:
        path = f"{CONTENT}/{folder.name}/{_shown(entry.name)}"
        slug, _, ending = entry.name.rpartition(".")
        if ending not in ("yml", "md"):
            _report_unexpected(entry, path, diagnostics)
        elif ending == "md" and slug not in slugs and slug not in RESERVED:
            hint = f"add {slug}.yml beside it, or move it to {CONTENT}/{PAGES}/"
            diagnostics.report(Rule.UNEXPECTED_FILE, Location(path), "an essay stands here without its facts", hint)
        elif _is_slug(slug, path, diagnostics, quiet=ending == "md" and slug in slugs):
            (found.entities if ending == "yml" else found.essays)[f"{folder.name}/{slug}"] = Path(entry.path)


def _find_pages(folder: os.DirEntry[str], found: _Found, diagnostics: Diagnostics) -> None:
    for entry in _entries(Path(folder.path), f"{CONTENT}/{folder.name}", diagnostics):
        path = f"{CONTENT}/{folder.name}/{_shown(entry.name)}"
        slug, _, ending = entry.name.rpartition(".")
        if ending != "md":
            _report_unexpected(entry, path, diagnostics)
        elif _is_slug(slug, path, diagnostics):
            found.pages[f"{folder.name}/{slug}"] = Path(entry.path)


def _entries(folder: Path, path: str, diagnostics: Diagnostics) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted by name, so that nothing depends on the disk's order."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        diagnostics.report(Rule.UNREADABLE_FILE, Location(path), f"the folder cannot be read: {reason}")
        return []


def _is_slug(slug: str, path: str, diagnostics: Diagnostics, *, quiet: bool = False) -> bool:
    if SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG and slug not in RESERVED:
        return True
    if not quiet:
        if slug in RESERVED:
            message, hint = f"the name '{slug}' is taken", "choose another name for the file"
        elif len(slug) > MAX_SLUG:
            message, hint = f"the name of the file has more than {MAX_SLUG} letters", "shorten it"
        else:
            message = f"'{_shown(slug)}' is no id"
            hint = "name the file with small letters, digits and single hyphens, as sri-lanka"
        diagnostics.report(Rule.INVALID_ID, Location(path), message, hint)
    return False


def _shown(name: str) -> str:
    """A file's name as it may be printed: what is invisible, or no text at all, as an escape."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "backslashreplace").decode("ascii")
        for character in name
    )


def _report_unexpected(entry: os.DirEntry[str], path: str, diagnostics: Diagnostics) -> None:
    what = "folder" if entry.is_dir(follow_symlinks=False) else "file"
    hint = f"{CONTENT}/ holds <kind>/<slug>.yml, an essay <slug>.md beside it, index.md and {PAGES}/*.md"
    if path.endswith(".yaml"):
        hint = "name it with '.yml' at the end"
    diagnostics.report(Rule.UNEXPECTED_FILE, Location(path), f"this {what} has no place here", hint)
