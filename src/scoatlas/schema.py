"""JSON Schema of every kind, for editors: completion and explanation while one types; `scoatlas check` alone decides.

The schemas of the kinds follow from the code alone. What only the atlas knows (ids, keys, statuses) stands in one more
file, `lists.json`, to which they refer; so a new source or entity changes no file that is under version control.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from scoatlas.atlas import Atlas
from scoatlas.citation import SOURCE_KEY
from scoatlas.forms import ANY_TEXT, Form
from scoatlas.kinds import KINDS
from scoatlas.loader import CONTENT
from scoatlas.model import ENTITIES, Entity, Fact
from scoatlas.outline import Field, describe, outline, with_article
from scoatlas.values import Line, Model

FOLDER = f"{CONTENT}/.schemas"
LISTS = "lists.json"

Schema: TypeAlias = "dict[str, Any]"

_DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that all editors read
_LIMITS = {"integer": (1, 9999), "number": (0, None)}
_SHARED = tuple(field for field in outline(Fact[Line]) if field.name != "value")


def format_kinds() -> dict[str, str]:
    """File name to text of the schema of each kind; the same for every atlas."""
    return {f"{name}.json": _format(_kind_schema(kind)) for name, kind in KINDS.items()}


def format_lists(atlas: Atlas) -> str:
    """The text of `lists.json`: what the other schemas refer to. Broken files and entries are known here too."""
    lists: dict[str, Schema] = {}
    for name, kind in KINDS.items():
        ids = sorted(id for id in atlas.known if id.startswith(f"{name}/"))
        labels = [atlas.records[id].entity.name.en if id in atlas.records else "" for id in ids]
        lists[name] = _words(ids, labels, f"there is no such {kind.label}; begin its file with `scoatlas new`")
    lists[ENTITIES] = {"anyOf": [_reference(name, local=True) for name in KINDS]}
    statuses = atlas.settings.statuses
    lists["statuses"] = _words(statuses, [status.label for status in statuses.values()], "the words are in atlas.yml")
    lists["sources"] = _sources(atlas)
    return _format({"$schema": _DRAFT, "title": "What this atlas holds", "definitions": lists})


def write_schemas(root: Path, texts: Mapping[str, str]) -> list[str]:
    """Write those files that differ, each in one step; their names. No link is followed (OSError)."""
    folder = root / FOLDER
    for link in (folder.parent, folder):
        if link.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(link))
    folder.mkdir(exist_ok=True)
    written = [name for name, text in texts.items() if _read(folder / name) != text.encode()]
    for name in written:
        new = folder / f".{name}.{os.getpid()}"
        try:
            with new.open("xb") as file:
                file.write(texts[name].encode())
            new.replace(folder / name)
        finally:
            new.unlink(missing_ok=True)
    return written


def find_drift(root: Path) -> list[str]:
    """What is wrong with the schemas of the kinds in a project, a sentence each; `lists.json` may be of any age."""
    expected = format_kinds()
    folder = root / FOLDER
    there = {file.name for file in folder.glob("*.json")} - {LISTS}
    found = [f"{FOLDER}/{name} belongs to no kind: delete it" for name in sorted(there - set(expected))]
    for name, text in expected.items():
        if name not in there:
            found.append(f"{FOLDER}/{name} is missing: run `scoatlas schema`")
        elif _read(folder / name) != text.encode():
            found.append(f"{FOLDER}/{name} is not what the code says: run `scoatlas schema`")
    return found


def _read(file: Path) -> bytes | None:
    try:
        return None if file.is_symlink() else file.read_bytes()
    except FileNotFoundError:
        return None


def _format(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


# --- a kind ----------------------------------------------------------------------------------------------------------


def _kind_schema(kind: type[Entity]) -> Schema:
    fields = outline(kind)
    shared = {f"fact.{field.name}": _field_schema(field) for field in _SHARED}
    models = {field.name: _model_schema(field.holds) for field in fields if not isinstance(field.holds, Form)}
    models["gaps"]["properties"]["field"] = _words(
        [field.name for field in fields if field.name not in ("gaps", "expected")], (), f"no field of {kind.plural}"
    )
    return {
        "$schema": _DRAFT,
        "title": with_article(kind.label),
        "description": kind.about,
        **_mapping(fields, {field.name: _field_schema(field, at=field.name) for field in fields}),
        "definitions": {**models, **shared},
    }


def _model_schema(model: type[Model]) -> Schema:
    """The schema of a mapping; what all facts have is said once, under `fact.…`."""
    fields = outline(model)
    is_fact = issubclass(model, Fact)
    properties = {
        field.name: {"$ref": f"#/definitions/fact.{field.name}"}
        if is_fact and field.name in Fact.model_fields and field.name != "value"
        else _field_schema(field)
        for field in fields
    }
    said = {"title": "a fact: value and cite"} if is_fact else {}
    return {**said, **_mapping(fields, properties)}


def _mapping(fields: Iterable[Field], properties: Schema) -> Schema:
    required = [field.name for field in fields if field.required]
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _field_schema(field: Field, at: str | None = None) -> Schema:
    """The schema of what stands behind a field's name; `at` is the definition that holds its mapping."""
    if isinstance(field.holds, Form):
        one = _form_schema(field.holds)
    else:
        one = {"$ref": f"#/definitions/{at}"} if at else _model_schema(field.holds)
    several = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]} if field.several else one
    said = [field.description, f"{field.holding.value}" if field.holding else ""]
    if isinstance(field.holds, Form) and not field.holds.words:
        said.append(describe(field.holds))
    description = ". ".join(sentence[:1].upper() + sentence[1:] for sentence in said if sentence)
    return {"title": field.title, **({"description": description} if description else {}), **several}


# --- a text ----------------------------------------------------------------------------------------------------------


def _form_schema(form: Form) -> Schema:
    if form.words:
        return _words(form.words, list(form.words.values()), f"write {describe(form)}")
    lists = [_reference(name) for name in form.lists]
    if not lists:
        return _text_schema(form)
    if form.pattern:
        lists.append(_text_schema(form))
    return lists[0] if len(lists) == 1 else {"anyOf": lists}


def _text_schema(form: Form) -> Schema:
    least, most = next((_LIMITS[name] for name in form.scalars if name in _LIMITS), (None, None))
    limits = {} if form.scalars == ANY_TEXT else {"minimum": least, "maximum": most}
    keywords = {
        "type": form.scalars[0] if len(form.scalars) == 1 else list(form.scalars),
        "pattern": form.pattern or None,
        "maxLength": form.limit,
        **limits,
        "errorMessage": f"write {describe(form)}",  # yaml-language-server's own keyword; others pass over it
    }
    return {name: value for name, value in keywords.items() if value is not None}


def _words(words: Iterable[str], labels: Iterable[str], message: str) -> Schema:
    listed, described = list(words), list(labels)
    if not listed:  # an empty enum is no schema; this pattern is that of no text
        return {"type": "string", "pattern": "^(?!)", "errorMessage": message}
    return {"enum": listed, **({"enumDescriptions": described} if any(described) else {}), "errorMessage": message}


def _reference(name: str, *, local: bool = False) -> Schema:
    return {"$ref": f"{'' if local else LISTS}#/definitions/{name}"}


def _sources(atlas: Atlas) -> Schema:
    """A key, or a key with a locator behind a comma."""
    if atlas.known_sources is None:  # references.bib cannot be read: nobody knows
        return {"type": "string"}
    keys = sorted(key for key in atlas.known_sources if SOURCE_KEY.fullmatch(key))  # no other can be cited
    titles = [atlas.sources[key].fields.get("title", "") if key in atlas.sources else "" for key in keys]
    message = "no source has this key: see references.bib"
    located = {"type": "string", "pattern": f"^({'|'.join(keys)}), *[^ ].*$", "errorMessage": message}
    return {"anyOf": [_words(keys, titles, message), *([located] if keys else [])]}
