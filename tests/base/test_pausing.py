"""Deadlines whose clock stood at times, against a count minute by minute over random calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from takrim.base.clock import TEHRAN
from takrim.base.length import Length, LengthUnit
from takrim.base.pausing import Stood, due_after, explain_after
from takrim.base.workdays import Span, Week, WorkCalendar

FIRST = date(2026, 11, 21)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
HALVES = st.integers(1, 46)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = sorted(draw(st.sets(HALVES, min_size=2, max_size=4)))
    times = [time(mark // 2, mark % 2 * 30) for mark in marks]
    return tuple(Span(*pair) for pair in zip(times[::2], times[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any week that opens at least once, and any closures in the first weeks."""
    week = draw(st.dictionaries(st.integers(0, 6), spans(), min_size=1, max_size=7))
    closed = draw(st.dictionaries(st.integers(0, 20), st.none() | spans(), max_size=6))
    return WorkCalendar(
        weeks=((date(2020, 1, 1), Week(week)),),
        closures={FIRST + timedelta(days=ahead): hours for ahead, hours in closed.items()},
    )


@st.composite
def pauses(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    marks = sorted(draw(st.sets(st.integers(0, 20 * 1440), max_size=6)))
    moments = [START + timedelta(minutes=mark) for mark in marks]
    return list(zip(moments[::2], moments[1::2], strict=False))


START = datetime.combine(FIRST, time(9), TEHRAN).astimezone(UTC)
STARTS = st.integers(0, 3 * 1440).map(lambda ahead: START + timedelta(minutes=ahead))
LENGTHS = st.builds(
    Length,
    st.integers(1, 6),
    st.sampled_from([LengthUnit.HOURS, LengthUnit.WORKING_HOURS, LengthUnit.WORKING_DAYS, LengthUnit.CALENDAR_DAYS]),
)


def minute_by_minute(
    calendar: WorkCalendar, start: datetime, length: Length, stood: list[tuple[datetime, datetime]]
) -> datetime:
    """Walk through time and count what passes while the clock runs."""
    first, now, counted = start.astimezone(TEHRAN).date(), start, 0
    hours = length.unit in {LengthUnit.HOURS, LengthUnit.WORKING_HOURS}
    wanted = length.amount * 60 if hours else length.amount
    while True:
        runs = not any(since <= now < until for since, until in stood)
        is_open = calendar.is_open_at(now)
        day, now = now.astimezone(TEHRAN).date(), now + MINUTE
        if hours:
            counted += runs and (is_open or length.unit is LengthUnit.HOURS)
            if counted == wanted:
                return now
            continue
        open_day = calendar.is_open(day)
        ends = now == calendar.closing(day) if open_day else now.astimezone(TEHRAN).date() != day
        if not ends or not runs or day == first:
            continue
        if counted < wanted and (open_day or length.unit is LengthUnit.CALENDAR_DAYS):
            counted += 1
        if counted == wanted and open_day:
            return now


@settings(max_examples=120, deadline=None)
@given(calendars(), STARTS, LENGTHS, pauses())
def test_a_clock_that_stood_ends_as_a_count_by_the_minute_says(
    calendar: WorkCalendar, start: datetime, length: Length, stood: list[tuple[datetime, datetime]]
) -> None:
    due = due_after(calendar, start, length, stood)
    assert due == minute_by_minute(calendar, start, length, stood)
    steps = explain_after(calendar, start, length, stood)
    assert steps[-1].moment == due, "what is explained is what is owed"


def test_a_day_on_which_the_clock_stood_is_told_apart() -> None:
    calendar = WorkCalendar(weeks=((date(2020, 1, 1), Week({day: (Span(time(8), time(14)),) for day in range(7)})),))
    stood = [(START + DAY, START + 2 * DAY)]
    steps = explain_after(calendar, START, Length.parse("3 working days"), stood)
    assert [step.day for step in steps if isinstance(step, Stood)] == [FIRST + DAY]
    assert steps[-1].day == FIRST + 4 * DAY
    assert "stood" in str(next(step.note for step in steps if isinstance(step, Stood)))
