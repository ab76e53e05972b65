"""A number with its unit, as exact as the source: `6500~ persons`, `>30000000 km2`, `40-45 %`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from scoatlas.diagnostics import Rule
from scoatlas.forms import Decoder, Form
from scoatlas.values import Model, as_text, fault

_NUMBER = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?"
_QUANTITY = re.compile(rf"([<>]?)({_NUMBER})(?:-({_NUMBER}))?(~?)(?: (%|[^\W\d_][^<>\[\]{{}}\n]{{0,39}}))?")
_BOUNDS = {">": "more than", "<": "less than"}
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_SIGNS = {"km2": "km²", "m3": "m³"}


class Quantity(Model):
    """An amount, or a range of amounts up to `upper`, in a unit.

    `bound` is `more than` or `less than` where the source gives only a limit.
    """

    amount: int | float
    upper: int | float | None
    approximate: bool
    bound: str | None
    unit: str

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """As readers see it: `about 6,500 persons`, `more than 30 million km²`, `40–45 %`."""
        numbers = "–".join(_in_words(number) for number in (self.amount, self.upper) if number is not None)
        before = " ".join(filter(None, (self.bound, "about" if self.approximate else "")))
        return " ".join(filter(None, (before, numbers, _SIGNS.get(self.unit, self.unit))))


def quantity(unit: str = "") -> Decoder:
    """The validator of a quantity; `unit` is the one meant where none is written, and without it one must be."""

    def decode_quantity(value: Any) -> Quantity:
        text = as_text(value, "a number with its unit, as `6500~ persons`")
        found = _QUANTITY.fullmatch(text)
        if not found:
            hint = "write digits and a unit, as `6500~ persons`, `>7000 persons`, `1.455 %` or `40-45 %`"
            raise fault(Rule.INVALID_VALUE, f"'{text}' is no quantity", hint)
        bound, low, high, about, written = found.groups()
        amount, upper = _number(low), _number(high) if high else None
        if upper is not None and upper <= amount:
            raise fault(Rule.INVALID_VALUE, f"'{text}' runs from the larger to the smaller", "write the smaller first")
        if not (written or unit):
            hint = f"write `{text} persons`, or whatever it counts"
            raise fault(Rule.FIGURE_WITHOUT_UNIT, f"'{text}' has no unit", hint)
        return Quantity(
            amount=amount, upper=upper, approximate=bool(about), bound=_BOUNDS.get(bound), unit=written or unit
        )

    number = f"[<>]?{_NUMBER}(-{_NUMBER})?~?"
    name = r"(%|[^\s0-9<>\[\]{}][^<>\[\]{}\n]{0,39})"
    if unit:
        form = Form(f"a number of {unit}", "10", f"^{number}( {name})?$", scalars=("string", "number"))
    else:
        form = Form("a number with its unit", "6500~ persons", f"^{number} {name}$")
    return Decoder(decode_quantity, form=form)


Amount = Annotated[Quantity, quantity()]
"""A quantity whose unit must be written."""


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _in_words(number: int | float) -> str:
    """In millions, billions or trillions where three decimals say it all, else in digits."""
    for size, name in _LARGE:
        if number >= size and number % (size // 1000) == 0:
            return f"{Decimal(number) / size:,.3f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{number:,}"
