"""What a quantity may look like, and what readers see of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scoatlas.diagnostics import Rule
from scoatlas.quantity import Amount, Quantity
from scoatlas.values import to_json

AMOUNT: TypeAdapter[Quantity] = TypeAdapter(Amount)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6500 persons", "6,500 persons"),
        ("6500~ persons", "about 6,500 persons"),
        (">7000 persons", "more than 7,000 persons"),
        ("<12 states", "less than 12 states"),
        ("43-44 %", "43–44 %"),
        ("0.5 %", "0.5 %"),
        (">30000000 km2", "more than 30 million km²"),
        ("1455000000 persons", "1.455 billion persons"),
        ("33000000000000~ USD", "about 33 trillion USD"),
        ("999999999999000 %", "999,999,999.999 million %"),
        ("999999999999999 %", "999,999,999,999,999 %"),
        ("1489500000 persons", "1,489.5 million persons"),
        ("1000001 persons", "1,000,001 persons"),
        ("0 persons", "0 persons"),
    ],
)
def test_a_quantity_is_read_and_shown_as_exactly_as_it_was_written(text: str, words: str) -> None:
    assert AMOUNT.validate_python(text).in_words == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("many", "'many' is no quantity"),
        ("6,500 persons", "'6,500 persons' is no quantity"),
        ("6 500 persons", "'6 500 persons' is no quantity"),
        ("-5 %", "'-5 %' is no quantity"),
        ("007 persons", "'007 persons' is no quantity"),
        ("1e9 persons", "'1e9 persons' is no quantity"),
        ("44-43 %", "'44-43 %' runs from the larger to the smaller"),
        ("5 <b>", "'5 <b>' is no quantity"),
        ("5 [[states/iran]]", "'5 [[states/iran]]' is no quantity"),
        ("1234567890123456 USD", "'1234567890123456 USD' is no quantity"),
        ("٣ persons", "'٣ persons' is no quantity"),
    ],
)
def test_what_is_no_quantity_is_refused_with_the_form_to_write(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AMOUNT.validate_python(text)
    (error,) = caught.value.errors()
    assert error["type"] == Rule.INVALID_VALUE.value
    assert error["msg"] == message
    assert error["ctx"]["hint"]


def test_a_number_alone_is_refused_for_its_unit() -> None:
    with pytest.raises(ValidationError) as caught:
        AMOUNT.validate_python("62")
    (error,) = caught.value.errors()
    assert (error["type"], error["msg"]) == (Rule.FIGURE_WITHOUT_UNIT.value, "'62' has no unit")


def test_in_the_export_a_quantity_is_an_object_with_every_key() -> None:
    said = {"amount": 6500, "upper": None, "approximate": True, "bound": None, "unit": "persons"}
    assert to_json(AMOUNT.validate_python("6500~ persons")) == said


@given(st.integers(0, 10**15 - 1) | st.integers(0, 999_999).map(lambda thousands: thousands * 1000))
def test_no_digit_is_lost_in_words(amount: int) -> None:
    words = AMOUNT.validate_python(f"{amount} persons").in_words.removesuffix(" persons").replace(",", "")
    number, _, size = words.partition(" ")
    scale = {"": 0, "million": 6, "billion": 9, "trillion": 12}[size]
    whole, _, part = number.partition(".")
    assert int(whole + part.ljust(scale, "0")) == amount
