"""The Jalali calendar, against two others and against what people type."""

from __future__ import annotations

from datetime import date, timedelta

import jdatetime
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from takrim.base import jalali
from takrim.base.jalali import BadDate, JalaliDate
from tests.base import icu

LEAP_YEARS = """
1300 1304 1309 1313 1317 1321 1325 1329 1333 1337 1342 1346 1350 1354 1358 1362 1366 1370 1375 1379 1383 1387 1391 1395
1399 1403 1408 1412 1416 1420 1424 1428 1432 1436 1441 1445 1449 1453 1457 1461 1465 1469 1474 1478 1482 1486 1490 1494
1498
"""
DAYS = range(date(1921, 3, 21).toordinal(), date(2122, 3, 20).toordinal() + 1)


def test_leap_years_are_those_of_the_almanac() -> None:
    assert [year for year in range(1300, 1501) if jalali.is_leap(year)] == [int(year) for year in LEAP_YEARS.split()]


def test_every_day_from_1300_to_1500_agrees_with_jdatetime() -> None:
    for ordinal in DAYS:
        day = date.fromordinal(ordinal)
        ours = JalaliDate.from_date(day)
        theirs = jdatetime.date.fromgregorian(date=day)
        assert (ours.year, ours.month, ours.day) == (theirs.year, theirs.month, theirs.day), day
        assert ours.to_date() == day
    assert JalaliDate.from_date(date.fromordinal(DAYS[0])) == JalaliDate(1300, 1, 1)
    assert JalaliDate.from_date(date.fromordinal(DAYS[-1])) == JalaliDate(1500, 12, 29)


def test_every_day_from_1300_to_1500_agrees_with_icu() -> None:
    theirs = icu.ask(
        """
        const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn",
            { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
        return given.map((day) => {
            const parts = Object.fromEntries(format.formatToParts(day * 864e5).map((part) => [part.type, +part.value]));
            return [parts.year, parts.month, parts.day];
        });
        """,
        [ordinal - date(1970, 1, 1).toordinal() for ordinal in DAYS],
    )
    for ordinal, (year, month, day) in zip(DAYS, theirs, strict=True):
        assert JalaliDate.from_date(date.fromordinal(ordinal)) == JalaliDate(year, month, day)


def test_days_follow_one_another_over_all_our_years() -> None:
    day, last = JalaliDate(jalali.FIRST_YEAR, 1, 1), JalaliDate(jalali.LAST_YEAR, 12, 29)
    while day < last:
        following = JalaliDate.from_date(day.to_date() + timedelta(days=1))
        assert following > day
        assert (following.day == day.day + 1) or following.day == 1
        day = following


@pytest.mark.parametrize("day", [date(1871, 3, 20), date(2122, 3, 21), date.min, date.max])
def test_days_beyond_our_years_are_refused(day: date) -> None:
    with pytest.raises(BadDate, match="between 1250 and 1500"):
        JalaliDate.from_date(day)


def test_the_day_that_1404_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(BadDate) as refusal:
        JalaliDate.parse("1404/12/30")
    assert str(refusal.value) == "Esfand 1404 has 29 days."
    assert (refusal.value.code, refusal.value.status) == ("bad_date", 400)
    with translation.override("fa"):
        assert "اسفند" in str(refusal.value)
        assert "۱۴۰۴" in str(refusal.value)


def test_the_last_day_of_1403_exists() -> None:
    assert JalaliDate.parse("1403/12/30").to_date() == date(2025, 3, 20)


@pytest.mark.parametrize(
    "text",
    ["1405/9/2", "۱۴۰۵/۰۹/۰۲", "١٤٠٥-٠٩-٠٢", "1405.09.02", " 1405 9 2 ", "\u200f۱۴۰۵/۹/۲\u200e", "1405 / 9 / 2"],
)
def test_a_date_is_read_however_it_is_typed(text: str) -> None:
    assert JalaliDate.parse(text) == JalaliDate(1405, 9, 2)


@pytest.mark.parametrize(
    "text", ["", "دیروز", "1405", "1405/9", "2/9/1405", "1405/9/2/1", "14050902", "05/9/2", "1405/9/۲x"]
)
def test_what_is_not_a_date_gets_an_example(text: str) -> None:
    with pytest.raises(BadDate, match="1405/09/02"):
        JalaliDate.parse(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1405/13/1", "The month must be between 1 and 12."),
        ("1405/0/1", "The month must be between 1 and 12."),
        ("1405/7/31", "Mehr 1405 has 30 days."),
        ("1405/1/0", "Farvardin 1405 has 31 days."),
        ("2026/11/23", "The year must be between 1250 and 1500."),
    ],
)
def test_a_wrong_part_is_named_with_what_is_allowed(text: str, sentence: str) -> None:
    with pytest.raises(BadDate) as refusal:
        JalaliDate.parse(text)
    assert str(refusal.value) == sentence


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    try:
        assert JalaliDate.from_date(JalaliDate.parse(text).to_date()) == JalaliDate.parse(text)
    except BadDate as refusal:
        assert str(refusal)


def test_days_have_an_order() -> None:
    assert JalaliDate(1404, 12, 29) < JalaliDate(1405, 1, 1) < JalaliDate(1405, 1, 2)


def test_a_day_in_words_and_numbers_of_both_languages() -> None:
    day = date(2026, 11, 23)
    assert jalali.format_date(day, "fa") == "۲ آذر ۱۴۰۵"
    assert jalali.format_date(day, "en") == "2 Azar 1405"
    assert jalali.numeric(day, "fa") == "۱۴۰۵/۰۹/۰۲"
    assert jalali.numeric(day, "en") == "1405/09/02"
    assert jalali.weekday_name(day, "fa") == "دوشنبه"
    assert jalali.weekday_name(day, "en") == "Monday"
    assert jalali.month_name(12, "fa") == "اسفند"


def test_the_week_begins_on_saturday() -> None:
    saturday = date(2026, 11, 21)
    assert jalali.weekday_name(saturday, "fa") == "شنبه"
    assert {jalali.week_start(saturday + timedelta(days=n)) for n in range(7)} == {saturday}
    assert jalali.week_start(saturday - timedelta(days=1)) == saturday - timedelta(days=7)
