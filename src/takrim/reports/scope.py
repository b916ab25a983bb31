"""What a report is about: an office with all below it, in a period; and the figures its chapters share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import override

from takrim.base.clock import local_date
from takrim.base.jalali import FIRST_YEAR
from takrim.base.period import Period
from takrim.indicators.figures import Figures, figures, trend
from takrim.indicators.indicator import INDICATORS, Measure
from takrim.orgs.paths import parent_of
from takrim.orgs.units import UnitNames, all_names
from takrim.reports.cells import Cell, Kind, Row


@dataclass(frozen=True)
class Scope:
    """One report's office, period and moment."""

    path: str
    period: Period
    now: datetime

    @cached_property
    def unit(self) -> UnitNames:
        return all_names()[self.path]

    @property
    def before(self) -> Period:
        """The same period of the year before."""
        return Period(self.period.kind, max(self.period.year - 1, FIRST_YEAR), self.period.index)

    @property
    def is_over(self) -> bool:
        return self.period.end() <= local_date(self.now)

    @cached_property
    def offices(self) -> list[UnitNames]:
        """The offices directly below it, in the order of the tree."""
        return [unit for path, unit in all_names().items() if parent_of(path) == self.path]

    @cached_property
    def _now(self) -> dict[str, Figures]:
        return figures([self.path, *(unit.path for unit in self.offices)], self.period, self.now)

    @cached_property
    def _before(self) -> dict[str, Figures]:
        return figures([self.path, *(unit.path for unit in self.offices)], self.before, self.now)

    def of(self, path: str) -> Figures:
        """The figures of the office itself or of one directly below it."""
        return self._now[path]

    def of_before(self, path: str) -> Figures:
        """The same of the same period last year."""
        return self._before[path]

    @cached_property
    def months(self) -> list[Period]:
        """The months of the period that have begun."""
        today = local_date(self.now)
        return [month for month in self.period.months() if month.start() <= today]

    @cached_property
    def by_month(self) -> list[Figures]:
        return trend(self.path, self.months)


def of_unit(unit: UnitNames, *cells: Cell) -> Row:
    """A row about an office."""
    return Row(key=unit.path, fa=unit.short_fa, en=unit.short_en, cells=cells)


def of_month(month: Period, *cells: Cell) -> Row:
    """A row about a month."""
    return Row(key=month.code, fa=month.title("fa"), en=month.title("en"), cells=cells)


def in_both(key: str, fa: str, en: str, *cells: Cell, kind: Kind = Kind.COUNT) -> Row:
    """A row about anything that has a name in both languages."""
    return Row(key=key, fa=fa, en=en, cells=cells, kind=kind)


def titled(title: object) -> tuple[str, str]:
    """A title in Persian and in English."""
    with override("fa"):
        persian = str(title)
    with override("en"):
        return persian, str(title)


_KINDS = {
    Measure.COUNT: Kind.COUNT,
    Measure.SHARE: Kind.SHARE,
    Measure.HOURS: Kind.HOURS,
    Measure.MARK: Kind.MARK,
    # Written as a mark is, with one decimal.
    Measure.RATE: Kind.MARK,
}


def of_indicator(code: str, *cells: Cell) -> Row:
    """A row about an indicator, its cells counted as the indicator is."""
    indicator = INDICATORS[code]
    return in_both(code, *titled(indicator.title), *cells, kind=_KINDS[indicator.unit])
