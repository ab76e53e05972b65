"""What essays and checks ask for by name: an entity, a fact, a status, a day; what there is not is complained of."""

from __future__ import annotations

import datetime

from scoatlas.atlas import Atlas, LinkedFact, Record
from scoatlas.diagnostics import Rule, did_you_mean
from scoatlas.values import decode_day, fault


class Unanswerable(Exception):
    """The entity asked for is there and could not be read: what is wrong with it is said at its own place."""


def find_record(id: str, atlas: Atlas) -> Record:
    """The entity with an id; raises `unknown-entity`, or Unanswerable."""
    if id not in atlas.records:
        if id in atlas.known:
            raise Unanswerable(id)
        raise fault(Rule.UNKNOWN_ENTITY, f"there is no '{id}'", did_you_mean(id, atlas.records))
    return atlas.records[id]


def find_fact(id: str, atlas: Atlas) -> LinkedFact:
    """The fact with a full id; raises `unknown-entity`, or Unanswerable."""
    facts = {fact.id: fact for fact in find_record(id.partition("#")[0], atlas).facts}
    if id not in facts:
        raise fault(Rule.UNKNOWN_ENTITY, f"there is no fact '{id}'", did_you_mean(id, facts))
    return facts[id]


def find_status(word: str, atlas: Atlas) -> str:
    """The word, if it is a status of atlas.yml."""
    statuses = atlas.settings.statuses
    if word not in statuses:
        hint = did_you_mean(word, statuses) or f"statuses: {', '.join(statuses)}"
        raise fault(Rule.INVALID_VALUE, f"there is no status '{word}'", hint)
    return word


def find_day(text: str | None, atlas: Atlas) -> datetime.date:
    """The day of a text, by default the last up to which evidence was searched; none after it can be asked for."""
    if text is None:
        return atlas.as_of
    day = decode_day(text).first
    if day > atlas.as_of:
        message = f"{day} is after {atlas.as_of}, up to which evidence was searched"
        raise fault(Rule.FUTURE_FACT, message, "ask for an earlier day")
    return day
