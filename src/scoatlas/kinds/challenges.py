"""Challenges: strains and limits."""

from __future__ import annotations

from scoatlas.topics import Topic


class Challenge(Topic):
    label = "challenge"
    plural = "Challenges"
    order = 100
    about = "Strains and limits of the SCO and of Chinese and Russian cooperation in it."
