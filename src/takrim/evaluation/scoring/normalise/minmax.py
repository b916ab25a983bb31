"""From the worst of the units to the best of them: one unit's fall lifts the others; goalposts do not.

Where all are equal nobody is better than anybody, and each gets the middle.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.parts import Array, Given, Key, Normaliser, low_below_high


def _apply(values: Array, given: Given, less: bool) -> Array:
    low, high = values.min(), values.max()
    bottom, top = given["low"], given["high"]
    if low == high:
        return np.asarray(values * 0 + (bottom + top) / 2)
    share = (high - values) / (high - low) if less else (values - low) / (high - low)
    return np.asarray(share * (top - bottom) + bottom)


PLUGIN = Normaliser(
    apply=_apply,
    keys={"low": Key(default=Fraction(0)), "high": Key(default=Fraction(1))},
    wrong=lambda given: None if low_below_high(given) else _("“low” must be below “high”."),
    top=lambda given: Fraction(given["high"]),
)
