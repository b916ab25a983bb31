"""Numbers, times and sizes as Persian and English readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from takrim.base import words

NOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "fa", "en"),
    [
        (1234567, 0, "۱٬۲۳۴٬۵۶۷", "1,234,567"),
        (1234.5, 1, "۱٬۲۳۴٫۵", "1,234.5"),
        (12, 2, "۱۲٫۰۰", "12.00"),
        (Fraction(1, 3), 3, "۰٫۳۳۳", "0.333"),
        (Fraction(5, 2), 0, "۳", "3"),
        (Fraction(-5, 2), 0, "-۳", "-3"),
        (2.5, 0, "۳", "3"),
        (0, 0, "۰", "0"),
        (None, 0, "—", "—"),
    ],
)
def test_numbers(value: float | Fraction | None, decimals: int, fa: str, en: str) -> None:
    assert words.number(value, "fa", decimals) == fa
    assert words.number(value, "en", decimals) == en


@pytest.mark.parametrize(
    ("share", "fa", "en"),
    [
        (Fraction(7, 8), "۸۷٫۵٪", "87.5%"),
        (Fraction(1), "۱۰۰٪", "100%"),
        (Fraction(2, 3), "۶۶٫۷٪", "66.7%"),
        (Fraction(0), "۰٪", "0%"),
        (None, "—", "—"),
    ],
)
def test_shares(share: Fraction | None, fa: str, en: str) -> None:
    assert words.percent(share, "fa") == fa
    assert words.percent(share, "en") == en


def test_a_moment_is_told_by_tehrans_clock() -> None:
    assert words.datetime(NOON, "fa") == "۲ آذر ۱۴۰۵، ساعت ۱۰:۳۰"
    assert words.datetime(NOON, "en") == "2 Azar 1405, 10:30"
    assert words.date(NOON, "fa") == words.date(date(2026, 11, 23), "fa") == "۲ آذر ۱۴۰۵"
    assert words.date(datetime(2026, 11, 22, 21, tzinfo=UTC), "en") == "2 Azar 1405"
    assert words.time(NOON, "fa") == "۱۰:۳۰"


@pytest.mark.parametrize(
    ("length", "fa", "en"),
    [
        (timedelta(days=3, hours=4, minutes=5), "۳ روز و ۴ ساعت", "3 days and 4 hours"),
        (timedelta(hours=4, minutes=1), "۴ ساعت و ۱ دقیقه", "4 hours and 1 minute"),
        (timedelta(days=1, minutes=5), "۱ روز", "1 day"),
        (Fraction(5, 2), "۲ ساعت و ۳۰ دقیقه", "2 hours and 30 minutes"),
        (76, "۳ روز و ۴ ساعت", "3 days and 4 hours"),
        (timedelta(seconds=30), "کمتر از یک دقیقه", "less than a minute"),
        (timedelta(hours=-5), "۵ ساعت", "5 hours"),
        (Fraction(1, 60) * 59, "۵۹ دقیقه", "59 minutes"),
    ],
)
def test_durations(length: timedelta | int | Fraction, fa: str, en: str) -> None:
    assert words.duration(length, "fa") == fa
    assert words.duration(length, "en") == en


@pytest.mark.parametrize(
    ("left", "fa", "en"),
    [
        (timedelta(days=2, hours=5), "۲ روز مانده", "2 days left"),
        (timedelta(days=-3), "۳ روز گذشته", "3 days late"),
        (timedelta(hours=5, minutes=59), "۵ ساعت مانده", "5 hours left"),
        (timedelta(minutes=-1), "۱ دقیقه گذشته", "1 minute late"),
        (timedelta(0), "کمتر از یک دقیقه مانده", "less than a minute left"),
    ],
)
def test_time_left(left: timedelta, fa: str, en: str) -> None:
    assert words.time_left(NOON, NOON + left, "fa") == fa
    assert words.time_left(NOON, NOON + left, "en") == en


@pytest.mark.parametrize(
    ("size", "fa", "en"),
    [
        (0, "۰ بایت", "0 bytes"),
        (1, "۱ بایت", "1 byte"),
        (999, "۹۹۹ بایت", "999 bytes"),
        (1500, "۱٫۵ کیلوبایت", "1.5 kB"),
        (24_000_000, "۲۴ مگابایت", "24 MB"),
        (999_999, "۱٫۰ مگابایت", "1.0 MB"),
        (7 * 10**12, "۷٬۰۰۰ گیگابایت", "7,000 GB"),
    ],
)
def test_file_sizes(size: int, fa: str, en: str) -> None:
    assert words.file_size(size, "fa") == fa
    assert words.file_size(size, "en") == en
