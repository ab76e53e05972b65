"""The command `scoatlas`: the only module that prints or exits. Exit codes: 0 fine, 1 errors found, 2 wrong use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scoatlas.atlas import Atlas
from scoatlas.checks import check_atlas
from scoatlas.diagnostics import Diagnostics
from scoatlas.loader import load, missing_parts
from scoatlas.report import FORMATS


@click.group()
@click.option("-C", "root", type=click.Path(path_type=Path), default=".", help="project folder")
@click.pass_context
def main(context, root):
    context.obj = root


@main.command()
@click.option("--strict", is_flag=True)
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="full")
@click.pass_obj
def check(root, strict, style):
    diagnostics = Diagnostics()
    atlas = load(root, diagnostics)
    if atlas:
        check_atlas(atlas, diagnostics)
    click.echo(FORMATS[style](list(diagnostics), root), nl=False)
    sys.exit(diagnostics.failed(strict=strict))
