"""When a promise falls due, on days one can look up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from timeit import timeit
from zoneinfo import ZoneInfo

import pytest

from takrim.base.clock import TEHRAN
from takrim.base.jalali import JalaliDate
from takrim.base.length import Length, LengthUnit
from takrim.base.workdays import DEFAULT_WEEK, NeverOpen, Span, Week, WorkCalendar

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
        length = Length(1 if unit.is_named else 2, unit)
        assert PLAIN.due(moment("1405/09/02", "10:00"), length).tzinfo is UTC


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


def test_a_deadline_is_counted_in_microseconds() -> None:
    start, length = moment("1405/09/02", "10:00"), Length.parse("20 working days")
    assert timeit(lambda: PLAIN.due(start, length), number=200) / 200 < 0.001
