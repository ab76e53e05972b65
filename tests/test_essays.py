"""The essays: long enough, each paragraph with its source, and never behind the facts from which they take words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from projects import write_project
from scoatlas import views
from scoatlas.answers import answer_in_words
from scoatlas.atlas import Atlas
from scoatlas.build import read_atlas
from scoatlas.checks import check_atlas
from scoatlas.decode import decode
from scoatlas.diagnostics import Diagnostic, Diagnostics, Rule
from scoatlas.document import read_document
from scoatlas.essays import running_text
from scoatlas.expressions import evaluate
from scoatlas.kinds import KINDS
from scoatlas.linking import link_atlas, link_record
from scoatlas.lookup import find_day
from scoatlas.pages import plan_pages
from scoatlas.prose import Cited, Expression, find_marks
from scoatlas.render import essay_markdown, render_page
from sites import REPOSITORY

WORDS = (300, 900)


def essays(atlas: Atlas) -> dict[str, str]:
    return {record.id: record.essay.text for record in atlas.records.values() if record.essay}


def words_of(text: str) -> int:
    """The words of an essay but its headings; a link or a value from the facts counts as one, a cite as none."""
    marks = list(find_marks(text, markdown=True, forms=True))
    others = sum(not isinstance(mark, Cited) for mark in marks)
    running = running_text(text, lambda text: find_marks(text, markdown=True, forms=True))
    return others + len(re.findall(r"[^\W_][\w’'.-]*", running))


def paragraphs_of(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text) if block.strip() and not block.lstrip().startswith("#")]


def test_there_are_essays_for_what_needs_an_argument(atlas: Atlas) -> None:
    counts = {id: words_of(text) for id, text in essays(atlas).items()}
    assert len(counts) >= 25
    assert sum(counts.values()) >= 12_000
    assert {id: count for id, count in counts.items() if not WORDS[0] <= count <= WORDS[1]} == {}
    assert {id for id in atlas.records if id.startswith("challenges/")} <= set(counts)


def test_every_paragraph_of_an_essay_has_its_source(atlas: Atlas) -> None:
    without = [
        (id, paragraph[:60])
        for id, text in essays(atlas).items()
        for paragraph in paragraphs_of(text)
        if not any(isinstance(mark, Cited) for mark in find_marks(paragraph, markdown=True))
    ]
    assert without == []


def test_essays_speak_with_russian_and_chinese_scholars_too(atlas: Atlas) -> None:
    spoken: dict[str, set[str]] = {"russian": set(), "chinese": set()}
    for id, text in essays(atlas).items():
        for mark in find_marks(text, markdown=True):
            for citation in mark.citations if isinstance(mark, Cited) else ():
                source = atlas.sources[citation.source]
                if source.tier == "scholarship" and source.fields.get("langid") in spoken:
                    spoken[source.fields["langid"]].add(id)
    assert {language for language, found in spoken.items() if len(found) < 10} == set()


# --- one fact changed


def changed(atlas: Atlas, id: str, old: str, new: str, folder: Path) -> tuple[Atlas, list[Diagnostic]]:
    """The atlas with one entity's file changed in one place, and what the checks say of it."""
    text = (REPOSITORY / f"content/{id}.yml").read_text("utf-8")
    assert text.count(old) == 1, (id, old, text.count(old))
    file = folder / "changed.yml"
    file.write_text(text.replace(old, new), "utf-8")
    diagnostics = Diagnostics()
    document = read_document(file, f"content/{id}.yml", diagnostics)
    assert document
    entity = decode(KINDS[id.partition("/")[0]], document, "an entity", diagnostics)
    assert entity, list(diagnostics)
    before = atlas.records[id]
    records = {**atlas.records, id: link_record(id, entity, document, before.essay)}
    made = link_atlas(
        atlas.settings,
        [replace(record, backlinks=()) for record in records.values()],
        atlas.pages.values(),
        atlas.sources,
        known=atlas.known,
        known_sources=atlas.known_sources,
        whole=True,
        settings_document=read_document(REPOSITORY / "atlas.yml", "atlas.yml", Diagnostics()) or before.document,
    )
    check_atlas(made, diagnostics)
    return made, list(diagnostics)


def html_of(atlas: Atlas) -> dict[str, str]:
    """Path to HTML of every page, its essay left in Markdown."""
    return {
        planned.path: render_page(planned, atlas, essay_markdown(planned, atlas)).html for planned in plan_pages(atlas)
    }


def answers_of(path: str, atlas: Atlas) -> list[str]:
    """What the expressions of an essay or page and the checks of claims answer."""
    record = atlas.records.get(path)
    text = atlas.pages[path].text if path in atlas.pages else record.essay if record else None
    marks = find_marks(text.text if text else "", markdown=True, forms=True)
    found = [evaluate(mark, atlas) for mark in marks if isinstance(mark, Expression)]
    return found + [answer_in_words(claim.check, atlas) for claim in (record.claims if record else ()) if claim.check]


ACCESSION = "  - value: member\n    since: 2024-07-04\n"


def test_when_the_accession_of_belarus_moves_what_depends_on_it_moves_and_nothing_else(
    atlas: Atlas, tmp_path: Path
) -> None:
    later = "  - id: status-2024-07-04\n    value: member\n    since: 2024-10-04\n"
    made, complaints = changed(atlas, "states/belarus", ACCESSION, later, tmp_path)
    assert len(atlas.on(find_day("2024-08-01", atlas))["member"]) == 10
    assert len(made.on(find_day("2024-08-01", atlas))["member"]) == 9
    before, after = html_of(atlas), html_of(made)
    moved = {path for path in before if before[path] != after[path]}
    depends = {"states/belarus", "states/index", "index", "organisations/sco"}
    depends |= {
        record.id
        for record in atlas.of_kind("organisations")
        if views.common(record, atlas) != views.common(made.records[record.id], made)
    }
    told = {*atlas.records, *atlas.pages}
    depends |= {path for path in told if answers_of(path, atlas) != answers_of(path, made)}
    drawn = {page.path: page.picture for page in plan_pages(made) if page.picture}
    depends |= {page.path for page in plan_pages(atlas) if page.picture and page.picture != drawn[page.path]}
    depends |= {"years/index", "years/2024"}
    assert moved == depends
    assert {"organisations/csto", "organisations/cis", "organisations/eaeu"} <= moved
    # the essays that name the day by its fact tell the new one
    naming = {id for id, text in essays(atlas).items() if 'date("states/belarus#status-2024-07-04")' in text}
    assert naming
    assert naming <= moved
    for id in naming:
        assert "4 October 2024" in after[id]
    # nothing is complained of but verdicts that rest on the day, and the meeting that decided, which was in July
    assert {one.rule for one in complaints} <= {Rule.STALE_VERDICT, Rule.PARTICIPANT_WITHOUT_STATUS}


def test_when_the_accession_of_belarus_goes_all_that_names_it_complains(atlas: Atlas, tmp_path: Path) -> None:
    text = (REPOSITORY / "content/states/belarus.yml").read_text("utf-8")
    start = text.index(ACCESSION)
    block = re.match(r"  - .*\n(?:    .*\n)*", text[start:])
    assert block
    _, complaints = changed(atlas, "states/belarus", block[0], "", tmp_path)
    naming = [
        (record.essay.path, record.essay.locate(mark.start).line)
        for record in atlas.records.values()
        if record.essay
        for mark in find_marks(record.essay.text, markdown=True, forms=True)
        if "states/belarus#status-2024-07-04" in record.essay.text[mark.start : mark.end]
    ]
    assert naming
    told = {(one.location.path, one.location.line) for one in complaints if one.rule is Rule.UNKNOWN_ENTITY}
    assert set(naming) <= told


@pytest.mark.parametrize("pair", [("eight", "8"), ("Ten", "10"), ("twenty-seven", "27")])
def test_a_number_of_members_that_is_typed_is_found_in_words_and_digits(pair: tuple[str, str], tmp_path: Path) -> None:

    for number in pair:
        text = f"It has {number} members, {number}\nobservers and {number} full member states [@li-2010].\n"
        _, diagnostics = read_atlas(write_project(tmp_path / number, {"content/states/china.md": text}))
        assert [one.rule for one in diagnostics] == [Rule.TYPED_NUMBER] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Six members of the [[states/china]] are not counted here.",
        "One member can stop a decision; two of the members did.",
        "The year 2001 members remember.",
        '{{ count("member") }} members.',
        "## Six members\n\nA heading.",
    ],
)
def test_what_is_no_count_of_ours_is_left_alone(text: str, tmp_path: Path) -> None:

    _, diagnostics = read_atlas(write_project(tmp_path, {"content/states/china.md": f"{text} [@li-2010]\n"}))
    assert Rule.TYPED_NUMBER not in {one.rule for one in diagnostics}
