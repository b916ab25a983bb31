"""A promised length that stood still at times: when it falls due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext_lazy as _

from takrim.base.length import Length, LengthUnit
from takrim.base.workdays import NeverOpen, Step, StepKind, WorkCalendar, elapsed_hours

# From when to when a clock stood; moments in UTC, in order, without overlap.
Pauses = Sequence[tuple[datetime, datetime]]

_DAY: Final = timedelta(days=1)
_BY_DAY: Final = frozenset({LengthUnit.WORKING_DAYS, LengthUnit.CALENDAR_DAYS, LengthUnit.MONTHS})
_BY_HOUR: Final = frozenset({LengthUnit.HOURS, LengthUnit.WORKING_HOURS})
# A pause of years is a mistake, not a reason to count for ever.
MOST_DAYS: Final = 40_000


class Stood(Step):
    """A day on which the clock stood."""

    def said(self, reason: str = "") -> str:
        return str(_("The clock stood, not counted."))


def may_stand(length: Length) -> bool:
    """Whether a clock of this length can stand still; one that ends on a named day cannot."""
    return length.unit in _BY_DAY or length.unit in _BY_HOUR


def due_after(calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses) -> datetime:
    """Like `calendar.due`, but time in which the clock stood does not count.

    A day counts when the clock ran as the office closed on it (on a closed day: as the day ended), so that the last
    day ends like any other. Hours and working hours count by the minute.
    """
    start = start.astimezone(UTC)
    pauses = [(since, until) for since, until in pauses if until > max(since, start)]
    if not pauses or not may_stand(length):
        return calendar.due(start, length)
    if length.unit in _BY_HOUR:
        return _by_hour(calendar, start, length, pauses)
    moment = None
    for step in _by_day(calendar, start, length, pauses):
        moment = step.moment
    assert moment is not None  # the last step is DUE
    return moment


def _by_hour(calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses) -> datetime:
    at, left = start, timedelta(hours=length.amount)
    plain = length.unit is LengthUnit.HOURS
    for begun, until in pauses:
        since = max(begun, at)
        ran = since - at if plain else calendar.open_time(at, since)
        if ran >= left:
            break
        left -= ran
        at = max(until, at)
    return at + left if plain else calendar.worked_until(at, left)


def _mark(calendar: WorkCalendar, day: date) -> datetime:
    """The moment at which a day counts."""
    if calendar.is_open(day):
        return calendar.closing(day)
    return datetime.combine(day + _DAY, time(), calendar.tz).astimezone(UTC)


def _stood(pauses: Pauses, mark: datetime) -> bool:
    return any(since < mark <= until for since, until in pauses)


def _by_day(calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses) -> Iterator[Step]:
    first = day = start.astimezone(calendar.tz).date()
    working = length.unit is LengthUnit.WORKING_DAYS
    wanted, per_unit = length.days, length.days // length.amount
    counted = 0
    yield Step(day, StepKind.START_DAY, Fraction(0))
    while (day - first).days < MOST_DAYS:
        day += _DAY
        mark, is_open = _mark(calendar, day), calendar.is_open(day)
        if _stood(pauses, mark):
            yield Stood(day, StepKind.SKIPPED_CLOSED, Fraction(counted, per_unit))
            continue
        if counted == wanted and not is_open:
            yield Step(day, StepKind.MOVED_ON, Fraction(counted, per_unit))
            continue
        if working and not is_open:
            yield Step(day, StepKind.SKIPPED_CLOSED, Fraction(counted, per_unit))
            continue
        if counted < wanted:
            counted += 1
            yield Step(day, StepKind.COUNTED, Fraction(counted, per_unit))
        if counted == wanted and is_open:
            yield Step(day, StepKind.DUE, Fraction(length.amount), mark)
            return
        if counted == wanted:
            yield Step(day, StepKind.MOVED_ON, Fraction(length.amount))
    raise NeverOpen(days=MOST_DAYS, day=str(first))


def explain_after(calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses) -> list[Step]:
    """How `due_after` was counted; the last step is DUE and has the same moment."""
    if length.unit in _BY_DAY and pauses:
        return list(_by_day(calendar, start.astimezone(UTC), length, pauses))
    if not pauses or not may_stand(length):
        return calendar.explain(start, length)
    due = due_after(calendar, start, length, pauses)
    steps: list[Step] = []
    for since, until in pauses:
        if start < until and since < due:
            ran = elapsed_hours(start, max(since, start))
            steps.append(Stood(since.astimezone(calendar.tz).date(), StepKind.SKIPPED_CLOSED, ran))
    return [*steps, Step(due.astimezone(calendar.tz).date(), StepKind.DUE, Fraction(length.amount), due)]
