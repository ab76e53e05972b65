"""What every kind is made of: entities that hold facts, facts that cite sources, references from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from scoatlas.citation import Citation, decode_citation
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.forms import ANCHOR, CITATION, MAX_LINE, Decoder, Form
from scoatlas.places import DataPath
from scoatlas.values import Date, Label, Line, Model, Names, Prose, Yes, as_line, as_text, fault

SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 64


@dataclass(frozen=True)
class Term:
    """A word of a closed list, and how readers see it."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.code


def one_of(terms: Mapping[str, str]) -> Decoder:
    """The validator of one word out of a list: code to label."""

    def decode_term(value: Any) -> Term:
        code = as_text(value, "one word")
        if code not in terms:
            listed = f"one of: {', '.join(terms)}"
            raise fault(Rule.INVALID_VALUE, f"'{code}' is not a word of this list", did_you_mean(code, terms) or listed)
        return Term(code, terms[code])

    return Decoder(decode_term, form=Form("one of these words", words=terms))


@dataclass(frozen=True)
class Ref:
    """A reference to an entity by its full id.

    `kinds` are the kinds it may be of, all if empty; `inverse` is what the entity's page calls the other end.
    """

    id: str
    kinds: tuple[str, ...] = ()
    inverse: str = ""

    def __str__(self) -> str:
        return self.id


def named_in(list: str, what: str) -> Decoder:
    """The validator of a word out of a list that only the atlas knows, and its checks compare."""
    return Decoder(lambda value: Term(as_text(value, what), ""), form=Form(what, lists=(list,)))


def to(*kinds: str, inverse: str = "mentions this") -> Decoder:
    """The validator of a reference to an entity of one of the kinds: `Annotated[Ref, to("states")]`."""
    form = Form("an id", example=f"{kinds[0] if kinds else 'states'}/NAME", lists=kinds or (ENTITIES,))
    return Decoder(lambda value: _decode_ref(value, kinds, inverse), form=form)


def to_or_named(kind: str, inverse: str) -> Decoder:
    """The validator of a reference to an entity of a kind, or of the bare name of one that has no page."""

    def decode_either(value: Any) -> Ref | str:
        text = as_line(value)
        return _decode_ref(text, (kind,), inverse) if _FULL_ID.fullmatch(text) else text

    name = rf"^(?!{_FULL_ID.pattern}$)[^<>\n]*[^<>\s][^<>\n]*$"
    form = Form("an id, or a name", f"{kind}/NAME", name, limit=MAX_LINE, lists=(kind,))
    return Decoder(decode_either, form=form)


ENTITIES = "entities"
"""In a form: the list of all ids, of whatever kind."""

_FULL_ID = re.compile(f"{SLUG.pattern}/{SLUG.pattern}")


def _decode_ref(value: Any, kinds: tuple[str, ...], inverse: str) -> Ref:
    text = as_text(value, "an id such as states/iran")
    if "/" not in text:
        guess = f"{kinds[0] if kinds else 'states'}/{text}" if SLUG.fullmatch(text) else "states/iran"
        raise fault(Rule.UNKNOWN_ENTITY, f"'{text}' is not a full id", f"write kind and name, as '{guess}'")
    if not _FULL_ID.fullmatch(text):
        raise fault(Rule.INVALID_ID, f"'{text}' is no id", "ids are small letters, digits and hyphens: states/iran")
    return Ref(text, kinds, inverse)


RANKS = {"preferred": "preferred", "normal": "normal", "deprecated": "held wrong"}
CONFIDENCES = {"high": "high confidence", "medium": "medium confidence", "low": "low confidence"}


def listed(value: Any) -> Any:
    """A single mapping where a list may stand is the list's only item."""
    if value in ("", []):
        raise fault(Rule.INVALID_VALUE, "this field is empty", "fill it in, or delete it")
    return value if isinstance(value, list) else [value]


def _cited(value: Any) -> Any:
    if value in ("", []):
        raise fault(Rule.UNCITED_FACT, "the fact has no source", "fill it in: `cite: [KEY]`")
    return listed(value)


_Cited = tuple[Annotated[Citation, Decoder(decode_citation, form=CITATION)], ...]
Cite = Annotated[_Cited, BeforeValidator(_cited)]
Evidence = Annotated[_Cited, BeforeValidator(listed)]
"""Citations outside of a fact."""

T = TypeVar("T")


class Fact(Model, Generic[T]):
    """A value with the sources that say it, and where they apply the time in which it is true."""

    told_apart_by: ClassVar[tuple[str, ...]] = ()
    """Own fields whose words join the id, for facts of which many fall on one day."""

    may_lie_ahead: ClassVar[bool] = False
    """Whether the value is a date that may come after the day up to which evidence was searched."""

    usual: ClassVar[tuple[str, ...]] = ()
    """Optional fields that most facts of this type have; skeletons show them."""

    id: Annotated[str, BeforeValidator(as_text), ANCHOR] | None = Field(
        None, description="Anchor, where the usual one will not do"
    )
    value: T
    since: Date | None = Field(None, description="First day on which it is true")
    until: Date | None = Field(
        None, description="First day on which it is true no longer; left out where the next value says it"
    )
    date: Date | None = Field(None, description="Day of an event")
    rank: Annotated[Term, one_of(RANKS)] = Field(
        Term("normal", RANKS["normal"]), description="Where sources disagree: what we hold, and what we hold wrong"
    )
    confidence: Annotated[Term, one_of(CONFIDENCES)] = Field(
        Term("high", CONFIDENCES["high"]), description="Where it is not high"
    )
    attested: Annotated[tuple[Date, ...], BeforeValidator(listed)] = Field(
        (), description="Days on which a source shows it"
    )
    cite: Cite = Field(description="Keys of the sources that say it")
    note: Prose | None = Field(None, description="What a reader must know beside the value")

    @model_validator(mode="before")
    @classmethod
    def _refuse_bare_value(cls, data: Any) -> Any:
        if data == "":
            raise fault(Rule.INVALID_VALUE, "this field is empty", "fill it in, or delete it")
        if isinstance(data, str):
            raise fault(
                Rule.UNCITED_FACT, f"'{data}' stands without a source", f"write `{{value: {data}, cite: [KEY]}}`"
            )
        return data

    @property
    def held(self) -> bool:
        return self.rank.code != "deprecated"


class Holding(Enum):
    """How many of a field's values are true together."""

    ONE = "one value at all times; where sources disagree, one is preferred"
    SUCCESSION = "one value at a time; each ends where the next begins"
    MANY = "any number side by side"


F = TypeVar("F")
One = Annotated[tuple[F, ...], BeforeValidator(listed), Holding.ONE]
Succession = Annotated[tuple[F, ...], BeforeValidator(listed), Holding.SUCCESSION]
Many = Annotated[tuple[F, ...], BeforeValidator(listed), Holding.MANY]


class Gap(Model):
    """Something looked for and not found."""

    field: Line = Field(description="The field for which nothing was found")
    note: Prose = Field(description="What was looked for, and where")


class Entity(Model):
    """What one fact file holds. The file's folder is its kind, the file's name its slug; neither stands inside."""

    label: ClassVar[str]
    plural: ClassVar[str]
    order: ClassVar[int]
    about: ClassVar[str]
    columns: ClassVar[tuple[str, ...]] = ()
    """Fields that the index of the kind shows beside the name."""
    sorted_by: ClassVar[str] = "name"
    """The field by which the index is sorted: the name, or one of dates, the latest first."""

    name: Names = Field(description="As readers know it")
    aliases: Annotated[tuple[Label, ...], BeforeValidator(listed)] = Field(
        (), description="Other names, in any language"
    )
    expected: Yes = Field(False, description="Planned: dates may be missing or lie ahead")
    gaps: Annotated[tuple[Gap, ...], BeforeValidator(listed)] = Field((), description="Looked for and not found")

    @classmethod
    def fact_fields(cls) -> dict[str, Holding]:
        """The fields that hold facts, in class order, and how many values each holds at a time."""
        return {
            name: holding
            for name, field in cls.model_fields.items()
            for holding in field.metadata
            if isinstance(holding, Holding)
        }

    def facts(self) -> Iterator[tuple[str, int, Fact[Any]]]:
        """(field, position, fact) of every fact, in class order."""
        for name in self.fact_fields():
            for position, fact in enumerate(getattr(self, name)):
                yield name, position, fact


def walk(value: object, path: DataPath = ()) -> Iterator[tuple[DataPath, object]]:
    """(path, value) of everything inside a model that is no model and no tuple itself."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from walk(item, (*path, position))
    elif value is not None:
        yield path, value
