"""Concepts: terms of the field: what they mean, where they come from, who uses them, what critics say."""

from __future__ import annotations

from pydantic import Field

from scoatlas.facts import Step
from scoatlas.model import Fact, Many
from scoatlas.topics import Topic
from scoatlas.values import Prose


class Concept(Topic):
    label = "concept"
    plural = "Concepts"
    order = 120
    about = "Terms of the field: what they mean, since when, who uses them, and what critics say."
    columns = ("summary",)

    meaning: Many[Fact[Prose]] = Field((), title="Meaning", description="Its elements, and how texts define it")
    origin: Many[Step] = Field((), title="Origin")
    usage: Many[Fact[Prose]] = Field((), title="Used by")
    criticism: Many[Fact[Prose]] = Field((), title="Criticism", description="Who objects to it, and why")
