"""What a string of a fact file may mean: a line, prose, a date, an address, names in three languages.

YAML is read as text only; these types decide. Each validator raises pydantic errors whose type is a rule's code and
whose message and hint are already in the contributor's words.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from scoatlas import forms
from scoatlas.diagnostics import Rule
from scoatlas.forms import MAX_LINE, MAX_PROSE, Decoder


def fault(rule: Rule, message: str, hint: str | None = None, *, offset: int | None = None) -> PydanticCustomError:
    """The error to raise from a validator; `offset` is the place in the text that it is about."""
    context = {"message": message, "hint": hint, "offset": offset}
    return PydanticCustomError(rule.value, "{message}", context)


def read_fault(error: PydanticCustomError) -> tuple[Rule, str, str | None]:
    """Rule, message and hint of an error made by `fault`."""
    context = error.context or {}
    return Rule(error.type), str(context["message"]), context["hint"]


class Model(BaseModel):
    """A mapping with fixed fields, unchangeable once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def as_text(value: Any, what: str = "text") -> str:
    """The value, if it is text and not empty."""
    if isinstance(value, list):
        raise fault(Rule.INVALID_VALUE, f"here stands a list, where {what} is wanted")
    if isinstance(value, dict):
        raise fault(Rule.INVALID_VALUE, f"here stands a mapping, where {what} is wanted")
    text = str(value)
    if not text.strip():
        raise fault(
            Rule.INVALID_VALUE, "this field is empty", f"fill it in with {what}, or delete it if it may be missing"
        )
    return text


def as_line(value: Any) -> str:
    """The value, if it is text on one line without angle brackets."""
    text = as_text(value)
    if "\n" in text:
        raise fault(Rule.INVALID_VALUE, "this text runs over several lines", "put it on one line")
    if found := re.search("[<>]", text):
        raise fault(Rule.UNSAFE_TEXT, f"'{found[0]}' stands in a name or title", "delete it", offset=found.start())
    if len(text) > MAX_LINE:
        raise fault(Rule.INVALID_VALUE, f"this text is longer than {MAX_LINE} characters", "shorten it")
    return text


def _prose(value: Any) -> str:
    text = as_text(value)
    if found := re.search(r"<[A-Za-z/!?]", text):
        raise fault(
            Rule.UNSAFE_TEXT, "HTML stands in a text", "notes are plain text: delete the tag", offset=found.start()
        )
    if len(text) > MAX_PROSE:
        raise fault(Rule.INVALID_VALUE, f"this text is longer than {MAX_PROSE} characters", "put it into the essay")
    return text


Line = Annotated[str, BeforeValidator(as_line), forms.LINE]
"""Text on one line, at most 300 characters, without angle brackets."""


def _label(value: Any) -> str:
    text = as_line(value)
    if found := re.search(r"\[\[|\[@|\{\{", text):
        raise fault(Rule.INVALID_VALUE, f"'{found[0]}' stands in a name", "names hold no links", offset=found.start())
    return text


Label = Annotated[str, BeforeValidator(_label), forms.LABEL]
"""A line that names something: no links, no cites."""

Prose = Annotated[str, BeforeValidator(_prose), forms.PROSE]
"""Plain text of at most 4,000 characters, in which `[[id]]` links and `[@key]` cites."""


def _yes(value: Any) -> bool:
    text = as_text(value, "`true` or `false`")
    if text not in ("true", "false"):
        raise fault(Rule.INVALID_VALUE, f"'{text}' is neither true nor false", "write `true`, or delete the field")
    return text == "true"


Yes = Annotated[bool, BeforeValidator(_yes), forms.YES]


def _ordinal(value: Any) -> int:
    text = as_text(value, "a number")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise fault(Rule.INVALID_VALUE, f"'{text}' is no ordinal", "write a whole number such as 15")
    return int(text)


Ordinal = Annotated[int, BeforeValidator(_ordinal), forms.ORDINAL]
"""A whole number from 1 to 9999."""


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date as precise as its source: EDTF level 0 (`2003`, `2003-08`, `2003-08-19`) with `~`, `?` or `%` of level 1.

    `first` and `last` are the first and last day that it can mean; dates are ordered by `first`.
    """

    text: str
    first: datetime.date
    last: datetime.date

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last, self.text) < (other.first, other.last, other.text)

    @property
    def in_words(self) -> str:
        """As readers see it: `19 August 2003`, `August 2003`, `about 2003`."""
        precision = len(self.text.rstrip("~?%").split("-"))
        parts = (str(self.first.year), _MONTHS[self.first.month - 1], str(self.first.day))[:precision]
        words = " ".join(reversed(parts))
        words = f"about {words}" if self.text.endswith(("~", "%")) else words
        return f"{words}, uncertain" if self.text.endswith(("?", "%")) else words


# Not strftime, whose months are those of the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)


def decode_date(value: Any) -> PartialDate:
    """A date from its text; raises `invalid-date`."""
    if isinstance(value, PartialDate):
        return value
    text = as_text(value, "a date such as 2003-08-19")
    found = _EDTF_DATE.fullmatch(text)
    if not found:
        raise fault(Rule.INVALID_DATE, f"'{text}' is no date", "write 2003, 2003-08 or 2003-08-19; about: 2003~")
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    assert year is not None
    if year == 0:
        raise fault(Rule.INVALID_DATE, f"'{text}' is no date", "the calendar has no year 0")
    if month is not None and not 1 <= month <= 12:
        raise fault(Rule.INVALID_DATE, f"'{text}' is no date", "the month is a number from 01 to 12")
    length = calendar.monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= length:
        raise fault(Rule.INVALID_DATE, f"'{text}' is no day of the calendar", f"the month has {length} days")
    return PartialDate(text, datetime.date(year, month or 1, day or 1), datetime.date(year, month or 12, day or length))


def decode_day(value: Any) -> PartialDate:
    """A single, certain day from its text; raises `invalid-date`."""
    date = decode_date(value)
    if date.text != date.first.isoformat():
        raise fault(Rule.INVALID_DATE, f"'{date}' is no single day", "write the day too: 2018-01-01")
    return date


Date = Annotated[PartialDate, Decoder(decode_date, form=forms.DATE)]
Day = Annotated[PartialDate, Decoder(decode_day, form=forms.DAY)]


@dataclass(frozen=True)
class DateRange:
    """From a day to a day, both included: EDTF `2016-06-23/2016-06-24`, or a single date."""

    start: PartialDate
    end: PartialDate

    def __str__(self) -> str:
        return self.start.text if self.start == self.end else f"{self.start.text}/{self.end.text}"

    @property
    def in_words(self) -> str:
        """As readers see it: `23–24 June 2016`, `31 August – 1 September 2025`."""
        start, end = self.start.in_words.split(), self.end.in_words.split()
        if self.start == self.end:
            return " ".join(end)
        dash = " – "
        if len(start) == len(end) and not re.search("[~?%]", str(self)):
            while start[-1] == end[len(start) - 1] and len(start) > 1:
                start.pop()
            dash = "–" if len(start) == 1 else dash
        return f"{' '.join(start)}{dash}{' '.join(end)}"


def decode_dates(value: Any) -> DateRange:
    """One date or two with a slash between; raises `invalid-date` and `contradiction`."""
    text = as_text(value, "a date such as 2003-08-19 or 2016-06-23/2016-06-24")
    start, slash, end = text.partition("/")
    if slash and not (start and end):
        raise fault(Rule.INVALID_DATE, f"'{text}' is no range of dates", "write 2016-06-23/2016-06-24")
    first = decode_date(start)
    last = decode_date(end) if slash else first
    if last.last < first.first:
        raise fault(Rule.CONTRADICTION, f"'{end}' is before '{start}'", "write the earlier date first")
    return DateRange(first, last)


Dates = Annotated[DateRange, Decoder(decode_dates, form=forms.DATES)]


def refuse_address(address: str) -> str | None:
    """Why an address may not be linked to, or None: only http and https, with a host and nothing hidden in it."""
    if re.search(r"[\s<>\"'\\^`{|}\x00-\x1f]", address):
        return "it holds a space, a quote or a bracket"
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        return "it is no address"
    if parts.scheme not in ("http", "https"):
        return "it does not begin with https:// or http://"
    if not host or "." not in host or user is not None:
        return "it names no host"
    return None


class Names(Model):
    """A name in English and, where attested, in Russian and Chinese; ru and zh are None where nobody attests one."""

    en: Label = Field(title="English")
    ru: Label | None = Field(None, title="Russian", description="Where attested")
    zh: Label | None = Field(None, title="Chinese", description="Where attested")

    def in_order(self) -> tuple[tuple[str, str], ...]:
        """(language, name) pairs of those that there are."""
        return tuple((language, name) for language, name in (("en", self.en), ("ru", self.ru), ("zh", self.zh)) if name)


def _country_code(value: Any) -> str:
    text = as_text(value, "a country code")
    if not re.fullmatch("[A-Z]{2}", text):
        raise fault(
            Rule.INVALID_VALUE, f"'{text}' is no country code", "write the two capital letters of ISO 3166, as KZ"
        )
    return text


CountryCode = Annotated[str, BeforeValidator(_country_code), forms.COUNTRY]


def span_of(value: object) -> tuple[PartialDate, PartialDate] | None:
    """First and last date of a value that is a date or a range; None for any other value."""
    if isinstance(value, DateRange):
        return value.start, value.end
    return (value, value) if isinstance(value, PartialDate) else None


def to_json(value: object) -> object:
    """A value as the exports show it: text, number, boolean, or a mapping with the YAML's keys."""
    if isinstance(value, Model):
        return value.model_dump()
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def sort_key(text: str) -> str:
    """By what names are sorted: capitals and accents aside, so that Türkiye stands before Turkmenistan."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slugify(text: str, limit: int = 48) -> str:
    """ASCII letters and digits of a text, joined by hyphens, cut between words at `limit` characters."""
    words = re.findall("[a-z0-9]+", text.lower())
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > limit:
            break
        slug = f"{slug}-{word}" if slug else word[:limit]
    return slug
