"""How sure a ranking is: shrinkage by hand, intervals, bands, other weights, one indicator less."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import RandomState

from takrim.evaluation.scoring.engine import Scored
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.explain import explain
from takrim.evaluation.scoring.intervals import bands_of, intervals
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.evaluation.scoring.sensitivity import sensitivity, weights_around
from tests.domain.evaluation.scoring.made import ONE, ranks, scored

SHARE = f'{ONE}denominator = "n"\n'
SURE = "[intervals]\nseed = 1405\ndraws = 300\n"
SMALL = "u n a\nbig 4000 3600\ntiny 1 1\nslow 400 200"


@pytest.mark.parametrize("arithmetic", ["float", "exact"])
def test_a_share_of_few_cases_is_drawn_towards_its_group(arithmetic: str) -> None:
    plan = f'arithmetic = "{arithmetic}"\n{SHARE}shrink = {{ strength = 10, of = "g" }}'
    found = scored(plan, "u g n a\nx s 1 1\ny s 99 49\nz t 10 10\nw t 10 0")
    # Half of group s, and half of group t: (1 + 10 × ½) / 11, (49 + 5) / 109, (10 + 5) / 20, 5 / 20.
    expected = [Fraction(6, 11), Fraction(54, 109), Fraction(15, 20), Fraction(5, 20)]
    assert [found.worked["a"].shrunk.at(place) for place in range(4)] == pytest.approx([float(one) for one in expected])
    if arithmetic == "exact":
        assert [found.total.at(place) for place in range(4)] == expected
    line = explain(found, "x").lines[0]
    assert (line.denominated, line.shrunk) == (1, pytest.approx(6 / 11))


def test_nothing_measured_stays_nothing_however_strong_the_group() -> None:
    found = scored(f'{SHARE}missing = "drop"\nshrink = {{ strength = 1000 }}', "u n a\nx 10 5\ny 0 0")
    assert [one.total for one in found.standings] == [Fraction(1, 2), None]


def test_what_is_no_share_cannot_be_shrunk() -> None:
    with pytest.raises(BadTable, match="“a” is no share"):
        scored(f"{SHARE}shrink = {{ strength = 10 }}", "u n a\nx 10 11")


def test_one_case_cannot_lead_once_shares_are_shrunk() -> None:
    assert ranks(scored(SHARE, SMALL))["tiny"] == 1
    assert ranks(scored(f"{SHARE}shrink = {{ strength = 20 }}", SMALL)) == {"big": 1, "tiny": 2, "slow": 3}


def test_few_cases_have_a_wide_interval_and_share_bands_with_many() -> None:
    found = intervals(scored(f'{SHARE}noise = "share"\n{SURE}', SMALL))
    assert found["big"].high - found["big"].low < 0.03
    # All of one case: drawn as it was in three of four, and the total itself always lies in its interval.
    assert (found["tiny"].low, found["tiny"].high) == (0, 1)
    assert found["tiny"].bands == (1, 2)
    assert (found["big"].bands, found["slow"].bands) == ((1, 1), (2, 2))
    assert (found["tiny"].best, found["tiny"].worst) == (1, 3)
    assert 0.7 < found["tiny"].first < 0.8


def test_the_same_seed_draws_the_same_for_ever() -> None:
    plan = f'{SHARE}noise = "share"\n{SURE}'
    first, again = (intervals(scored(plan, SMALL)) for _time in range(2))
    assert first == again
    other = intervals(scored(plan.replace("1405", "1406"), SMALL))
    assert other["big"].low != first["big"].low
    # The generator's own promise: these numbers do not change with its version.
    assert RandomState(1405).binomial(100, 0.5, 5).tolist() == [55, 46, 56, 49, 51]


def test_an_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Two hundred offices whose true share is 0.8; some 95 in 100 of their intervals hold it."""
    seen = RandomState(7).binomial(200, 0.8, 200)
    rows = "\n".join(f"u{place} 200 {part}" for place, part in enumerate(seen))
    found = intervals(scored(f'{SHARE}noise = "share"\n{SURE}', f"u n a\n{rows}"))
    held = sum(one.low <= 0.8 <= one.high for one in found.values())
    assert 180 <= held <= 199


@pytest.mark.parametrize(
    ("noise", "width"),
    [('{ method = "error", column = "e" }', 2 * 1.96), ('{ method = "between", low = "l", high = "h" }', 6)],
)
def test_a_value_with_its_error_or_its_ends(noise: str, width: float) -> None:
    plan = f"{ONE}noise = {noise}\n[intervals]\nseed = 5\ndraws = 4000"
    one = intervals(scored(plan, "u a e l h\nx 10 1 8 14\ny 50 1 48 54"))["x"]
    assert one.high - one.low == pytest.approx(width, rel=0.1)
    assert one.low < 10 < one.high


def test_units_without_a_rank_have_no_interval_and_peers_are_drawn_apart() -> None:
    plan = f'{SHARE}noise = "share"\nmissing = "drop"\n{SURE}[peers]\ncolumn = "g"\n[[floor]]\ncolumn = "n"\nleast = 10'
    found = intervals(scored(plan, "u g n a\nx s 100 90\ny t 100 10\nz s 9 9\nw t 0 0"))
    assert set(found) == {"x", "y"}
    assert [(one.best, one.worst, one.bands) for one in found.values()] == [(1, 1, (1, 1)), (1, 1, (1, 1))]


def test_a_plan_that_does_not_ask_is_told_nothing() -> None:
    found = scored(ONE, "u a\nx 1")
    assert (intervals(found), sensitivity(found)) == ({}, {})


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8)), min_size=1, max_size=12))
def test_two_units_share_a_band_exactly_if_their_intervals_overlap(drawn: list[tuple[int, int]]) -> None:
    ends = [(low, low + width) for low, width in drawn]
    bands = bands_of(ends)
    for one, its in zip(ends, bands, strict=True):
        for other, theirs in zip(ends, bands, strict=True):
            overlap = one[0] <= other[1] and other[0] <= one[1]
            assert overlap == (its[0] <= theirs[1] and theirs[0] <= its[1])
    used = {band for first, last in bands for band in range(first, last + 1)}
    assert used == set(range(1, max(used) + 1))


TREE = """
unit = "u"
{top}
[sensitivity]
seed = 1405
draws = 400
concentration = {concentration}
[default]
direction = "more"
missing = "drop"
[[indicator]]
code = "a"
weight = {weight}
[[indicator]]
code = "b"
"""
ROWS = "u a b\nfast 9 1\nkind 1 9\nfair 6 6"


def under(concentration: int, weight: int, top: str = "", rows: str = ROWS) -> Scored:
    return scored(TREE.format(concentration=concentration, weight=weight, top=top), rows)


def test_weights_far_from_the_plan_change_more_than_weights_near_it() -> None:
    near, far = (sensitivity(under(concentration, 4)) for concentration in (10_000, 4))
    assert (near["fast"].first, near["fast"].best, near["fast"].worst) == (1, 1, 1)
    assert 0.5 < far["fast"].first < 1
    assert far["fast"].worst == 3
    assert sum(one.first for one in far.values()) == pytest.approx(1)
    assert far == sensitivity(under(4, 4, 'arithmetic = "exact"'))


def test_the_rank_without_each_indicator() -> None:
    found = sensitivity(under(100, 4))
    assert dict(found["fast"].without) == {"a": 3, "b": 1}
    assert dict(found["kind"].without) == {"a": 1, "b": 3}
    gap = sensitivity(under(100, 4, rows="u a b\nx 9 -\ny 1 9"))
    assert dict(gap["x"].without) == {"a": None, "b": 1}
    single = sensitivity(scored(f"{ONE}[sensitivity]\nseed = 1", "u a\nx 1\ny 2"))
    assert dict(single["x"].without) == {}


def test_a_method_over_a_matrix_is_weighed_otherwise_too() -> None:
    plan = (
        TREE.format(concentration=4, weight=4, top="").replace('missing = "drop"', "") + '[method]\nmethod = "topsis"\n'
    )
    found = sensitivity(scored(plan, ROWS))
    assert dict(found["fast"].without) == {"a": 3, "b": 1}
    assert found["fast"].worst > 1


def test_drawn_weights_lie_around_those_of_the_plan() -> None:
    plan = plan_of_text(TREE.format(concentration=100, weight=4, top=""))
    random = RandomState(3)
    drawn = [weights_around(plan, 100, random) for _time in range(2000)]
    shares = np.array([float(one["b"]) / (float(one["a"]) + float(one["b"])) for one in drawn])
    assert shares.mean() == pytest.approx(0.2, abs=0.005)
    assert shares.std() == pytest.approx(0.04, abs=0.003)
