"""The place among the units counted from the worst, equals in the middle of their places; `scaled`: from 0 to 1."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Normaliser
from takrim.evaluation.scoring.plan import Ties
from takrim.evaluation.scoring.ranks import ranks


def _apply(values: Array, given: Given, less: bool) -> Array:
    place: Array = ranks(values, Ties.AVERAGE, less_is_better=not less)
    if values.dtype == object:
        place = np.array([Fraction(float(one)) for one in place], dtype=object)
    if not given["scaled"]:
        return place
    return (place - 1) / (len(values) - 1) if len(values) > 1 else place * 0 + Fraction(1, 2)


PLUGIN = Normaliser(
    apply=_apply, keys={"scaled": Key(Kind.FLAG, False)}, top=lambda given: Fraction(1) if given["scaled"] else None
)
