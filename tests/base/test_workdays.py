"""When a promise falls due, against counting minute by minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from timeit import timeit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takrim.base.clock import TEHRAN
from takrim.base.jalali import JalaliDate
from takrim.base.length import Length, LengthUnit
from takrim.base.workdays import DEFAULT_WEEK, NeverOpen, Span, Spans, StepKind, Week, WorkCalendar, elapsed_hours

LONG_AGO = date(2000, 1, 1)
PLAIN = WorkCalendar(((LONG_AGO, DEFAULT_WEEK),))


def moment(day: str, clock: str) -> datetime:
    return datetime.combine(JalaliDate.parse(day).to_date(), time.fromisoformat(clock), TEHRAN)


def due(start: datetime, length: str, calendar: WorkCalendar = PLAIN) -> datetime:
    return calendar.due(start, Length.parse(length))


# 1405/09/02 is a Monday.
@pytest.mark.parametrize(
    ("day", "clock", "length", "due_day", "due_clock"),
    [
        ("1405/09/02", "10:00", "1 working day", "1405/09/03", "14:30"),
        ("1405/09/02", "10:00", "2 working days", "1405/09/04", "14:30"),
        ("1405/09/02", "10:00", "3 working days", "1405/09/07", "14:30"),
        ("1405/09/05", "10:00", "1 working day", "1405/09/07", "14:30"),
        ("1405/09/02", "23:30", "1 working day", "1405/09/03", "14:30"),
        ("1405/09/02", "10:00", "2 calendar days", "1405/09/04", "14:30"),
        ("1405/09/02", "10:00", "3 calendar days", "1405/09/07", "14:30"),
        ("1405/09/02", "10:00", "1 month", "1405/10/02", "14:30"),
        ("1405/09/02", "10:00", "48 hours", "1405/09/04", "10:00"),
        ("1405/09/02", "10:00", "4 working hours", "1405/09/02", "14:00"),
        ("1405/09/02", "10:30", "4 working hours", "1405/09/02", "14:30"),
        ("1405/09/02", "13:30", "2 working hours", "1405/09/03", "08:30"),
        ("1405/09/04", "14:30", "1 working hour", "1405/09/07", "08:30"),
        ("1405/09/05", "12:00", "1 working hour", "1405/09/07", "08:30"),
    ],
)
def test_a_promise_falls_due(day: str, clock: str, length: str, due_day: str, due_clock: str) -> None:
    assert due(moment(day, clock), length) == moment(due_day, due_clock)


def test_a_due_moment_is_in_utc() -> None:
    for unit in LengthUnit:
        assert PLAIN.due(moment("1405/09/02", "10:00"), Length(2, unit)).tzinfo is UTC


def test_a_closure_pushes_the_deadline_on() -> None:
    closed = WorkCalendar(PLAIN.weeks, {JalaliDate.parse("1405/09/03").to_date(): None})
    assert due(moment("1405/09/02", "10:00"), "1 working day", closed) == moment("1405/09/04", "14:30")
    assert due(moment("1405/09/02", "10:00"), "1 calendar day", closed) == moment("1405/09/04", "14:30")


def test_a_closure_may_leave_some_hours_open() -> None:
    short = WorkCalendar(PLAIN.weeks, {JalaliDate.parse("1405/09/03").to_date(): (Span(time(9), time(11)),)})
    assert due(moment("1405/09/02", "10:00"), "1 working day", short) == moment("1405/09/03", "11:00")
    assert due(moment("1405/09/02", "14:30"), "3 working hours", short) == moment("1405/09/04", "08:30")


def test_a_closed_day_may_be_opened() -> None:
    thursday = JalaliDate.parse("1405/09/05").to_date()
    opened = WorkCalendar(PLAIN.weeks, {thursday: (Span(time(8), time(12)),)})
    assert due(moment("1405/09/04", "10:00"), "1 working day", opened) == moment("1405/09/05", "12:00")


def test_a_new_week_holds_from_its_day_on() -> None:
    summer = Week(dict.fromkeys((5, 6, 0, 1, 2), (Span(time(6), time(13)),)))
    calendar = WorkCalendar(((LONG_AGO, DEFAULT_WEEK), (JalaliDate.parse("1405/09/03").to_date(), summer)))
    assert due(moment("1405/09/01", "10:00"), "1 working day", calendar) == moment("1405/09/02", "14:30")
    assert due(moment("1405/09/01", "10:00"), "2 working days", calendar) == moment("1405/09/03", "13:00")


def test_the_first_week_also_holds_for_the_time_before_it() -> None:
    late = WorkCalendar(((date(2030, 1, 1), DEFAULT_WEEK),))
    assert due(moment("1405/09/02", "10:00"), "1 working day", late) == moment("1405/09/03", "14:30")


def test_hours_of_a_day_and_night_office_are_the_hours_that_pass() -> None:
    always = WorkCalendar(((LONG_AGO, Week(dict.fromkeys(range(7), (Span(time(0), time(0)),)))),))
    start = moment("1405/09/02", "23:15")
    assert due(start, "30 working hours", always) == start + timedelta(hours=30)
    assert always.open_time(start, start + timedelta(days=3)) == timedelta(days=3)
    assert due(start, "1 working day", always) == moment("1405/09/04", "00:00")


def test_a_change_of_the_clock_does_not_stretch_hours() -> None:
    # On 22 March 2022 Tehran's clocks went from 00:00 to 01:00.
    always = WorkCalendar(((LONG_AGO, Week(dict.fromkeys(range(7), (Span(time(0), time(0)),)))),))
    start = datetime(2022, 3, 21, 12, tzinfo=TEHRAN)
    for length in ("24 hours", "24 working hours"):
        assert due(start, length, always) - start.astimezone(UTC) == timedelta(hours=24)


def test_an_office_abroad_has_its_own_wall_clock() -> None:
    there = WorkCalendar(PLAIN.weeks, tz=ZoneInfo("America/New_York"))
    start = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert due(start, "1 working day", there) == datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize("length", ["1 working day", "1 calendar day", "1 working hour"])
def test_a_calendar_that_never_opens_is_refused(length: str) -> None:
    with pytest.raises(NeverOpen, match="no open day"):
        due(moment("1405/09/02", "10:00"), length, WorkCalendar(((LONG_AGO, Week({})),)))


def test_wrong_calendars_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(time(10), time(9))
    with pytest.raises(ValueError, match="overlap"):
        Week({0: (Span(time(8), time(10)), Span(time(9), time(11)))})
    with pytest.raises(ValueError, match="overlap"):
        WorkCalendar(PLAIN.weeks, {LONG_AGO: (Span(time(8), time(0)), Span(time(9), time(11)))})
    with pytest.raises(ValueError, match="needs a week"):
        WorkCalendar(())
    with pytest.raises(ValueError, match="order of date"):
        WorkCalendar((*PLAIN.weeks, *PLAIN.weeks))


def test_an_office_is_open_from_its_opening_until_just_before_its_closing() -> None:
    assert not PLAIN.is_open_at(moment("1405/09/02", "07:29"))
    assert PLAIN.is_open_at(moment("1405/09/02", "07:30"))
    assert not PLAIN.is_open_at(moment("1405/09/02", "14:30"))
    assert not PLAIN.is_open_at(moment("1405/09/05", "10:00"))


def kinds(start: datetime, length: str) -> list[str]:
    return [step.kind for step in PLAIN.explain(start, Length.parse(length))]


def test_a_count_of_working_days_tells_each_day() -> None:
    steps = PLAIN.explain(moment("1405/09/03", "10:00"), Length.parse("2 working days"))
    assert [(str(JalaliDate.from_date(step.day))[-2:], step.kind, int(step.count)) for step in steps] == [
        ("03", StepKind.START_DAY, 0),
        ("04", StepKind.COUNTED, 1),
        ("05", StepKind.SKIPPED_CLOSED, 1),
        ("06", StepKind.SKIPPED_CLOSED, 1),
        ("07", StepKind.COUNTED, 2),
        ("07", StepKind.DUE, 2),
    ]
    assert steps[-1].moment == moment("1405/09/07", "14:30")
    assert all(step.note for step in steps)


def test_a_count_of_calendar_days_tells_when_it_moved_on() -> None:
    assert kinds(moment("1405/09/03", "10:00"), "2 calendar days") == [
        "start_day", "counted", "counted", "moved_on", "moved_on", "due",
    ]  # fmt: skip


def test_a_count_of_working_hours_tells_the_hours_of_each_day() -> None:
    steps = PLAIN.explain(moment("1405/09/04", "13:00"), Length.parse("2 working hours"))
    assert [step.kind for step in steps] == ["counted", "skipped_closed", "skipped_closed", "counted", "due"]
    assert steps[0].count == Fraction(3, 2)
    assert steps[-1].count == 2


def test_elapsed_hours_are_exact() -> None:
    start = moment("1405/09/02", "10:00")
    assert elapsed_hours(start, start + timedelta(minutes=20)) == Fraction(1, 3)
    assert elapsed_hours(start, start - timedelta(hours=2)) == -2


def test_a_deadline_is_counted_in_microseconds() -> None:
    start, length = moment("1405/09/02", "10:00"), Length.parse("20 working days")
    assert timeit(lambda: PLAIN.due(start, length), number=200) / 200 < 0.001


# --- the same, minute by minute -------------------------------------------------------------------------------------

BASE = date(2026, 11, 20)
hours_of_day = st.lists(st.integers(0, 23), unique=True, max_size=4).map(sorted)


@st.composite
def some_spans(draw: st.DrawFn) -> Spans:
    marks = draw(hours_of_day)
    return tuple(Span(time(a), time(b)) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    weekdays = st.dictionaries(st.integers(0, 6), some_spans())
    first, second = Week(draw(weekdays) | {5: (Span(time(8), time(12)),)}), Week(draw(weekdays))
    closures = draw(
        st.dictionaries(st.integers(0, 20).map(lambda n: BASE + timedelta(days=n)), st.none() | some_spans())
    )
    change = BASE + timedelta(days=draw(st.integers(0, 10)))
    again = BASE + timedelta(days=15)
    return WorkCalendar(((LONG_AGO, first), (change, second), (again, first)), closures)


starts = st.integers(0, 10 * 24 * 4).map(
    lambda quarters: datetime.combine(BASE, time(), TEHRAN) + timedelta(minutes=15 * quarters)
)


def open_minutes(calendar: WorkCalendar, start: datetime) -> Iterable[datetime]:
    """Every open minute after `start`, the slow way: by asking the wall clock of each."""
    at = start.astimezone(UTC)
    while True:
        wall = at.astimezone(TEHRAN)
        day = wall.date()
        week = [week for since, week in calendar.weeks if since <= day][-1]
        spans = calendar.closures[day] if day in calendar.closures else week.spans.get(day.weekday(), ())
        if any(span.start <= wall.time() < span.end for span in spans or ()):
            yield at
        at += timedelta(minutes=1)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(calendars(), starts, st.integers(1, 12))
def test_working_hours_agree_with_every_minute(calendar: WorkCalendar, start: datetime, hours: int) -> None:
    left = hours * 60
    for minute in open_minutes(calendar, start):
        left -= 1
        if not left:
            assert calendar.due(start, Length(hours, LengthUnit.WORKING_HOURS)) == minute + timedelta(minutes=1)
            assert calendar.open_time(start, minute + timedelta(minutes=1)) == timedelta(hours=hours)
            return


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(calendars(), starts, st.integers(1, 6))
def test_working_days_agree_with_every_minute(calendar: WorkCalendar, start: datetime, amount: int) -> None:
    first, seen, last = start.astimezone(TEHRAN).date(), set[date](), start
    for minute in open_minutes(calendar, start):
        day = minute.astimezone(TEHRAN).date()
        if day != first:
            seen.add(day)
            if len(seen) > amount:
                break
            last = minute
    assert calendar.due(start, Length(amount, LengthUnit.WORKING_DAYS)) == last + timedelta(minutes=1)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(calendars(), starts, st.integers(1, 12))
def test_calendar_days_agree_with_every_minute(calendar: WorkCalendar, start: datetime, amount: int) -> None:
    earliest = start.astimezone(TEHRAN).date() + timedelta(days=amount)
    found, last = None, start
    for minute in open_minutes(calendar, datetime.combine(earliest, time(), TEHRAN)):
        day = minute.astimezone(TEHRAN).date()
        found = found or day
        if day != found:
            break
        last = minute
    assert calendar.due(start, Length(amount, LengthUnit.CALENDAR_DAYS)) == last + timedelta(minutes=1)


@settings(max_examples=150, deadline=None)
@given(calendars(), starts, st.sampled_from(list(LengthUnit)), st.integers(1, 9))
def test_every_explanation_ends_where_the_deadline_is(
    calendar: WorkCalendar, start: datetime, unit: LengthUnit, amount: int
) -> None:
    length = Length(amount, unit)
    steps = calendar.explain(start, length)
    assert steps[-1].kind is StepKind.DUE
    assert steps[-1].moment == calendar.due(start, length)
    assert steps[-1].count == amount
    assert all(step.moment is None for step in steps[:-1])
    assert [step.day for step in steps] == sorted(step.day for step in steps)
    assert all(before.count <= after.count for before, after in pairwise(steps))
