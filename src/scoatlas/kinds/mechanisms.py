"""Mechanisms: ways in which China and Russia coordinate."""

from __future__ import annotations

from scoatlas.topics import Topic


class Mechanism(Topic):
    label = "mechanism"
    plural = "Mechanisms"
    order = 90
    about = "Ways in which China and Russia coordinate, and how far they carry."
