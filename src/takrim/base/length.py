"""A promised length of time: "10 working days", «۳ ساعت», "next Saturday", «پایان ماه»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from .errors import InWords, Refusal
from .jalali import WEEKDAYS_EN, WEEKDAYS_FA
from .period import Period, PeriodKind
from .persian import ascii_digits, persian_digits


class LengthUnit(StrEnum):
    HOURS = "hours"
    """Elapsed hours, day and night."""
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    """Of 30 days each."""
    SATURDAY = "saturday"
    """The next one, and so on: these days have a name instead of a number."""
    SUNDAY = "sunday"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    MONTH_END = "month_end"
    """Of the Jalali calendar, as the season, the half and the year."""
    SEASON_END = "season_end"
    HALF_END = "half_end"
    YEAR_END = "year_end"

    @property
    def weekday(self) -> int | None:
        """Python's weekday() of "next Saturday" and its like."""
        return _WEEKDAYS.get(self)

    @property
    def period(self) -> PeriodKind | None:
        """The period whose end it is."""
        return _PERIODS.get(self)

    @property
    def is_named(self) -> bool:
        """Whether it is one day that has a name, not a number of something."""
        return self in _NAMED


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
_WEEKDAYS: Final = {LengthUnit(name.lower()): day for day, name in enumerate(WEEKDAYS_EN)}
_PERIODS: Final = {LengthUnit(f"{kind}_end"): kind for kind in PeriodKind}
_PERIODS_FA: Final = {
    LengthUnit.MONTH_END: "پایان ماه",
    LengthUnit.SEASON_END: "پایان فصل",
    LengthUnit.HALF_END: "پایان نیم‌سال",
    LengthUnit.YEAR_END: "پایان سال",
}
# Each with its English and Persian name.
_NAMED: Final = {
    **{unit: (f"next {unit}", f"{WEEKDAYS_FA[day]} آینده") for unit, day in _WEEKDAYS.items()},
    **{unit: (f"end of {kind}", _PERIODS_FA[unit]) for unit, kind in _PERIODS.items()},
}
# A bare "day" is not here on purpose: whether Friday counts must be said.
_READ: Final = {
    **{unit.replace("_", " "): unit for unit in _PERSIAN},
    **{unit.replace("_", " ").removesuffix("s"): unit for unit in _PERSIAN},
    **{words: unit for unit, words in _PERSIAN.items()},
    "ساعت کاری": LengthUnit.WORKING_HOURS,
    "روز اداری": LengthUnit.WORKING_DAYS,
}
_READ_NAMED: Final = {
    **{words: unit for unit, both in _NAMED.items() for words in both},
    **{f"{WEEKDAYS_FA[day]} بعد": unit for unit, day in _WEEKDAYS.items()},
    **{f"end of the {kind}": unit for unit, kind in _PERIODS.items()},
    **{words.replace("پایان", "آخر"): unit for unit, words in _PERIODS_FA.items()},
    "end of half-year": LengthUnit.HALF_END,
    "end of the half-year": LengthUnit.HALF_END,
    "پایان شش‌ماهه": LengthUnit.HALF_END,
}
_TYPED: Final = re.compile(r"([0-9]{1,5})\s*(\D+)")


@dataclass(frozen=True, slots=True)
class Length:
    """A whole number of one unit, from 1 to 10,000, or a named day; anything else is a BadLength."""

    amount: int
    unit: LengthUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= (1 if self.unit.is_named else MAX_AMOUNT):
            raise BadLength(example=_EXAMPLE)

    @staticmethod
    def parse(text: str) -> Length:
        """Read "10 working days", "1 hour", «۱۰ روز کاری», "next Saturday"; what cannot be read is a BadLength."""
        plain = " ".join(ascii_digits(text).lower().replace("_", " ").split())
        if named := _READ_NAMED.get(plain):
            return Length(1, named)
        found = _TYPED.fullmatch(plain)
        unit = found and _READ.get(found[2])
        if not found or not unit:
            raise BadLength(example=_EXAMPLE)
        return Length(int(found[1]), unit)

    @property
    def days(self) -> int:
        """How many calendar days it is, for calendar days and months."""
        return self.amount * 30 if self.unit is LengthUnit.MONTHS else self.amount

    def named_day(self, day: date) -> date:
        """The day that a named length means when it is said on `day`, which itself is never meant."""
        after = day + timedelta(days=1)
        if self.unit.weekday is not None:
            return after + timedelta(days=(self.unit.weekday - after.weekday()) % 7)
        if self.unit.period is None:
            raise ValueError(f"{self.unit} is not the name of a day")
        return Period.containing(after, self.unit.period).last_day()

    def __str__(self) -> str:
        if self.unit.is_named:
            return _NAMED[self.unit][0]
        words = self.unit.replace("_", " ")
        return f"{self.amount} {words.removesuffix('s') if self.amount == 1 else words}"

    def title(self, lang: str) -> str:
        """«۱۰ روز کاری» or "10 working days"; «شنبه آینده» or "next Saturday"."""
        if not lang.startswith("fa"):
            return str(self).title().replace("Next", "next") if self.unit.weekday is not None else str(self)
        if self.unit.is_named:
            return _NAMED[self.unit][1]
        return f"{persian_digits(str(self.amount))} {_PERSIAN[self.unit]}"


_EXAMPLE: Final = InWords(fa="۱۰ روز کاری", en="10 working days")
