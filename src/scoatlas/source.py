"""A source: an entry of the bibliography, and what each of its fields may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from scoatlas.diagnostics import Location, Rule, did_you_mean
from scoatlas.values import DateRange, decode_dates, read_fault, refuse_address

MAX_BRACES = 8

TYPES = ("online", "article", "book", "incollection", "report", "misc")
FIELDS = (
    *("author", "editor", "title", "subtitle", "titleaddon", "journaltitle", "booktitle", "publisher", "institution"),
    "howpublished",
    *("location", "date", "volume", "number", "pages", "url", "urldate", "doi", "isbn", "langid", "tier", "seen"),
    "note",
)
TIERS = {
    "primary": "primary source",
    "agency": "news agency",
    "news": "news",
    "scholarship": "scholarship",
    "reference": "reference work",
}
SEEN = {"whole": "read whole", "excerpt": "read in excerpts", "not seen": "not seen"}

# The names of languages that biblatex knows, of those in which there is writing about the SCO, and their tags.
LANGUAGES = {
    **{"albanian": "sq", "croatian": "hr", "filipino": "fil"},
    **{"english": "en", "russian": "ru", "chinese": "zh", "arabic": "ar", "armenian": "hy", "azerbaijani": "az"},
    **{"belarusian": "be", "dari": "prs", "esperanto": "eo", "french": "fr", "georgian": "ka", "german": "de"},
    **{"hindi": "hi", "indonesian": "id", "italian": "it", "japanese": "ja", "kazakh": "kk", "khmer": "km"},
    **{"korean": "ko", "kyrgyz": "ky", "lao": "lo", "malay": "ms", "mongolian": "mn", "nepali": "ne"},
    **{"norwegian": "no", "pashto": "ps"},
    **{"persian": "fa", "polish": "pl", "portuguese": "pt", "sinhala": "si", "spanish": "es", "tajik": "tg"},
    **{"turkish": "tr", "turkmen": "tk", "ukrainian": "uk", "urdu": "ur", "uyghur": "ug", "uzbek": "uz"},
    "vietnamese": "vi",
}
_VOCABULARIES: Mapping[str, Mapping[str, str]] = {"tier": TIERS, "seen": SEEN, "langid": LANGUAGES}


@dataclass(frozen=True)
class Person:
    """An author or editor; a corporate one has only a family name."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography: `fields` holds its fields as plain text; it is not `whole` if one is faulty.

    `place` and `places` say where in the file the entry and its fields stand.
    """

    key: str
    type: str
    place: Location
    fields: Mapping[str, str]
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    date: DateRange | None = None
    whole: bool = True
    places: Mapping[str, Location] = field(default_factory=dict, repr=False)

    def __getattr__(self, name: str) -> str:
        """The text of a field, empty where the entry has none."""
        if name in FIELDS:
            return self.fields.get(name, "")
        raise AttributeError(name)


def make_source(
    key: str, type: str, place: Location, raw: Mapping[str, str], places: Mapping[str, Location], *, whole: bool
) -> Source:
    """The source of an entry whose fields were found right; values may still hold the braces of BibTeX."""
    return Source(
        key=key,
        type=type,
        place=place,
        fields={name: plain(value) for name, value in raw.items()},
        authors=split_people(raw.get("author", "")),
        editors=split_people(raw.get("editor", "")),
        date=decode_dates(plain(raw["date"])) if "date" in raw else None,
        whole=whole,
        places=places,
    )


def split_people(value: str) -> tuple[Person, ...]:
    """Persons of `Family, Given and {Corporate author}`; ` and ` inside braces does not part."""
    people, depth, start = [], 0, 0
    value = " ".join(value.split())  # so that a long blank costs no more than its length
    for found in re.finditer("[{}]| and ", value):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] not in "{}":
            people.append(value[start : found.start()])
            start = found.end()
    people.append(value[start:])
    people = ["{et al.}" if name.strip() == "others" else name for name in people]
    return tuple(_person(name.strip()) for name in people if plain(name))


def _person(name: str) -> Person:
    if name.startswith("{"):
        return Person(plain(name))
    if "," in name:
        family, _, given = name.partition(",")
    else:
        given, _, family = name.rpartition(" ")
    return Person(plain(family), plain(given))


def plain(value: str) -> str:
    """A value of BibTeX as text: braces away, blanks folded."""
    return " ".join(value.replace("{", "").replace("}", "").split())


def refuse_field(name: str, value: str) -> tuple[Rule, str, str | None] | None:
    """What is wrong with a field: rule, message, hint; None where nothing is."""
    text = plain(value)
    if not text:
        return Rule.INVALID_BIBTEX, f"the field '{name}' is empty", "delete it"
    if _deepest(value) > MAX_BRACES:
        return Rule.INVALID_BIBTEX, f"braces are nested deeper than {MAX_BRACES}", "delete those that protect nothing"
    if name == "url":
        reason = refuse_address(text)
        hint = "copy it from the browser's address bar"
        return (Rule.INVALID_LINK, f"this address cannot be linked to: {reason}", hint) if reason else None
    if "\\" in value:
        return Rule.INVALID_BIBTEX, f"a TeX command stands in '{name}'", "write the letter itself: é, –, &, $"
    if re.search("[<>]", text):
        return Rule.UNSAFE_TEXT, f"'<' or '>' stands in '{name}'", "delete it"
    if name in _VOCABULARIES and text not in (words := _VOCABULARIES[name]):
        hint = did_you_mean(text, words) or f"one of: {', '.join(words)}"
        return Rule.INVALID_VALUE, f"'{text}' is not a word of this list", hint
    if name == "doi" and not re.fullmatch(r"10\.\d{4,9}/\S+", text):
        return Rule.INVALID_VALUE, f"'{text}' is no DOI", "write it without address: 10.1234/abcd"
    if name in ("date", "urldate"):
        try:
            decode_dates(text)
        except PydanticCustomError as error:
            return read_fault(error)
    return None


def _deepest(value: str) -> int:
    depth = deepest = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest
