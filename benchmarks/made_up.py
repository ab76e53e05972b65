"""A project of any size, made up from a seed: states with statuses and events, summits that they link, sources."""

from __future__ import annotations

import random
from pathlib import Path

ATLAS = """\
title: Made-up Atlas
description: A made-up atlas.
as_of: 2026-01-31
founding: summits/meeting-0
statuses:
  member: {label: member, plural: Members, colour: "#1f4e79", dark: "#7fb3e6"}
  observer: {label: observer, plural: Observers, colour: "#2e7d6b", dark: "#6cc7b2"}
"""
_SYLLABLES = "ba ka sha ru mi to lan dor gen vel tu ri an os".split()


def write_made_up_project(root: Path, states: int, *, seed: int = 0) -> None:
    """A project with `states` states, a summit for every ten, a source for every two."""
    chance = random.Random(seed)
    sources = [f"source-{number}" for number in range(max(2, states // 2))]
    summits = max(1, states // 10)
    _write(root / "atlas.yml", ATLAS)
    _write(root / "mkdocs.yml", (Path(__file__).parent.parent / "mkdocs.yml").read_text("utf-8"))
    _write(root / "content" / "index.md", "# Made-up Atlas\n\nNothing here is true.\n")
    _write(root / "references.bib", "\n".join(_entry(key, number) for number, key in enumerate(sources)))
    for number in range(summits):
        key = sources[number % len(sources)]
        _write(root / "content" / "summits" / f"meeting-{number}.yml", _summit(number, key))
    for number in range(states):
        cites = [sources[number // 2 % len(sources)], chance.choice(sources)]
        _write(root / "content" / "states" / f"state-{number}.yml", _state(number, summits, cites, chance))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _entry(key: str, number: int) -> str:
    return f"""\
@online{{{key},
  author = {{{{Agency {number}}}}},
  title = {{Report {number}}},
  date = {{2010-01-01}},
  url = {{https://example.org/{number}}},
  urldate = {{2026-01-31}},
  langid = {{english}},
  tier = {{agency}},
  seen = {{excerpt}},
}}
"""


def _summit(number: int, key: str) -> str:
    year = 2001 + number % 25
    return f"""\
name: {{en: "Meeting {number}"}}
council: {{value: heads-of-state, cite: [{key}]}}
dates: {{value: {year}-06-14/{year}-06-15, cite: [{key}]}}
place: {{value: Town {number}, cite: [{key}]}}
decisions:
  - {{value: Decision of meeting {number}, cite: [{key}]}}
"""


def _state(number: int, summits: int, cites: list[str], chance: random.Random) -> str:
    name = "".join(chance.choices(_SYLLABLES, k=4)).capitalize()
    cite = f"[{', '.join(dict.fromkeys(cites))}]"
    return f"""\
name: {{en: {name} {number}}}
aliases: [Republic of {name} {number}]
capital: {{value: {name} City, cite: {cite}}}
status:
  - value: observer
    since: 2004-06-17
    summit: summits/meeting-{number % summits}
    cite: {cite}
  - value: member
    since: 2010-06-17
    summit: summits/meeting-{(number + 1) % summits}
    cite: {cite}
events:
{"".join(_event(2002 + step, number, cite) for step in range(4))}"""


def _event(year: int, number: int, cite: str) -> str:
    return f"""\
  - value: applied
    date: {year}-0{1 + number % 9}
    confidence: medium
    cite: {cite}
    note: a note of some length about the step of {year}, as notes in the atlas are
"""
