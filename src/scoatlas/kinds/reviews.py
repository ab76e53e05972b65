"""Reviews: a text about the subject of the atlas, judged claim by claim."""

from __future__ import annotations

from scoatlas.claims import Audited


class Review(Audited):
    label = "review"
    plural = "Reviews"
    order = 130
    about = "Texts about the organisation, judged claim by claim: what holds, what does not, and by which evidence."
    columns = ("summary",)
