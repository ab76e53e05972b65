"""A succession as a strip of spans on an axis of time; the table beside it says the same in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from scoatlas.atlas import Atlas, LinkedFact
from scoatlas.expressions import show
from scoatlas.model import Term
from scoatlas.views.fields import FieldView, first_day, style_of

MAX_LANES = 16
"""More holders than these are a wall; then the table stands alone."""

_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MAX_YEARS = 6
_LETTER = 2.0
"""The width of a letter in percent of the strip on a telephone, by which it is known if a word fits into its span."""


@dataclass(frozen=True)
class Span:
    """A time in percent of the strip; `label` is empty where it would not fit."""

    start: float
    width: float
    style: str
    label: str


@dataclass(frozen=True)
class Lane:
    """A line of the strip: one holder with all times, and the days on which one is only attested."""

    label: str
    spans: tuple[Span, ...]
    ticks: tuple[float, ...]


@dataclass(frozen=True)
class History:
    """A strip from the first day to `as_of`; of words it has one lane without a label. `years` are (percent, year)."""

    lanes: tuple[Lane, ...]
    years: tuple[tuple[float, int], ...]

    @property
    def of_words(self) -> bool:
        return not self.lanes[0].label


def history_of(field: FieldView, atlas: Atlas) -> History | None:
    """The strip of a succession; None where there is no change to be seen, or too much."""
    end = atlas.as_of
    dated = [(day, linked) for linked in field.held if (day := first_day(linked)) and day < end]
    if len(dated) < 2:
        return None
    scale = _Scale(min(day for day, _ in dated), end)
    lanes: dict[str, list[LinkedFact]] = {}
    for _, linked in sorted(dated, key=lambda pair: pair[0]):
        label = "" if isinstance(linked.fact.value, Term) else show(linked.fact.value, atlas)
        lanes.setdefault(label, []).append(linked)
    if len(lanes) > MAX_LANES:
        return None
    drawn = tuple(_lane(label, facts, scale, atlas) for label, facts in lanes.items())
    return History(drawn, scale.years())


@dataclass(frozen=True)
class _Scale:
    """Days from `first` to `last` as percent."""

    first: datetime.date
    last: datetime.date

    def at(self, day: datetime.date) -> float:
        inside = min(max(day, self.first), self.last)
        return round(100 * (inside - self.first).days / max(1, (self.last - self.first).days), 2)

    def years(self) -> tuple[tuple[float, int], ...]:
        """Round years, at most six, none so near to an end that its number would be cut."""
        count = self.last.year - self.first.year
        step = next((step for step in _STEPS if count / step <= _MAX_YEARS), _STEPS[-1])
        years = (year for year in range(self.first.year, self.last.year + 1) if year % step == 0)
        marks = ((self.at(datetime.date(year, 1, 1)), year) for year in years)
        return tuple((at, year) for at, year in marks if 5 <= at <= 95)


def _lane(label: str, facts: list[LinkedFact], scale: _Scale, atlas: Atlas) -> Lane:
    spans = tuple(_span(linked, scale, atlas) for linked in facts if linked.fact.since)
    ticks = tuple(scale.at(day.first) for linked in facts if not linked.fact.since for day in linked.fact.attested)
    return Lane(label, spans, ticks)


def _span(linked: LinkedFact, scale: _Scale, atlas: Atlas) -> Span:
    since = linked.fact.since
    start = scale.at(since.first) if since else 0.0
    width = round((scale.at(linked.until.first) if linked.until else 100.0) - start, 2)
    words = show(linked.fact.value, atlas)
    fits = isinstance(linked.fact.value, Term) and width > len(words) * _LETTER
    return Span(start, max(width, 0.4), style_of(linked, atlas), words if fits else "")
