"""A year of an office as a Jalali calendar: twelve months from Saturday to Friday, with what is closed and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from takrim.base.jalali import JalaliDate, is_leap, month_days, month_name, week_start, weekday_name
from takrim.base.persian import ascii_digits
from takrim.base.workdays import Spans, WorkCalendar
from takrim.orgs.hours import said
from takrim.orgs.models import Closure
from takrim.orgs.paths import is_under
from takrim.orgs.units import all_names
from takrim.web.parts.templatetags.takrim import digits, hours, language, number

# The first year of which the calendar knows hours and holidays, and how far ahead one may look.
FIRST_YEAR, YEARS_AHEAD = 1390, 2
_DAY = timedelta(days=1)
_SHORT = {"fa": ("ش", "ی", "د", "س", "چ", "پ", "ج"), "en": ("Sa", "Su", "Mo", "Tu", "We", "Th", "Fr")}
# A Saturday, to name the days of the week from.
_SATURDAY = date(2026, 11, 28)


class Weekday(NamedTuple):
    """The head of one column."""

    short: str
    name: str


class Cell(NamedTuple):
    """One day. `kind`: open, rest (by the week), closed, part (some hours). `said` is for those who do not see it."""

    day: date
    number: str
    kind: str
    below: bool
    today: bool
    said: str
    url: str


class Row(NamedTuple):
    """One week: its number in the year and its seven days, None outside the month."""

    number: str
    cells: list[Cell | None]


class Note(NamedTuple):
    """What is closed on one day of the month, in words."""

    number: str
    office: str
    reason: str
    hours: str
    url: str


class Month(NamedTuple):
    name: str
    working: str
    rows: list[Row]
    notes: list[Note]


def first_day(year: int) -> date:
    return JalaliDate(year, 1, 1).to_date()


def last_day(year: int) -> date:
    return JalaliDate(year, 12, 30 if is_leap(year) else 29).to_date()


def asked_year(text: str, today: date) -> int:
    """The year that an address asks for; this one where it asks for none that there is."""
    this = JalaliDate.from_date(today).year
    asked = int(ascii_digits(text)) if re.fullmatch(r"\d{4}", text) else this
    return asked if FIRST_YEAR <= asked <= this + YEARS_AHEAD else this


class Turn(NamedTuple):
    """The years beside one, as addresses; empty where there is none."""

    before: str
    before_url: str
    after: str
    after_url: str


def turning(year: int, today: date, address: str) -> Turn:
    """How to leaf back and on."""
    last = JalaliDate.from_date(today).year + YEARS_AHEAD
    return Turn(
        digits(year - 1),
        f"{address}?year={year - 1}" if year > FIRST_YEAR else "",
        digits(year + 1),
        f"{address}?year={year + 1}" if year < last else "",
    )


def weekdays() -> list[Weekday]:
    """The heads of the columns, from Saturday on."""
    lang = language()
    return [Weekday(short, weekday_name(_SATURDAY + nth * _DAY, lang)) for nth, short in enumerate(_SHORT[lang])]


def hours_said(spans: Spans) -> SafeString:
    """«۰۷:۳۰ تا ۱۲:۰۰، ۱۳:۰۰ تا ۱۵:۰۰», no span broken over two lines."""
    comma = "، " if language() == "fa" else ", "
    return format_html_join(
        comma, '<span class="num text-nowrap">{}</span>', ((hours(said((span,))),) for span in spans)
    )


class Year:
    """The months of one office. `link` gives the address behind a day, or nothing."""

    def __init__(
        self,
        *,
        path: str,
        year: int,
        calendar: WorkCalendar,
        closures: Iterable[Closure],
        today: date,
        link: Callable[[date], str] = lambda _day: "",
    ) -> None:
        self.path, self.year, self.calendar, self.today, self.link = path, year, calendar, today, link
        self.closed: Mapping[date, list[Closure]] = defaultdict(list)
        for row in closures:
            self.closed[row.day].append(row)
        self._first_week = week_start(first_day(year))

    def months(self) -> list[Month]:
        return [self._month(month) for month in range(1, 13)]

    def _month(self, month: int) -> Month:
        first = JalaliDate(self.year, month, 1).to_date()
        days = [first + nth * _DAY for nth in range(month_days(self.year, month))]
        working = sum(self.calendar.is_open(day) for day in days)
        return Month(
            name=month_name(month, language()),
            working=ngettext("{n} working day", "{n} working days", working).format(n=number(working)),
            rows=self._rows(days),
            notes=[note for day in days for note in self._notes(day)],
        )

    def _rows(self, days: list[date]) -> list[Row]:
        rows, saturday = [], week_start(days[0])
        while saturday <= days[-1]:
            week = [saturday + nth * _DAY for nth in range(7)]
            cells = [self._cell(day) if days[0] <= day <= days[-1] else None for day in week]
            rows.append(Row(number((saturday - self._first_week).days // 7 + 1), cells))
            saturday += 7 * _DAY
        return rows

    def _cell(self, day: date) -> Cell:
        here = [row for row in self.closed.get(day, ()) if is_under(self.path, row.path)]
        kind = self._kind(day, here)
        below = len(here) < len(self.closed.get(day, ()))
        said = [_("today")] if day == self.today else []
        said += [_KINDS[kind]()] if kind != "open" else []
        said += [row.reason for row in here]
        said += [_("an office below is closed")] if below else []
        return Cell(day, _number(day), kind, below, day == self.today, ", ".join(said), self.link(day))

    def _kind(self, day: date, here: list[Closure]) -> str:
        spans = self.calendar.open_spans(day)
        if here:
            return "part" if spans else "closed"
        return "open" if spans else "rest"

    def _notes(self, day: date) -> list[Note]:
        return [
            Note(
                _number(day),
                "" if is_under(self.path, row.path) and row.path in (self.path, "ir/") else _short(row.path),
                row.reason,
                hours(row.hours),
                self.link(day),
            )
            for row in self.closed.get(day, ())
        ]


def _number(day: date) -> str:
    return number(JalaliDate.from_date(day).day)


def _short(path: str) -> str:
    unit = all_names().get(path)
    return unit.short(language()) if unit else path


_KINDS: Mapping[str, Callable[[], str]] = {
    "closed": lambda: _("closed"),
    "part": lambda: _("open for some hours"),
    "rest": lambda: _("closed every week"),
}
