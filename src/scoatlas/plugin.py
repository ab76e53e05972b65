"""The MkDocs plugin: the only module that knows MkDocs. It checks first, then hands MkDocs finished pages."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import nh3
from markdown import Extension, Markdown
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
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
from scoatlas.kinds import KINDS
from scoatlas.loader import CONTENT, PAGES
from scoatlas.pages import PlannedPage, plan_pages
from scoatlas.render import RenderedPage, essay_markdown, render_colours, render_page
from scoatlas.report import format_full

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

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything, while the old site still stands: MkDocs empties it later."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        if Path(config.docs_dir).resolve() != root / CONTENT:
            raise PluginError(f"scoatlas: mkdocs.yml must say `docs_dir: {CONTENT}`")
        if not config.use_directory_urls:
            raise PluginError("scoatlas: the pages link to folders: take `use_directory_urls: false` out of mkdocs.yml")
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
        for file in [file for file in files if file.src_dir == config.docs_dir]:
            files.remove(file)
        colours = render_colours(self.atlas.settings)
        files.append(File.generated(config, "assets/statuses.css", content=colours))
        faulty = {found.location.path for found in self.diagnostics}
        for planned in plan_pages(self.atlas):
            if planned.essay and planned.essay.path in faulty:
                planned = replace(planned, essay=None)  # it may hold what MkDocs dies of
            inclusion = InclusionLevel.INCLUDED if planned.in_nav else InclusionLevel.NOT_IN_NAV
            markdown = essay_markdown(planned, self.atlas)
            file = File.generated(config, f"{planned.path}.md", content=markdown, inclusion=inclusion)
            file.edit_uri = planned.edit or None
            files.append(file)
            AtlasPage(file, config, planned, self.atlas, self.diagnostics)
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
        return nav

    @event_priority(-100)
    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """Give the search its entries: one a page, made from names, aliases and values rather than from HTML."""
        search = config.plugins.get("material/search") or config.plugins.get("search")
        if search is None or not hasattr(search, "search_index"):
            return
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, AtlasPage) and page.rendered:
                # Material puts titles and texts into the result list as HTML.
                title, text = escape(page.planned.title, quote=False), escape(page.rendered.text, quote=False)
                search.search_index.entries.append({"location": page.url, "title": title, "text": text})

    def on_post_build(self, config: MkDocsConfig) -> None:
        assert self.atlas is not None
        write_exports(self.atlas, Path(config.site_dir) / "data")


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
        self.meta = {"search": {"exclude": True}}

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


_HEADING_ID = re.compile(r'(?<=<h[1-6] id=")([^"]+)')
_TAKEN = re.compile(r"page\.title|notes|mentioned-by|not-found|field-.*|note-.*|ref-.*|__.*")


def _rename_headings(html: str, planned: PlannedPage) -> str:
    """An essay's heading whose id the page has taken, for a fact, a field, a note or the theme, gets `_1`."""
    taken = {*planned.anchors, *(type(planned.record.entity).model_fields if planned.record else ())}
    return _HEADING_ID.sub(lambda id: f"{id[1]}_1" if id[1] in taken or _TAKEN.fullmatch(id[1]) else id[1], html)


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
    orders = {kind: entity.order for kind, entity in KINDS.items()} | {"sources": 1_000, PAGES: 2_000}
    return (orders.get(folder, 500), folder)
