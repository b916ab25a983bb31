"""A ranking of offices made ready for chance and other weights: the same values, with the cases they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from takrim.evaluation.by_chance import INTERVALS, SENSITIVITY, ends_of, noise_of
from takrim.evaluation.plan import Plan
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.scoring.columns import Number, column
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.plan import Draws, Indicator, Step
from takrim.evaluation.scoring.plan import Plan as ScoringPlan
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import INDICATORS, Distribution


def tried(found: Ranking) -> Scored:
    """The same totals and ranks, of values that know of how many cases they are."""
    figures = [found.figures[unit] for unit in found.scored.table.units]
    numbers = dict(found.scored.table.numbers)
    for row in found.plan.rows:
        for name, values in _ends(row.code, figures).items():
            numbers[name] = column(values, exact=found.plan.scoring.exact)
    return score(_plan(found.plan), replace(found.scored.table, numbers=numbers))


def _plan(plan: Plan) -> ScoringPlan:
    weights = {**SENSITIVITY, "concentration": Fraction(SENSITIVITY["concentration"])}
    return replace(
        plan.scoring,
        indicators=tuple(_by_chance(row) for row in plan.rows),
        intervals=plan.scoring.intervals or Draws(**INTERVALS),
        sensitivity=plan.scoring.sensitivity or Draws(**weights),
    )


def _by_chance(row: Indicator) -> Indicator:
    noise = None if row.noise or row.denominator else noise_of(row.code)
    if noise is None:
        return row
    return replace(row, noise=Step(noise.pop("method"), noise))


def _ends(code: str, figures: Sequence[Figures]) -> dict[str, list[Number | int | None]]:
    """The columns of what holds a quantile; nothing for other indicators."""
    rule = INDICATORS[code]
    if rule.follows or rule.read:
        # Parts and wholes are no distribution, and these figures do not hold them.
        return {}
    measured = [rule.of(one) for one in figures]
    if not any(isinstance(one, Distribution) for one in measured):
        return {}
    ends = [ends_of(one) if isinstance(one, Distribution) else (None, None) for one in measured]
    return {f"{code}.low": [low for low, _high in ends], f"{code}.high": [high for _low, high in ends]}
