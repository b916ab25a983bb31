"""Every indicator by hand, and silent where nothing was measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.utils.translation import override

from takrim.base.period import Period
from takrim.indicators.figures import Figures, Standing
from takrim.indicators.histogram import Histogram
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Ratio, value_of
from takrim.indicators.values import values_of
from takrim.orgs.models import Unit

NUMBERS = {
    Count.RECEIVED: 40, Count.ANSWERED: 30, Count.REFUSED: 2, Count.DROPPED: 4, Count.CLOSED: 20, Count.REOPENED: 3,
    Count.ON_TIME: 24, Count.LATE: 8, Count.DROPPED_LATE: 1, Count.FELL_DUE: 35, Count.MISSED: 14,
    Count.RESPONSES: 12, Count.SATISFIED: 9, Count.PROOFS_JUDGED: 16, Count.PROOFS_ACCEPTED: 12,
    Count.PROOFS_RETURNED: 3,
}  # fmt: skip
TIMES = Histogram.of([60 * hours for hours in range(1, 11)])
FULL = Figures("ir/x/", {str(name): number for name, number in NUMBERS.items()}, TIMES.write(), "", Standing(20, 5, 2))
EMPTY = Figures("ir/x/", pieces={})


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("received", 40),
        ("open", 20),
        ("closed_share", Fraction(36, 43)),
        ("answered_on_time", Fraction(24, 32)),
        ("overdue", Fraction(5, 20)),
        ("missed", Fraction(14, 35)),
        ("reopened", Fraction(3, 30)),
        ("satisfaction", Fraction(9, 12)),
        ("response_rate", Fraction(12, 30)),
        ("proofs_accepted", Fraction(12, 16)),
        ("proofs_returned", Fraction(3, 16)),
    ],
)
def test_an_indicator_by_hand(code: str, value: Fraction) -> None:
    assert value_of(code, FULL) == value


def test_times_by_hand() -> None:
    assert float(value_of("median_hours", FULL) or 0) == pytest.approx(5, rel=1 / 64)
    assert float(value_of("p90_hours", FULL) or 0) == pytest.approx(9, rel=1 / 64)


def test_nothing_measured_is_no_number_and_never_zero() -> None:
    silent = {code for code, _ in INDICATORS if value_of(code, EMPTY) is None}
    assert silent == {code for code, _ in INDICATORS} - {"received", "open"}


def test_pieces_that_were_not_read_are_no_zero() -> None:
    with pytest.raises(LookupError):
        value_of("quorum", replace(EMPTY, pieces=None))


@pytest.mark.parametrize("code", list(INDICATORS.items))
def test_an_indicator_says_what_it_is_in_both_languages(code: str) -> None:
    said = {}
    for lang in ("fa", "en"):
        with override(lang):
            said[lang] = (str(INDICATORS[code].title), str(INDICATORS[code].definition))
    assert said["fa"][0] != said["en"][0]
    assert said["fa"][1] != said["en"][1]
    assert all(said["fa"] + said["en"])


def test_an_indicator_measures_an_office_by_itself(units: dict[str, Unit]) -> None:
    period, now = Period.parse("1405-07"), datetime(2026, 12, 1, tzinfo=UTC)
    assert values_of(["ir/qom/"], ["received"], period, now) == {("ir/qom/", "received"): Ratio(0, 1)}
