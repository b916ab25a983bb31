"""Periods of the Jalali calendar that figures are kept for: month, season, half-year, year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from .clock import TEHRAN
from .errors import Refusal
from .jalali import FIRST_YEAR, LAST_YEAR, JalaliDate, month_name
from .persian import ascii_digits, persian_digits


class PeriodKind(StrEnum):
    MONTH = "month"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"


class BadPeriod(Refusal):
    """Not a period."""

    code = "bad_period"
    status = 400
    message = _("Write the period as {month} (month), {season} (season), {half} (half-year) or {year} (year).")

    def __init__(self, **facts: object) -> None:
        super().__init__(month="1405-07", season="1405-s3", half="1405-h2", year="1405", **facts)


_LENGTH: Final = {PeriodKind.MONTH: 1, PeriodKind.SEASON: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_CODE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})|-s([0-9])|-h([0-9]))?")
_SEASONS: Final = {"fa": ("بهار", "تابستان", "پاییز", "زمستان"), "en": ("Spring", "Summer", "Autumn", "Winter")}
_HALVES: Final = {"fa": ("شش‌ماهه نخست", "شش‌ماهه دوم"), "en": ("First half of", "Second half of")}


@dataclass(frozen=True, slots=True)
class Period:
    """One month (index 1–12), season (1–4), half (1–2) or year (1) of a Jalali year; another index is a BadPeriod."""

    kind: PeriodKind
    year: int
    index: int = 1

    def __post_init__(self) -> None:
        # The last year has no period: the day after its end is beyond the calendar.
        if not (FIRST_YEAR <= self.year < LAST_YEAR and 1 <= self.index <= 12 // _LENGTH[self.kind]):
            raise BadPeriod

    @staticmethod
    def containing(day: date, kind: PeriodKind) -> Period:
        """The period of that kind in which a Gregorian date lies."""
        jalali = JalaliDate.from_date(day)
        return Period(kind, jalali.year, (jalali.month - 1) // _LENGTH[kind] + 1)

    @staticmethod
    def parse(code: str) -> Period:
        """Read "1405-07", "1405-s2", "1405-h1" or "1405"; anything else is a BadPeriod."""
        found = _CODE.fullmatch(ascii_digits(code).strip().lower())
        if found is None:
            raise BadPeriod
        year, month, season, half = found.groups()
        if month:
            return Period(PeriodKind.MONTH, int(year), int(month))
        if season:
            return Period(PeriodKind.SEASON, int(year), int(season))
        if half:
            return Period(PeriodKind.HALF, int(year), int(half))
        return Period(PeriodKind.YEAR, int(year))

    @property
    def code(self) -> str:
        """What `parse` reads and addresses carry."""
        tail = {
            PeriodKind.MONTH: f"-{self.index:02}",
            PeriodKind.SEASON: f"-s{self.index}",
            PeriodKind.HALF: f"-h{self.index}",
            PeriodKind.YEAR: "",
        }
        return f"{self.year}{tail[self.kind]}"

    def __str__(self) -> str:
        return self.code

    @property
    def first_month(self) -> int:
        """The number (1–12) of the month it begins with."""
        return (self.index - 1) * _LENGTH[self.kind] + 1

    def start(self) -> date:
        """Its first day, as a Gregorian date."""
        return JalaliDate(self.year, self.first_month, 1).to_date()

    def end(self) -> date:
        """The day after its last, as a Gregorian date."""
        following = self.first_month + _LENGTH[self.kind]
        if following > 12:
            return JalaliDate(self.year + 1, 1, 1).to_date()
        return JalaliDate(self.year, following, 1).to_date()

    def last_day(self) -> date:
        """Its last day, as a Gregorian date."""
        return self.end() - timedelta(days=1)

    def bounds(self, tz: tzinfo = TEHRAN) -> tuple[datetime, datetime]:
        """The moments it begins and ends (exclusive), in UTC, by the midnights of `tz`."""
        start, end = (datetime.combine(day, time(), tz).astimezone(UTC) for day in (self.start(), self.end()))
        return start, end

    def previous(self) -> Period:
        if self.index > 1:
            return Period(self.kind, self.year, self.index - 1)
        return Period(self.kind, self.year - 1, 12 // _LENGTH[self.kind])

    def next(self) -> Period:
        if self.index < 12 // _LENGTH[self.kind]:
            return Period(self.kind, self.year, self.index + 1)
        return Period(self.kind, self.year + 1, 1)

    def months(self) -> list[Period]:
        """The months within it, in order."""
        first = self.first_month
        return [Period(PeriodKind.MONTH, self.year, month) for month in range(first, first + _LENGTH[self.kind])]

    def __contains__(self, day: date) -> bool:
        return self.start() <= day < self.end()

    def title(self, lang: str) -> str:
        """Its name: «مهر ۱۴۰۵» or "Mehr 1405", «پاییز ۱۴۰۵», «شش‌ماهه نخست ۱۴۰۵», «سال ۱۴۰۵»."""
        language = "fa" if lang.startswith("fa") else "en"
        names = {
            PeriodKind.MONTH: lambda: month_name(self.index, language),
            PeriodKind.SEASON: lambda: _SEASONS[language][self.index - 1],
            PeriodKind.HALF: lambda: _HALVES[language][self.index - 1],
            PeriodKind.YEAR: lambda: {"fa": "سال", "en": "Year"}[language],
        }
        text = f"{names[self.kind]()} {self.year}"
        return persian_digits(text) if language == "fa" else text
