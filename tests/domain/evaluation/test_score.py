"""The evaluation form, filled in by hand: W × A/S, inverted, capped, left out, ranked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.evaluation.score import Actual, Ranked, Row, UnitScore, Verdict, rank, rounded, score_row, score_unit

ON_TIME = Row("on_time", Fraction("0.9"), Fraction(300), less_is_better=False, least=10)
MEDIAN = Row("median", Fraction(72), Fraction(200), less_is_better=True)
FORM = (ON_TIME, MEDIAN)


def actual(value: Fraction | int | str | None, sample: int = 100) -> Actual:
    return Actual(None if value is None else Fraction(value), sample)


@pytest.mark.parametrize(
    ("row", "value", "points"),
    [
        (ON_TIME, "0.9", 300),
        (ON_TIME, "0.6", 200),
        (ON_TIME, 1, 300),
        (ON_TIME, 0, 0),
        (ON_TIME, "-0.5", 0),
        (MEDIAN, 72, 200),
        (MEDIAN, 144, 100),
        (MEDIAN, 10, 200),
        (MEDIAN, 0, 200),
        (MEDIAN, 216, Fraction(200, 3)),
    ],
)
def test_a_row_by_hand(row: Row, value: int | str, points: Fraction | int) -> None:
    one = score_row(row, actual(value))
    assert (one.verdict, one.score, one.lost) == (Verdict.SCORED, points, row.weight - points)


@given(st.fractions(), st.booleans())
def test_a_row_never_earns_more_than_its_weight_nor_less_than_nothing(value: Fraction, less: bool) -> None:
    row = Row("any", Fraction(1, 3), Fraction(70), less_is_better=less)
    assert 0 <= score_row(row, Actual(value, 5)).score <= 70


def test_what_was_not_measured_neither_earns_nor_costs() -> None:
    found = score_unit("a", FORM, {"median": actual(144)}, sample=50, points=Fraction(1000))
    assert [one.verdict for one in found.rows] == [Verdict.NOT_MEASURED, Verdict.SCORED]
    assert found.total == 500
    assert [one.lost for one in found.rows] == [0, 100]


def test_a_row_with_too_few_cases_is_left_out() -> None:
    found = score_unit("a", FORM, {"on_time": actual(0, 9), "median": actual(72)}, sample=50, points=Fraction(1000))
    assert (found.rows[0].verdict, found.total) == (Verdict.TOO_FEW, 1000)


def test_an_office_without_any_figure_has_no_total() -> None:
    assert score_unit("a", FORM, {}, sample=0, points=Fraction(1000)).total is None


def test_the_rows_that_cost_most_come_first() -> None:
    found = score_unit("a", FORM, {"on_time": actual("0.81"), "median": actual(144)}, sample=50, points=Fraction(500))
    assert found.total == 270 + 100
    assert [one.row.code for one in found.by_loss] == ["median", "on_time"]


@pytest.mark.parametrize(
    ("value", "two_decimals"),
    [("1/3", "0.33"), ("2/3", "0.67"), ("0.005", "0.01"), ("0.0049", "0"), ("999.995", "1000"), ("7", "7")],
)
def test_totals_are_rounded_half_upwards(value: str, two_decimals: str) -> None:
    assert rounded(Fraction(value)) == Fraction(two_decimals)


def unit(name: str, total: Fraction | int | str | None, sample: int = 50) -> UnitScore:
    return UnitScore(name, sample, (), None if total is None else Fraction(total))


def order(places: list[Ranked]) -> list[tuple[int | None, str]]:
    return [(place.rank, place.score.unit) for place in places]


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    scores = [unit("d", 700), unit("c", 900), unit("b", "850.25"), unit("a", "850.25")]
    assert order(rank(scores, 20)) == [(1, "c"), (2, "a"), (2, "b"), (4, "d")]


def test_a_small_sample_is_shown_but_not_ranked() -> None:
    scores = [unit("small", 990, sample=19), unit("enough", 400, sample=20), unit("silent", None)]
    assert order(rank(scores, 20)) == [(1, "enough"), (None, "silent"), (None, "small")]


def test_nobody_to_rank_is_an_empty_order() -> None:
    assert rank([], 20) == []


@given(st.permutations([unit("a", 1), unit("b", 2), unit("c", 2), unit("d", 3, sample=1)]))
def test_the_order_of_the_offices_does_not_matter(scores: list[UnitScore]) -> None:
    assert order(rank(scores, 20)) == [(1, "b"), (1, "c"), (3, "a"), (None, "d")]


def test_a_standard_of_zero_is_refused_when_the_plan_is_read() -> None:
    with pytest.raises(ValueError, match="above zero"):
        Row("any", Fraction(0), Fraction(1), less_is_better=True)
