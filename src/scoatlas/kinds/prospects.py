"""Prospects: open questions, dated."""

from __future__ import annotations

from scoatlas.topics import Topic


class Prospect(Topic):
    label = "prospect"
    plural = "Prospects"
    order = 110
    about = "Open questions: what is proposed, what speaks for it, what against."
