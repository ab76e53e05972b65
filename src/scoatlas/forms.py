"""The form of a text: which texts a type takes, as skeletons tell it to people and schemas to editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import PlainValidator

MAX_LINE = 300
MAX_PROSE = 4_000

ANY_TEXT = ("string", "number", "boolean")
"""Fact files hold text only, but an editor reads `25` as a number and `true` as a boolean."""


@dataclass(frozen=True, eq=False)
class Form:
    """Which texts a type takes. It stands in an annotation beside the validator, which alone decides.

    `what` completes "write …". `pattern` is a regular expression that JavaScript reads as Python does; it admits every
    text that the validator admits, and perhaps more. `words` are the codes of a closed list with their labels. `lists`
    names lists that only the atlas knows: kinds, for the ids of their entities, `sources` or `statuses`; with a pattern
    beside them, text of that pattern may stand too.
    """

    what: str
    example: str = ""
    pattern: str = ""
    limit: int | None = None
    scalars: tuple[str, ...] = ("string",)
    words: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decoder(PlainValidator):
    """A validator with the form of the texts that it takes."""

    form: Form


_ON_ONE_LINE = r"[^<>\n]*[^<>\s][^<>\n]*$"
_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[~?%]?"
_YEAR = ("string", "integer")  # what an editor makes of a date: 2003-08-19 is text, 2003 a number

LINE = Form("a line of text", pattern=f"^{_ON_ONE_LINE}", limit=MAX_LINE, scalars=ANY_TEXT)
LABEL = Form("a name", pattern=rf"^(?!.*(\[\[|\[@|\{{\{{)){_ON_ONE_LINE}", limit=MAX_LINE, scalars=ANY_TEXT)
PROSE = Form(
    "plain text",
    pattern=r"^(?![\s\S]*<[A-Za-z/!?])[\s\S]*\S",
    limit=MAX_PROSE,
    scalars=ANY_TEXT,
)
YES = Form("true or false", "true", "^(true|false)$", scalars=("boolean", "string"))
ORDINAL = Form("a whole number", "15", "^[1-9][0-9]{0,3}$", scalars=("integer", "string"))
DATE = Form("a date: 2003, 2003-08 or 2003-08-19; about: 2003~", "2003-08-19", f"^{_DAY}$", scalars=_YEAR)
DAY = Form("a day", "2003-08-19", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
DATES = Form("a day, or the first and the last", "2016-06-23/2016-06-24", f"^{_DAY}(/{_DAY})?$", scalars=_YEAR)
COUNTRY = Form("the two capital letters of ISO 3166", "KZ", "^[A-Z]{2}$")
ANCHOR = Form("the name of the field and a word of your own", "status-again", "^[a-z_]+(-[a-z0-9]+)+$")
CITATION = Form("the key of a source in references.bib, and where in it", "KEY, p. 4", lists=("sources",))
