"""The working calendar of an office: when it is open, when a promise falls due, how that was counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from .clock import TEHRAN
from .errors import Refusal
from .jalali import in_words
from .length import BadLength, Length, LengthUnit

__all__ = [
    "DEFAULT_WEEK",
    "OFFICE_HOURS",
    "BadLength",
    "Length",
    "LengthUnit",
    "NeverOpen",
    "Span",
    "Spans",
    "Step",
    "StepKind",
    "Week",
    "WorkCalendar",
    "elapsed_hours",
]

MAX_CLOSED_DAYS: Final = 400
_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)
_HOUR: Final = timedelta(hours=1)


class NeverOpen(Refusal):
    """A calendar without an open day in more than a year: a mistake in it, not a deadline."""

    code = "never_open"
    message = _("This office has no open day in the {days} days after {day}. Correct its working calendar.")


@dataclass(frozen=True, slots=True)
class Span:
    """Open hours within one day, by the wall clock; an end of 00:00 is the midnight that ends the day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end != time() and self.end <= self.start:
            raise ValueError(f"a span that ends before it starts: {self.start}–{self.end}")


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Week:
    """Open spans by Python's weekday() (Monday is 0); a weekday that is not named is closed."""

    spans: Mapping[int, Spans]

    def __post_init__(self) -> None:
        for spans in self.spans.values():
            _check(spans)


def _check(spans: Spans) -> None:
    for before, after in pairwise(spans):
        if before.end == time() or after.start < before.end:
            raise ValueError("the spans of a day come in order and do not overlap")


SATURDAY: Final = 5
OFFICE_HOURS: Final = (Span(time(7, 30), time(14, 30)),)
# Saturday to Wednesday. Thursday and Friday are closed; offices that differ have weeks of their own.
DEFAULT_WEEK: Final = Week(MappingProxyType(dict.fromkeys((5, 6, 0, 1, 2), OFFICE_HOURS)))


class StepKind(StrEnum):
    START_DAY = "start_day"
    COUNTED = "counted"
    SKIPPED_CLOSED = "skipped_closed"
    MOVED_ON = "moved_on"
    DUE = "due"


_NOTES: Final = {
    StepKind.START_DAY: _("The day it began is not counted."),
    StepKind.COUNTED: _("Counted."),
    StepKind.SKIPPED_CLOSED: _("Closed, not counted."),
    StepKind.MOVED_ON: _("Closed, so the deadline moves on to the next open day."),
    StepKind.DUE: _("Due."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a count: `count` is what has been counted so far, in the unit of the length."""

    day: date
    kind: StepKind
    count: Fraction
    moment: datetime | None = None
    """Only the last step, DUE, has its moment (UTC)."""

    @property
    def note(self) -> str:
        return str(_NOTES[self.kind])


@dataclass(frozen=True)
class WorkCalendar:
    """When an office is open. `weeks` are (first day, week) pairs in order of date; the first also holds for the time
    before it. `closures` maps a date to None (closed all day) or to its only open spans. Moments come back in UTC.
    """

    weeks: tuple[tuple[date, Week], ...]
    closures: Mapping[date, Spans | None] = field(default_factory=dict)
    tz: tzinfo = TEHRAN

    def __post_init__(self) -> None:
        if not self.weeks:
            raise ValueError("a calendar needs a week")
        starts = [start for start, _week in self.weeks]
        if any(after <= before for before, after in pairwise(starts)):
            raise ValueError("the weeks of a calendar come in order of date")
        for spans in self.closures.values():
            _check(spans or ())

    @cached_property
    def _starts(self) -> list[date]:
        return [start for start, _week in self.weeks]

    @cached_property
    def _known(self) -> dict[date, Spans]:
        return {}

    def open_spans(self, day: date) -> Spans:
        """The open spans of a date, in order; () when it is closed."""
        spans = self._known.get(day)
        if spans is None:
            spans = self._known[day] = self._look_up(day)
        return spans

    def _look_up(self, day: date) -> Spans:
        if day in self.closures:
            return self.closures[day] or ()
        place = max(bisect_right(self._starts, day) - 1, 0)
        return self.weeks[place][1].spans.get(day.weekday(), ())

    def is_open(self, day: date) -> bool:
        """Whether a date has any open hours."""
        return bool(self.open_spans(day))

    def opening(self, day: date) -> datetime:
        """The moment an open day opens (UTC)."""
        return self._at(day, self.open_spans(day)[0].start)

    def closing(self, day: date) -> datetime:
        """The moment an open day closes for good (UTC)."""
        return self._end(day, self.open_spans(day)[-1])

    def next_open(self, day: date) -> date:
        """`day` itself when it is open, else the next open one; NeverOpen when there is none for 400 days."""
        for ahead in range(MAX_CLOSED_DAYS + 1):
            if self.open_spans(found := day + timedelta(days=ahead)):
                return found
        raise NeverOpen(days=MAX_CLOSED_DAYS, day=in_words(day))

    def is_open_at(self, moment: datetime) -> bool:
        """Whether the office is open at a moment."""
        day = moment.astimezone(self.tz).date()
        return any(start <= moment < end for start, end in self._open_times(day))

    def due(self, start: datetime, length: Length) -> datetime:
        """The moment (UTC) by which something promised at `start` for `length` falls due.

        Days: the day of `start` is not counted, and the last day lasts until its closing time. Working days skip
        closed days; calendar days and months (of 30 days) that end on a closed day move to the next open one. Working
        hours count open minutes only; hours are plain elapsed time. NeverOpen when the calendar never opens.
        """
        # In UTC from here on: sums of moments that share a zone are sums of its wall clock.
        start, unit, amount = start.astimezone(UTC), length.unit, length.amount
        if unit is LengthUnit.HOURS:
            return start + timedelta(hours=amount)
        day = start.astimezone(self.tz).date()
        if unit is LengthUnit.WORKING_DAYS:
            for _nth in range(amount):
                day = self.next_open(day + _DAY)
            return self.closing(day)
        if unit is LengthUnit.WORKING_HOURS:
            return self._worked(start, timedelta(hours=amount))
        return self.closing(self.next_open(day + timedelta(days=length.days)))

    def explain(self, start: datetime, length: Length) -> list[Step]:
        """How `due` was counted, day by day; the last step is DUE and has the same moment."""
        return list(_COUNTERS[length.unit](self, start, length))

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open between two moments; zero when they are in the wrong order."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day, last = start.astimezone(self.tz).date(), end.astimezone(self.tz).date()
        total = _NOTHING
        while day <= last:
            for opens, closes in self._open_times(day):
                total += max(min(closes, end) - max(opens, start), _NOTHING)
            day += _DAY
        return total

    def worked_until(self, start: datetime, left: timedelta) -> datetime:
        """The moment (UTC) at which the office has been open for so long since `start`."""
        return self._worked(start.astimezone(UTC), left)

    def _worked(self, start: datetime, left: timedelta) -> datetime:
        day = start.astimezone(self.tz).date()
        while True:
            for opens, closes in self._open_times(day):
                begin = max(opens, start)
                if closes - begin >= left:
                    return begin + left
                left -= max(closes - begin, _NOTHING)
            day = self.next_open(day + _DAY)

    def _open_times(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for span in self.open_spans(day):
            yield self._at(day, span.start), self._end(day, span)

    def _at(self, day: date, clock: time) -> datetime:
        # To UTC at once: sums over local times are wrong across a change of the law's clock.
        return datetime.combine(day, clock, self.tz).astimezone(UTC)

    def _end(self, day: date, span: Span) -> datetime:
        return self._at(day, span.end) if span.end != time() else self._at(day + _DAY, span.end)


def _count_hours(calendar: WorkCalendar, start: datetime, length: Length) -> Iterator[Step]:
    due = calendar.due(start, length)
    yield Step(due.astimezone(calendar.tz).date(), StepKind.DUE, Fraction(length.amount), due)


def _count_working_hours(calendar: WorkCalendar, start: datetime, length: Length) -> Iterator[Step]:
    due = calendar.due(start, length)
    day, last = start.astimezone(calendar.tz).date(), due.astimezone(calendar.tz).date()
    counted = Fraction(0)
    while day <= last:
        if calendar.is_open(day):
            # Never beyond midnight of the day: a day's own hours, from the start, up to the due moment.
            hours = calendar.open_time(max(start, calendar.opening(day)), min(due, calendar.closing(day)))
            counted += elapsed_hours(due, due + hours)
            yield Step(day, StepKind.COUNTED, counted)
        else:
            yield Step(day, StepKind.SKIPPED_CLOSED, counted)
        day += _DAY
    yield Step(last, StepKind.DUE, counted, due)


def _count_working_days(calendar: WorkCalendar, start: datetime, length: Length) -> Iterator[Step]:
    due = calendar.due(start, length)
    day, last = start.astimezone(calendar.tz).date(), 0
    yield Step(day, StepKind.START_DAY, Fraction(0))
    while last < length.amount:
        day += _DAY
        is_open = calendar.is_open(day)
        last += is_open
        yield Step(day, StepKind.COUNTED if is_open else StepKind.SKIPPED_CLOSED, Fraction(last))
    yield Step(day, StepKind.DUE, Fraction(last), due)


def _count_calendar_days(calendar: WorkCalendar, start: datetime, length: Length) -> Iterator[Step]:
    due = calendar.due(start, length)
    first = start.astimezone(calendar.tz).date()
    yield Step(first, StepKind.START_DAY, Fraction(0))
    per_unit = length.days // length.amount
    for nth in range(1, length.days + 1):
        yield Step(first + timedelta(days=nth), StepKind.COUNTED, Fraction(nth, per_unit))
    day, counted = first + timedelta(days=length.days), Fraction(length.amount)
    while not calendar.is_open(day):
        yield Step(day, StepKind.MOVED_ON, counted)
        day += _DAY
    yield Step(day, StepKind.DUE, counted, due)


_COUNTERS: Final[Mapping[LengthUnit, Callable[[WorkCalendar, datetime, Length], Iterator[Step]]]] = {
    LengthUnit.HOURS: _count_hours,
    LengthUnit.WORKING_HOURS: _count_working_hours,
    LengthUnit.WORKING_DAYS: _count_working_days,
    LengthUnit.CALENDAR_DAYS: _count_calendar_days,
    LengthUnit.MONTHS: _count_calendar_days,
}


def elapsed_hours(start: datetime, end: datetime) -> Fraction:
    """The hours between two aware moments, exactly; below zero when `end` is the earlier one."""
    # Through UTC: the difference of two moments that share a zone is that of its wall clock.
    return Fraction((end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(microseconds=1), 3_600_000_000)
