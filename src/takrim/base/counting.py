"""How a term is counted: plainly or by the rules of law, and the account of it, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from typing import Final, Protocol

from django.utils.translation import gettext_lazy as _

from .errors import InWords
from .length import Length, LengthUnit
from .persian import persian_digits

_DAY: Final = timedelta(days=1)
_NOTHING: Final = Fraction(0)


class Rule(StrEnum):
    """A rule of the Civil Procedure Code, named after its article."""

    MONTH_OF_30_DAYS = "443"
    MOVES_ON_FROM_CLOSURE = "444"
    SERVICE_NOT_COUNTED = "445"
    ACTION_NOT_COUNTED = "445_action"

    @property
    def article(self) -> str:
        """«ماده ۴۴۵ قانون آیین دادرسی مدنی»."""
        number = self.value.partition("_")[0]
        return str(_("Article {number} of the Civil Procedure Code")).format(
            number=InWords(fa=persian_digits(number), en=number)
        )


class Counting(StrEnum):
    """Who counts says how.

    PLAIN is how the house counts. LEGAL names the articles, moves on whatever ends on a closure (hours too, and the end
    of a period, which is otherwise due on its last open day). LEGAL_ACT is for a person who has to act, for example to
    object: the day of the action is not counted either.
    """

    PLAIN = "plain"
    LEGAL = "legal"
    LEGAL_ACT = "legal_act"

    @property
    def is_legal(self) -> bool:
        return self is not Counting.PLAIN

    @property
    def days_of_action(self) -> int:
        """The days by which the day of action lengthens a term of days."""
        return int(self is Counting.LEGAL_ACT)

    def rule(self, rule: Rule) -> Rule | None:
        """The rule, where this way of counting follows it by law."""
        return rule if self.is_legal else None

    @property
    def words(self) -> str:
        return str(_WORDS[self])


_WORDS: Final = {
    Counting.PLAIN: _("Plain counting"),
    Counting.LEGAL: _("Legal counting"),
    Counting.LEGAL_ACT: _("Legal counting, for one who has to act"),
}


class StepKind(StrEnum):
    START_DAY = "start_day"
    CONVERTED = "converted"
    COUNTED = "counted"
    SKIPPED_CLOSED = "skipped_closed"
    NAMED_DAY = "named_day"
    ACTION_DAY = "action_day"
    MOVED_ON = "moved_on"
    MOVED_BACK = "moved_back"
    DUE = "due"


_NOTES: Final = {
    StepKind.START_DAY: _("The day it began is not counted."),
    StepKind.CONVERTED: _("A month is 30 days: {days} days are counted."),
    StepKind.COUNTED: _("Counted."),
    StepKind.SKIPPED_CLOSED: _("Closed, not counted."),
    StepKind.NAMED_DAY: _("The day that was named."),
    StepKind.ACTION_DAY: _("The day of the action is not counted: it may be done on this day."),
    StepKind.MOVED_ON: _("Closed, so the deadline moves on to the next open day."),
    StepKind.MOVED_BACK: _("Closed, so the last open day of the period is the deadline."),
    StepKind.DUE: _("Due."),
}
_WITH_REASON: Final = {
    StepKind.SKIPPED_CLOSED: _("{reason}: closed, not counted."),
    StepKind.MOVED_ON: _("{reason}: closed, so the deadline moves on."),
    StepKind.MOVED_BACK: _("{reason}: closed, so the deadline is an open day before it."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: `count` is what has been counted so far, in the unit of the length."""

    day: date
    kind: StepKind
    count: Fraction
    moment: datetime | None = None
    """Only the last step, DUE, has its moment (UTC)."""
    rule: Rule | None = None
    days: int = 0
    """For months: how many days they are."""

    @property
    def note(self) -> str:
        return self.said()

    def said(self, reason: str = "") -> str:
        """The step in words, with the reason of a closing where one was announced, and the article it rests on."""
        told = _WITH_REASON.get(self.kind) if reason else None
        days = InWords(fa=persian_digits(str(self.days)), en=str(self.days))
        words = str(told or _NOTES[self.kind]).format(reason=reason, days=days)
        if self.rule is None:
            return words
        return str(_("{words} ({article})")).format(words=words, article=self.rule.article)


class Opening(Protocol):
    """What a count asks of a calendar; `WorkCalendar` is one."""

    @property
    def tz(self) -> tzinfo: ...

    def is_open(self, day: date) -> bool: ...

    def opening(self, day: date) -> datetime: ...

    def closing(self, day: date) -> datetime: ...

    def open_time(self, start: datetime, end: datetime) -> timedelta: ...

    def due(self, start: datetime, length: Length, counting: Counting) -> datetime: ...


def count(calendar: Opening, start: datetime, length: Length, counting: Counting) -> Iterator[Step]:
    """The steps that lead from `start` to what `calendar.due` says; the last one is DUE."""
    due = calendar.due(start, length, counting)
    steps = _COUNTERS.get(length.unit, _named_day)
    sum_ = _Sum(calendar, start, length, counting, due)
    yield from steps(sum_)
    yield Step(sum_.last, StepKind.DUE, Fraction(length.amount), due)


@dataclass(frozen=True)
class _Sum:
    """What is being counted."""

    calendar: Opening
    start: datetime
    length: Length
    counting: Counting
    due: datetime

    @property
    def first(self) -> date:
        return self.start.astimezone(self.calendar.tz).date()

    @property
    def last(self) -> date:
        return self.day_of(self.due)

    def day_of(self, end: datetime) -> date:
        """The day that a moment ends: midnight ends the day before it."""
        return (end - datetime.resolution).astimezone(self.calendar.tz).date()

    def begin(self) -> Step:
        return Step(self.first, StepKind.START_DAY, _NOTHING, rule=self.counting.rule(Rule.SERVICE_NOT_COUNTED))

    def moved_on(self, day: date) -> Iterator[Step]:
        """The closed days from `day` on that the deadline passes over."""
        while day < self.last:
            rule = self.counting.rule(Rule.MOVES_ON_FROM_CLOSURE)
            yield Step(day, StepKind.MOVED_ON, Fraction(self.length.amount), rule=rule)
            day += _DAY

    def action(self, day: date) -> Step:
        return Step(day, StepKind.ACTION_DAY, Fraction(self.length.amount), rule=Rule.ACTION_NOT_COUNTED)


def _hours(sum_: _Sum) -> Iterator[Step]:
    """Each day of the wall clock with the hours that have passed at its end."""
    end = sum_.start.astimezone(UTC) + timedelta(hours=sum_.length.amount)
    day, last = sum_.first, sum_.day_of(end)
    while day <= last:
        midnight = datetime.combine(day + _DAY, datetime.min.time(), sum_.calendar.tz)
        yield Step(day, StepKind.COUNTED, elapsed_hours(sum_.start, min(midnight.astimezone(UTC), end)))
        day += _DAY
    yield from sum_.moved_on(last)


def _working_hours(sum_: _Sum) -> Iterator[Step]:
    calendar, due = sum_.calendar, sum_.due
    day, counted = sum_.first, _NOTHING
    while day <= sum_.last:
        if calendar.is_open(day):
            # Never beyond midnight of the day: a day's own hours, from the start, up to the due moment.
            hours = calendar.open_time(max(sum_.start, calendar.opening(day)), min(due, calendar.closing(day)))
            counted += elapsed_hours(due, due + hours)
            yield Step(day, StepKind.COUNTED, counted)
        else:
            yield Step(day, StepKind.SKIPPED_CLOSED, counted)
        day += _DAY


def _working_days(sum_: _Sum) -> Iterator[Step]:
    yield sum_.begin()
    amount, counted = sum_.length.amount, 0
    for nth in range(1, (sum_.last - sum_.first).days + 1):
        day = sum_.first + timedelta(days=nth)
        if not sum_.calendar.is_open(day):
            yield Step(day, StepKind.SKIPPED_CLOSED, Fraction(counted))
        elif counted < amount:
            counted += 1
            yield Step(day, StepKind.COUNTED, Fraction(counted))
        else:
            yield sum_.action(day)


def _calendar_days(sum_: _Sum) -> Iterator[Step]:
    length = sum_.length
    yield sum_.begin()
    if length.unit is LengthUnit.MONTHS:
        rule = sum_.counting.rule(Rule.MONTH_OF_30_DAYS)
        yield Step(sum_.first, StepKind.CONVERTED, _NOTHING, rule=rule, days=length.days)
    per_unit = length.days // length.amount
    for nth in range(1, length.days + 1):
        yield Step(sum_.first + timedelta(days=nth), StepKind.COUNTED, Fraction(nth, per_unit))
    end = sum_.first + timedelta(days=length.days + sum_.counting.days_of_action)
    if sum_.counting.days_of_action:
        yield sum_.action(end)
    yield from sum_.moved_on(end)


def _named_day(sum_: _Sum) -> Iterator[Step]:
    yield sum_.begin()
    day, one = sum_.length.named_day(sum_.first), Fraction(1)
    back = [sum_.last + timedelta(days=nth) for nth in range(1, (day - sum_.last).days + 1)]
    for closed in reversed(back):
        yield Step(closed, StepKind.MOVED_BACK, one)
    if not back:
        yield Step(day, StepKind.NAMED_DAY, one)
    yield from sum_.moved_on(day)


_COUNTERS: Final[Mapping[LengthUnit, Callable[[_Sum], Iterator[Step]]]] = {
    LengthUnit.HOURS: _hours,
    LengthUnit.WORKING_HOURS: _working_hours,
    LengthUnit.WORKING_DAYS: _working_days,
    LengthUnit.CALENDAR_DAYS: _calendar_days,
    LengthUnit.MONTHS: _calendar_days,
}


def elapsed_hours(start: datetime, end: datetime) -> Fraction:
    """The hours between two aware moments, exactly; below zero when `end` is the earlier one."""
    # Through UTC: the difference of two moments that share a zone is that of its wall clock.
    return Fraction((end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(microseconds=1), 3_600_000_000)
