"""Opening hours are set from a day on: the nearest office's win, then the later ones, then the shorter ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.journal.models import Entry
from takrim.orgs.actions_calendar import (
    AlreadyHoliday,
    NameUnsaid,
    TooFarAhead,
    WhyUnsaid,
    add_holiday,
    withdraw_holiday,
)
from takrim.orgs.actions_posts import DayHasPassed, DaysInWrongOrder, OutsideYourOffice, Titles
from takrim.orgs.actions_weeks import NeverOpens, Pattern, PurposeUnsaid, WeekIsOver, WeekThere, set_week, withdraw_week
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.calendars import calendar_of
from takrim.orgs.hours import EndsBeforeStart
from takrim.orgs.models import Closure, Unit, Week

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)  # Tuesday
SATURDAY, SUNDAY, THURSDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 26)
NOTE = Titles(fa="ساعت زمستان", en="Winter hours")
FIVE = dict.fromkeys(("sat", "sun", "mon", "tue", "wed"), "8-14")

SetHours = Callable[..., Week]


@pytest.fixture
def hours(units: dict[str, Unit], nima: Actor, now: datetime) -> SetHours:
    def give(
        typed: str = "8-14", *, unit: str = "alborz", since: date = TODAY, until: date | None = None, thu: str = ""
    ) -> Week:
        week = {**dict.fromkeys(FIVE, typed), "thu": thu}
        pattern = Pattern(since=since, until=until, hours=week, note=NOTE)
        return set_week(unit=units[unit], pattern=pattern, by=nima, now=now)

    return give


def opens(path: str, day: date) -> int | None:
    spans = calendar_of(path).open_spans(day)
    return spans[0].start.hour if spans else None


def test_hours_hold_for_the_office_and_all_below_from_the_day_on(hours: SetHours) -> None:
    hours("9-13, 14-16", since=SUNDAY, thu="9-12")
    assert opens("ir/alborz/karaj/", SATURDAY) == 7
    assert opens("ir/alborz/karaj/", SUNDAY) == 9
    assert len(calendar_of("ir/alborz/").open_spans(SUNDAY)) == 2
    assert opens("ir/alborz/", THURSDAY) is None, "before they begin"
    assert opens("ir/alborz/", THURSDAY + 7 * DAY) == 9
    assert opens("ir/qom/", SUNDAY) == 7


def test_the_nearest_office_wins_however_early_its_hours_began(hours: SetHours) -> None:
    hours("9-13", unit="karaj")
    hours("10-12", unit="alborz", since=SATURDAY)
    assert opens("ir/alborz/karaj/", SATURDAY) == 9
    assert opens("ir/alborz/nazarabad/", SATURDAY) == 10


def test_ramadan_lies_over_the_year_and_ends(hours: SetHours) -> None:
    hours("8-14")
    hours("10-14", since=SATURDAY, until=SATURDAY + 29 * DAY)
    assert [opens("ir/alborz/", SATURDAY + nth * DAY) for nth in (-3, 0, 29, 35)] == [8, 10, 10, 8]


def test_of_two_that_begin_together_the_shorter_wins(hours: SetHours) -> None:
    hours("11-14", since=SATURDAY, until=SATURDAY + 6 * DAY)
    hours("8-14", since=SATURDAY)
    hours("9-14", since=SATURDAY, until=SATURDAY + 20 * DAY)
    assert [opens("ir/alborz/", SATURDAY + nth * DAY) for nth in (0, 7, 21)] == [11, 9, 8]


def test_withdrawn_hours_hold_no_longer_but_did_until_yesterday(hours: SetHours, nima: Actor, now: datetime) -> None:
    week = hours("9-13")
    later = now + 7 * DAY
    withdraw_week(week=week, why="مصوبه لغو شد", by=nima, now=later)
    assert opens("ir/alborz/", SATURDAY) == 9
    assert opens("ir/alborz/", local_date(later)) == 7
    withdraw_week(week=Week.objects.get(), why="دوباره", by=nima, now=now)
    kept = Week.objects.get()
    assert (kept.withdrawn_at, kept.withdrawn_why) == (later, "مصوبه لغو شد")
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["week.set", "week.withdrawn"]
    with pytest.raises(WeekIsOver):
        withdraw_week(week=kept, why="باز هم", by=nima, now=later)


def test_hours_that_never_began_leave_no_trace_in_the_calendar(hours: SetHours, nima: Actor, now: datetime) -> None:
    week = hours("9-13", since=SATURDAY)
    withdraw_week(week=week, why="اشتباه بود", by=nima, now=now)
    assert opens("ir/alborz/", SATURDAY) == 7
    assert hours("10-13", since=SATURDAY).pk != week.pk, "and can be set anew"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"since": TODAY - DAY}, DayHasPassed),
        ({"since": TODAY + 6 * 366 * DAY}, TooFarAhead),
        ({"since": SUNDAY, "until": SATURDAY}, DaysInWrongOrder),
        ({"hours": {}}, NeverOpens),
        ({"hours": {"sat": "14-8"}}, EndsBeforeStart),
        ({"note": Titles(fa=" ", en="Winter")}, PurposeUnsaid),
    ],
)
def test_what_makes_no_sense_is_refused(
    changes: dict[str, Any], refusal: type[Refusal], units: dict[str, Unit], nima: Actor, now: datetime
) -> None:
    said: dict[str, Any] = {"since": SATURDAY, "until": None, "hours": FIVE, "note": NOTE}
    with pytest.raises(refusal):
        set_week(unit=units["alborz"], pattern=Pattern(**{**said, **changes}), by=nima, now=now)
    assert not Week.objects.exists()


def test_the_same_days_are_set_once(hours: SetHours) -> None:
    hours(since=SATURDAY)
    hours(since=SATURDAY, until=SUNDAY)
    with pytest.raises(WeekThere):
        hours(since=SATURDAY)
    with pytest.raises(WeekThere):
        hours(since=SATURDAY, until=SUNDAY)


def test_hours_are_set_by_directors_of_the_place(
    hours: SetHours, reza: Actor, units: dict[str, Unit], nima: Actor, now: datetime
) -> None:
    pattern = Pattern(since=SATURDAY, until=None, hours=FIVE, note=NOTE)
    with pytest.raises(NotAllowed):
        set_week(unit=units["nazarabad"], pattern=pattern, by=reza, now=now)
    with pytest.raises(OutsideYourOffice):
        hours(unit="qom")
    with pytest.raises(WhyUnsaid):
        withdraw_week(week=hours(), why=" ", by=nima, now=now)


def test_holidays_are_for_the_ministry(tara: Actor, nima: Actor, now: datetime) -> None:
    name = Titles(fa="عید سعید فطر", en="")
    with pytest.raises(NotAllowed):
        add_holiday(day=SATURDAY, name=name, by=nima, now=now)
    with pytest.raises(NameUnsaid):
        add_holiday(day=SATURDAY, name=Titles(fa="", en="Fitr"), by=tara, now=now)
    with pytest.raises(DayHasPassed):
        add_holiday(day=TODAY - DAY, name=name, by=tara, now=now)
    holiday = add_holiday(day=SATURDAY, name=name, by=tara, now=now)
    with pytest.raises(AlreadyHoliday):
        add_holiday(day=SATURDAY, name=name, by=tara, now=now)
    assert not calendar_of("ir/qom/kahak/").is_open(SATURDAY)
    with pytest.raises(NotAllowed):
        withdraw_holiday(holiday=holiday, why="نه", by=nima, now=now)
    with pytest.raises(WhyUnsaid):
        withdraw_holiday(holiday=holiday, why="", by=tara, now=now)
    with pytest.raises(DayHasPassed):
        withdraw_holiday(holiday=holiday, why="نه", by=tara, now=now + 7 * DAY)
    withdraw_holiday(holiday=holiday, why="هلال یک روز دیرتر دیده شد", by=tara, now=now)
    withdraw_holiday(holiday=holiday, why="دوباره", by=tara, now=now)
    assert calendar_of("ir/qom/kahak/").is_open(SATURDAY)
    assert Closure.objects.get().withdrawn_why == "هلال یک روز دیرتر دیده شد"
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["holiday.added", "holiday.withdrawn"]
