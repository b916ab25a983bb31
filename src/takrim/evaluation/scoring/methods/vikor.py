"""VIKOR: a compromise between the loss of all (S) and the largest single loss (R); the smallest Q stands first."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.parts import Array, Given, Key, Matrix, Method, Outcome


def _apply(matrix: Matrix, given: Given) -> Outcome:
    high, low = matrix.values.max(axis=0), matrix.values.min(axis=0)
    best = np.where(matrix.less, low, high)
    spread = np.where(high == low, 1, high - low)
    loss = matrix.weights * np.abs(best - matrix.values) / spread
    whole, largest = loss.sum(axis=1), loss.max(axis=1)
    v = given["v"]
    return Outcome(v * _between(whole) + (1 - v) * _between(largest), {"S": whole, "R": largest})


def _between(values: Array) -> Array:
    low, high = values.min(), values.max()
    return values * 0 if low == high else (values - low) / (high - low)


PLUGIN = Method(
    apply=_apply,
    keys={"v": Key(default=Fraction(1, 2))},
    wrong=lambda given: None if 0 <= given["v"] <= 1 else _("“v” is a share from 0 to 1."),
    less_is_better=True,
)
