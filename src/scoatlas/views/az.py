"""The A–Z: every name of every entity under its letter, in three scripts."""

from __future__ import annotations

from dataclasses import dataclass

from scoatlas.atlas import Atlas, Record
from scoatlas.values import sort_key
from scoatlas.views.letters import anchor_of, letter_of


@dataclass(frozen=True)
class NameEntry:
    """A name; `see` if it is another than the one its page bears."""

    name: str
    record: Record
    see: bool


@dataclass(frozen=True)
class Letter:
    """The names that begin with a letter; all Chinese ones stand together."""

    text: str
    language: str
    entries: tuple[NameEntry, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.text)


def letters_of(atlas: Atlas) -> tuple[Letter, ...]:
    """The letters that have names: Latin, Cyrillic, then Chinese."""
    letters: dict[tuple[int, str, str], list[NameEntry]] = {}
    for record in atlas.records.values():
        for name in _names(record):
            entry = NameEntry(name, record, name != record.entity.name.en)
            letters.setdefault(letter_of(name), []).append(entry)
    return tuple(
        Letter(text, language, tuple(sorted(letters[script, text, language], key=_place)))
        for script, text, language in sorted(letters)
    )


def _names(record: Record) -> list[str]:
    """The names of an entity; of those that begin with the same word, which would stand together, the first."""
    entity = record.entity
    found: dict[str, str] = {}
    for name in [*(name for _, name in entity.name.in_order()), *entity.aliases]:
        word = name[:2] if letter_of(name)[2] == "zh" else sort_key(name).replace("-", " ").partition(" ")[0]
        found.setdefault(word, name)
    return list(found.values())


def _place(entry: NameEntry) -> tuple[bytes | str, str]:
    """Chinese by the national standard, whose first part is ordered by sound; the rest by letters."""
    if letter_of(entry.name)[2] == "zh":
        return (entry.name.encode("gb18030"), entry.record.id)
    return (sort_key("".join(letter for letter in entry.name if letter.isalnum() or letter == " ")), entry.record.id)
