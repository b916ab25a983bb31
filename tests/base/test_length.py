"""Promised lengths of time as cards write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ],
)
def test_a_length_is_read(text: str, amount: int, unit: LengthUnit) -> None:
    assert Length.parse(text) == Length(amount, unit)


@pytest.mark.parametrize(
    "text", ["", "10", "days", "ten working days", "10 days", "0 hours", "-3 hours", "99999 hours", "1.5 hours"]
)
def test_a_length_that_leaves_a_doubt_is_refused(text: str) -> None:
    with pytest.raises(BadLength, match="10 working days"):
        Length.parse(text)


@given(st.builds(Length, st.integers(1, 10_000), st.sampled_from(list(LengthUnit))))
def test_a_length_reads_back_what_it_says(length: Length) -> None:
    assert Length.parse(str(length)) == length
    assert Length.parse(length.title("fa")) == length
    assert Length.parse(length.title("en")) == length


def test_a_length_in_words() -> None:
    assert Length(10, LengthUnit.WORKING_DAYS).title("fa") == "۱۰ روز کاری"
    assert Length(1, LengthUnit.HOURS).title("en") == "1 hour"
