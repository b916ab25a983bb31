"""Values beyond two quantiles count as those quantiles."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.columns import quantile
from takrim.evaluation.scoring.parts import Array, Given, Key, Treatment


def _apply(values: Array, given: Given) -> Array:
    low: Any = quantile(values, given["low"])
    high: Any = quantile(values, given["high"])
    return np.asarray(np.minimum(np.maximum(values, low), high))


def _wrong(given: Given) -> str | Promise | None:
    if 0 <= given["low"] < given["high"] <= 1:
        return None
    return _("“low” and “high” are shares from 0 to 1, “low” the smaller.")


PLUGIN = Treatment(
    apply=_apply,
    keys={"low": Key(default=Fraction(5, 100)), "high": Key(default=Fraction(95, 100))},
    wrong=_wrong,
)
