"""atlas.yml: what makes this atlas this one. Read strictly, by the command line and the plugin alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from scoatlas.decode import decode
from scoatlas.diagnostics import Diagnostics, Rule, did_you_mean
from scoatlas.document import Document, read_document
from scoatlas.kinds import KINDS
from scoatlas.model import SLUG, Holding, Ref, to
from scoatlas.values import Day, Line, Model, as_text, fault

FILE = "atlas.yml"


def _colour(value: Any) -> str:
    text = as_text(value, "a colour")
    if len(text) != 7 or text[0] != "#" or set(text[1:]) - set("0123456789abcdef"):
        raise fault(Rule.INVALID_VALUE, f"'{text}' is no colour", 'write # and six of 0–9, a–f, in quotes: "#1f4e79"')
    return text


Colour = Annotated[str, BeforeValidator(_colour)]


class StatusStyle(Model):
    """A status that a state can have in the organisation, how it is called and coloured, in light and in dark."""

    label: Line
    plural: Line
    colour: Colour
    dark: Colour


def _words(value: Any) -> Any:
    if not value:
        raise fault(
            Rule.INVALID_VALUE, "no status is named", "name one: `member: {label: …, plural: …, colour: …, dark: …}`"
        )
    for key in value if isinstance(value, dict) else ():
        if not SLUG.fullmatch(key):
            raise fault(Rule.INVALID_ID, f"'{key}' is no name of a status", "small letters, digits and hyphens")
    return value


class Office(Model):
    """An office that the home page names with its holder: `field` is a succession of the entity `of`."""

    title: Line
    of: Annotated[Ref, to()]
    field: Line

    @field_validator("field")
    @classmethod
    def _is_succession(cls, field: str, info: ValidationInfo) -> str:
        of = info.data.get("of")
        kind = KINDS.get(of.id.partition("/")[0]) if of else None
        if kind is None:
            return field  # what is wrong is said of `of`
        offices = [name for name, holding in kind.fact_fields().items() if holding is Holding.SUCCESSION]
        if field not in offices:
            hint = did_you_mean(field, offices) or (f"one of: {', '.join(offices)}" if offices else "")
            raise fault(Rule.INVALID_VALUE, f"'{field}' is no succession of {kind.plural.lower()}", hint)
        return field


class Settings(Model):
    title: Line
    description: Line = Field(description="One sentence, for search engines")
    as_of: Day = Field(description="The day up to which evidence was searched, written by hand")
    founding: Annotated[Ref, to("summits")] = Field(description="The meeting on whose last day the organisation began")
    subject: Annotated[Ref, to("organisations")] | None = Field(None, description="The organisation that it is about")
    offices: tuple[Office, ...] = Field((), description="Those whose holders the home page names")
    statuses: Annotated[Mapping[str, StatusStyle], BeforeValidator(_words)]


def read_settings(root: Path, diagnostics: Diagnostics) -> tuple[Settings, Document] | None:
    """The settings of a project folder and the document that they stand in; None and diagnostics where it is faulty."""
    document = read_document(root / FILE, FILE, diagnostics)
    settings = decode(Settings, document, FILE, diagnostics) if document else None
    return (settings, document) if settings and document else None
