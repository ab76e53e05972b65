"""Interests: what an actor wants from the SCO and from Central Asia."""

from __future__ import annotations

from scoatlas.topics import Topic


class Interest(Topic):
    label = "interest"
    plural = "Interests"
    order = 80
    about = "What China, Russia and the Central Asian states want from the SCO and the region, in words and figures."
