"""A new entity's file: every field of its kind with what may stand there, ready to be filled in.

Lines of YAML that wait to be used begin with `# `, explanations among them with `## `: whoever takes one `#` off all
lines of a block, as editors do, is left with YAML and comments.
"""

from __future__ import annotations

import errno
import os
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from scoatlas.diagnostics import did_you_mean
from scoatlas.forms import CITATION, Form
from scoatlas.kinds import KINDS
from scoatlas.loader import CONTENT, RESERVED
from scoatlas.model import MAX_SLUG, SLUG, Entity, Fact, Holding
from scoatlas.outline import Field, describe, outline, with_article
from scoatlas.values import Line, Model, slugify

WIDTH = 100
_LAST = ("expected", "gaps")  # where people look for them
_HOLDINGS = {
    Holding.ONE: "One value",
    Holding.SUCCESSION: "One value at a time",
    Holding.MANY: "Any number",
}


def refuse_id(kind: str, slug: str) -> str | None:
    """Why no entity can be called so, and what would do; None where one can."""
    if kind not in KINDS:
        return f"there is no kind '{kind}'; {did_you_mean(kind, KINDS) or 'kinds: ' + ', '.join(KINDS)}"
    if slug in RESERVED:
        return f"the name '{slug}' is taken; choose another"
    if SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG:
        return None
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", slug) if not unicodedata.combining(letter))
    valid = slugify(letters.replace("'", ""), MAX_SLUG)
    hint = f"write '{valid}'" if valid and valid not in RESERVED else "as sri-lanka or ufa-2015"
    if len(slug) > MAX_SLUG:
        return f"the name has more than {MAX_SLUG} letters; shorten it, {hint}"
    return f"'{slug}' is no name of a file: small letters, digits and single hyphens; {hint}"


def write_skeleton(root: Path, kind: str, slug: str, text: str) -> Path:
    """Write a new file and give its path; raises OSError, FileExistsError where one is there. No link is followed."""
    folder = root / CONTENT / kind
    for link in (folder.parent, folder):
        if link.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(link))
    folder.mkdir(exist_ok=True)
    file = folder / f"{slug}.yml"
    with file.open("x", encoding="utf-8", newline="\n") as new:  # `x` overwrites nothing and follows no link
        try:
            new.write(text)
            new.flush()
        except BaseException:
            file.unlink()
            raise
    return file


def format_skeleton(kind: str, slug: str, statuses: Mapping[str, str]) -> str:
    """The text of a new file; `statuses` are those of atlas.yml with their labels."""
    model = KINDS[kind]
    fields = outline(model)
    ordered = [field for field in fields if field.name not in _LAST]
    ordered += [field for field in fields if field.name in _LAST]
    blocks = ["\n".join(_head(f"{kind}/{slug}", model))]
    for field in ordered:
        blocks.append("\n".join(_block(field, statuses)))
    return "\n\n".join(blocks) + "\n"


def _head(id: str, model: type[Entity]) -> Iterator[str]:
    yield from _wrapped(f"# {id}, {with_article(model.label)}.")
    yield "#"
    yield from _wrapped(
        "# Fill in the lines without a `#`. Of the others, take the first `#` off those for which you have a source, "
        "and fill them in. Then delete what is left over, these lines too. `scoatlas check` says what is missing."
    )
    yield "#"
    yield from _wrapped(
        f"# A fact has a `value` and, under `cite`, {CITATION.what}: `cite: [KEY]`, or one source a line, "
        "`- KEY, p. 4`. Several values are a list. In plain text, [[states/iran|Tehran]] links and [@KEY, p. 4] cites. "
        "Where they apply, a fact has further fields:"
    )
    for field in outline(Fact[Line]):
        if field.name not in ("value", "cite"):
            words = f" ({', '.join(field.holds.words)})" if isinstance(field.holds, Form) and field.holds.words else ""
            yield from _wrapped(f"#   {field.name + ':':12}{_lower(field.description)}{words}", "#" + " " * 15)


def _block(field: Field, statuses: Mapping[str, str]) -> Iterator[str]:
    """A field with its explanation; commented out where it may be missing."""
    lines = list(_lines(field, statuses))
    yield from _wrapped(f"{'#' if field.required else '##'} {_explanation(field, statuses)}")
    yield from lines if field.required else [f"# {line}" for line in lines]


def _lines(field: Field, statuses: Mapping[str, str]) -> Iterator[str]:
    """The YAML of a field without values, with `# ` before what may be missing inside it."""
    holds = field.holds
    if isinstance(holds, Form):
        example = holds.example if holds.scalars == ("boolean", "string") else ""
        yield f"{field.name}: {'[]' if field.several else example}".rstrip()
        return
    yield f"{field.name}:"
    before, behind = ("  - ", "    ") if field.several and field.holding is not Holding.ONE else ("  ", "  ")
    shown = {*holds.usual, *(("since",) if field.holding is Holding.SUCCESSION else ())} if _is_fact(holds) else set()
    for inner in _inner_fields(holds):
        if inner.required or inner.name in shown:
            for line in _lines(inner, statuses):
                yield before + line
                before = behind
        elif not _is_fact(holds) or inner.name not in Fact.model_fields:
            yield from _wrapped(f"{behind}## {_explanation(inner, statuses)}", f"{behind}## ", WIDTH - 4)
            yield from (f"{behind}# {line}" for line in _lines(inner, statuses))


def _inner_fields(model: type[Model]) -> list[Field]:
    """The fields of a mapping, in the order in which people write them: what a fact's own type adds before `cite`."""
    fields = outline(model)
    if not _is_fact(model):
        return list(fields)
    own = [field for field in fields if field.name not in Fact.model_fields]
    last = [field for field in fields if field.name in ("cite", "note")]
    return [field for field in fields if field not in own and field not in last] + own + last


def _explanation(field: Field, statuses: Mapping[str, str]) -> str:
    holds = field.holds
    if not isinstance(holds, Form) and _is_fact(holds):
        holds = next(inner.holds for inner in outline(holds) if inner.name == "value")
    said = [field.title, field.description]
    if isinstance(holds, Form):
        words = describe(Form("", words=statuses) if holds.lists == ("statuses",) else holds)
        said.append(words[:1].upper() + words[1:])
    several = "Any number" if field.several else ""
    said.append(_HOLDINGS[field.holding] if field.holding else several)
    return " ".join(f"{sentence}." for sentence in said if sentence)


def _is_fact(model: type[Model]) -> TypeGuard[type[Fact[Any]]]:
    return issubclass(model, Fact)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _wrapped(text: str, indent: str | None = None, width: int = WIDTH) -> list[str]:
    """The lines of a comment; those behind the first begin with `indent`, by default as the first does."""
    indent = text[: len(text) - len(text.lstrip("# "))] if indent is None else indent
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
