"""A promised length that stood still at times: when it falls due, and how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

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
    for day in _walk(_Term(calendar, start, length, counting), pauses):
        moment = day.mark
    assert moment is not None  # the last day is DUE
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

    @cached_property
    def first(self) -> date:
        return self.start.astimezone(self.calendar.tz).date()

    @cached_property
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

    def step_of(self, day: _Day) -> Step:
        """A day of the walk as a step of the account."""
        if day.kind is StepKind.DUE:
            return Step(day.day, StepKind.DUE, Fraction(self.length.amount), day.mark)
        if day.stood:
            return Stood(day.day, StepKind.SKIPPED_CLOSED, self.step(day.day, day.kind, day.counted).count)
        return self.step(day.day, day.kind, day.counted, _RULES.get(day.kind))


_RULES: Final = {
    StepKind.ACTION_DAY: Rule.ACTION_NOT_COUNTED,
    StepKind.MOVED_ON: Rule.MOVES_ON_FROM_CLOSURE,
}


class _Day(NamedTuple):
    """What became of one day: how many are counted by then, whether the clock stood, and of the last its moment."""

    day: date
    kind: StepKind
    counted: int
    stood: bool = False
    mark: datetime | None = None


def _walk(term: _Term, pauses: Pauses) -> Iterator[_Day]:
    """Day after day until the last one, which is DUE."""
    calendar, day, counted, wanted = term.calendar, term.first, 0, term.wanted
    for _nth in range(MOST_DAYS):
        day += _DAY
        mark = _mark(calendar, day)
        if _stood(pauses, mark):
            yield _Day(day, StepKind.SKIPPED_CLOSED, counted, stood=True)
        elif counted < wanted and term.skips(day):
            yield _Day(day, StepKind.SKIPPED_CLOSED, counted)
        else:
            if counted < wanted:
                counted += 1
                acts = counted > term.length.days
                yield _Day(day, StepKind.ACTION_DAY if acts else StepKind.COUNTED, counted)
            if counted < wanted:
                continue
            if calendar.is_open(day):
                yield _Day(day, StepKind.DUE, counted, mark=mark)
                return
            yield _Day(day, StepKind.MOVED_ON, counted)
    raise NeverOpen(days=MOST_DAYS, day=str(term.first))


def explain_after(
    calendar: WorkCalendar, start: datetime, length: Length, pauses: Pauses, counting: Counting = Counting.PLAIN
) -> list[Step]:
    """How `due_after` was counted; the last step is DUE and has the same moment."""
    if length.unit in _BY_DAY and pauses:
        term = _Term(calendar, start.astimezone(UTC), length, counting)
        return [*term.begun(), *map(term.step_of, _walk(term, pauses))]
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
