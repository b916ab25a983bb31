"""Between two posts fixed in the plan, 0 at the low one and 1 at the high one, on a plain or a logarithmic scale.

Where less is better the scale is turned round. With `cap` nobody earns less than 0 or more than 1.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Normaliser, low_below_high


def _apply(values: Array, given: Given, less: bool) -> Array:
    low, high = given["low"], given["high"]
    if given["cap"]:
        # Before the logarithm: who has nothing stands at the low post, and nothing has no logarithm.
        values = np.minimum(np.maximum(values, low), high)
    if given["log"]:
        if values.min() <= 0:
            raise BadTable(_("A logarithmic scale needs values above zero, or “cap”."))
        values, low, high = np.log(values), math.log(low), math.log(high)
    share = (values - low) / (high - low)
    return np.asarray(1 - share if less else share)


def _wrong(given: Given) -> str | Promise | None:
    if not low_below_high(given):
        return _("“low” must be below “high”.")
    if given["log"] and given["low"] <= 0:
        return _("A logarithmic scale begins above zero: “low” is not.")
    return None


PLUGIN = Normaliser(
    apply=_apply,
    keys={"low": Key(), "high": Key(), "log": Key(Kind.FLAG, False), "cap": Key(Kind.FLAG, True)},
    wrong=_wrong,
    rational=lambda given: not given["log"],
    top=lambda given: Fraction(1) if given["cap"] else None,
)
