"""The part of the column's sum; where less is better, of the sum of the inverses (1 ÷ value)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.columns import total
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import Array, Given, Normaliser


def _apply(values: Array, given: Given, less: bool) -> Array:
    if values.min() < 0 or (less and values.min() == 0):
        raise BadTable(_("Shares of a sum need values that are not negative, and above zero where less is better."))
    seen = 1 / values if less else values
    whole: Any = total(seen)
    return seen / whole if whole else seen


PLUGIN = Normaliser(apply=_apply)
