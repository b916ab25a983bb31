"""Ranks: best first, equals by the plan's rule."""

from __future__ import annotations

import numpy as np

from takrim.evaluation.scoring.parts import Array
from takrim.evaluation.scoring.plan import Ties


def ranks(values: Array, ties: Ties, *, less_is_better: bool = False) -> Array:
    """Rank of each value from 1; the greatest is first unless less is better."""
    seen = -values if not less_is_better else values
    if ties is Ties.DENSE:
        return np.asarray(np.searchsorted(np.unique(seen), seen) + 1)
    ordered = np.sort(seen)
    before = np.searchsorted(ordered, seen, side="left")
    if ties is Ties.COMPETITION:
        return np.asarray(before + 1)
    return np.asarray((before + 1 + np.searchsorted(ordered, seen, side="right")) / 2)
