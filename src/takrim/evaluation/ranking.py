"""Filling in the form for all offices of a kind from their figures, and putting them in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from takrim.base.period import Period
from takrim.evaluation.plan import Plan
from takrim.evaluation.score import Actual, Ranked, UnitScore, rank, score_unit
from takrim.indicators.figures import Figures, figures
from takrim.indicators.indicator import INDICATORS
from takrim.orgs.units import all_names


@dataclass(frozen=True)
class Ranking:
    """Offices of one kind in one period, in their order, with the figures that stand behind it."""

    plan: Plan
    period: Period
    places: list[Ranked]
    figures: Mapping[str, Figures]

    @property
    def ranked(self) -> list[Ranked]:
        return [place for place in self.places if place.rank is not None]

    @property
    def unranked(self) -> list[Ranked]:
        """Shown, but not compared: too few cases, or none."""
        return [place for place in self.places if place.rank is None]

    def of(self, unit: str) -> Ranked | None:
        return next((place for place in self.places if place.score.unit == unit), None)


def units_compared(plan: Plan, under: str) -> list[str]:
    """Paths of the offices of the plan's kind below an office. No query."""
    return [path for path, unit in all_names().items() if unit.kind == plan.of and path.startswith(under)]


def score(plan: Plan, of: Figures) -> UnitScore:
    """One office's filled-in form."""
    actuals = {}
    for row in plan.rows:
        measured = INDICATORS[row.code].of(of)
        if measured is not None:
            actuals[row.code] = Actual(measured.value, measured.sample)
    return score_unit(of.path, plan.rows, actuals, sample=of.given, points=plan.points)


def ranking(plan: Plan, under: str, period: Period, now: datetime) -> Ranking:
    """The offices of the plan's kind below an office, compared. A handful of queries for any number of offices."""
    found = figures(units_compared(plan, under), period, now)
    return Ranking(plan, period, rank([score(plan, one) for one in found.values()], plan.minimum), found)
