"""A planned page as HTML: Jinja with autoescape, relative links, one numbering of notes."""

from __future__ import annotations

import datetime
import posixpath
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

import jinja2
from markupsafe import Markup, escape
from pydantic_core import PydanticCustomError

from scoatlas import views
from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.citation import Citation
from scoatlas.citations import chicago
from scoatlas.citations.csl import csl_item
from scoatlas.citations.runs import Run, Runs
from scoatlas.diagnostics import Diagnostic
from scoatlas.essays import Mark
from scoatlas.expressions import evaluate, name_of, show
from scoatlas.facts import Figure
from scoatlas.lookup import Unanswerable
from scoatlas.model import Ref
from scoatlas.pages import PlannedPage
from scoatlas.pictures import Cell, Picture, map_of_today, pictures_of, pictures_of_figures
from scoatlas.prose import Cited, Expression, Mention, find_marks, plain_words, replace_marks
from scoatlas.settings import Settings
from scoatlas.source import SEEN, TIERS, Source
from scoatlas.values import DateRange, Names, PartialDate, decode_dates, decode_day

# Private-use characters, which no file may hold, carry a cite through Markdown: its place in the essay, in digits from
# U+E010 on, which leave no trace in the id of a heading. In a tag a mark has no meaning, and is dropped with it.
_CITE_MARK = re.compile("[ \n]?\ue000([\ue010-\ue019]{1,7})\ue001")
_TAG_OR_MARK = re.compile(f"<[^>]*>|{_CITE_MARK.pattern}")
_NOT_OF_THE_TITLE = re.compile(r'<span class="badge.*?</span>|<sup class="note-ref">.*?</sup>', re.DOTALL)
_HEADING = re.compile(r'<h([1-3])[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')

SHORT = 140
"""Letters that a fact may have where many stand one below another."""

_DATES = ("Date", "Dates", "From", "To", "Since", "Signed", "On")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}[~?%]?(/\d{4}(-\d\d){0,2}[~?%]?)?")
_NUMBERS = ("Persons", "Value", "Up to")
_SCHEME = re.compile(r'^\[data-md-color-scheme="(default|slate)"\] \{\s*(--paper[^}]*)\}', re.MULTILINE)
_BLANKS = re.compile(r"(?:\s|/\*.*?\*/)+", re.DOTALL)

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("scoatlas", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Note:
    """A numbered note: a citation, how often the page refers to it, and whether an earlier note has the same source."""

    number: int
    citation: Citation
    references: tuple[str, ...]
    again: bool


@dataclass
class Notes:
    """The notes of one page, numbered as they are first cited; a citation made again keeps its number."""

    _references: dict[Citation, list[str]] = field(default_factory=dict)

    def refer(self, citation: Citation) -> tuple[int, str]:
        """The number of a citation and the id of this reference to it."""
        references = self._references.setdefault(citation, [])
        number = list(self._references).index(citation) + 1
        references.append(f"ref-{number}-{len(references) + 1}")
        return number, references[-1]

    def __iter__(self) -> Iterator[Note]:
        cited: set[str] = set()
        for number, (citation, references) in enumerate(self._references.items(), 1):
            yield Note(number, citation, tuple(references), citation.source in cited)
            cited.add(citation.source)


@dataclass(frozen=True)
class RenderedPage:
    """A page as HTML: `toc` lists (level, id, title) of its sections, `anchors` every id, `text` what search finds."""

    html: str
    toc: tuple[tuple[int, str, str], ...]
    anchors: frozenset[str]
    text: str


def render_page(
    planned: PlannedPage, atlas: Atlas, essay_html: str = "", diagnostics: Iterable[Diagnostic] = ()
) -> RenderedPage:
    """The page around its essay, whose HTML is that of `essay_markdown`, converted and cleaned."""
    page = PageContext(planned, atlas, essay_html, tuple(diagnostics))
    template = _ENVIRONMENT.get_template(planned.template)
    html = template.render(page=page, atlas=atlas, record=planned.record, planned=planned, views=views)
    headings = _HEADING.findall(html)
    toc = tuple((int(level), id, Markup(_NOT_OF_THE_TITLE.sub("", title)).striptags()) for level, id, title in headings)
    return RenderedPage(html, toc, frozenset(_ID.findall(html)), page.search_text())


def essay_markdown(planned: PlannedPage, atlas: Atlas) -> str:
    """The essay as plain Markdown: links lead to pages, values stand in place, cites are marks, filled in later."""
    if planned.essay is None:
        return ""
    context = PageContext(planned, atlas)
    return replace_marks(planned.essay.text, context.essay_mark, markdown=True, forms=True)


def render_colours(settings: Settings) -> str:
    """The style sheet with the colours of the statuses."""
    return _ENVIRONMENT.get_template("statuses.css").render(settings=settings)


def render_svg(picture: Picture, settings: Settings) -> str:
    """A picture as a file: with its style sheet, light or dark as the reader's system is."""
    look = files("scoatlas.theme.assets")
    schemes = dict(_SCHEME.findall((look / "scoatlas.css").read_text("utf-8")))
    swatches = {
        scheme: "".join(f".s-{name}{{--swatch:{colour}}}" for name, colour in colours)
        for scheme, colours in {
            "default": [(name, status.colour) for name, status in settings.statuses.items()],
            "slate": [(name, status.dark) for name, status in settings.statuses.items()],
        }.items()
    }
    light = f"svg{{{schemes['default']}background:var(--paper)}}{swatches['default']}"
    dark = f"@media (prefers-color-scheme:dark){{svg{{{schemes['slate']}}}{swatches['slate']}}}"
    own = (look / "pictures.css").read_text("utf-8")
    return f"{picture.svg(_BLANKS.sub(' ', light + dark + own))}\n"


def styled(runs: Runs) -> Markup:
    """A reference as HTML: titles in italics are `<cite>`, and only addresses of the web are links."""
    return Markup("").join(_styled(run) for run in runs)


def _styled(run: Run) -> Markup:
    html = escape(run.shown or run.text)
    language = Markup(' lang="{}"').format(run.language) if run.language else ""
    if run.href.startswith(("https://", "http://")):
        html = Markup('<a{} href="{}">{}</a>').format("" if run.italic else language, run.href, html)
        language = language if run.italic else ""
    if run.italic:
        return Markup("<cite{}>{}</cite>").format(language, html)
    return Markup("<span{}>{}</span>").format(language, html) if language else html


def escape_markdown(text: str) -> str:
    """Text from the facts as Markdown that shows just this text."""
    escaped = re.sub(r"[\\`*_{}\[\]()>#+\-.!|]", r"\\\g<0>", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


class PageContext:
    """What templates call while one page is rendered."""

    def __init__(
        self, planned: PlannedPage, atlas: Atlas, essay_html: str = "", diagnostics: tuple[Diagnostic, ...] = ()
    ) -> None:
        self.planned = planned
        self.atlas = atlas
        self.essay_html = essay_html
        self.diagnostics = diagnostics
        self.notes = Notes()

    # --- addresses

    def href(self, url: str) -> str:
        """An address below the site's root, relative to this page."""
        path, hash, anchor = url.partition("#")
        relative = posixpath.relpath(path or ".", self.planned.url or ".")
        relative = f"{relative}/" if path.endswith("/") or not path else relative
        return f"{'' if relative == './' and anchor else relative}{hash}{anchor}"

    def name(self, id: str) -> str:
        """The name of an entity or page, its id where it could not be read."""
        return self.atlas.pages[id].text.title if id in self.atlas.pages else name_of(id, self.atlas)

    def link(self, id: str, text: str = "", anchor: str = "") -> Markup:
        """A link to an entity or page; plain text where there is no such page, or it is this one."""
        words = text or self.name(id)
        if id == self.planned.path and not anchor:
            return escape(words)
        url = "" if id == "index" else f"{id}/"
        if id not in self.atlas.records and id not in self.atlas.pages:
            return escape(words)
        return Markup('<a href="{}">{}</a>').format(self.href(f"{url}#{anchor}" if anchor else url), words)

    # --- values

    def value(self, linked: LinkedFact) -> Markup:
        """A fact's value: a link, a name in each language, a date, or prose."""
        return self.shown(linked.fact.value)

    def short(self, linked: LinkedFact) -> Markup:
        """A link to a body by its abbreviation, where there is little room; nothing where there is none."""
        value = linked.fact.value
        record = self.atlas.records.get(value.id) if isinstance(value, Ref) else None
        abbreviation = getattr(record.entity, "abbreviation", None) if record else None
        return self.link(record.id, abbreviation) if record and abbreviation else Markup("")

    def shown(self, value: object) -> Markup:
        """A value of a fact's own fields as of the fact itself."""
        if isinstance(value, Ref):
            return self.link(value.id)
        if isinstance(value, DateRange | PartialDate):
            return self.date(value)
        if isinstance(value, Names):
            return Markup("<br>").join(self.in_language(language, name) for language, name in value.in_order())
        if isinstance(value, str):
            return self.prose(value)
        return escape(show(value, self.atlas))

    def capital(self, words: str) -> str:
        """Words with a capital at their beginning, and no other changed."""
        return words[:1].upper() + words[1:]

    def plain(self, text: str) -> str:
        """Plain text without its links and cites, for the words of a link."""
        return plain_words(text, self.name)

    def short_words(self, linked: LinkedFact) -> str:
        """A fact in a line: what it is of, where it is a figure, and its value, cut where it is long."""
        measure = f"{linked.fact.measure}: " if isinstance(linked.fact, Figure) else ""
        return textwrap.shorten(f"{measure}{show(linked.fact.value, self.atlas)}", SHORT, placeholder=" …")

    def in_language(self, language: str, text: str) -> Markup:
        return Markup('<span lang="{}">{}</span>').format(language, text)

    def date(self, date: PartialDate | DateRange) -> Markup:
        if isinstance(date, DateRange):
            return Markup('<span class="dates">{}</span>').format(date.in_words)
        return Markup('<time datetime="{}">{}</time>').format(date.text.rstrip("~?%"), date.in_words)

    def prose(self, text: str) -> Markup:
        """Plain text with its links and cites."""
        parts, at = [], 0
        for mark in find_marks(text):
            before = text[at : mark.start]
            parts += [escape(before.rstrip() if isinstance(mark, Cited) else before), self._prose_mark(mark, text)]
            at = mark.end
        return Markup("").join([*parts, escape(text[at:])])

    def _prose_mark(self, mark: Mark, text: str) -> Markup:
        if isinstance(mark, Mention):
            return self.link(mark.target, mark.text, mark.anchor)
        if isinstance(mark, Cited):
            return self.cite(mark.citations)
        return escape(text[mark.start : mark.end])

    # --- pictures and years

    def pictures(self) -> Iterator[Picture]:
        """The pictures that have a page of their own."""
        return pictures_of(self.atlas)

    def map(self) -> Picture | None:
        """The map on the last day searched."""
        return map_of_today(self.atlas)

    def drawn(self, record: Record) -> list[tuple[str, str]]:
        """(id, measure) of the pictures that are drawn from an entity's figures."""
        return pictures_of_figures(record)

    def day(self, day: datetime.date) -> Markup:
        """A day in words."""
        return self.date(decode_day(day.isoformat()))

    def small(self, words: str) -> str:
        """Words that begin a heading, within a sentence; abbreviations stay as they are."""
        return words if words[:2].isupper() else words[:1].lower() + words[1:]

    def is_date(self, linked: LinkedFact) -> bool:
        """Whether the value says no more than when."""
        return isinstance(linked.fact.value, PartialDate | DateRange)

    def picture_cell(self, picture: Picture, column: str, cell: Cell) -> Markup:
        """A cell of a picture's table: a date in words, a number with its thousands apart, a link."""
        if column in _DATES and _DATE.fullmatch(cell.text):
            return self.date(decode_dates(cell.text))
        if column.startswith(_NUMBERS) and cell.text:
            return Markup('<span class="number">{:,.15g}</span>').format(float(cell.text))
        return self.link(cell.to, cell.text) if cell.to else escape(cell.text)

    # --- notes

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """The numbers of the notes for some citations."""
        links = []
        for citation in citations:
            if citation.source in self.atlas.sources:
                number, reference = self.notes.refer(citation)
                links.append(Markup('<a id="{}" href="#note-{}">{}</a>').format(reference, number, number))
        return Markup('<sup class="note-ref">{}</sup>').format(Markup(" ").join(links)) if links else Markup("")

    def source(self, key: str) -> Source:
        return self.atlas.sources[key]

    def reference(self, source: Source) -> Markup:
        """A work as the bibliography has it."""
        return styled(chicago.bibliography(csl_item(source)))

    def note(self, note: Note) -> Markup:
        """A work as a note has it: in short where an earlier note of the page has it in full."""
        format_note = chicago.short_note if note.again else chicago.note
        return styled(format_note(csl_item(self.source(note.citation.source)), note.citation.locator))

    def tier(self, source: Source) -> str:
        return TIERS.get(source.tier, "")

    def seen(self, source: Source) -> str:
        return SEEN.get(source.seen, "")

    # --- the essay

    def essay(self) -> Markup:
        """The essay's HTML, its cites numbered after those of the facts above it. Cleaned before it comes here."""
        text = self.planned.essay.text if self.planned.essay else ""
        cited = {mark.start: mark.citations for mark in find_marks(text, markdown=True) if isinstance(mark, Cited)}

        def number(found: re.Match[str]) -> str:
            if found[1] is None:
                return _CITE_MARK.sub("", found[0])
            offset = int("".join(str(ord(digit) - 0xE010) for digit in found[1]))
            return str(self.cite(cited.get(offset, ())))

        return Markup(_TAG_OR_MARK.sub(number, self.essay_html))

    def essay_mark(self, mark: Mark) -> str:
        """What stands for a form in the Markdown that MkDocs gets."""
        if isinstance(mark, Mention):
            words = escape_markdown(mark.text or self.name(mark.target))
            folder = posixpath.dirname(self.planned.path) or "."
            target = posixpath.relpath(mark.target, folder) + ".md" + (f"#{mark.anchor}" if mark.anchor else "")
            return (
                f"[{words}]({target})"
                if mark.target in self.atlas.records or mark.target in self.atlas.pages
                else words
            )
        if isinstance(mark, Cited):
            return f"\ue000{''.join(chr(0xE010 + int(digit)) for digit in str(mark.start))}\ue001"
        if isinstance(mark, Expression):
            try:
                return escape_markdown(evaluate(mark, self.atlas))
            except (PydanticCustomError, Unanswerable):
                pass  # reported by the checks; the text is shown as written
        return self.planned.essay.text[mark.start : mark.end] if self.planned.essay else ""

    # --- search

    def search_text(self) -> str:
        """Names, aliases and values of the entity, or the text of the page."""
        record = self.planned.record
        if record is None:
            return Markup(_CITE_MARK.sub("", self.essay_html)).striptags()
        words = [name for _, name in record.entity.name.in_order()] + list(record.entity.aliases)
        for linked in record.facts:
            own = [value for _, value in views.own_fields(linked)]
            said = [linked.fact.value, *own, linked.fact.note] if linked.fact.held else []
            words += [show(value, self.atlas) for value in said if value]
        words += [self.plain(claim.claim) for claim in record.claims]
        essay = Markup(_CITE_MARK.sub("", self.essay_html)).striptags()
        return " · ".join(dict.fromkeys([*words, essay] if essay else words))
