"""An amount as exact text: "17/23" is a part of a whole and keeps both, "71.5" is a number; "" is nothing measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import ascii_digits
from takrim.evaluation.scoring.columns import exactly
from takrim.indicators.indicator import Measured, Ratio

_MARKS = str.maketrans({"٫": ".", "٬": None, "−": "-", "٪": "%", " ": None, "‌": None, ",": None})

# Somebody looked at it and found nothing that proves it; unlike "", which nobody has looked at.
NONE = "-"
_NUMBER = r"\d{1,15}(?:\.\d{1,9})?"
_TYPED = re.compile(rf"({_NUMBER})(?:/({_NUMBER})|(%))?")


class BadAmount(Refusal):
    code = "bad_amount"
    status = 422
    message = _("“{text}” is not an amount: write a number such as 71.5, a part of a whole such as 17/23, or 85%.")


@dataclass(frozen=True)
class Amount:
    """A number, or a part of a whole."""

    part: Fraction
    whole: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """None for a part of nothing: that was not measured."""
        if self.whole is None:
            return self.part
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        part = _plain(self.part)
        return part if self.whole is None else f"{part}/{_plain(self.whole)}"


def _plain(number: Fraction) -> str:
    """A number as a person writes it; one that no decimal is equal to stays a fraction."""
    if number.denominator == 1:
        return str(number.numerator)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        # Only quantiles come so; they are no part of a whole, and the reader divides.
        return str(number)
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def amount(text: str) -> Amount | None:
    """Read back what `str` wrote; None for "" and for what somebody looked at and found nothing."""
    if text in {"", NONE}:
        return None
    part, slash, whole = text.partition("/")
    return Amount(exactly(part), exactly(whole) if slash else None)


def typed(text: str) -> Amount | None:
    """What a person typed, in digits of any kind; "" is nothing. Raises BadAmount."""
    bare = ascii_digits(text).translate(_MARKS)
    if not bare:
        return None
    found = _TYPED.fullmatch(bare)
    if found is None:
        raise BadAmount(text=text.strip())
    part, whole, percent = found.groups()
    if percent:
        return Amount(Fraction(part) / 100)
    return Amount(Fraction(part), Fraction(whole) if whole else None)


def value_of(text: str) -> Fraction | None:
    """The value of an exact text; None where nothing was measured."""
    found = amount(text)
    return found.value if found else None


def of_measured(measured: Measured, *, counted: bool = False) -> str:
    """What an indicator measured, as exact text; what is only `counted` has no whole."""
    if measured is None or measured.value is None:
        return ""
    if isinstance(measured, Ratio) and not counted:
        return str(Amount(Fraction(measured.part), Fraction(measured.whole)))
    return str(Amount(measured.value))
