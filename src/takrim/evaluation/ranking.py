"""Offices of a kind compared by their figures: the scoring engine, given what the rollups say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from takrim.base.period import Period
from takrim.evaluation import feeds
from takrim.evaluation.plan import ANSWERS, Plan, sample_column, standard
from takrim.evaluation.plan_form import RECEIVED
from takrim.evaluation.scoring.engine import Scored, Standing, score
from takrim.evaluation.scoring.plan import Indicator
from takrim.evaluation.scoring.table import table
from takrim.evaluation.scoring.work import Verdict
from takrim.indicators.figures import Figures, figures
from takrim.indicators.increments import Count
from takrim.indicators.values import measure
from takrim.orgs.units import all_names


@dataclass(frozen=True)
class Row:
    """One row of an office's form: of its weight it earned what A ÷ S gives, and lost the rest."""

    indicator: Indicator
    actual: Fraction | None
    sample: int
    verdict: Verdict
    earned: Fraction

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def standard(self) -> Fraction:
        return standard(self.indicator)

    @property
    def counts(self) -> bool:
        return self.verdict is Verdict.SCORED

    @property
    def lost(self) -> Fraction:
        """Points that were to be had and were not."""
        return self.indicator.weight - self.earned if self.counts else Fraction(0)


@dataclass(frozen=True)
class Ranking:
    """Offices of one kind in one period, in their order, with the figures that stand behind it."""

    plan: Plan
    period: Period
    scored: Scored
    figures: Mapping[str, Figures]
    # Offices of provinces that have not handed over their figures for all of the period, with the last month of each.
    late: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def places(self) -> Sequence[Standing]:
        return self.scored.in_order

    @property
    def ranked(self) -> list[Standing]:
        return [place for place in self.places if place.rank is not None]

    @property
    def unranked(self) -> list[Standing]:
        """Shown, but not compared: too few cases, or none."""
        return [place for place in self.places if place.rank is None]

    def of(self, unit: str) -> Standing | None:
        return self.scored.of(unit)

    def form(self, place: Standing) -> list[Row]:
        """One office's form, row by row."""
        return [self._row(row, place.place) for row in self.plan.rows]

    def _row(self, row: Indicator, place: int) -> Row:
        worked = self.scored.worked[row.code]
        actual, share = worked.raw.at(place), worked.score.at(place)
        sample = self.scored.table.numbers[row.sample].at(place)
        return Row(
            indicator=row,
            actual=None if actual is None else Fraction(actual),
            sample=int(sample or 0),
            verdict=worked.verdict(place),
            earned=row.weight * Fraction(share) if share is not None else Fraction(0),
        )


def by_loss(form: Sequence[Row]) -> list[Row]:
    """The rows that cost most first."""
    return sorted(form, key=lambda row: -row.lost)


def units_compared(plan: Plan, under: str) -> list[str]:
    """Paths of the offices of the plan's kind below an office. No query."""
    return [path for path, unit in all_names().items() if unit.kind == plan.of and path.startswith(under)]


def scored(plan: Plan, found: Mapping[str, Figures], period: Period, now: datetime) -> Scored:
    """Offices scored and ranked from their figures and whatever else the plan's indicators need."""
    values = measure(found, [row.code for row in plan.counted], period, now)
    numbers: dict[str, list[Fraction | int | None]] = {
        ANSWERS: [one.given for one in found.values()],
        RECEIVED: [one[Count.RECEIVED] for one in found.values()],
    }
    for row in plan.counted:
        measured = [values[path, row.code] for path in found]
        numbers[row.code] = [one.value if one else None for one in measured]
        numbers[sample_column(row.code)] = [one.sample if one else 0 for one in measured]
    return score(plan.scoring, table(plan.scoring, list(found), numbers))


def ranking(plan: Plan, under: str, period: Period, now: datetime) -> Ranking:
    """The offices of the plan's kind below an office, compared. A handful of queries for any number of offices."""
    units = units_compared(plan, under)
    late = feeds.late(units, period, now)
    found = figures([path for path in units if path not in late], period, now)
    return Ranking(plan, period, scored(plan, found, period, now), found, late)
