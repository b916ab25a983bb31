"""The clock and the zone of the country."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from takrim.base import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2022, 7, 1, tzinfo=UTC), "2022-07-01T04:30:00+04:30"),
        (datetime(2023, 7, 1, tzinfo=UTC), "2023-07-01T03:30:00+03:30"),
    ],
)
def test_tehran_has_no_summer_time_since_1402(moment: datetime, there: str) -> None:
    assert clock.local(moment).isoformat() == there


def test_the_day_in_tehran_begins_before_that_of_utc() -> None:
    assert clock.local_date(datetime(2026, 11, 22, 20, 30, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.local(datetime(2026, 11, 22))
