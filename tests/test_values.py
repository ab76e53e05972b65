"""What a string may mean: dates, ranges of dates, addresses, names, lines, prose, numbers."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scoatlas.forms import MAX_LINE, MAX_PROSE
from scoatlas.model import SLUG, Ref, Term
from scoatlas.values import (
    CountryCode,
    Date,
    DateRange,
    Dates,
    Line,
    Names,
    Ordinal,
    PartialDate,
    Prose,
    Yes,
    decode_date,
    refuse_address,
    slugify,
    to_json,
)


def decode(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refusal(kind: Any, value: object) -> tuple[str, str, str | None]:
    """Rule, message and hint of the only fault."""
    with pytest.raises(ValidationError) as caught:
        decode(kind, value)
    (error,) = caught.value.errors()
    return error["type"], error["ctx"]["message"], error["ctx"]["hint"]


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    text = day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    return decode_date(text + draw(st.sampled_from(["", "", "", "~", "?", "%"])))


# --- dates


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        # as precise as its source
        ("2003-08-19", "2003-08-19", "2003-08-19", "19 August 2003"),
        ("2003-08", "2003-08-01", "2003-08-31", "August 2003"),
        ("2003", "2003-01-01", "2003-12-31", "2003"),
        # the calendar
        ("2004-02", "2004-02-01", "2004-02-29", "February 2004"),
        ("2100-02", "2100-02-01", "2100-02-28", "February 2100"),
        ("2004-02-29", "2004-02-29", "2004-02-29", "29 February 2004"),
        # about, uncertain, both
        ("2003~", "2003-01-01", "2003-12-31", "about 2003"),
        ("2003-08?", "2003-08-01", "2003-08-31", "August 2003, uncertain"),
        ("2003-08-19%", "2003-08-19", "2003-08-19", "about 19 August 2003, uncertain"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, first: str, last: str, words: str) -> None:
    date = decode_date(text)
    assert (str(date), date.first.isoformat(), date.last.isoformat(), date.in_words) == (text, first, last, words)


@pytest.mark.parametrize(
    "text",
    [
        # other ways of writing
        *(
            "19.08.2003",
            "2003/08/19",
            "19 August 2003",
            "20030819",
            "2003-8",
            "2003-08-9",
            "03-08-19",
            "2003-08-19T10:00",
        ),
        # no number, no year, other digits, more than a date
        *("soon", "-2003", "12003", "٢٠٠٣", "2003-08-19 ", " 2003", "2003~~", "~2003", "2003-XX", "2003-08-19\n"),
    ],
)
def test_what_is_not_written_as_a_date_is_none(text: str) -> None:
    rule, message, hint = refusal(Date, text)
    assert rule == "invalid-date"
    assert message.endswith("is no date")
    assert hint == "write 2003, 2003-08 or 2003-08-19; about: 2003~"


@pytest.mark.parametrize("text", ["2003-13", "2003-00", "2003-13-01", "0000", "0000-01-01"])
def test_there_are_twelve_months_and_no_year_0(text: str) -> None:
    assert refusal(Date, text)[0] == "invalid-date"


@pytest.mark.parametrize(
    ("text", "days"),
    [("2003-02-29", 28), ("2004-02-30", 29), ("1900-02-29", 28), ("2003-04-31", 30), ("2003-01-00", 31)],
)
def test_a_day_that_no_calendar_has_is_refused_and_the_hint_counts_the_days(text: str, days: int) -> None:
    assert refusal(Date, text) == (
        "invalid-date",
        f"'{text}' is no day of the calendar",
        f"the month has {days} days",
    )


@given(dates())
def test_a_date_is_written_as_it_was_read(date: PartialDate) -> None:
    assert decode_date(str(date)) == date


@given(st.dates())
def test_a_whole_date_is_one_day(day: datetime.date) -> None:
    date = decode_date(day.isoformat())
    assert date.first == date.last == day


@given(st.dates(), st.booleans())
def test_an_imprecise_date_counts_from_its_first_day_to_its_last(day: datetime.date, whole_year: bool) -> None:
    date = decode_date(day.isoformat()[: 4 if whole_year else 7])
    month, last_month = (1, 12) if whole_year else (day.month, day.month)
    assert date.first == datetime.date(day.year, month, 1)
    assert date.last == datetime.date(day.year, last_month, calendar.monthrange(day.year, last_month)[1])


@given(dates(), dates())
def test_dates_are_ordered_by_their_first_day(one: PartialDate, other: PartialDate) -> None:
    if one.first != other.first:
        assert (one < other) == (one.first < other.first)


@given(dates(), dates())
def test_of_two_dates_one_is_the_earlier_or_they_are_equal(one: PartialDate, other: PartialDate) -> None:
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) == (not one > other)
    assert (one >= other) == (not one < other)


@given(st.lists(dates()))
def test_sorted_dates_begin_one_after_another(found: list[PartialDate]) -> None:
    firsts = [date.first for date in sorted(found)]
    assert firsts == sorted(firsts)


@given(dates())
def test_words_are_english_on_every_machine(date: PartialDate) -> None:
    assert re.fullmatch(r"(about )?([1-9]\d? )?([A-Z][a-z]+ )?\d{1,4}(, uncertain)?", date.in_words)


# --- ranges of dates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2016-06-24", "24 June 2016"),
        ("2016-06-24/2016-06-24", "24 June 2016"),
        # what both ends share stands once
        ("2016-06-23/2016-06-24", "23–24 June 2016"),
        ("2025-08-31/2025-09-01", "31 August – 1 September 2025"),
        ("2016-06/2016-07", "June–July 2016"),
        # nothing is shared
        ("2016-12-31/2017-01-01", "31 December 2016 – 1 January 2017"),
        ("2003/2004", "2003–2004"),
        # of unequal precision, or in doubt: both in full
        ("2016/2016-06", "2016 – June 2016"),
        ("2016-06/2016-06-24", "June 2016 – 24 June 2016"),
        ("2016-06-23?/2016-06-24?", "23 June 2016, uncertain – 24 June 2016, uncertain"),
    ],
)
def test_a_range_is_shown_without_repetition(text: str, words: str) -> None:
    assert decode(Dates, text).in_words == words


@pytest.mark.parametrize("text", ["2016-06-24/2016-06-23", "2016/2015", "2016-07/2016-06-30"])
def test_a_range_that_ends_before_it_begins_is_refused(text: str) -> None:
    rule, message, hint = refusal(Dates, text)
    start, _, end = text.partition("/")
    assert (rule, message, hint) == ("contradiction", f"'{end}' is before '{start}'", "write the earlier date first")


@pytest.mark.parametrize(
    "text", ["2016-06-24/2016-06-31", "2016-06-24/2016-06-25/2016-06-26", "2016-06-24–25", "x/2016"]
)
def test_a_range_is_of_two_dates(text: str) -> None:
    assert refusal(Dates, text)[0] == "invalid-date"


@pytest.mark.parametrize("text", ["2016-06-23/", "/2016-06-24", "/"])
def test_a_range_without_an_end_is_not_called_empty(text: str) -> None:
    rule, message, _ = refusal(Dates, text)
    assert rule == "invalid-date"
    assert "empty" not in message


@given(dates(), dates())
def test_a_range_is_written_as_it_was_read(one: PartialDate, other: PartialDate) -> None:
    start, end = sorted((one, other))
    found = decode(Dates, f"{start}/{end}")
    assert found == DateRange(start, end)
    assert decode(Dates, str(found)) == found


@given(st.dates(), st.dates())
def test_a_range_in_words_names_both_days_and_years(one: datetime.date, other: datetime.date) -> None:
    start, end = sorted((one, other))
    words = decode(Dates, f"{start}/{end}").in_words
    assert words.endswith(decode_date(end.isoformat()).in_words)
    assert words.startswith(str(start.day))
    assert str(start.year) in words


# --- text


@pytest.mark.parametrize("kind", [Line, Prose, Date, Dates, Yes, Ordinal, CountryCode])
@pytest.mark.parametrize(
    ("value", "words"),
    [(["x"], "here stands a list"), ({"x": "y"}, "here stands a mapping"), (" ", "this field is empty")],
)
def test_every_value_is_text_and_not_empty(kind: Any, value: object, words: str) -> None:
    rule, message, _ = refusal(kind, value)
    assert rule == "invalid-value"
    assert message.startswith(words)


def test_a_line_has_300_characters_at_most() -> None:
    assert decode(Line, "中" * MAX_LINE) == "中" * MAX_LINE
    assert refusal(Line, "中" * (MAX_LINE + 1))[:2] == ("invalid-value", "this text is longer than 300 characters")


def test_prose_has_4000_characters_at_most() -> None:
    assert decode(Prose, "ж" * MAX_PROSE) == "ж" * MAX_PROSE
    assert refusal(Prose, "ж" * (MAX_PROSE + 1))[:2] == ("invalid-value", "this text is longer than 4000 characters")


def test_a_line_is_one_line() -> None:
    assert refusal(Line, "a\nb")[:2] == ("invalid-value", "this text runs over several lines")


@pytest.mark.parametrize("text", ["a <b", "a> b"])
def test_a_line_holds_no_angle_bracket(text: str) -> None:
    assert refusal(Line, text)[0] == "unsafe-text"


@pytest.mark.parametrize("text", ["x <b>", "x </b>", "<!-- x", "<?php", "<IMG"])
def test_prose_holds_no_tag(text: str) -> None:
    assert refusal(Prose, text)[0] == "unsafe-text"


@pytest.mark.parametrize("text", ["a < b", "5 <6", "a > b", "x <", "two\nlines", "AT&T"])
def test_prose_may_compare_and_run_over_lines(text: str) -> None:
    assert decode(Prose, text) == text


# --- words and numbers


def test_yes_is_true_or_false() -> None:
    assert (decode(Yes, "true"), decode(Yes, "false")) == (True, False)


@pytest.mark.parametrize("text", ["yes", "True", "1", "on"])
def test_yaml_s_other_words_for_true_are_refused(text: str) -> None:
    assert refusal(Yes, text) == (
        "invalid-value",
        f"'{text}' is neither true nor false",
        "write `true`, or delete the field",
    )


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("15", 15), ("9999", 9999)])
def test_an_ordinal_is_a_number_from_1(text: str, number: int) -> None:
    assert decode(Ordinal, text) == number


@pytest.mark.parametrize("text", ["0", "-1", "015", "10000", "XV", "15th", "1.0", "1e3", "٣"])
def test_what_is_no_ordinal_is_refused(text: str) -> None:
    assert refusal(Ordinal, text)[:2] == ("invalid-value", f"'{text}' is no ordinal")


def test_norway_is_a_country() -> None:
    assert decode(CountryCode, "NO") == "NO"


@pytest.mark.parametrize("text", ["no", "NOR", "N", "ÑO", "N0"])
def test_a_country_code_is_two_capital_letters(text: str) -> None:
    assert refusal(CountryCode, text)[:2] == ("invalid-value", f"'{text}' is no country code")


# --- names


def test_names_come_in_the_order_english_russian_chinese() -> None:
    names = Names.model_validate({"zh": "中国", "en": "China", "ru": "Китай"})
    assert names.in_order() == (("en", "China"), ("ru", "Китай"), ("zh", "中国"))


def test_a_name_that_nobody_attests_is_left_out() -> None:
    assert Names(en="Laos").in_order() == (("en", "Laos"),)


@pytest.mark.parametrize("names", [{"ru": "Китай"}, {"en": "China", "fr": "Chine"}, {"en": ""}])
def test_a_name_is_in_english_at_least_and_in_three_languages_at_most(names: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Names.model_validate(names)


# --- addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=e#f",
        "https://example.org:8443/%D0%BA(1)",
        "https://пример.рф/страница",
        "HTTPS://example.org/",
    ],
)
def test_an_address_of_the_web_may_be_linked_to(address: str) -> None:
    assert refuse_address(address) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        # what runs or reads instead of leading somewhere
        ("javascript:alert(1)", "it does not begin with https:// or http://"),
        ("data:text/html,x", "it does not begin with https:// or http://"),
        ("ftp://example.org/", "it does not begin with https:// or http://"),
        ("//example.org/", "it does not begin with https:// or http://"),
        ("example.org", "it does not begin with https:// or http://"),
        ("", "it does not begin with https:// or http://"),
        # what looks like one host and is another, or none
        ("https://", "it names no host"),
        ("https:///path", "it names no host"),
        ("https://localhost/", "it names no host"),
        ("https://example.org@evil.example/", "it names no host"),
        ("https://[::1", "it holds a space, a quote or a bracket"),
        # what would end an attribute or a link
        ("https://example.org/a b", "it holds a space, a quote or a bracket"),
        ('https://example.org/"x', "it holds a space, a quote or a bracket"),
        ("https://example.org/<x>", "it holds a space, a quote or a bracket"),
        ("https://example.org\\@evil.example", "it holds a space, a quote or a bracket"),
        ("https://example.org/\n", "it holds a space, a quote or a bracket"),
    ],
)
def test_an_address_that_could_harm_is_refused_with_the_reason(address: str, reason: str) -> None:
    found = refuse_address(address)
    assert found is not None
    assert found == reason or address == "https://[::1"  # of that one Python's own parser may say no first


# --- slugs and JSON


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ufa Declaration", "ufa-declaration"),
        ("  “Charter”, 2002 – draft ", "charter-2002-draft"),
        ("2003-08~", "2003-08"),
        # only Latin letters without accents stay
        ("Türkiye", "t-rkiye"),
        ("中国", ""),
        ("", ""),
    ],
)
def test_a_slug_is_the_latin_words_of_a_text(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        # between words, as many as there is room for
        ("one two three", "one-two"),
        ("one twothr four", "one-twothr"),
        # one long word within
        ("abcdefghijklmnop", "abcdefghij"),
    ],
)
def test_a_slug_is_cut_at_its_limit(text: str, slug: str) -> None:
    assert slugify(text, 10) == slug


@given(st.text(), st.integers(1, 60))
def test_a_slug_is_valid_or_empty(text: str, limit: int) -> None:
    slug = slugify(text, limit)
    assert slug == "" or SLUG.fullmatch(slug)
    assert len(slug) <= limit


@given(st.text())
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("text", "text"),
        (15, 15),
        (True, True),
        (None, None),
        (decode_date("2003-08~"), "2003-08~"),
        (decode(Dates, "2016-06-23/2016-06-24"), "2016-06-23/2016-06-24"),
        (Term("member", "Member"), "member"),
        (Ref("states/china"), "states/china"),
        (Names(en="Laos"), {"en": "Laos", "ru": None, "zh": None}),
    ],
)
def test_a_value_goes_into_json_under_the_names_of_the_yaml(value: object, found: object) -> None:
    assert to_json(value) == found
