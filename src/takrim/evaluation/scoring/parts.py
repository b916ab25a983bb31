"""What a treatment, a normalisation, a method over a matrix and a chance must say about themselves: one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from numpy.random import RandomState
from numpy.typing import NDArray

from takrim.base.registry import Folder

# One column, only what was measured: float64, or objects that are Fractions. Code that keeps to + − × ÷, comparisons,
# minima and maxima is exact for Fractions without knowing it.
Array = NDArray[Any]
Given = Mapping[str, Any]


class Need(Enum):
    """A key that must be given."""

    NEEDED = auto()


class Kind(StrEnum):
    """What may stand behind a key."""

    NUMBER = auto()
    COUNT = auto()
    FLAG = auto()
    WORD = auto()
    COLUMN = auto()


@dataclass(frozen=True)
class Key:
    """A setting in the plan. With `words` one of them may stand there (for a NUMBER: instead of a number)."""

    kind: Kind = Kind.NUMBER
    default: Any = Need.NEEDED
    words: tuple[str, ...] = ()


Check = Callable[[Given], "str | Promise | None"]


def _nothing_wrong(given: Given) -> None:
    return None


def _open(given: Given) -> Fraction | None:
    return None


def _always(given: Given) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """Changes a column before it is normalised. `rational`: it keeps Fractions exact under these settings."""

    apply: Callable[[Array, Given], Array]
    keys: Mapping[str, Key] = field(default_factory=dict)
    wrong: Check = _nothing_wrong
    rational: Callable[[Given], bool] = _always


@dataclass(frozen=True, kw_only=True)
class Normaliser:
    """Turns a column into scores of which more is better; told whether less of the column is better.

    `top`: the most that anybody can earn under these settings, None where only the other units set it.
    """

    apply: Callable[[Array, Given, bool], Array]
    keys: Mapping[str, Key] = field(default_factory=dict)
    wrong: Check = _nothing_wrong
    rational: Callable[[Given], bool] = _always
    top: Callable[[Given], Fraction | None] = _open


@dataclass(frozen=True)
class Outcome:
    """What a method over a matrix found. `parts`: its intermediate figures, shown beside the score."""

    score: Array
    parts: Mapping[str, Array]


@dataclass(frozen=True)
class Matrix:
    """Units × indicators without a gap. `preferences`: settings of PROMETHEE's curves by indicator."""

    values: Array
    weights: Array
    less: Array
    preferences: tuple[Given, ...]


@dataclass(frozen=True, kw_only=True)
class Method:
    """Scores a whole matrix at once. `less_is_better`: the smallest score stands first."""

    apply: Callable[[Matrix, Given], Outcome]
    keys: Mapping[str, Key] = field(default_factory=dict)
    wrong: Check = _nothing_wrong
    less_is_better: bool = False
    normalised: bool = False


@dataclass(frozen=True)
class Seen:
    """What is known of one indicator's measured values: of how many cases each is, and the columns that were named."""

    values: Array
    whole: Array | None
    columns: Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class Noise:
    """Draws what chance might have measured instead. `shares`: only for parts of a denominator."""

    draw: Callable[[RandomState, Seen], Array]
    keys: Mapping[str, Key] = field(default_factory=dict)
    wrong: Check = _nothing_wrong
    shares: bool = False


TREATMENTS: Final = Folder("takrim.evaluation.scoring.treat", Treatment)
NORMALISERS: Final = Folder("takrim.evaluation.scoring.normalise", Normaliser)
NOISES: Final = Folder("takrim.evaluation.scoring.noise", Noise)
METHODS: Final = Folder("takrim.evaluation.scoring.methods", Method)


def low_below_high(given: Given) -> bool:
    """Whether two ends, as far as they are given, are in their order."""
    low, high = given["low"], given["high"]
    return low is None or high is None or Fraction(low) < Fraction(high)
