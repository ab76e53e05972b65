"""Which pages there are: path, title, template; decides, never renders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoatlas.atlas import Atlas, Record, Text
from scoatlas.kinds import KINDS
from scoatlas.pictures import Picture, map_of_year, pictures_of
from scoatlas.views.years import years_of

SOURCES = "sources/index"
A_TO_Z = "a-z/index"
QUESTIONS = "open-questions/index"
PICTURES = "pictures"
YEARS = "years"


@dataclass(frozen=True)
class PlannedPage:
    """A page of the site: `path` is its file without `.md`, `edit` the file it is made from, seen from `content/`."""

    path: str
    title: str
    template: str
    edit: str
    in_nav: bool
    anchors: tuple[str, ...] = ()
    essay: Text | None = None
    kind: str = ""
    record: Record | None = None
    year: int = 0
    picture: Picture | None = None

    @property
    def url(self) -> str:
        """The address below the site's root: `states/iran/`, empty for the home page."""
        folder, _, name = self.path.rpartition("/")
        stem = folder if name == "index" else self.path
        return f"{stem}/" if stem else ""

    @property
    def anchor(self) -> str:
        """The id of the page's heading; the dot keeps it apart from the ids of facts and sources."""
        return "page.title"

    @property
    def output(self) -> str:
        """The file below the site's root."""
        return f"{self.url}index.html"


def plan_pages(atlas: Atlas) -> list[PlannedPage]:
    """Every page, indexes before what they list."""
    pages = [*_prose_pages(atlas)]
    for kind, entity in KINDS.items():
        records = list(atlas.of_kind(kind))
        if records:
            pages.append(PlannedPage(f"{kind}/index", entity.plural, "index.html", "", in_nav=True, kind=kind))
            pages.extend(_entity_page(record) for record in records)
    if atlas.records:
        pages.append(PlannedPage(A_TO_Z, "A–Z", "az.html", "", in_nav=True))
    pages.extend(_pages_of_time(atlas))
    pages.extend(_picture_pages(atlas))
    keys = tuple(sorted(atlas.sources))
    pages.append(PlannedPage(SOURCES, "Sources", "sources.html", "../references.bib", in_nav=True, anchors=keys))
    if atlas.records:
        pages.append(PlannedPage(QUESTIONS, "Open questions", "questions.html", "", in_nav=True))
    return pages


def _prose_pages(atlas: Atlas) -> Iterator[PlannedPage]:
    for page in atlas.pages.values():
        template = "home.html" if page.id == "index" else "prose.html"
        yield PlannedPage(page.id, page.text.title, template, f"{page.id}.md", in_nav=True, essay=page.text)


def _pages_of_time(atlas: Atlas) -> Iterator[PlannedPage]:
    """The chronology, and a page a year with its map."""
    years = years_of(atlas)
    if years:
        yield PlannedPage(f"{YEARS}/index", "Chronology", "chronology.html", "", in_nav=True)
    for year in years:
        yield PlannedPage(
            path=f"{YEARS}/{year}",
            title=f"The year {year}",
            template="year.html",
            edit="",
            in_nav=False,
            kind=YEARS,
            year=year,
            picture=map_of_year(atlas, year),
        )


def _picture_pages(atlas: Atlas) -> Iterator[PlannedPage]:
    pictures = list(pictures_of(atlas))
    if pictures:
        yield PlannedPage(f"{PICTURES}/index", "Pictures", "pictures.html", "", in_nav=True)
    for picture in pictures:
        yield PlannedPage(
            path=f"{PICTURES}/{picture.id}",
            title=picture.title,
            template="picture.html",
            edit="",
            in_nav=False,
            kind=PICTURES,
            picture=picture,
        )


def _entity_page(record: Record) -> PlannedPage:
    return PlannedPage(
        path=record.id,
        title=record.entity.name.en,
        template="entity.html",
        edit=f"{record.id}.yml",
        in_nav=False,
        anchors=record.anchors,
        essay=record.essay,
        kind=record.kind,
        record=record,
    )
