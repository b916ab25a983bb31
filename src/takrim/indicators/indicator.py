"""An indicator: one number about one office in one period, and what it must say about itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from fractions import Fraction

from django.utils.functional import Promise

from takrim.base.period import Period
from takrim.base.registry import Folder
from takrim.indicators.adding import Rule
from takrim.indicators.figures import Figures
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


@dataclass(frozen=True)
class Exact:
    """A number that is known as it is, such as a difference of two scores: no part of anything, of one case."""

    value: Fraction
    sample: int = 1


Measured = Ratio | Distribution | Exact | None
# Values of many offices that stand in no rollup: their own short rows say it, with a handful of queries.
Reader = Callable[[Collection[str], Period, datetime], Mapping[str, Measured]]


class Direction(StrEnum):
    MORE_IS_BETTER = auto()
    LESS_IS_BETTER = auto()
    NEITHER = auto()


class Measure(StrEnum):
    """In what a value is counted; a share is 0 to 1, a mark 1 to 5, a rate so many for each one."""

    COUNT = auto()
    SHARE = auto()
    HOURS = auto()
    MARK = auto()
    RATE = auto()


class Source(StrEnum):
    """Where a value comes from: counted here, said by an office that proves it, asked of people."""

    COMPUTED = auto()
    DECLARED = auto()
    SURVEYED = auto()


def nothing(_figures: Figures) -> Measured:
    """What is not counted here has no value here."""
    return None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`least`: below this many cases (answers, replies …) the value says too little to be compared.

    `charged_to`: whose value it is. `basis`: the law or form that asks for it. `off`: why it is not measured yet.
    `follows`: what entries of the journal add to its part and whole, by their verb; `of` makes the value of it.
    `read`: instead of both, for what stands in rows of its own. `private`: from few replies one could guess who said
    what, so they are not shown.
    """

    title: str | Promise
    definition: str | Promise
    direction: Direction
    unit: Measure
    charged_to: str | Promise
    basis: str | Promise
    of: Callable[[Figures], Measured] = nothing
    source: Source = Source.COMPUTED
    least: int = 1
    follows: Mapping[str, Rule] = field(default_factory=dict)
    read: Reader | None = None
    off: str | Promise = ""
    private: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether there are values here: not of what is off, nor of what only offices can say."""
        return not self.off and self.source is not Source.DECLARED


INDICATORS: Folder[Indicator] = Folder("takrim.indicators.catalogue", Indicator)


def value_of(code: str, of: Figures) -> Fraction | None:
    """An indicator's value from figures that were read, or None when nothing was measured."""
    measured = INDICATORS[code].of(of)
    return measured.value if measured else None
