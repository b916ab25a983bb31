"""The working calendar of an office: when it is open, when a promise falls due, how that was counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from .clock import TEHRAN
from .counting import Counting, Step, StepKind, count, elapsed_hours
from .errors import Refusal
from .jalali import in_words
from .length import BadLength, Length, LengthUnit

__all__ = [
    "DEFAULT_WEEK",
    "OFFICE_HOURS",
    "BadLength",
    "Counting",
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
# The same as moments in UTC.
Times = tuple[tuple[datetime, datetime], ...]


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

    @cached_property
    def _timed(self) -> dict[date, Times]:
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
        return self._open_times(day)[0][0]

    def closing(self, day: date) -> datetime:
        """The moment an open day closes for good (UTC)."""
        return self._open_times(day)[-1][1]

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

    def due(self, start: datetime, length: Length, counting: Counting = Counting.PLAIN) -> datetime:
        """The moment (UTC) by which something promised at `start` for `length` falls due.

        Days: the day of `start` is not counted, and the last day lasts until its closing time. Working days skip
        closed days; calendar days and months (of 30 days) that end on a closed day move to the next open one. Working
        hours count open minutes only; hours are plain elapsed time. Legal counting: see `Counting`. NeverOpen when the
        calendar never opens.
        """
        # In UTC from here on: sums of moments that share a zone are sums of its wall clock.
        start = start.astimezone(UTC)
        if length.unit is LengthUnit.WORKING_HOURS:
            return self._worked(start, timedelta(hours=length.amount))
        if length.unit is LengthUnit.HOURS:
            return self._passed(start + timedelta(hours=length.amount), counting)
        return self.closing(self._last_day(start.astimezone(self.tz).date(), length, counting))

    def explain(self, start: datetime, length: Length, counting: Counting = Counting.PLAIN) -> list[Step]:
        """How `due` was counted, step by step; the last step is DUE and has the same moment."""
        return list(count(self, start, length, counting))

    def _passed(self, end: datetime, counting: Counting) -> datetime:
        day = end.astimezone(self.tz).date()
        if not counting.is_legal or self.is_open(day):
            return end
        return self.closing(self.next_open(day))

    def _last_day(self, day: date, length: Length, counting: Counting) -> date:
        if length.unit is LengthUnit.WORKING_DAYS:
            for _nth in range(length.amount + counting.days_of_action):
                day = self.next_open(day + _DAY)
            return day
        if length.unit.weekday is not None:
            return self.next_open(length.named_day(day))
        if length.unit.period is not None:
            return self._period_end(day, length.named_day(day), counting)
        return self.next_open(day + timedelta(days=length.days + counting.days_of_action))

    def _period_end(self, day: date, end: date, counting: Counting) -> date:
        last = end
        while not counting.is_legal and last > day:
            if self.is_open(last):
                return last
            last -= _DAY
        return self.next_open(end)

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

    def open_days(self, start: datetime, end: datetime) -> int:
        """How many working days are counted between two moments: the day of `start` is not, that of `end` is."""
        first, last = (moment.astimezone(self.tz).date() for moment in (start, end))
        return sum(self.is_open(first + timedelta(days=nth)) for nth in range(1, (last - first).days + 1))

    def _worked(self, start: datetime, left: timedelta) -> datetime:
        day = start.astimezone(self.tz).date()
        while True:
            for opens, closes in self._open_times(day):
                begin = max(opens, start)
                if closes - begin >= left:
                    return begin + left
                left -= max(closes - begin, _NOTHING)
            day = self.next_open(day + _DAY)

    def _open_times(self, day: date) -> Times:
        times = self._timed.get(day)
        if times is None:
            spans = self.open_spans(day)
            times = self._timed[day] = tuple((self._at(day, span.start), self._end(day, span)) for span in spans)
        return times

    def _at(self, day: date, clock: time) -> datetime:
        # To UTC at once: sums over local times are wrong across a change of the law's clock.
        return datetime.combine(day, clock, self.tz).astimezone(UTC)

    def _end(self, day: date, span: Span) -> datetime:
        return self._at(day, span.end) if span.end != time() else self._at(day + _DAY, span.end)
