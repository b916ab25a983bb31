"""A promised length that stood still at times: when it falls due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext_lazy as _

from takrim.base.counting import Counting, Rule
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


def due_after(
    calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses, counting: Counting = Counting.PLAIN
) -> datetime:
    """Like `calendar.due`, but time in which the clock stood does not count.

    A day counts when the clock ran as the office closed on it (on a closed day: as the day ended), so that the last
    day ends like any other. Hours and working hours count by the minute. What the law moves on from a closure ends on
    the next open day at whose end the clock ran.
    """
    start = start.astimezone(UTC)
    pauses = [(since, until) for since, until in pauses if until > max(since, start)]
    if not pauses or not may_stand(length):
        return calendar.due(start, length, counting)
    if length.unit in _BY_HOUR:
        end = _by_hour(calendar, start, length, pauses)
        moves = counting.is_legal and length.unit is LengthUnit.HOURS
        return _moved_on(calendar, end, pauses) if moves else end
    moment = None
    for step in _by_day(_Term(calendar, start, length, counting), pauses):
        moment = step.moment
    assert moment is not None  # the last step is DUE
    return moment


def _moved_on(calendar: WorkCalendar, end: datetime, pauses: Pauses) -> datetime:
    """An end on a closed day as the law moves it."""
    day = end.astimezone(calendar.tz).date()
    if calendar.is_open(day):
        return end
    while _stood(pauses, mark := calendar.closing(day := calendar.next_open(day + _DAY))):
        pass
    return mark


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


@dataclass(frozen=True)
class _Term:
    """A term of days that is being counted."""

    calendar: WorkCalendar
    start: datetime
    length: Length
    counting: Counting

    @property
    def first(self) -> date:
        return self.start.astimezone(self.calendar.tz).date()

    @property
    def wanted(self) -> int:
        """The days that are counted, and the one on which one may act."""
        return self.length.days + self.counting.days_of_action

    def skips(self, day: date) -> bool:
        return self.length.unit is LengthUnit.WORKING_DAYS and not self.calendar.is_open(day)

    def step(self, day: date, kind: StepKind, counted: int, rule: Rule | None = None) -> Step:
        days = min(counted, self.length.days)
        ruled = rule if rule is Rule.ACTION_NOT_COUNTED else rule and self.counting.rule(rule)
        per_unit = self.length.days // self.length.amount
        return Step(day, kind, Fraction(days, per_unit), rule=ruled, days=self.length.days)

    def begun(self) -> Iterator[Step]:
        yield self.step(self.first, StepKind.START_DAY, 0, Rule.SERVICE_NOT_COUNTED)
        if self.length.unit is LengthUnit.MONTHS:
            yield self.step(self.first, StepKind.CONVERTED, 0, Rule.MONTH_OF_30_DAYS)

    def one_more(self, day: date, counted: int) -> Step:
        if counted > self.length.days:
            return self.step(day, StepKind.ACTION_DAY, counted, Rule.ACTION_NOT_COUNTED)
        return self.step(day, StepKind.COUNTED, counted)


def _by_day(term: _Term, pauses: Pauses) -> Iterator[Step]:
    calendar, day, counted = term.calendar, term.first, 0
    yield from term.begun()
    while (day - term.first).days < MOST_DAYS:
        day += _DAY
        mark = _mark(calendar, day)
        if _stood(pauses, mark):
            yield Stood(day, StepKind.SKIPPED_CLOSED, term.step(day, StepKind.COUNTED, counted).count)
        elif counted < term.wanted and term.skips(day):
            yield term.step(day, StepKind.SKIPPED_CLOSED, counted)
        else:
            if counted < term.wanted:
                counted += 1
                yield term.one_more(day, counted)
            if counted < term.wanted:
                continue
            if calendar.is_open(day):
                yield Step(day, StepKind.DUE, Fraction(term.length.amount), mark)
                return
            yield term.step(day, StepKind.MOVED_ON, counted, Rule.MOVES_ON_FROM_CLOSURE)
    raise NeverOpen(days=MOST_DAYS, day=str(term.first))


def explain_after(
    calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses, counting: Counting = Counting.PLAIN
) -> list[Step]:
    """How `due_after` was counted; the last step is DUE and has the same moment."""
    if length.unit in _BY_DAY and pauses:
        return list(_by_day(_Term(calendar, start.astimezone(UTC), length, counting), pauses))
    if not pauses or not may_stand(length):
        return calendar.explain(start, length, counting)
    due = due_after(calendar, start, length, pauses, counting)
    steps: list[Step] = []
    for since, until in pauses:
        if start < until and since < due:
            ran = elapsed_hours(start, max(since, start))
            steps.append(Stood(since.astimezone(calendar.tz).date(), StepKind.SKIPPED_CLOSED, ran))
    end = _by_hour(calendar, start.astimezone(UTC), length, pauses).astimezone(calendar.tz).date()
    if counting.is_legal and length.unit is LengthUnit.HOURS and not calendar.is_open(end):
        steps.append(Step(end, StepKind.MOVED_ON, Fraction(length.amount), rule=Rule.MOVES_ON_FROM_CLOSURE))
    steps.sort(key=lambda step: step.day)
    return [*steps, Step(due.astimezone(calendar.tz).date(), StepKind.DUE, Fraction(length.amount), due)]
