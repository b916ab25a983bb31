"""TOPSIS: how near to the best that any unit has in each indicator, and how far from the worst, from 0 to 1.

Columns are divided by their length (√Σx²), or by their largest value or their sum, and weighted.
"""

from __future__ import annotations

import numpy as np

from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Matrix, Method, Outcome


def divided(values: Array, by: str) -> Array:
    """Each column over its length, largest value or sum; a column of zeros stays."""
    size = {
        "vector": np.sqrt((values**2).sum(axis=0)),
        "max": np.abs(values).max(axis=0),
        "sum": values.sum(axis=0),
    }[by]
    return np.asarray(values / np.where(size == 0, 1, size))


def _apply(matrix: Matrix, given: Given) -> Outcome:
    weighted = divided(matrix.values, given["divide"]) * matrix.weights
    high, low = weighted.max(axis=0), weighted.min(axis=0)
    best, worst = np.where(matrix.less, low, high), np.where(matrix.less, high, low)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    both = to_best + to_worst
    # Where all units are equal, each is as near to the best as to the worst.
    score = np.where(both == 0, 0.5, to_worst / np.where(both == 0, 1, both))
    return Outcome(score, {"to_best": to_best, "to_worst": to_worst})


PLUGIN = Method(apply=_apply, keys={"divide": Key(Kind.WORD, "vector", ("vector", "max", "sum"))})
