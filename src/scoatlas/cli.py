"""The command `scoatlas`: the only module that prints or exits. Exit codes: 0 fine, 1 faults found, 2 wrong use."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import NoReturn

import click
from pydantic_core import PydanticCustomError

from scoatlas import show as formats
from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.build import BuildError, build_site, read_atlas
from scoatlas.citation import Citation
from scoatlas.citations.styles import STYLES
from scoatlas.diagnostics import Diagnostics, Rule, did_you_mean
from scoatlas.exports import EXPORTS, write_exports
from scoatlas.loader import missing_parts
from scoatlas.publish import Foreign, Misplaced, PublishError
from scoatlas.report import FORMATS, format_full, summarise
from scoatlas.schema import FOLDER, LISTS, find_drift, format_kinds, format_lists, write_schemas
from scoatlas.settings import read_settings
from scoatlas.skeleton import format_skeleton, refuse_id, write_skeleton
from scoatlas.values import decode_day, read_fault
from scoatlas.verify import verify_site


class _Commands(click.Group):
    """Commands whose output may meet a full disk or a console that lacks letters."""

    def invoke(self, context: click.Context) -> object:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly when nobody reads on
            what = f"'{error.filename}' cannot be used" if error.filename else "the output cannot be written"
            _fail(f"{what}: {(error.strerror or 'unknown reason').lower()}")


@click.group(cls=_Commands, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--project",
    "root",
    type=click.Path(path_type=Path),
    default=".",
    help="The folder with atlas.yml and content/; by default this one.",
)
@click.version_option(package_name="scoatlas")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Check, build and question an atlas of dated and sourced facts.

    Every command ends with exit code 0 if all is well, 1 if faults were found, 2 if it was called wrongly.
    """
    context.obj = root


@main.command(short_help="Say what is wrong with the facts, line by line.")
@click.option("--strict", is_flag=True, help="Count warnings as faults.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="full", help="How to write the faults.")
@click.pass_obj
def check(root: Path, strict: bool, style: str) -> None:
    """Say what is wrong with the facts, on which line, and what to type instead."""
    _require_project(root)
    _, diagnostics = read_atlas(root)
    click.echo(FORMATS[style](list(diagnostics), root), nl=False)
    sys.exit(1 if diagnostics.failed(strict=strict) else 0)


@main.command(short_help="Check the facts and build the site.")
@click.option("--strict", is_flag=True, help="Refuse to build on warnings too.")
@click.option("--site", type=click.Path(path_type=Path), default=None, help="Where the site goes; by default site/.")
@click.pass_obj
def build(root: Path, strict: bool, site: Path | None) -> None:
    """Check the facts, build the site beside the old one, and swap the two if all is well."""
    atlas = _checked_atlas(root, strict=strict)
    target = site or root / "site"
    try:
        build_site(root, target, atlas)
    except (Misplaced, Foreign) as error:
        raise click.UsageError(str(error)) from error
    except (BuildError, PublishError) as error:
        _fail(f"{error}\nthe old site was left as it was")
    click.echo(f"built {target}: {len(atlas.records)} entities, {len(atlas.sources)} sources")


@main.command(short_help="Say whether a built site is whole.")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def verify(root: Path, site: Path) -> None:
    """Say whether the built SITE is whole: every page, fact and data file there, no link broken.

    SITE is seen from where you are, not from the folder given with -C.
    """
    faults = list(verify_site(site, _readable_atlas(root)))
    for fault in faults[:100]:
        click.echo(fault)
    click.echo(f"{len(faults)} faults" if faults else "the site is whole")
    sys.exit(1 if faults else 0)


@main.command(short_help="Begin the file of a new entity.")
@click.argument("kind")
@click.argument("slug")
@click.pass_obj
def new(root: Path, kind: str, slug: str) -> None:
    """Write content/KIND/SLUG.yml: every field that the kind has, explained and ready to be filled in.

    Nothing is ever overwritten.
    """
    _require_project(root)
    if refusal := refuse_id(kind, slug):
        raise click.UsageError(refusal)
    diagnostics = Diagnostics()
    settings = read_settings(root, diagnostics)
    if settings is None:
        _fail(format_full(list(diagnostics), root).rstrip())
    statuses = {code: status.label for code, status in settings[0].statuses.items()}
    try:
        file = write_skeleton(root, kind, slug, format_skeleton(kind, slug, statuses))
    except FileExistsError as error:
        _fail(f"'{error.filename}' is there already, and was left as it is")
    click.echo(f"wrote {file}: fill it in; `scoatlas check` says what is missing")


@main.command(short_help="Write what editors need to complete and explain.")
@click.option("--check", "compare", is_flag=True, help="Write nothing; say what is not as the code has it.")
@click.option("--lists", "only_lists", is_flag=True, help="Write only the list of ids, statuses and keys of sources.")
@click.pass_obj
def schema(root: Path, compare: bool, only_lists: bool) -> None:
    """Write a JSON Schema for each kind into content/.schemas, and a list of the ids and keys that there are."""
    if compare and only_lists:
        raise click.UsageError("--check compares what follows from the code; the lists do not")
    _require_project(root)
    if compare:
        found = find_drift(root)
        click.echo("\n".join(found) or "the schemas are as the code has them")
        sys.exit(1 if found else 0)
    atlas = _readable_atlas(root)
    texts = {LISTS: format_lists(atlas), **({} if only_lists else format_kinds())}
    written = write_schemas(root, texts)
    click.echo(f"wrote {', '.join(written)} into {FOLDER}" if written else f"nothing has changed in {FOLDER}")


@main.command(short_help="Print an entity with all its facts.")
@click.argument("id")
@click.pass_obj
def show(root: Path, id: str) -> None:
    """Print an entity with all its facts. ID is its folder and name, as states/belarus."""
    atlas = _readable_atlas(root)
    if "#" in id:
        record, linked = _find_fact(id, atlas)
        click.echo(formats.format_why(record, linked, atlas), nl=False)
    else:
        click.echo(formats.format_record(_find_record(id, atlas), atlas), nl=False)


@main.command(short_help="Print who says a fact, and where it is used.")
@click.argument("fact")
@click.pass_obj
def why(root: Path, fact: str) -> None:
    """Print who says a FACT, as states/belarus#status-2024-07-04, and which pages use it."""
    atlas = _readable_atlas(root)
    click.echo(formats.format_why(*_find_fact(fact, atlas), atlas), nl=False)


@main.command(short_help="Print references of sources in one of six styles.")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--style", "code", type=click.Choice(list(STYLES)), default="chicago", help="The style; chicago if none is named."
)
@click.pass_obj
def cite(root: Path, ids: tuple[str, ...], code: str) -> None:
    """Print the references of sources in a style, one a line.

    An ID is the key of a source, a fact or an entity, whose sources are meant. Works of the same authors and year have
    letters where the style wants them, and a place that is cited stands below its work.
    """
    atlas = _readable_atlas(root)
    citations = [citation for id in ids for citation in _find_citations(id, atlas)]
    if not citations:
        _fail(f"{' '.join(ids)}: no source is cited there")
    click.echo(formats.format_references(citations, STYLES[code], atlas), nl=False)


@main.command("as-of", short_help="Print who had which status on a day.")
@click.argument("date")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
@click.pass_obj
def as_of(root: Path, date: str, style: str) -> None:
    """Print which state had which status on DATE, as 2016-06-24."""
    try:
        day = decode_day(date)
    except PydanticCustomError as error:
        _, message, _ = read_fault(error)
        raise click.UsageError(f"{message}; write a day as 2016-06-24") from error
    atlas = _readable_atlas(root)
    if style == "json":
        found = {"date": day.text, "status": atlas.on(day.first)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(formats.format_day(day.first, atlas), nl=False)
        if day.first > atlas.as_of:
            click.echo(f"evidence was searched up to {atlas.as_of}: what lies behind it is not known", err=True)


@main.command(short_help="Print the manual page of a rule.")
@click.argument("rule")
def explain(rule: str) -> None:
    """Print the manual page of a RULE, as uncited-fact: what it means, and what right and wrong look like."""
    codes = [known.value for known in Rule]
    if rule not in codes:
        raise click.UsageError(
            f"there is no rule '{rule}'; {did_you_mean(rule, codes) or 'rules: ' + ', '.join(codes)}"
        )
    page = resources.files("scoatlas").joinpath("rules", f"{rule}.md")
    click.echo(page.read_text("utf-8"), nl=False)


@main.command(short_help="Write the data files into a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(root: Path, folder: Path) -> None:
    """Write the data files into the folder DIR, as seen from where you are."""
    atlas = _checked_atlas(root, strict=False)
    try:
        write_exports(atlas, folder)
    except OSError as error:
        _fail(f"'{folder}' cannot be written: {(error.strerror or 'unknown reason').lower()}")
    click.echo(f"wrote {', '.join(EXPORTS)}, one file an entity, README.md and datapackage.json into {folder}")


# --- shared by the commands ------------------------------------------------------------------------------------------


def _require_project(root: Path) -> None:
    if missing := missing_parts(root):
        raise click.UsageError(
            f"'{root}' is no atlas: it has no {', no '.join(missing)}; go to its folder, or name it with -C"
        )


def _read(root: Path) -> tuple[Atlas | None, Diagnostics]:
    _require_project(root)
    return read_atlas(root)


def _checked_atlas(root: Path, *, strict: bool) -> Atlas:
    """The atlas, if nothing is wrong with it."""
    atlas, diagnostics = _read(root)
    if atlas is None or diagnostics.failed(strict=strict):
        _fail(format_full(list(diagnostics), root).rstrip())
    if len(diagnostics):
        click.echo(format_full(list(diagnostics), root), nl=False, err=True)
    return atlas


def _readable_atlas(root: Path) -> Atlas:
    """The atlas as far as it can be read; that parts are left out is said, what is wrong with them `check` says."""
    atlas, diagnostics = _read(root)
    if atlas is None:
        _fail(format_full(list(diagnostics), root).rstrip())
    if diagnostics.failed():
        click.echo(f"{summarise(diagnostics)}: what they concern may be missing here; see `scoatlas check`", err=True)
    return atlas


def _find_record(id: str, atlas: Atlas) -> Record:
    if id in atlas.records:
        return atlas.records[id]
    if id in atlas.known:
        _fail(f"'{id}' cannot be read: see `scoatlas check`")
    named = [record.id for record in atlas.records.values() if id.casefold() in _names(record)]
    hint = f"did you mean '{named[0]}'?" if named else did_you_mean(id, atlas.records) or "ids look like states/belarus"
    raise click.UsageError(f"there is no '{id}'; {hint}")


def _find_citations(id: str, atlas: Atlas) -> Iterable[Citation]:
    """The citations that an id stands for: of a fact, of an entity, or that of a source itself."""
    if id in atlas.sources:
        return [Citation(id)]
    if "#" in id:
        return _find_fact(id, atlas)[1].fact.cite
    if "/" in id:
        return [use.citation for use in _find_record(id, atlas).uses]
    hint = did_you_mean(id, [*atlas.sources, *atlas.records]) or "keys stand on the page of sources"
    raise click.UsageError(f"there is no source '{id}'; {hint}")


def _names(record: Record) -> set[str]:
    names = [name for _, name in record.entity.name.in_order()] + list(record.entity.aliases)
    return {name.casefold() for name in [*names, record.id.partition("/")[2]]}


def _find_fact(id: str, atlas: Atlas) -> tuple[Record, LinkedFact]:
    record = _find_record(id.partition("#")[0], atlas)
    facts = {linked.id: linked for linked in record.facts}
    if id not in facts:
        hint = did_you_mean(id, facts) or f"facts there: {', '.join(linked.anchor for linked in record.facts)}"
        raise click.UsageError(f"there is no fact '{id}'; {hint}")
    return record, facts[id]


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
