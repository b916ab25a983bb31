"""A promised length of time: "10 working days", «۳ ساعت»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from .errors import InWords, Refusal
from .persian import ascii_digits, persian_digits


class LengthUnit(StrEnum):
    HOURS = "hours"
    """Elapsed hours, day and night."""
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    """Of 30 days each."""


class BadLength(Refusal):
    code = "bad_length"
    status = 400
    message = _("This is not a length of time. Write a number and its unit, for example {example}.")


MAX_AMOUNT: Final = 10_000
_PERSIAN: Final = {
    LengthUnit.HOURS: "ساعت",
    LengthUnit.WORKING_HOURS: "ساعت اداری",
    LengthUnit.WORKING_DAYS: "روز کاری",
    LengthUnit.CALENDAR_DAYS: "روز تقویمی",
    LengthUnit.MONTHS: "ماه",
}
# A bare "day" is not here on purpose: whether Friday counts must be said.
_READ: Final = {
    **{unit.replace("_", " "): unit for unit in LengthUnit},
    **{unit.replace("_", " ").removesuffix("s"): unit for unit in LengthUnit},
    **{words: unit for unit, words in _PERSIAN.items()},
    "ساعت کاری": LengthUnit.WORKING_HOURS,
    "روز اداری": LengthUnit.WORKING_DAYS,
}
_TYPED: Final = re.compile(r"([0-9]{1,5})\s*(\D+)")


@dataclass(frozen=True, slots=True)
class Length:
    """A whole number of one unit, from 1 to 10,000; anything else is a BadLength."""

    amount: int
    unit: LengthUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise BadLength(example=_EXAMPLE)

    @staticmethod
    def parse(text: str) -> Length:
        """Read "10 working days", "1 hour", «۱۰ روز کاری»; what cannot be read is a BadLength."""
        found = _TYPED.fullmatch(ascii_digits(text).strip().lower())
        unit = found and _READ.get(" ".join(found[2].replace("_", " ").split()))
        if not found or not unit:
            raise BadLength(example=_EXAMPLE)
        return Length(int(found[1]), unit)

    @property
    def days(self) -> int:
        """How many calendar days it is, for calendar days and months."""
        return self.amount * 30 if self.unit is LengthUnit.MONTHS else self.amount

    def __str__(self) -> str:
        words = self.unit.replace("_", " ")
        return f"{self.amount} {words.removesuffix('s') if self.amount == 1 else words}"

    def title(self, lang: str) -> str:
        """«۱۰ روز کاری» or "10 working days"."""
        if lang.startswith("fa"):
            return f"{persian_digits(str(self.amount))} {_PERSIAN[self.unit]}"
        return str(self)


_EXAMPLE: Final = InWords(fa="۱۰ روز کاری", en="10 working days")
