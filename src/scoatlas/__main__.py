"""`python -m scoatlas` is the command `scoatlas`."""

from scoatlas.cli import main

main()
