"""What each page shows: the templates' questions, answered from the atlas; no HTML, no addresses."""

from __future__ import annotations

from scoatlas.views.az import letters_of
from scoatlas.views.claims import bars_of, claims_about, facts_answer, parts_of, topics_of, verdicts_of
from scoatlas.views.entity import Box, Line, Section, box_of, remarks_of, sections_of
from scoatlas.views.fields import (
    FieldView,
    fields_of,
    is_status,
    labels_of,
    own_fields,
    style_of,
    title_of,
)
from scoatlas.views.history import History, history_of
from scoatlas.views.home import doors, latest_meetings, office_holders, standings
from scoatlas.views.index import about_of, columns_of, count_of, label_of_kind, rows_of
from scoatlas.views.questions import (
    conflicts,
    contested,
    count_of_medium_confidence,
    gaps_by_kind,
    never_seen,
    of_low_confidence,
    seen_by_tier,
    unverifiable,
    words_of_seen,
)
from scoatlas.views.sources import sources_by_letter, users_of
from scoatlas.views.tables import Column, Table
from scoatlas.views.ties import belongs_to, common, groups_of_backlinks, subject_name
from scoatlas.views.years import Year, by_year, entries_of, kinds_of, states_of, year_of, years_of

__all__ = [
    "Box",
    "Column",
    "FieldView",
    "History",
    "Line",
    "Section",
    "Table",
    "Year",
    "about_of",
    "bars_of",
    "belongs_to",
    "box_of",
    "by_year",
    "claims_about",
    "columns_of",
    "common",
    "conflicts",
    "contested",
    "count_of",
    "count_of_medium_confidence",
    "doors",
    "entries_of",
    "facts_answer",
    "fields_of",
    "gaps_by_kind",
    "groups_of_backlinks",
    "history_of",
    "is_status",
    "kinds_of",
    "label_of_kind",
    "labels_of",
    "latest_meetings",
    "letters_of",
    "never_seen",
    "of_low_confidence",
    "office_holders",
    "own_fields",
    "parts_of",
    "remarks_of",
    "rows_of",
    "sections_of",
    "seen_by_tier",
    "sources_by_letter",
    "standings",
    "states_of",
    "style_of",
    "subject_name",
    "title_of",
    "topics_of",
    "unverifiable",
    "users_of",
    "verdicts_of",
    "words_of_seen",
    "year_of",
    "years_of",
]
