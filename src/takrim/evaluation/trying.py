"""A ranking of offices made ready for chance and other weights: the same values, with the cases they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import Final

from takrim.evaluation.plan import Plan, sample_column
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.scoring.columns import Number, column
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.noise.between import REACH
from takrim.evaluation.scoring.plan import Draws, Indicator, Step
from takrim.evaluation.scoring.plan import Plan as ScoringPlan
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import INDICATORS, Distribution, Measure, Ratio

# Where a plan does not say how often and from which seed.
CHANCE: Final = Draws(draws=1000, seed=1404)
WEIGHTS: Final = Draws(draws=1000, seed=1404, concentration=Fraction(100))


def tried(found: Ranking) -> Scored:
    """The same totals and ranks, of values that know of how many cases they are."""
    figures = [found.figures[unit] for unit in found.scored.table.units]
    numbers = dict(found.scored.table.numbers)
    exact = found.plan.scoring.exact
    for row in found.plan.rows:
        for name, values in _more(row, figures).items():
            numbers[name] = column(values, exact=exact)
    return score(_plan(found.plan), replace(found.scored.table, numbers=numbers))


def _plan(plan: Plan) -> ScoringPlan:
    return replace(
        plan.scoring,
        indicators=tuple(_by_chance(row) for row in plan.rows),
        intervals=plan.scoring.intervals or CHANCE,
        sensitivity=plan.scoring.sensitivity or WEIGHTS,
    )


def _by_chance(row: Indicator) -> Indicator:
    unit = INDICATORS[row.code].unit
    if row.noise or row.denominator:
        return row
    if unit is Measure.SHARE:
        return replace(row, column=f"{row.code}.part", denominator=sample_column(row.code), noise=Step("share", {}))
    if unit is Measure.HOURS:
        return replace(row, noise=Step("between", {"low": f"{row.code}.low", "high": f"{row.code}.high"}))
    return row


def _more(row: Indicator, figures: Sequence[Figures]) -> dict[str, list[Number | int | None]]:
    measured = [INDICATORS[row.code].of(one) for one in figures]
    if INDICATORS[row.code].unit is Measure.SHARE:
        return {f"{row.code}.part": [one.part if isinstance(one, Ratio) else None for one in measured]}
    ends = [_ends(one) if isinstance(one, Distribution) else (None, None) for one in measured]
    return {f"{row.code}.low": [low for low, _high in ends], f"{row.code}.high": [high for _low, high in ends]}


def _ends(of: Distribution) -> tuple[Fraction | None, Fraction | None]:
    """Between which places in the order of times a quantile lies with 95 in 100: so many as chance moves it."""
    if not of.sample:
        return None, None
    share = float(of.share)
    away = REACH * sqrt(share * (1 - share) / of.sample)
    low, high = (Fraction(min(max(share + side * away, 0.0), 1.0)).limit_denominator(10_000) for side in (-1, 1))
    return of.times.quantile(low), of.times.quantile(high)
