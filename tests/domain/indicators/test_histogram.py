"""Times counted in steps: exact to the minute up to an hour, within 1/64 beyond; the nearest-rank quantile."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.indicators.histogram import MEDIAN, P90, Histogram, bounds, middle, nearest_rank, rank_of, step_of

MINUTES = st.integers(0, 60 * 24 * 365 * 5)


@given(MINUTES)
def test_a_time_lies_within_its_step_and_no_step_is_wide(minutes: int) -> None:
    first, after = bounds(step_of(minutes))
    assert first <= minutes < after
    assert after - first == 1 or (after - first) * 32 <= first


@given(MINUTES)
def test_a_step_stands_for_its_times_within_a_sixtyfourth(minutes: int) -> None:
    assert abs(middle(step_of(minutes)) * 60 - minutes) * 64 <= minutes or minutes < 64


def test_steps_follow_one_another_without_gaps() -> None:
    edges = [bounds(step) for step in range(600)]
    assert edges[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(edges))


@pytest.mark.parametrize(
    ("share", "count", "place"),
    [(MEDIAN, 1, 1), (MEDIAN, 4, 2), (MEDIAN, 5, 3), (P90, 10, 9), (P90, 11, 10), (P90, 1, 1), (Fraction(1), 7, 7)],
)
def test_the_nearest_rank_by_hand(share: Fraction, count: int, place: int) -> None:
    assert rank_of(share, count) == place


def test_quantiles_by_hand() -> None:
    times = Histogram.of([10, 20, 30, 40, 63, 50, 5, 15, 25, 35])
    assert times.quantile(MEDIAN) == Fraction(25, 60)
    assert times.quantile(P90) == Fraction(50, 60)


def test_nothing_measured_is_no_number() -> None:
    assert Histogram().quantile(MEDIAN) is None
    assert nearest_rank([], MEDIAN) is None


@given(st.lists(MINUTES, min_size=1, max_size=60), st.sampled_from([MEDIAN, P90]))
def test_the_histogram_agrees_with_sorted_times(minutes: list[int], share: Fraction) -> None:
    exact = nearest_rank(sorted(minutes), share)
    assert exact is not None
    assert Histogram.of(minutes).quantile(share) == middle(step_of(exact))


@given(st.lists(MINUTES, max_size=30), st.lists(MINUTES, max_size=30))
def test_adding_is_the_same_as_counting_together(some: list[int], others: list[int]) -> None:
    both = Histogram.of(some) + Histogram.of(others)
    assert both == Histogram.of([*some, *others])
    assert Histogram.read(both.write()) == both
    assert Histogram.read(Histogram.of(some).write(), Histogram.of(others).write()) == both
