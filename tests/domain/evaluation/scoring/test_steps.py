"""Each step from a cell to a score, by hand: dividing, gaps, outliers, normalisations."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.treat.winsorise import shape
from takrim.evaluation.scoring.work import Verdict
from tests.domain.evaluation.scoring.made import ONE, one_indicator, ranks, scored

MORE, LESS = 'direction = "more"\n', 'direction = "less"\n'


@pytest.mark.parametrize(
    ("how", "direction", "values", "scores"),
    [
        ('"asis"', "more", "3 -2", [3, -2]),
        ('"asis"', "less", "3 -2", [-3, 2]),
        ('"minmax"', "more", "2 4 10", [0, 0.25, 1]),
        ('{ method = "minmax", low = 1, high = 101 }', "less", "2 4 10", [101, 76, 1]),
        ('"minmax"', "more", "7 7", [0.5, 0.5]),
        ('{ method = "goalposts", low = 20, high = 80 }', "more", "10 35 80 90", [0, 0.25, 1, 1]),
        ('{ method = "goalposts", low = 20, high = 80, cap = false }', "less", "10 50", [1 + 1 / 6, 0.5]),
        ('{ method = "goalposts", low = 1, high = 100, log = true }', "more", "10 0 1000", [0.5, 0, 1]),
        ('{ method = "target", target = 72, nothing = 216 }', "less", "24 72 144 216 900", [1, 1, 0.5, 0, 0]),
        ('{ method = "target", target = 90, nothing = 50 }', "more", "40 60 95", [0, 0.25, 1]),
        ('{ method = "points", standard = "0.8" }', "more", "0.4 0.8 1 -1", [0.5, 1, 1, 0]),
        ('{ method = "points", standard = 72 }', "less", "0 72 144", [1, 1, 0.5]),
        ('{ method = "zscore", of = "population" }', "more", "1 3", [-1, 1]),
        ('"zscore"', "less", "1 2 3", [1, 0, -1]),
        ('"zscore"', "more", "5 5", [0, 0]),
        ('"rank"', "more", "10 30 20 20", [1, 4, 2.5, 2.5]),
        ('{ method = "rank", scaled = true }', "less", "10 30 20", [1, 0, 0.5]),
        ('{ method = "reference", to = "best" }', "more", "5 10", [0.5, 1]),
        ('{ method = "reference", to = "mean" }', "less", "5 15", [2, 10 / 15]),
        ('{ method = "reference", to = "median", as = "difference" }', "more", "1 4 9", [-3, 0, 5]),
        ('{ method = "reference", to = 8, as = "difference" }', "less", "5 10", [3, -2]),
        ('"share"', "more", "1 3", [0.25, 0.75]),
        ('"share"', "less", "1 3", [0.75, 0.25]),
    ],
)
def test_a_normalisation(how: str, direction: str, values: str, scores: list[float]) -> None:
    keys = f'direction = "{direction}"\nnormalise = {how}'
    assert one_indicator(keys, values) == pytest.approx(scores, abs=1e-12)
    if "zscore" not in how and "log" not in how:
        assert one_indicator(keys, values, 'arithmetic = "exact"') == pytest.approx(scores, abs=1e-15)


@pytest.mark.parametrize(
    ("how", "values", "treated"),
    [
        ('{ method = "cap", high = 5 }', "1 5 9", [1, 5, 5]),
        ('{ method = "cap", low = 2, high = 5 }', "1 5 9", [2, 5, 5]),
        ('"log"', "1 2", [0, math.log(2)]),
        ('{ method = "log", shift = "range" }', "0 100", [0, math.log(101)]),
        ('{ method = "log", shift = "range" }', "3 3", [3, 3]),
        ('{ method = "percentiles", low = "0.25", high = "0.75" }', "0 10 20 30 100", [10, 10, 20, 30, 30]),
        ('[{ method = "cap", low = 1 }, "log"]', "0 1", [0, 0]),
        # One outlier is pulled in to its neighbour; after that the column is no longer odd.
        ('"winsorise"', "1 2 3 4 5 6 7 8 9 900", [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]),
        ('"winsorise"', "-900 2 3 4 5 6 7 8 9 10", [2, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ('{ method = "winsorise", most = 0, then = "stop" }', "1 2 3 4 5 900", [1, 2, 3, 4, 5, 900]),
        ('"winsorise"', "1 2 3 4 5 6", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_treatment(how: str, values: str, treated: list[float]) -> None:
    assert one_indicator(f"{MORE}treatment = {how}", values) == pytest.approx(treated)


def test_a_column_that_stays_odd_gets_the_logarithm_of_its_range() -> None:
    found = one_indicator(f'{MORE}treatment = {{ method = "winsorise", most = 0 }}', "0 1 2 3 4 100")
    assert found == pytest.approx([math.log(value + 1) for value in (0, 1, 2, 3, 4, 100)])


def test_skewness_and_kurtosis_are_those_of_spreadsheets() -> None:
    """The worked example of the function KURT: 3 4 5 2 3 4 5 6 4 7."""
    assert shape(np.array([3, 4, 5, 2, 3, 4, 5, 6, 4, 7.0])) == pytest.approx((0.359543071, -0.151799637))


def test_a_part_of_nothing_was_not_measured() -> None:
    plan = f'{ONE}denominator = "n"\nmissing = "drop"'
    found = scored(plan, "u a n\nx 3 4\ny 0 0\nz - 5")
    assert [found.worked["a"].denominated.at(place) for place in range(3)] == [0.75, None, None]
    assert [one.total and float(one.total) for one in found.standings] == [0.75, None, None]
    assert ranks(found) == {"x": 1, "y": None, "z": None}


def test_what_was_not_measured_is_refused_unless_the_plan_says_what_becomes_of_it() -> None:
    with pytest.raises(BadTable, match="“a” was not measured for “y”"):
        scored(ONE, "u a\nx 1\ny -")


def test_a_gap_takes_the_mean_of_its_group() -> None:
    plan = f'{ONE}missing = {{ policy = "mean", of = "g" }}'
    found = scored(plan, "u g a\nv n 1\nw n 4\nx n -\ny s 100\nz s -")
    assert [found.worked["a"].filled.at(place) for place in range(5)] == [1, 4, 2.5, 100, 100]
    assert [found.worked["a"].verdict(place) for place in (1, 2)] == [Verdict.SCORED, Verdict.MEAN]
    with pytest.raises(BadTable, match="nobody in the group “s”"):
        scored(plan, "u g a\nx n 1\ny s -")


def test_a_gap_takes_the_mean_of_all_where_no_group_is_named() -> None:
    assert one_indicator(f'{MORE}missing = "mean"', "2 - 4") == [2, 3, 4]


def test_a_gap_that_is_to_earn_nothing_earns_nothing() -> None:
    keys = f'{MORE}normalise = {{ method = "minmax", low = 1, high = 9 }}\n'
    keys += 'missing = { policy = "zero", reason = "handed in late" }'
    assert one_indicator(keys, "2 - 4") == [1, 0, 9]


def test_a_value_of_too_few_cases_does_not_count() -> None:
    plan = f'{ONE}sample = "n"\nleast = 10\nmissing = "drop"'
    found = scored(plan, "u a n\nx 1 9\ny 2 10\nz 3 -")
    assert [found.worked["a"].verdict(place) for place in range(3)] == [
        Verdict.TOO_FEW,
        Verdict.SCORED,
        Verdict.TOO_FEW,
    ]
    assert [one.total for one in found.standings] == [None, 2, None]


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ('treatment = "log"', "1 0"),
        ('normalise = { method = "goalposts", low = 1, high = 9, log = true, cap = false }', "1 0"),
        ('normalise = { method = "reference", to = "mean" }', "1 -1"),
        ('normalise = "share"', "1 -1"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_the_indicators_name(keys: str, values: str) -> None:
    with pytest.raises(BadTable, match=r"Indicator “a”: .* zero|Indicator “a”: .* negative"):
        one_indicator(MORE + keys, values)


@given(st.fractions(), st.booleans())
def test_the_form_never_gives_more_than_the_weight_nor_less_than_nothing(value: Fraction, less: bool) -> None:
    keys = f'direction = "{"less" if less else "more"}"\nnormalise = {{ method = "points", standard = "1/3" }}'
    (share,) = one_indicator(keys, str(value), 'arithmetic = "exact"')
    assert share is not None
    assert 0 <= share <= 1


@given(st.permutations([place * place / 7 for place in range(8)]))
def test_the_order_of_the_rows_does_not_matter(values: list[float]) -> None:
    plan = f'{ONE}normalise = "zscore"\n[rank]\ndecimals = 15'
    found = scored(plan, "\n".join(["u a", *(f"u{value} {value}" for value in values)]))
    alike = scored(plan, "\n".join(["u a", *(f"u{value} {value}" for value in sorted(values))]))
    assert {one.unit: (one.total, one.rank) for one in found.standings} == {
        one.unit: (one.total, one.rank) for one in alike.standings
    }
