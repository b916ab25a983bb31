"""The Jalali calendar: conversion, reading what people type, and names of months and days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from .errors import InWords, Refusal
from .persian import ascii_digits, persian_digits

FIRST_YEAR: Final = 1250
LAST_YEAR: Final = 1500

# Leap years follow 33-year groups of eight, but where a group begins changes at break points (P. Borkowski's list:
# ... 1111, 1181, 1210, 1635 ...). All our years lie between two of them, so one group start is enough: 1210.
_GROUP_START: Final = 1210
_ANCHOR: Final = (1403, date(2024, 3, 20).toordinal())

MONTHS_FA: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
MONTHS_EN: Final = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
)  # fmt: skip
# By Python's weekday(): Monday is 0.
WEEKDAYS_FA: Final = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class BadDate(Refusal):
    """Not a date of the Jalali calendar."""

    code = "bad_date"
    status = 400
    message = _("Write the date as year/month/day, for example {example}.")


class YearOutOfRange(BadDate):
    message = _("The year must be between {first} and {last}.")


class MonthOutOfRange(BadDate):
    message = _("The month must be between {first} and {last}.")


class DayOutOfRange(BadDate):
    message = _("{month} {year} has {last} days.")


_EXAMPLE: Final = InWords(fa="۱۴۰۵/۰۹/۰۲", en="1405/09/02")


def is_leap(year: int) -> bool:
    """Whether Esfand of that year has 30 days."""
    return ((year - _GROUP_START + 1) % 33 - 1) % 4 == 0


def month_days(year: int, month: int) -> int:
    """How many days a month (1 to 12) has: 31, 30 or 29."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def _year_starts() -> dict[int, int]:
    year, ordinal = _ANCHOR
    starts = {year: ordinal}
    for later in range(year, LAST_YEAR + 1):
        starts[later + 1] = starts[later] + 365 + is_leap(later)
    for earlier in range(year - 1, FIRST_YEAR - 1, -1):
        starts[earlier] = starts[earlier + 1] - 365 - is_leap(earlier)
    return starts


_STARTS: Final = _year_starts()
_FIRST_DAY: Final = _STARTS[FIRST_YEAR]
_AFTER_LAST_DAY: Final = _STARTS[LAST_YEAR + 1]


@dataclass(frozen=True, order=True, slots=True)
class JalaliDate:
    """A day of the Jalali calendar; making one that does not exist raises BadDate."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise YearOutOfRange(first=FIRST_YEAR, last=LAST_YEAR)
        if not 1 <= self.month <= 12:
            raise MonthOutOfRange(first=1, last=12)
        last = month_days(self.year, self.month)
        if not 1 <= self.day <= last:
            raise DayOutOfRange(
                month=InWords(fa=month_name(self.month, "fa"), en=month_name(self.month, "en")),
                year=self.year,
                last=last,
            )

    @staticmethod
    def from_date(day: date) -> JalaliDate:
        """The Jalali day of a Gregorian date; beyond our years it is a BadDate."""
        return _from_ordinal(day.toordinal())

    def to_date(self) -> date:
        """The Gregorian date of this day."""
        before = (self.month - 1) * 31 if self.month <= 7 else (self.month - 1) * 30 + 6
        return date.fromordinal(_STARTS[self.year] + before + self.day - 1)

    @staticmethod
    def parse(text: str) -> JalaliDate:
        """Read year, month and day in Persian, Arabic or Latin digits, parted by `/`, `-`, `.` or a space."""
        found = _TYPED.fullmatch(_MARKS.sub("", ascii_digits(text)).strip())
        if found is None:
            raise BadDate(example=_EXAMPLE)
        return JalaliDate(int(found[1]), int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.year:04}/{self.month:02}/{self.day:02}"


_MARKS: Final = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_TYPED: Final = re.compile(r"([0-9]{4})\s*[\s/.\-]\s*([0-9]{1,2})\s*[\s/.\-]\s*([0-9]{1,2})")


@lru_cache(maxsize=4096)
def _from_ordinal(ordinal: int) -> JalaliDate:
    if not _FIRST_DAY <= ordinal < _AFTER_LAST_DAY:
        raise YearOutOfRange(first=FIRST_YEAR, last=LAST_YEAR)
    year = FIRST_YEAR + (ordinal - _FIRST_DAY) * 33 // 12053
    # The mean year is right to within a day or so: one step either way is enough.
    if ordinal < _STARTS[year]:
        year -= 1
    elif ordinal >= _STARTS[year + 1]:
        year += 1
    passed = ordinal - _STARTS[year]
    if passed < 186:
        return JalaliDate(year, passed // 31 + 1, passed % 31 + 1)
    return JalaliDate(year, (passed - 186) // 30 + 7, (passed - 186) % 30 + 1)


def month_name(month: int, lang: str) -> str:
    """The name of month 1 to 12 in "fa" or "en"."""
    return (MONTHS_FA if lang.startswith("fa") else MONTHS_EN)[month - 1]


def weekday_name(day: date, lang: str) -> str:
    """The name of the weekday of a Gregorian date in "fa" or "en"."""
    return (WEEKDAYS_FA if lang.startswith("fa") else WEEKDAYS_EN)[day.weekday()]


def week_start(day: date) -> date:
    """The Saturday that begins the week of `day`."""
    return date.fromordinal(day.toordinal() - (day.weekday() + 2) % 7)


def format_date(day: date, lang: str) -> str:
    """A Gregorian date in Jalali words: «۲ آذر ۱۴۰۵» or "2 Azar 1405"."""
    return _in_words(day.toordinal(), lang.startswith("fa"))


def in_words(day: date) -> InWords:
    """A Gregorian date as a fact of a sentence, in the reader's language."""
    return InWords(fa=format_date(day, "fa"), en=format_date(day, "en"))


@lru_cache(maxsize=4096)
def _in_words(ordinal: int, persian: bool) -> str:
    jalali = _from_ordinal(ordinal)
    words = f"{jalali.day} {(MONTHS_FA if persian else MONTHS_EN)[jalali.month - 1]} {jalali.year}"
    return persian_digits(words) if persian else words


def numeric(day: date, lang: str) -> str:
    """A Gregorian date in Jalali numbers: «۱۴۰۵/۰۹/۰۲» or "1405/09/02"."""
    text = str(JalaliDate.from_date(day))
    return persian_digits(text) if lang.startswith("fa") else text
