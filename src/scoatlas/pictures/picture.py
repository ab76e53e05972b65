"""A picture: what it shows, the table that says the same, and its SVG and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scoatlas.citation import Citation
from scoatlas.pictures.axes import legend
from scoatlas.pictures.marks import tag
from scoatlas.values import inert


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its words, and the id of the entity that they lead to."""

    text: str
    to: str = ""


@dataclass(frozen=True)
class Row:
    """What one mark says, and who says so; a mark names its row by `data-row`, from 0."""

    cells: tuple[Cell, ...]
    cite: tuple[Citation, ...] = ()

    @property
    def words(self) -> str:
        """The row in a line."""
        return ", ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True)
class Picture:
    """A picture of `width` to `height` units, whose marks and rows say the same.

    `keys` are the marks of its legend, each drawn around the point 0,0, with their words: a page sets them below the
    picture, where they stay when it scrolls, and a file has them within. `note` is prose, with links and cites, on how
    it was made; `cite` holds the sources that no row has; what `fits` may shrink to the width of a telephone, the
    others scroll there.
    """

    id: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    width: int
    height: int
    body: Markup
    keys: tuple[tuple[str, Markup], ...] = ()
    note: str = ""
    cite: tuple[Citation, ...] = ()
    fits: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all that is cited in it, by name."""
        cited = (*self.cite, *(citation for row in self.rows for citation in row.cite))
        return tuple(sorted({citation.source for citation in cited}))

    def svg(self, style: str = "") -> Markup:
        """The picture as SVG; with a style sheet it is one to stand alone."""
        title, description = f"{self.id}-title", f"{self.id}-description"
        key, bottom = (
            legend(self.keys, 24, self.height, self.width) if style and self.keys else (Markup(""), self.height)
        )
        height = round(bottom)
        alone = {"xmlns": "http://www.w3.org/2000/svg", "width": self.width, "height": height} if style else {}
        return tag(
            "svg",
            tag("title", self.title, id=title),
            tag("desc", self.description, id=description),
            *([Markup("<style>{}</style>").format(Markup(style))] if style else []),
            self.body,
            key,
            class_="picture fits" if self.fits else "picture",
            viewBox=f"0 0 {self.width} {height}",
            role="img",
            aria_labelledby=title,
            aria_describedby=description,
            **alone,
        )

    def csv(self) -> str:
        """The table as CSV (RFC 4180), with the keys of the sources in its last column."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow([*self.columns, "Sources"])
        for row in self.rows:
            keys = "; ".join(
                f"{cited.source}, {cited.locator}" if cited.locator else cited.source for cited in row.cite
            )
            table.writerow([*(inert(cell.text) for cell in row.cells), keys])
        return out.getvalue()


def without_empty(columns: Sequence[str], rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """A table without the columns that no row fills."""
    filled = [at for at in range(len(columns)) if any(row.cells[at].text for row in rows)]
    return (
        tuple(columns[at] for at in filled),
        tuple(Row(tuple(row.cells[at] for at in filled), row.cite) for row in rows),
    )
