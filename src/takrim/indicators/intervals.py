"""Between which bounds a value may lie by chance alone, 19 times of 20; arithmetic only."""

from __future__ import annotations

from math import ceil, floor, sqrt

from takrim.indicators.histogram import Histogram, middle
from takrim.indicators.indicator import Distribution, Measure, Measured, Ratio

# Of the normal distribution, for 95 of 100.
_Z = 1.959963984540054
Bounds = tuple[float, float]


def interval(measured: Measured, unit: Measure) -> Bounds | None:
    """Of shares and of times; of others too little is kept to say."""
    if isinstance(measured, Distribution):
        return of_quantile(measured)
    if isinstance(measured, Ratio) and unit is Measure.SHARE:
        return of_share(measured.part, measured.whole)
    return None


def of_share(part: int, whole: int) -> Bounds | None:
    """Wilson's interval. None where the part is no part of the whole (more objections than answers)."""
    if not 0 <= part <= whole or not whole:
        return None
    share, square = part / whole, _Z * _Z
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, centre - half), min(1.0, centre + half)


def of_quantile(measured: Distribution) -> Bounds | None:
    """The times at the places between which the quantile lies by chance (binomial, as a normal distribution)."""
    n, share = measured.times.count, float(measured.share)
    if not n:
        return None
    half = _Z * sqrt(n * share * (1 - share))
    low, high = max(1, floor(n * share - half)), min(n, ceil(n * share + half))
    return at_place(measured.times, low), at_place(measured.times, high)


def at_place(times: Histogram, place: int) -> float:
    """The time at a place (1 is the shortest) of the sorted times, in hours."""
    left = place
    for step in sorted(times.steps):
        left -= times.steps[step]
        if left <= 0:
            return float(middle(step))
    raise AssertionError("a place beyond the count")
