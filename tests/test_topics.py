"""Every topic and named body of the article that the atlas starts from has a page that is found by that name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scoatlas.atlas import Atlas

TOPICS = Path(__file__).parent / "references/article-topics.txt"


def topics() -> Iterator[tuple[str, str]]:
    for line in TOPICS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            phrase, _, id = line.partition(" = ")
            yield phrase, id


@pytest.mark.parametrize(("phrase", "id"), list(topics()))
def test_a_topic_of_the_article_is_a_name_or_alias_of_a_page_with_facts(phrase: str, id: str, atlas: Atlas) -> None:
    record = atlas.records[id]
    names = [record.entity.name.en, getattr(record.entity, "abbreviation", None) or "", *record.entity.aliases]
    assert phrase.casefold() in [name.casefold() for name in names]
    assert len([linked for linked in record.facts if linked.fact.cite]) >= 3
