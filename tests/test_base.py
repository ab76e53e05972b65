from __future__ import annotations

from collections.abc import Callable, Mapping

from scoatlas.diagnostics import Diagnostic


def test_nothing_is_wrong_with_the_base_project(complaints: Callable[[Mapping[str, str]], list[Diagnostic]]) -> None:
    assert complaints({}) == []
