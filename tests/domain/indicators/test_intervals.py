"""Intervals of values by hand, and none where none can be told."""

from __future__ import annotations

import pytest

from takrim.indicators.histogram import MEDIAN, Histogram
from takrim.indicators.indicator import Distribution, Measure, Ratio
from takrim.indicators.intervals import interval, of_share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Wilson's own: 15 of 148, and the two ends.
    [(15, 148, 0.0624, 0.1605), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1)],
)
def test_a_share_has_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    found = of_share(part, whole)
    assert found is not None
    assert found == pytest.approx((low, high), abs=5e-5)


def test_what_is_no_part_of_its_whole_has_none() -> None:
    assert of_share(12, 10) is None
    assert of_share(0, 0) is None
    assert interval(Ratio(3, 1), Measure.COUNT) is None
    assert interval(None, Measure.SHARE) is None


def test_a_median_lies_between_two_of_the_times() -> None:
    times = Histogram.of([60 * hours for hours in range(1, 101)])
    low, high = interval(Distribution(times, MEDIAN), Measure.HOURS) or (0, 0)
    # The 40th and the 60th of a hundred.
    assert (low, high) == pytest.approx((40, 60), rel=1 / 64)
    assert interval(Distribution(Histogram(), MEDIAN), Measure.HOURS) is None


def test_more_cases_make_it_narrower() -> None:
    few, many = of_share(8, 10), of_share(800, 1000)
    assert few is not None and many is not None
    assert few[0] < many[0] < many[1] < few[1]
