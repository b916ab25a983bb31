"""A target scale: 1 at the target and beyond, 0 at the value where nothing is earned any more, a straight line between.

The scale is the same for everybody and every period, so one unit's fall does not lift another.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.parts import Array, Given, Key, Normaliser


def _apply(values: Array, given: Given, less: bool) -> Array:
    share = (values - given["nothing"]) / (given["target"] - given["nothing"])
    return np.asarray(np.minimum(np.maximum(share, 0 * share), 0 * share + 1))


PLUGIN = Normaliser(
    apply=_apply,
    keys={"target": Key(), "nothing": Key()},
    wrong=lambda given: None if given["target"] != given["nothing"] else _("“target” and “nothing” must differ."),
    top=lambda given: Fraction(1),
)
