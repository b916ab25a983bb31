"""Working time against a model that asks every minute, over random calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from takrim.base.clock import TEHRAN
from takrim.base.counting import Counting, StepKind
from takrim.base.length import Length, LengthUnit
from takrim.base.workdays import Span, Spans, Week, WorkCalendar

LONG_AGO = date(2000, 1, 1)
BASE = date(2026, 11, 20)
DAYS = 130
DAY = 24 * 60
SATURDAY = 5

# --- random calendars: several spans a day, up to three changes of the week, closures of a day or of hours ------------


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


some_spans = st.lists(st.integers(0, DAY), unique=True, max_size=6).map(
    lambda marks: tuple(
        Span(_clock(a), _clock(b)) for a, b in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    )
)
weeks = st.dictionaries(st.integers(0, 6), some_spans).map(
    lambda spans: Week({**spans, SATURDAY: spans.get(SATURDAY) or (Span(time(8), time(12)),)})
)
closures = st.dictionaries(
    st.integers(0, 40).map(lambda n: BASE + timedelta(days=n)), st.none() | some_spans, max_size=8
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    changes = draw(st.lists(st.integers(0, 40), unique=True, max_size=3))
    days = [LONG_AGO, *(BASE + timedelta(days=n) for n in sorted(changes))]
    return WorkCalendar(tuple((day, draw(weeks)) for day in days), draw(closures))


starts = st.integers(0, 20 * DAY)


def moment(minute: int) -> datetime:
    """The moment so many minutes after the first day begins; the zone has no change of clock in these months."""
    return datetime.combine(BASE, time(), TEHRAN).astimezone(UTC) + timedelta(minutes=minute)


# --- the model: one byte a minute -------------------------------------------------------------------------------------


@cache
def _open_minutes(spans: Spans) -> bytes:
    """For every minute of a day whether its wall clock lies in one of the spans."""
    ends = [(span.start, span.end if span.end != time() else None) for span in spans]
    clocks = (_clock(minute) for minute in range(DAY))
    return bytes(any(start <= clock and (end is None or clock < end) for start, end in ends) for clock in clocks)


class Model:
    """A calendar as a row of minutes."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.minutes = b"".join(_open_minutes(spans or ()) for spans in self._days(calendar))

    def _days(self, calendar: WorkCalendar) -> Iterator[Spans | None]:
        for day in (BASE + timedelta(days=n) for n in range(DAYS)):
            week = [week for since, week in calendar.weeks if since <= day][-1]
            yield calendar.closures[day] if day in calendar.closures else week.spans.get(day.weekday(), ())

    def is_open(self, day: int) -> bool:
        return any(self.minutes[day * DAY : (day + 1) * DAY])

    def closing(self, day: int) -> int:
        return 1 + max(minute for minute in range(day * DAY, (day + 1) * DAY) if self.minutes[minute])

    def worked(self, start: int, left: int) -> int:
        at = start
        while left:
            left -= self.minutes[at]
            at += 1
        return at

    def first_open(self, day: int) -> int:
        return next(n for n in range(day, DAYS) if self.is_open(n))

    def working_days(self, start: int, amount: int) -> int:
        first = start // DAY
        return self.closing([day for day in range(first + 1, DAYS) if self.is_open(day)][amount - 1])


# --- what must agree --------------------------------------------------------------------------------------------------

models = calendars().map(lambda calendar: (calendar, Model(calendar)))
few = settings(max_examples=60, deadline=None)


@few
@given(models, starts, st.integers(1, 12))
def test_working_hours_agree_with_every_minute(both: tuple[WorkCalendar, Model], start: int, hours: int) -> None:
    calendar, model = both
    due = calendar.due(moment(start), Length(hours, LengthUnit.WORKING_HOURS))
    assert due == moment(model.worked(start, hours * 60))


@few
@given(models, starts, st.integers(0, 30 * DAY))
def test_working_time_between_two_moments_agrees_with_every_minute(
    both: tuple[WorkCalendar, Model], start: int, later: int
) -> None:
    calendar, model = both
    minutes = sum(model.minutes[start : start + later])
    assert calendar.open_time(moment(start), moment(start + later)) == timedelta(minutes=minutes)
    assert calendar.open_time(moment(start + later), moment(start)) == timedelta()


@few
@given(models, starts, st.integers(1, 8))
def test_working_days_agree_with_every_minute(both: tuple[WorkCalendar, Model], start: int, amount: int) -> None:
    calendar, model = both
    due = calendar.due(moment(start), Length(amount, LengthUnit.WORKING_DAYS))
    assert due == moment(model.working_days(start, amount))
    # A day may close at midnight, when another has begun.
    assert calendar.open_days(moment(start), due - timedelta(minutes=1)) == amount


@few
@given(models, starts, st.integers(1, 40), st.sampled_from(Counting))
def test_calendar_days_agree_with_every_minute(
    both: tuple[WorkCalendar, Model], start: int, amount: int, counting: Counting
) -> None:
    calendar, model = both
    day = start // DAY + amount + (counting is Counting.LEGAL_ACT)
    due = calendar.due(moment(start), Length(amount, LengthUnit.CALENDAR_DAYS), counting)
    assert due == moment(model.closing(model.first_open(day)))


@few
@given(models, starts, st.integers(1, 200), st.sampled_from(Counting))
def test_hours_agree_with_every_minute(
    both: tuple[WorkCalendar, Model], start: int, hours: int, counting: Counting
) -> None:
    calendar, model = both
    end = start + hours * 60
    if counting is not Counting.PLAIN and not model.is_open(end // DAY):
        end = model.closing(model.first_open(end // DAY))
    assert calendar.due(moment(start), Length(hours, LengthUnit.HOURS), counting) == moment(end)


lengths = st.builds(
    lambda unit, amount: Length(1 if unit.is_named else amount, unit),
    st.sampled_from(LengthUnit), st.integers(1, 9),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(calendars(), starts, lengths, st.sampled_from(Counting))
def test_every_explanation_ends_where_the_deadline_is(
    calendar: WorkCalendar, start: int, length: Length, counting: Counting
) -> None:
    steps = calendar.explain(moment(start), length, counting)
    assert steps[-1].kind is StepKind.DUE
    assert steps[-1].moment == calendar.due(moment(start), length, counting) > moment(start)
    assert steps[-1].count == length.amount
    assert all(step.moment is None for step in steps[:-1])
    forward = [step for step in steps if step.kind is not StepKind.MOVED_BACK]
    assert all(before.day <= after.day and before.count <= after.count for before, after in pairwise(forward))
    assert all(step.rule is None for step in steps) or counting.is_legal
    assert all(step.note for step in steps)
