"""The government's evaluation form as arithmetic: row by row, exact, without a database.

A row has a standard S, an actual value A and a weight W, which is also its ceiling. Where more is better it earns
W × A / S, where less is better W × S / A; never more than W, never below 0. A row about which nothing was measured, or
too little to say anything, neither earns nor costs: the office's total is what it earned of what it could have earned,
scaled to the plan's points and rounded to two decimals, half upwards. Offices with equal rounded totals share a rank,
and the ranks behind them are left out (1, 2, 2, 4). An office with too few cases keeps its total, but has no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction

CENT = 100


class Verdict(StrEnum):
    """Whether a row counted."""

    SCORED = auto()
    TOO_FEW = auto()
    NOT_MEASURED = auto()


@dataclass(frozen=True)
class Row:
    """One row of the form. `least`: below so many cases its value is left out."""

    code: str
    standard: Fraction
    weight: Fraction
    less_is_better: bool
    least: int = 1

    def __post_init__(self) -> None:
        if self.standard <= 0 or self.weight <= 0:
            raise ValueError(f"{self.code}: standard and weight must be above zero")


@dataclass(frozen=True)
class Actual:
    """What was measured, and of how many cases."""

    value: Fraction | None
    sample: int


@dataclass(frozen=True)
class RowScore:
    """One filled-in row."""

    row: Row
    actual: Actual
    verdict: Verdict
    score: Fraction

    @property
    def counts(self) -> bool:
        return self.verdict is Verdict.SCORED

    @property
    def lost(self) -> Fraction:
        """Points that were to be had and were not."""
        return self.row.weight - self.score if self.counts else Fraction(0)


@dataclass(frozen=True)
class UnitScore:
    """One office's filled-in form. `sample`: how many cases stand behind it."""

    unit: str
    sample: int
    rows: tuple[RowScore, ...]
    total: Fraction | None

    @property
    def by_loss(self) -> list[RowScore]:
        """The rows that cost most first."""
        return sorted(self.rows, key=lambda one: -one.lost)


@dataclass(frozen=True)
class Ranked:
    """An office in the order; `rank` is None where it has too few cases to be compared, or nothing measured."""

    rank: int | None
    score: UnitScore


def score_row(row: Row, actual: Actual) -> RowScore:
    """Fill in one row."""
    if actual.value is None:
        return RowScore(row, actual, Verdict.NOT_MEASURED, Fraction(0))
    if actual.sample < row.least:
        return RowScore(row, actual, Verdict.TOO_FEW, Fraction(0))
    return RowScore(row, actual, Verdict.SCORED, _earned(row, actual.value))


def _earned(row: Row, value: Fraction) -> Fraction:
    if row.less_is_better:
        if value <= 0:
            return row.weight
        return min(row.weight, row.weight * row.standard / value)
    return max(Fraction(0), min(row.weight, row.weight * value / row.standard))


def rounded(value: Fraction) -> Fraction:
    """To two decimals, half upwards."""
    return Fraction((value.numerator * CENT * 2 + value.denominator) // (value.denominator * 2), CENT)


def score_unit(
    unit: str, rows: Iterable[Row], actuals: Mapping[str, Actual], *, sample: int, points: Fraction
) -> UnitScore:
    """Fill in the form of one office; an indicator that is missing was not measured."""
    nothing = Actual(None, 0)
    filled = tuple(score_row(row, actuals.get(row.code, nothing)) for row in rows)
    possible = sum((one.row.weight for one in filled if one.counts), Fraction(0))
    earned = sum((one.score for one in filled), Fraction(0))
    return UnitScore(unit, sample, filled, rounded(earned * points / possible) if possible else None)


def rank(scores: Sequence[UnitScore], minimum: int) -> list[Ranked]:
    """All offices, best first; behind them, by name, those that have too few cases or nothing to compare."""
    compared = [one for one in scores if one.total is not None and one.sample >= minimum]
    totals = sorted((one.total for one in compared if one.total is not None), reverse=True)
    ranked = [Ranked(totals.index(one.total) + 1, one) for one in compared if one.total is not None]
    others = [Ranked(None, one) for one in scores if one.total is None or one.sample < minimum]
    return sorted(ranked, key=lambda one: (one.rank, one.score.unit)) + sorted(others, key=lambda one: one.score.unit)
