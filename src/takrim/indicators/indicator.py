"""An indicator: one number about one office in one period, and what it must say about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from fractions import Fraction

from django.utils.functional import Promise

from takrim.base.period import Period
from takrim.base.registry import Folder
from takrim.indicators.figures import Figures, figures
from takrim.indicators.histogram import Histogram


@dataclass(frozen=True)
class Ratio:
    """A part of a whole, exact. A plain count is a ratio to one."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """None where there was nothing to measure: that is not zero."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def sample(self) -> int:
        return self.whole


@dataclass(frozen=True)
class Distribution:
    """One quantile of many times, in hours."""

    times: Histogram
    share: Fraction

    @property
    def value(self) -> Fraction | None:
        return self.times.quantile(self.share)

    @property
    def sample(self) -> int:
        return self.times.count


Measured = Ratio | Distribution | None


class Direction(StrEnum):
    MORE_IS_BETTER = auto()
    LESS_IS_BETTER = auto()
    NEITHER = auto()


class Measure(StrEnum):
    """In what a value is counted; a share is 0 to 1."""

    COUNT = auto()
    SHARE = auto()
    HOURS = auto()


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`least`: below this many cases (answers, replies …) the value says too little to be compared."""

    title: str | Promise
    definition: str | Promise
    direction: Direction
    unit: Measure
    of: Callable[[Figures], Measured]
    least: int = 1

    def measure(self, path: str, period: Period, now: datetime) -> Measured:
        """The value for one office in one period; pages read the figures of many at once and call `of`."""
        return self.of(figures([path], period, now)[path])


INDICATORS: Folder[Indicator] = Folder("takrim.indicators.catalogue", Indicator)


def value_of(code: str, of: Figures) -> Fraction | None:
    """An indicator's value, or None when nothing was measured."""
    measured = INDICATORS[code].of(of)
    return measured.value if measured else None
