"""The MkDocs plugin: the only module that knows MkDocs. It checks first, then hands MkDocs finished pages."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import nh3
from markdown import Extension, Markdown
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from scoatlas import bibliography, settings
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.diagnostics import Diagnostic, Diagnostics
from scoatlas.exports import write_exports
from scoatlas.exports.pictures import write_pictures
from scoatlas.kinds import KINDS
from scoatlas.loader import CONTENT, PAGES
from scoatlas.pages import PICTURES, YEARS, PlannedPage, plan_pages
from scoatlas.render import RenderedPage, essay_markdown, render_colours, render_page
from scoatlas.report import format_full
from scoatlas.views import rows_of

_HERE = Path(__file__).parent

# What an essay's HTML may hold; nh3 drops the rest. Pictures and styles come from facts and theme.
_TAGS = frozenset(
    "a abbr blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr ins li ol p pre q s strong sub sup "
    "table tbody td th thead tr ul".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "abbr": {"title"}} | {tag: {"id"} for tag in _HEADINGS}


class NoOptions(Config):
    """What the plugin may be told in mkdocs.yml: nothing."""


class ScoatlasPlugin(BasePlugin[NoOptions]):
    """Turns the fact files of `docs_dir` into pages. It has no options: atlas.yml says what there is to say."""

    def __init__(self) -> None:
        self.serving = False
        self.atlas: Atlas | None = None
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.pages: list[AtlasPage] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything, while the old site still stands: MkDocs empties it later."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        if Path(config.docs_dir).resolve() != root / CONTENT:
            raise PluginError(f"scoatlas: mkdocs.yml must say `docs_dir: {CONTENT}`")
        if not config.use_directory_urls:
            raise PluginError("scoatlas: the pages link to folders: take `use_directory_urls: false` out of mkdocs.yml")
        config.extra["material_css"] = _stylesheet(config)
        config.theme.dirs.insert(0, str(_HERE / "theme"))
        config.markdown_extensions.append(EscapedHtml())  # type: ignore[arg-type]  # MkDocs types names only
        # MkDocs reloads the browser by an inline script, which the policy forbids elsewhere.
        config.extra["serving"] = self.serving
        config.watch += [str(root / settings.FILE), str(root / bibliography.FILE), str(_HERE)]
        if config.strict:
            # `-q` silences the logger on which MkDocs counts warnings, and a strict build would pass with broken links.
            logging.getLogger("mkdocs").setLevel(min(logging.WARNING, logging.getLogger("mkdocs").level or 30))
        self._read(root, strict=bool(config.strict))
        assert self.atlas is not None
        config.site_name = self.atlas.settings.title
        config.site_description = self.atlas.settings.description
        return config

    def _read(self, root: Path, *, strict: bool) -> None:
        atlas, diagnostics = read_atlas(root)
        self.diagnostics = tuple(diagnostics)
        if self.serving:
            self._log_faults(diagnostics, root)
            self.atlas = atlas or self.atlas
            if self.atlas is None:
                raise PluginError("scoatlas: atlas.yml cannot be read, and there is no earlier state to show")
        elif atlas is None or diagnostics.failed(strict=strict):
            raise PluginError(f"scoatlas: the content has faults\n{format_full(list(diagnostics), root)}")
        else:
            self._log_faults(diagnostics, root)
            self.atlas = atlas
            self.diagnostics = ()

    def _log_faults(self, diagnostics: Diagnostics, root: Path) -> None:
        if len(diagnostics):
            logging.getLogger("mkdocs.plugins.scoatlas").info(format_full(list(diagnostics), root))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put planned pages in the place of everything in `docs_dir`, so that nothing else reaches the site."""
        assert self.atlas is not None
        ours, kept = (str(_HERE / "theme"), None), config.extra["material_css"]
        for file in [file for file in files if file.src_dir not in ours and file.src_uri != kept]:
            files.remove(file)
        colours = render_colours(self.atlas.settings)
        files.append(File.generated(config, "assets/statuses.css", content=colours))
        look = (_HERE / "theme" / "assets" / "scoatlas.css").read_text("utf-8")
        files.append(File.generated(config, "assets/dark.css", content=_dark_rules(look + colours)))
        faulty = {found.location.path for found in self.diagnostics}
        self.pages = []
        for planned in plan_pages(self.atlas):
            if planned.essay and planned.essay.path in faulty:
                planned = replace(planned, essay=None)  # it may hold what MkDocs dies of
            inclusion = InclusionLevel.INCLUDED if planned.in_nav else InclusionLevel.NOT_IN_NAV
            markdown = essay_markdown(planned, self.atlas)
            file = File.generated(config, f"{planned.path}.md", content=markdown, inclusion=inclusion)
            file.edit_uri = planned.edit or None
            files.append(file)
            self.pages.append(AtlasPage(file, config, planned, self.atlas, self.diagnostics))
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Order the sections as the kinds are ordered, name them, and give each entity page its section."""
        sections: dict[str, Section] = {}
        for item in nav.items:
            if isinstance(item, Section) and item.children:
                first = next(child for child in item.children if isinstance(child, AtlasPage))
                folder = first.planned.path.partition("/")[0]
                sections[folder] = item
                item.title = (
                    KINDS[folder].plural if folder in KINDS else {PAGES: "About"}.get(folder, first.planned.title)
                )
        nav.items.sort(key=_place_in_nav)
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, AtlasPage) and not page.planned.in_nav:
                page.parent = sections.get(page.planned.kind)
        self._find_neighbours()
        return nav

    def _find_neighbours(self) -> None:
        """Give each entity page the one before and the one after in the index of its kind, the oldest first."""
        assert self.atlas is not None
        found = {page.planned.path: page for page in self.pages}
        for page in self.pages:
            page.previous_page = page.next_page = None
        for kind, entity in KINDS.items():
            listed = [found[row.record.id] for row in rows_of(kind, self.atlas)]
            if entity.sorted_by != "name":
                listed.reverse()
            self._join(listed)
        self._join([page for page in self.pages if page.planned.year])

    @staticmethod
    def _join(listed: list[AtlasPage]) -> None:
        for earlier, later in pairwise(listed):
            earlier.next_page, later.previous_page = later, earlier

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """The page without the indentation of the templates, a twentieth of its bytes; code keeps its own."""
        return output if "<pre" in output else _INDENTATION.sub("\n", output)

    def on_post_build(self, config: MkDocsConfig) -> None:
        assert self.atlas is not None
        write_exports(self.atlas, Path(config.site_dir) / "data")
        write_pictures(self.atlas, Path(config.site_dir))
        index = Path(config.site_dir) / "search" / "search_index.json"
        index.parent.mkdir(exist_ok=True)
        entries = [_search_entry(page) for page in self.pages if page.rendered]
        index.write_text(json.dumps({"docs": entries}, ensure_ascii=False), encoding="utf-8")


class AtlasPage(Page):
    """A page whose HTML comes from our templates; MkDocs converts only its essay."""

    def __init__(
        self, file: File, config: MkDocsConfig, planned: PlannedPage, atlas: Atlas, diagnostics: tuple[Diagnostic, ...]
    ) -> None:
        super().__init__(planned.title, file, config)
        self.planned = planned
        self.atlas = atlas
        self.diagnostics = diagnostics
        self.rendered: RenderedPage | None = None
        self.update_date = atlas.as_of.isoformat()  # the sitemap's date: not the clock's

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = self.file.content_string
        self.meta = {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        essay, anchors = "", set[str]()
        if self.markdown:
            try:
                super().render(config, files)
            except (ValueError, AssertionError, RecursionError) as error:
                # The checks refuse what is known to end so; this is for what is not known yet.
                path = self.planned.essay.path if self.planned.essay else self.file.src_uri
                raise PluginError(f"scoatlas: {path} cannot be converted by Markdown: {error}") from error
            essay = nh3.clean(
                self.content or "",
                tags=set(_TAGS),
                attributes=_ATTRIBUTES,
                url_schemes={"http", "https"},
                link_rel=None,
            )
            essay = _rename_headings(essay, self.planned)
            essay = essay.replace("<table>", '<table tabindex="0">')  # it scrolls where it is too wide
            anchors = self.present_anchor_ids or set()
        self.rendered = render_page(self.planned, self.atlas, essay, self.diagnostics)
        self.content = self.rendered.html
        self.toc = get_toc(_nested(self.rendered.toc))
        self.present_anchor_ids = anchors | set(self.rendered.anchors)


class EscapedHtml(Extension):
    """Raw HTML in an essay is text: Python-Markdown's own two processors that let it through are taken out."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


_INDENTATION = re.compile(r"(?<!\s)\s*\n\s*")  # looked for once a run of blanks, not from each of them
_HEADING_ID = re.compile(r'(?<=<h[1-6] id=")([^"]+)')
_TAKEN = re.compile(r"page\.title|main|notes|mentioned-by|not-found|field-.*|note-.*|ref-.*|__.*")


def _rename_headings(html: str, planned: PlannedPage) -> str:
    """An essay's heading whose id the page has taken, for a fact, a field, a note or the theme, gets `_1`."""
    taken = {*planned.anchors, *(type(planned.record.entity).model_fields if planned.record else ())}
    return _HEADING_ID.sub(lambda id: f"{id[1]}_1" if id[1] in taken or _TAKEN.fullmatch(id[1]) else id[1], html)


def _search_entry(page: AtlasPage) -> dict[str, Any]:
    """What the search knows of a page: where it is, its title and other names, its kind, and its words."""
    record, text = page.planned.record, page.rendered.text if page.rendered else ""
    entry: dict[str, Any] = {"location": page.url, "title": page.planned.title, "names": [], "kind": ""}
    if record:
        entity = record.entity
        entry["names"] = [*(name for _, name in entity.name.in_order()[1:]), *entity.aliases]
        entry["kind"] = entity.label[:1].upper() + entity.label[1:]
        named = {page.planned.title, *entry["names"]}
        text = " · ".join(words for words in text.split(" · ") if words not in named)
    return entry | {"text": " ".join(text.split())}


def _stylesheet(config: MkDocsConfig) -> str:
    """The address of Material's style sheet, which has a hash in its name: all of Material that reaches the site."""
    name = "assets/stylesheets/main.*.min.css"
    found = [file.relative_to(folder) for folder in map(Path, config.theme.dirs) for file in folder.glob(name)]
    if len(found) != 1:
        raise PluginError(f"scoatlas: Material has {len(found)} style sheets called 'main'; the theme takes one")
    return found[0].as_posix()


def _dark_rules(css: str) -> str:
    """The rules of the dark scheme for a page whose scheme no script can change: one that says it is light."""
    rules = re.findall(r'^\[data-md-color-scheme="slate"\]([^{,]*\{[^}]*\})', css, re.MULTILINE)
    return "".join(f'[data-md-color-scheme="default"]{rule}\n' for rule in rules)


def _nested(toc: tuple[tuple[int, str, str], ...]) -> list[Any]:
    """Headings of levels 1 to 3 as the nested tokens that MkDocs' table of contents takes."""
    tokens: list[Any] = []
    for level, id, name in toc:
        siblings = tokens
        for _ in range(level - 1):
            siblings = siblings[-1]["children"] if siblings else siblings
        siblings.append({"level": level, "id": id, "name": name, "children": []})
    return tokens


def _place_in_nav(item: StructureItem) -> tuple[int, str]:
    """Home first, then the kinds, the sources, what is about the atlas."""
    if isinstance(item, AtlasPage):
        return (0, item.planned.path)
    children = item.children if isinstance(item, Section) else []
    first = next((child for child in children if isinstance(child, AtlasPage)), None)
    folder = first.planned.path.partition("/")[0] if first else ""
    orders = {kind: entity.order for kind, entity in KINDS.items()} | {
        YEARS: 25,
        PICTURES: 850,
        "a-z": 900,
        "sources": 1_000,
        "open-questions": 1_100,
        PAGES: 2_000,
    }
    return (orders.get(folder, 500), folder)
