"""Outliers pulled in to their neighbour, one by one, while the column is both skewed and peaked.

The rule of the European Commission's Joint Research Centre: as long as |skewness| and kurtosis are beyond their limits,
the outermost value at the longer tail becomes the next one. When `most` values have been pulled in and it is not
enough, the original column gets a shifted logarithm instead (`then = "log"`) or stays pulled in (`then = "stop"`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Treatment
from takrim.evaluation.scoring.treat.log import shifted


def shape(values: Array) -> tuple[float, float]:
    """Skewness and excess kurtosis, corrected for the size of the sample; 0 where there is no spread."""
    n = len(values)
    away = values - values.mean()
    squares = away * away
    spread = float(squares.mean())
    if n < 4 or spread == 0:
        return 0.0, 0.0
    third, fourth = float((squares * away).mean()), float((squares * squares).mean())
    skew = third / spread**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = ((n + 1) * (fourth / spread**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return skew, kurtosis


def _apply(values: Array, given: Given) -> Array:
    seen: Any = np.array(values, dtype=float)
    pulled: Any = np.array(values)
    pulls = 0
    while True:
        skew, kurtosis = shape(seen)
        if abs(skew) <= given["skew"] or kurtosis <= given["kurtosis"]:
            return np.asarray(pulled)
        if pulls == given["most"]:
            return shifted(values) if given["then"] == "log" else np.asarray(pulled)
        high = skew > 0
        outer = seen == (seen.max() if high else seen.min())
        pulled[outer] = pulled[~outer].max() if high else pulled[~outer].min()
        seen = pulled.astype(float)
        pulls += 1


PLUGIN = Treatment(
    apply=_apply,
    keys={
        "skew": Key(default=Fraction(2)),
        "kurtosis": Key(default=Fraction(35, 10)),
        "most": Key(Kind.COUNT, 5),
        "then": Key(Kind.WORD, "log", ("log", "stop")),
    },
    rational=lambda given: bool(given["then"] == "stop"),
)
