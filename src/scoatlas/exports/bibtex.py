"""references.bib: the sources as biblatex, without what only our own reader knows."""

from __future__ import annotations

import re

from scoatlas.atlas import Atlas
from scoatlas.source import Person, Source

_OWN = ("tier", "seen")
_LITERAL = ("url", "doi", "isbn", "date", "urldate", "langid")
_SPECIAL = re.compile(r"[&%$#_]")


def format_bibtex(atlas: Atlas) -> str:
    """BibTeX text, an entry a source, by key; signs that TeX would take for commands are escaped."""
    return "\n".join(_entry(source) for source in sorted(atlas.sources.values(), key=lambda source: source.key))


def _entry(source: Source) -> str:
    fields = {name: value for name, value in source.fields.items() if name not in _OWN}
    fields |= {"author": _people(source.authors)} if source.authors else {}
    fields |= {"editor": _people(source.editors)} if source.editors else {}
    lines = [f"  {name} = {{{_written(name, value)}}}," for name, value in fields.items()]
    return "\n".join([f"@{source.type}{{{source.key},", *lines, "}", ""])


def _written(name: str, value: str) -> str:
    return value if name in _LITERAL else _SPECIAL.sub(r"\\\g<0>", value)


def _people(people: tuple[Person, ...]) -> str:
    """`Family, Given and {A body}`; who is not named is `others`."""
    return " and ".join(
        "others" if person.family == "et al." and not person.given
        else f"{person.family}, {person.given}" if person.given
        else f"{{{person.family}}}"
        for person in people
    )  # fmt: skip
