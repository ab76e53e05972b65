"""Scales: from a day or a number to a place on the picture, and the round values that its axis names."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Days:
    """Days from `first` to `last` on the stretch from `start` to `end`, in units of the picture."""

    first: datetime.date
    last: datetime.date
    start: float
    end: float

    def at(self, day: datetime.date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.start + min(max(share, 0), 1) * (self.end - self.start)

    def ticks(self, most: int = 8) -> list[tuple[float, str]]:
        """(place, year) of the first days of round years."""
        count = self.last.year - self.first.year
        step = next((step for step in _STEPS if count / step <= most), _STEPS[-1])
        days = (datetime.date(year, 1, 1) for year in range(self.first.year, self.last.year + 1) if year % step == 0)
        return [(self.at(day), str(day.year)) for day in days if self.first <= day <= self.last]


@dataclass(frozen=True)
class Numbers:
    """Numbers from 0 to `most` on the stretch from `start` to `end`; `most` is the next round one above the data."""

    most: float
    start: float
    end: float

    @classmethod
    def up_to(cls, highest: float, start: float, end: float) -> Numbers:
        step = _round_step(highest)
        return cls(max(step, math.ceil(highest / step) * step), start, end)

    def at(self, number: float) -> float:
        return self.start + number / self.most * (self.end - self.start)

    def ticks(self) -> list[tuple[float, float]]:
        """(place, number) of round numbers, zero among them."""
        step = _round_step(self.most)
        return [(self.at(step * index), step * index) for index in range(round(self.most / step) + 1)]


@dataclass(frozen=True)
class Magnitudes:
    """Numbers from `least` to `most`, both above 0, each tenfold as far as the last: a logarithmic scale."""

    least: float
    most: float
    start: float
    end: float

    @classmethod
    def over(cls, lowest: float, highest: float, start: float, end: float) -> Magnitudes:
        below = [number for number in _rounds(lowest) if number <= lowest]
        above = [number for number in _rounds(highest) if number > highest]
        return cls(below[-1], above[0], start, end)

    def at(self, number: float) -> float:
        share = math.log10(number / self.least) / math.log10(self.most / self.least)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[tuple[float, float]]:
        """(place, number) of one, two and five times the powers of ten."""
        powers = range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1)
        found = (float(f"{times}e{power}") for power in powers for times in (1, 2, 5))
        return [(self.at(number), number) for number in found if self.least <= number <= self.most]


def _rounds(number: float) -> list[float]:
    """One, two and five times the powers of ten about a number, from below it to above it."""
    power = math.floor(math.log10(number))
    return [float(f"{times}e{at}") for at in (power - 1, power, power + 1) for times in (1, 2, 5)]


def _round_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten, that makes four to eight of the highest number."""
    power = 10 ** math.floor(math.log10(highest)) if highest > 0 else 1
    return float(next((power * part for part in (0.2, 0.5, 1) if highest / (power * part) <= 6), power * 2))
