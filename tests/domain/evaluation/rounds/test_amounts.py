"""Amounts as exact text: what was measured, what a person types."""

from __future__ import annotations

from fractions import Fraction

import pytest

from takrim.evaluation.amounts import Amount, BadAmount, amount, of_measured, typed, value_of
from takrim.indicators.indicator import Ratio


@pytest.mark.parametrize("text", ["17/23", "0/4", "71.5", "-3", "0.0625", "2.5/10"])
def test_what_is_written_is_read_back(text: str) -> None:
    assert str(amount(text)) == text


def test_a_part_of_nothing_was_not_measured() -> None:
    assert value_of("0/0") is None
    assert value_of("") is None
    assert value_of("17/23") == Fraction(17, 23)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("۱۷/۲۳", "17/23"), ("۷۱٫۵", "71.5"), ("1٬200", "1200"), (" 17 / 23 ", "17/23"), ("۸۵٪", "0.85"), ("", "None")],
)
def test_people_type_digits_and_marks_of_their_own(text: str, meant: str) -> None:
    assert str(typed(text)) == meant


@pytest.mark.parametrize("text", ["many", "1/2/3", "-4", "3/-4", "1e99999", "٪"])
def test_what_is_no_amount_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadAmount):
        typed(text)


def test_a_measured_share_keeps_part_and_whole() -> None:
    assert of_measured(Ratio(2, 4)) == "2/4"
    assert of_measured(Ratio(12, 1), counted=True) == "12"
    assert of_measured(Ratio(0, 0)) == ""
    # A quantile has no whole; a third of an hour has no decimal.
    assert value_of(str(Amount(Fraction(1, 3)))) == Fraction(1, 3)
