"""What a contributor may write into a model: its fields, how many values each holds, and of which form."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from scoatlas.forms import Decoder, Form
from scoatlas.kinds import KINDS
from scoatlas.model import ENTITIES, Holding
from scoatlas.values import Model


@dataclass(frozen=True)
class Field:
    """A field as a contributor meets it; `holds` is the form of its text, or the model of its mapping.

    `several`: a list may stand here, of which a single value is the only item. `holding` is set where it holds facts.
    """

    name: str
    title: str
    description: str
    required: bool
    several: bool
    holding: Holding | None
    holds: Form | type[Model]


def outline(model: type[Model]) -> tuple[Field, ...]:
    """The fields of a model, in class order; raises TypeError where a type says nothing of its form."""
    return tuple(_field(model, name, info) for name, info in model.model_fields.items())


def describe(form: Form) -> str:
    """What to write, in words: `the id of a state, as states/NAME`."""
    if form.words:
        return f"one of {', '.join(form.words)}"
    kinds = [with_article(KINDS[name].label) for name in form.lists if name in KINDS]
    what = f"the id of {' or '.join(kinds or ['an entity'])}" if kinds or ENTITIES in form.lists else form.what
    example = f", as {form.example}" if form.example and form.example not in what else ""
    return f"{what}{example}{', or a name' if kinds and form.pattern else ''}"


def with_article(label: str) -> str:
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def _field(model: type[Model], name: str, info: FieldInfo) -> Field:
    annotation, metadata, several = _unwrapped(info.annotation, tuple(info.metadata))
    holds: Form | type[Model] | None = next((form for item in metadata if (form := _form(item))), None)
    if holds is None and isinstance(annotation, type) and issubclass(annotation, Model):
        holds = annotation
    if holds is None:
        raise TypeError(f"{model.__name__}.{name}: the type says nothing of its form")
    return Field(
        name=name,
        title=info.title or name.replace("_", " ").capitalize(),
        description=info.description or "",
        required=info.is_required(),
        several=several,
        holding=next((item for item in metadata if isinstance(item, Holding)), None),
        holds=holds,
    )


def _unwrapped(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...], bool]:
    """What stands inside `Annotated`, `… | None` and `tuple`; all metadata on the way; whether there was a tuple."""
    several = False
    while not any(_form(item) for item in metadata):
        origin, inside = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, metadata = inside[0], (*metadata, *inside[1:])
        elif (
            origin in (Union, types.UnionType) and len(left := [part for part in inside if part is not type(None)]) == 1
        ):
            annotation = left[0]
        elif origin is tuple:
            annotation, several = inside[0], True
        else:
            break
    return annotation, metadata, several


def _form(item: object) -> Form | None:
    return item.form if isinstance(item, Decoder) else item if isinstance(item, Form) else None
