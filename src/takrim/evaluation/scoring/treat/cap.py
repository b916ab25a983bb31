"""Values beyond an end count as that end."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.parts import Array, Given, Key, Treatment, low_below_high


def _apply(values: Array, given: Given) -> Array:
    if given["low"] is not None:
        values = np.maximum(values, given["low"])
    if given["high"] is not None:
        values = np.minimum(values, given["high"])
    return values


PLUGIN = Treatment(
    apply=_apply,
    keys={"low": Key(default=None), "high": Key(default=None)},
    wrong=lambda given: None if low_below_high(given) else _("“low” must be below “high”."),
)
