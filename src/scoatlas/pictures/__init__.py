"""Pictures drawn from facts: one module each; `pictures_of` lists those that an atlas has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scoatlas.atlas import Atlas, Record
from scoatlas.pictures import (
    agreements,
    belonging,
    exercises,
    membership,
    offices,
    participation,
    series,
    status_map,
    summits,
    verdicts,
)
from scoatlas.pictures.picture import Cell, Picture, Row

__all__ = ["Cell", "Picture", "Row", "map_of_today", "map_of_year", "pictures_of", "pictures_of_figures"]

_DRAWN: tuple[Callable[[Atlas], Picture | None], ...] = (
    status_map.draw,
    membership.draw,
    offices.draw,
    summits.draw,
    exercises.draw,
    participation.draw,
    agreements.draw,
    belonging.draw,
)


def pictures_of(atlas: Atlas) -> Iterator[Picture]:
    """Every picture with a page of its own; one for which there are no facts is left out."""
    for draw in _DRAWN:
        if picture := draw(atlas):
            yield picture
    yield from verdicts.draw_all(atlas)
    yield from series.draw_all(atlas)


def map_of_today(atlas: Atlas) -> Picture | None:
    """The map on the last day searched."""
    return status_map.draw(atlas)


def pictures_of_figures(record: Record) -> list[tuple[str, str]]:
    """(id, measure) of the pictures that are drawn from an entity's figures."""
    return [(series.id_of(record, measure), measure) for measure in series.measures_of(record)]


def map_of_year(atlas: Atlas, year: int) -> Picture:
    """The map of a year, as of its last day or of the last day searched."""
    return status_map.draw_year(atlas, year)
