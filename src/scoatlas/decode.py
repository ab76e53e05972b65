"""A document as a model; pydantic's errors as diagnostics in the contributor's words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoatlas.diagnostics import Diagnostics, Rule, did_you_mean
from scoatlas.document import DataPath, Document
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
    unknown = {detail["loc"] for detail in errors if detail["type"] == "extra_forbidden"}
    for detail in errors:
        if detail["type"] == "missing" and _is_misspelt(detail["loc"], unknown):
            continue  # one fault, one complaint: the misspelt name is reported
        _report(detail, document, what, _field_names(model, detail["loc"]), diagnostics)
    return None


def _is_misspelt(missing: tuple[str | int, ...], unknown: set[tuple[str | int, ...]]) -> bool:
    return any(near[:-1] == missing[:-1] and did_you_mean(str(near[-1]), [str(missing[-1])]) for near in unknown)


def _report(detail: ErrorDetails, document: Document, what: str, known: list[str], diagnostics: Diagnostics) -> None:
    path, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    field = str(path[-1]) if path else ""
    holder = (
        what if len(path) < 2 else f"'{next((step for step in reversed(path[:-1]) if isinstance(step, str)), what)}'"
    )
    if kind == "missing" and field == "cite":
        diagnostics.report(Rule.UNCITED_FACT, document.locate(path[:-1]), "the fact has no source", "add `cite: [KEY]`")
    elif kind == "missing":
        diagnostics.report(
            Rule.MISSING_FIELD, document.locate(path[:-1]), f"{holder} needs the field '{field}'", f"add `{field}: …`"
        )
    elif kind == "extra_forbidden":
        hint = did_you_mean(field, known) or f"fields here: {', '.join(known)}"
        diagnostics.report(
            Rule.UNKNOWN_FIELD, document.locate(path, key=True), f"{holder} has no field '{field}'", hint
        )
    elif kind in _WANTED:
        stands = {"str": "text", "list": "a list"}.get(type(detail["input"]).__name__, "a mapping")
        message = f"here stands {stands}, where {_WANTED[kind]} is wanted"
        diagnostics.report(Rule.INVALID_VALUE, document.locate(path), message)
    else:
        # Every other error is raised by our own validators: its type is the rule.
        location = document.locate(path, offset=context.get("offset", 0))
        diagnostics.report(Rule(kind), location, context["message"], context["hint"])


def _field_names(model: type[Model], path: DataPath) -> list[str]:
    """The fields of the model that holds the last step of a path."""
    holder: Any = model
    for step in path[:-1]:
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
