"""Concepts: terms of the field: what they mean, where they come from, who uses them, what critics say."""

from __future__ import annotations

from scoatlas.topics import Definition, Topic


class Concept(Topic, Definition):
    # Fields stand in the order of the bases from right to left: a term is explained before it is discussed.
    label = "concept"
    plural = "Concepts"
    order = 120
    about = "Terms of the field: what they mean, since when, who uses them, and what critics say."
