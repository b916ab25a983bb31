"""A column of numbers with gaps, in floating point or in exact fractions, and the few sums that both share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from takrim.evaluation.scoring.parts import Array

Number = float | Fraction


# Beyond this many digits a number is a mistake, and its exact value would fill the memory: 1e999999999.
_DIGITS: Final = 400


def exactly(text: str) -> Fraction:
    """The exact value of a number as it is written: "0.95", "1/3", "2e-5". ValueError for anything else."""
    power = text.casefold().partition("e")[2]
    if len(text) > _DIGITS or (power and abs(int(power)) > _DIGITS):
        raise ValueError(text)
    return Fraction(text)


@dataclass(frozen=True)
class Column:
    """`there` says where something was measured; elsewhere `values` holds a zero that nobody reads."""

    values: Array
    there: Array

    def at(self, place: int) -> Number | None:
        if not self.there[place]:
            return None
        value: Number = self.values[place]
        return value if isinstance(value, Fraction) else float(value)

    @property
    def measured(self) -> Array:
        return self.values[self.there]

    def with_measured(self, values: Array) -> Column:
        """The same gaps around new values."""
        if self.there.all():
            return Column(values, self.there)
        whole = nothing(len(self.there), exact=values.dtype == object)
        whole[self.there] = values
        return Column(whole, self.there)


def nothing(length: int, *, exact: bool) -> Array:
    """As many zeros, of the right kind."""
    if not exact:
        return np.zeros(length)
    zeros = np.empty(length, dtype=object)
    zeros.fill(Fraction(0))
    return zeros


def column(values: Sequence[Number | int | None], *, exact: bool) -> Column:
    """A column from numbers; None is a gap."""
    there = np.array([value is not None for value in values], dtype=bool)
    whole = nothing(len(values), exact=exact)
    for place, value in enumerate(values):
        if value is not None:
            whole[place] = Fraction(value) if exact else float(value)
    return Column(whole, there)


def total(values: Array) -> Number:
    """The sum, whatever the order: exact, or rounded once at the end, so that no computer sums differently."""
    if values.dtype == object:
        return sum(values.tolist(), Fraction(0))
    return math.fsum(values.tolist())


def mean(values: Array) -> Number:
    return total(values) / len(values)


def deviation(values: Array, *, sample: bool) -> float:
    """Standard deviation, of a sample (n − 1) or of all there are (n)."""
    free = len(values) - 1 if sample else len(values)
    if free <= 0:
        return 0.0
    from_mean = values - mean(values)
    return math.sqrt(float(total(from_mean * from_mean)) / free)


def quantile(values: Array, share: Number) -> Number:
    """Between the two values around the place (n − 1) × share, as far as the place is between them."""
    ordered = np.sort(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    found: Number = ordered[low] + (ordered[high] - ordered[low]) * (place - low)
    return found


def rounded(value: Number, decimals: int) -> Fraction:
    """Half away from zero, of the decimal number as it is written: 2.675 is 2.68."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
        return Fraction(whole if value >= 0 else -whole, 10**decimals)
    return Fraction(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
