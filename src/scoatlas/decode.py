"""A document as a model; pydantic's errors as diagnostics in the contributor's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoatlas.citation import decode_locator
from scoatlas.diagnostics import Diagnostics, Rule, did_you_mean
from scoatlas.document import Document
from scoatlas.places import DataPath
from scoatlas.values import Model

M = TypeVar("M", bound=Model)

_WANTED = {
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "dict_type": "a mapping of fields",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "text",
}


def decode(model: type[M], document: Document, what: str, diagnostics: Diagnostics) -> M | None:
    """The document as `model` (`what`: "a state"); None and diagnostics, one for each fault, where it is not one."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    shapes: dict[DataPath, _Shape] = {}
    for detail in errors:
        path = detail["loc"]
        if detail["type"] in ("missing", "extra_forbidden"):
            shape = shapes.setdefault(path[:-1], _Shape([], []))
            (shape.missing if detail["type"] == "missing" else shape.unknown).append(str(path[-1]))
        else:
            _report_value(detail, document, diagnostics)
    for path, shape in shapes.items():
        _report_shape(shape, path, document, what, _field_names(model, path), diagnostics)
    return None


@dataclass(frozen=True)
class _Shape:
    """What is wrong with the fields of one mapping."""

    missing: list[str]
    unknown: list[str]


def _report_shape(
    shape: _Shape, path: DataPath, document: Document, what: str, known: list[str], diagnostics: Diagnostics
) -> None:
    """Complain of missing and unknown fields; a field that is both, under a wrong name, is one fault."""
    holder = next((f"'{step}'" for step in reversed(path) if isinstance(step, str)), what)
    if {"value", "cite"} <= set(shape.missing):
        hint = "write `{value: …, cite: [KEY]}`"
        diagnostics.report(Rule.UNCITED_FACT, document.locate(path), "the fact has neither value nor source", hint)
        return
    misspelt = {name for name in shape.missing if any(did_you_mean(other, [name]) for other in shape.unknown)}
    if len(shape.missing) == len(shape.unknown) == 1:
        misspelt = set(shape.missing)
    for name in shape.unknown:
        location = document.locate((*path, name), key=True)
        if decode_locator(name):
            message = f"'{name}' is a locator, not a field"
            diagnostics.report(Rule.INVALID_LOCATOR, location, message, "one source a line: `- KEY, p. 4`")
            continue
        hint = did_you_mean(name, misspelt or known) or (f"did you mean '{next(iter(misspelt))}'?" if misspelt else "")
        hint = "put a space behind the colon" if ":" in name else hint or f"fields here: {', '.join(known)}"
        diagnostics.report(Rule.UNKNOWN_FIELD, location, f"{holder} has no field '{name}'", hint)
    for name in shape.missing:
        if name not in misspelt:
            rule, message = Rule.MISSING_FIELD, f"{holder} needs the field '{name}'"
            if name == "cite":
                rule, message = Rule.UNCITED_FACT, "the fact has no source"
            hint = f"add `{name}: {'[KEY]' if name == 'cite' else '…'}`"
            diagnostics.report(rule, document.locate(path), message, hint)


def _report_value(detail: ErrorDetails, document: Document, diagnostics: Diagnostics) -> None:
    path, kind, given = detail["loc"], detail["type"], detail["input"]
    if kind not in _WANTED:
        # Raised by our own validators: the type is the rule.
        context = detail["ctx"]
        location = document.locate(path, offset=context["offset"])
        diagnostics.report(Rule(kind), location, context["message"], context["hint"])
    elif given == "":
        message, hint = "this field is empty", "fill it in, or delete it"
        diagnostics.report(Rule.INVALID_VALUE, document.locate(path), message, hint)
    else:
        stands = {"str": "text", "list": "a list"}.get(type(given).__name__, "a mapping")
        message = f"here stands {stands}, where {_WANTED[kind]} is wanted"
        diagnostics.report(Rule.INVALID_VALUE, document.locate(path), message)


def _field_names(model: type[Model], path: DataPath) -> list[str]:
    """The fields of the model at a path."""
    holder: Any = model
    for step in path:
        if isinstance(step, str) and (field := holder.model_fields.get(step)):
            holder = _model_inside(field.annotation) or holder
    return list(holder.model_fields)


def _model_inside(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if inside := _model_inside(part):
            return inside
    return None
