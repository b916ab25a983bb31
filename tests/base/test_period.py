"""Months, seasons, half-years and years for which figures are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base.jalali import JalaliDate
from takrim.base.period import BadPeriod, Period, PeriodKind

MEHR = Period(PeriodKind.MONTH, 1405, 7)
kinds = st.sampled_from(list(PeriodKind))
days = st.dates(date(1930, 1, 1), date(2100, 1, 1))


def test_a_month_runs_from_its_first_day_to_the_first_of_the_next() -> None:
    assert MEHR.start() == JalaliDate(1405, 7, 1).to_date()
    assert MEHR.end() == JalaliDate(1405, 8, 1).to_date()
    assert MEHR.last_day() == JalaliDate(1405, 7, 30).to_date()


def test_bounds_are_midnights_of_tehran() -> None:
    assert MEHR.bounds() == (datetime(2026, 9, 22, 20, 30, tzinfo=UTC), datetime(2026, 10, 22, 20, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("code", "fa", "en", "months"),
    [
        ("1405-07", "مهر ۱۴۰۵", "Mehr 1405", 1),
        ("1405-s3", "پاییز ۱۴۰۵", "Autumn 1405", 3),
        ("1405-h1", "شش‌ماهه نخست ۱۴۰۵", "First half of 1405", 6),
        ("1405", "سال ۱۴۰۵", "Year 1405", 12),
    ],
)
def test_each_kind_has_its_code_name_and_months(code: str, fa: str, en: str, months: int) -> None:
    period = Period.parse(code)
    assert (period.code, str(period), period.title("fa"), period.title("en")) == (code, code, fa, en)
    assert len(period.months()) == months
    assert period.months()[0].start() == period.start()
    assert period.months()[-1].end() == period.end()


@given(days, kinds)
def test_a_day_lies_in_its_period(day: date, kind: PeriodKind) -> None:
    period = Period.containing(day, kind)
    assert day in period
    assert period.start() <= day < period.end()
    assert Period.parse(period.code) == period


@given(days, kinds)
def test_periods_follow_one_another_without_a_gap(day: date, kind: PeriodKind) -> None:
    period = Period.containing(day, kind)
    assert period.next().start() == period.end()
    assert period.previous().end() == period.start()
    assert period.next().previous() == period
    assert Period.containing(period.start() - timedelta(days=1), kind) == period.previous()


def test_a_period_is_read_in_persian_digits() -> None:
    assert Period.parse(" ۱۴۰۵-۰۷ ") == MEHR


@pytest.mark.parametrize(
    "code", ["", "1405-13", "1405-0", "1405-s5", "1405-h3", "1405-h0", "140", "1405-07-01", "2026", "مهر"]
)
def test_what_is_no_period_is_refused_with_examples(code: str) -> None:
    with pytest.raises(BadPeriod, match="1405-s3"):
        Period.parse(code)
