"""The government's evaluation form: A ÷ S of the weight, turned round where less is better, never above all of it.

A is what was done, S the standard. Where less is better and nothing at all went wrong, all is earned.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.parts import Array, Given, Key, Normaliser


def _apply(values: Array, given: Given, less: bool) -> Array:
    standard = given["standard"]
    if not less:
        return np.asarray(np.minimum(np.maximum(values / standard, values * 0), values * 0 + 1))
    # Whoever is at the standard or below has earned all; so nobody is divided by nothing.
    return np.asarray(standard / np.maximum(values, standard))


PLUGIN = Normaliser(
    apply=_apply,
    keys={"standard": Key()},
    wrong=lambda given: None if given["standard"] > 0 else _("“standard” must be above zero."),
    top=lambda given: Fraction(1),
)
