"""Deadlines whose clock stood at times, against a count minute by minute over random calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from takrim.base.clock import TEHRAN
from takrim.base.counting import Counting, Rule
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


Stands = list[tuple[datetime, datetime]]


def ran(stood: Stands, now: datetime) -> bool:
    return not any(since <= now < until for since, until in stood)


def hours_by_the_minute(
    calendar: WorkCalendar, start: datetime, length: Length, stood: Stands, counting: Counting
) -> datetime:
    """Walk through time and count what passes while the clock runs; by law an end on a closed day moves on."""
    now, left, plain = start, length.amount * 60, length.unit is LengthUnit.HOURS
    while left:
        left -= ran(stood, now) and (plain or calendar.is_open_at(now))
        now += MINUTE
    # An end at midnight lies on the day that begins.
    ends_on = now.astimezone(TEHRAN).date()
    if counting is Counting.PLAIN or not plain or calendar.is_open(ends_on):
        return now
    while True:
        day, was, now = now.astimezone(TEHRAN).date(), now, now + MINUTE
        if day > ends_on and calendar.is_open(day) and now == calendar.closing(day) and ran(stood, was):
            return now


def days_by_the_minute(
    calendar: WorkCalendar, start: datetime, length: Length, stood: Stands, counting: Counting
) -> datetime:
    """Walk through time; a day counts as it ends for the office, if the clock runs at that moment."""
    first, now = start.astimezone(TEHRAN).date(), start
    left = length.amount + (counting is Counting.LEGAL_ACT)
    while True:
        day, was, now = now.astimezone(TEHRAN).date(), now, now + MINUTE
        is_open = calendar.is_open(day)
        ends = now == calendar.closing(day) if is_open else now.astimezone(TEHRAN).date() != day
        if not ends or not ran(stood, was) or day == first:
            continue
        left -= left > 0 and (is_open or length.unit is LengthUnit.CALENDAR_DAYS)
        if not left and is_open:
            return now


def minute_by_minute(
    calendar: WorkCalendar, start: datetime, length: Length, stood: Stands, counting: Counting
) -> datetime:
    hours = length.unit in {LengthUnit.HOURS, LengthUnit.WORKING_HOURS}
    return (hours_by_the_minute if hours else days_by_the_minute)(calendar, start, length, stood, counting)


@settings(max_examples=120, deadline=None)
@given(calendars(), STARTS, LENGTHS, pauses(), st.sampled_from(Counting))
def test_a_clock_that_stood_ends_as_a_count_by_the_minute_says(
    calendar: WorkCalendar,
    start: datetime,
    length: Length,
    stood: list[tuple[datetime, datetime]],
    counting: Counting,
) -> None:
    due = due_after(calendar, start, length, stood, counting)
    assert due == minute_by_minute(calendar, start, length, stood, counting)
    steps = explain_after(calendar, start, length, stood, counting)
    assert steps[-1].moment == due, "what is explained is what is owed"
    assert counting.is_legal or not any(step.rule for step in steps)
    days = [step.day for step in steps]
    assert days == sorted(days)


def test_legal_counting_names_its_articles_also_when_the_clock_stood() -> None:
    week = Week({day: (Span(time(8), time(14)),) for day in (5, 6, 0, 1, 2)})
    calendar = WorkCalendar(weeks=((date(2020, 1, 1), week),))
    stood = [(START + DAY, START + 2 * DAY)]
    steps = explain_after(calendar, START, Length.parse("4 calendar days"), stood, Counting.LEGAL)
    assert [step.rule for step in steps if step.rule] == [Rule.SERVICE_NOT_COUNTED, *[Rule.MOVES_ON_FROM_CLOSURE] * 2]
    assert steps[-1].day == FIRST + 7 * DAY, "a day stood, the fifth is a Thursday: on to Saturday"


def test_hours_of_the_law_move_on_from_a_closed_day_also_when_the_clock_stood() -> None:
    week = Week({day: (Span(time(8), time(14)),) for day in (5, 6, 0, 1, 2)})
    calendar = WorkCalendar(weeks=((date(2020, 1, 1), week),))
    wednesday = START + 4 * DAY
    stood = [(wednesday + timedelta(hours=1), wednesday + timedelta(hours=2))]
    plain = due_after(calendar, wednesday, Length.parse("24 hours"), stood)
    legal = due_after(calendar, wednesday, Length.parse("24 hours"), stood, Counting.LEGAL)
    assert plain == wednesday + timedelta(hours=25)
    assert legal == calendar.closing(FIRST + 7 * DAY)
    steps = explain_after(calendar, wednesday, Length.parse("24 hours"), stood, Counting.LEGAL)
    assert Rule.MOVES_ON_FROM_CLOSURE in {step.rule for step in steps}


def test_a_day_on_which_the_clock_stood_is_told_apart() -> None:
    calendar = WorkCalendar(weeks=((date(2020, 1, 1), Week({day: (Span(time(8), time(14)),) for day in range(7)})),))
    stood = [(START + DAY, START + 2 * DAY)]
    steps = explain_after(calendar, START, Length.parse("3 working days"), stood)
    assert [step.day for step in steps if isinstance(step, Stood)] == [FIRST + DAY]
    assert steps[-1].day == FIRST + 4 * DAY
    assert "stood" in str(next(step.note for step in steps if isinstance(step, Stood)))
