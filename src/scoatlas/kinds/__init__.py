"""The kinds of entities: each module here is one, named as its folder in `content/`, and is found by being here."""

from __future__ import annotations

import importlib
import pkgutil

from scoatlas.model import Entity


def _discover() -> dict[str, type[Entity]]:
    kinds: dict[str, type[Entity]] = {}
    for module in pkgutil.iter_modules(__path__):
        full_name = f"{__name__}.{module.name}"
        classes = [
            value
            for value in vars(importlib.import_module(full_name)).values()
            if isinstance(value, type) and issubclass(value, Entity) and value.__module__ == full_name
        ]
        if len(classes) != 1:
            raise TypeError(f"{full_name} must hold one class of Entity, and holds {len(classes)}")
        kinds[module.name] = classes[0]
    return dict(sorted(kinds.items(), key=lambda item: (item[1].order, item[0])))


KINDS = _discover()
"""Folder name to class, in the order in which readers see them."""
