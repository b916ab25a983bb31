"""Promised lengths of time as cards write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base.jalali import JalaliDate
from takrim.base.length import BadLength, Length, LengthUnit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("10 working days", 10, LengthUnit.WORKING_DAYS),
        ("1 working day", 1, LengthUnit.WORKING_DAYS),
        ("3 Hours", 3, LengthUnit.HOURS),
        ("5  working  hours", 5, LengthUnit.WORKING_HOURS),
        ("15 calendar_days", 15, LengthUnit.CALENDAR_DAYS),
        ("۲ ماه", 2, LengthUnit.MONTHS),
        ("۱۰ روز کاری", 10, LengthUnit.WORKING_DAYS),
        ("۴۸ ساعت", 48, LengthUnit.HOURS),
        ("۸ ساعت اداری", 8, LengthUnit.WORKING_HOURS),
        ("next Saturday", 1, LengthUnit.SATURDAY),
        ("شنبه آینده", 1, LengthUnit.SATURDAY),
        ("پنجشنبه  بعد", 1, LengthUnit.THURSDAY),
        ("end of the month", 1, LengthUnit.MONTH_END),
        ("آخر فصل", 1, LengthUnit.SEASON_END),
        ("end of half-year", 1, LengthUnit.HALF_END),
        ("پایان سال", 1, LengthUnit.YEAR_END),
    ],
)
def test_a_length_is_read(text: str, amount: int, unit: LengthUnit) -> None:
    assert Length.parse(text) == Length(amount, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "days",
        "ten working days",
        "10 days",
        "0 hours",
        "-3 hours",
        "99999 hours",
        "1.5 hours",
        "1 saturday",
        "end",
    ],
)  # fmt: skip
def test_a_length_that_leaves_a_doubt_is_refused(text: str) -> None:
    with pytest.raises(BadLength, match="10 working days"):
        Length.parse(text)


numbered = st.sampled_from([unit for unit in LengthUnit if not unit.is_named])
named = st.sampled_from([unit for unit in LengthUnit if unit.is_named])


@given(st.builds(Length, st.integers(1, 10_000), numbered) | st.builds(Length, st.just(1), named))
def test_a_length_reads_back_what_it_says(length: Length) -> None:
    assert Length.parse(str(length)) == length
    assert Length.parse(length.title("fa")) == length
    assert Length.parse(length.title("en")) == length


def test_a_length_in_words() -> None:
    assert Length(10, LengthUnit.WORKING_DAYS).title("fa") == "۱۰ روز کاری"
    assert Length(1, LengthUnit.HOURS).title("en") == "1 hour"
    assert Length(1, LengthUnit.SATURDAY).title("fa") == "شنبه آینده"
    assert Length(1, LengthUnit.SATURDAY).title("en") == "next Saturday"
    assert Length(1, LengthUnit.HALF_END).title("fa") == "پایان نیم‌سال"


def test_a_named_day_is_named_once() -> None:
    with pytest.raises(BadLength):
        Length(2, LengthUnit.SATURDAY)


# 1405/09/02 is a Monday.
@pytest.mark.parametrize(
    ("said_on", "length", "meant"),
    [
        ("1405/09/02", "next saturday", "1405/09/07"),
        ("1405/09/07", "next saturday", "1405/09/14"),
        ("1405/09/02", "next tuesday", "1405/09/03"),
        ("1405/09/02", "end of month", "1405/09/30"),
        ("1405/09/30", "end of month", "1405/10/30"),
        ("1405/09/02", "end of season", "1405/09/30"),
        ("1405/06/31", "end of half", "1405/12/29"),
        ("1403/01/01", "end of year", "1403/12/30"),
    ],
)
def test_a_named_day_is_never_the_day_it_is_said_on(said_on: str, length: str, meant: str) -> None:
    day = JalaliDate.parse(said_on).to_date()
    assert Length.parse(length).named_day(day) == JalaliDate.parse(meant).to_date()


def test_a_number_of_days_names_no_day() -> None:
    with pytest.raises(ValueError, match="not the name of a day"):
        Length.parse("3 hours").named_day(JalaliDate.parse("1405/09/02").to_date())
