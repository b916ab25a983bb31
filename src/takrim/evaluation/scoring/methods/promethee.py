"""PROMETHEE II: by how much a unit is preferred to all others, less by how much they are preferred to it.

Each indicator has a curve from the difference of two units to a preference between 0 and 1; weights are divided by
their sum. Every pair of units is compared in every indicator: ten times the units take a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Matrix, Method, Outcome

# Rows of the units × units table that are in memory at once.
ROWS: Final = 256
CURVES: Final = ("usual", "u", "v", "level", "linear", "gaussian")
# `q`: up to it two units are alike; `p`: from it on one is wholly preferred; `s`: where a gaussian curve turns.
PREFERENCE: Final[Mapping[str, Key]] = {
    "curve": Key(Kind.WORD, "usual", CURVES),
    "q": Key(default=0),
    "p": Key(default=0),
    "s": Key(default=0),
}


def _preferred(difference: Array, given: Given) -> Array:
    """From 0, alike or worse, to 1, wholly preferred."""
    curve, q, p = given["curve"], given["q"], given["p"]
    if curve == "gaussian":
        found = 1 - np.exp(-(difference**2) / (2 * given["s"] ** 2))
        return np.asarray(np.where(difference > 0, found, 0))
    if curve == "level":
        return np.asarray((difference > q) * 0.5 + (difference > p) * 0.5)
    if curve in {"v", "linear"}:
        return np.asarray(np.clip((difference - q) / (p - q), 0, 1))
    return np.asarray(difference > q, dtype=float)


def _apply(matrix: Matrix, given: Given) -> Outcome:
    values = np.where(matrix.less, -matrix.values, matrix.values)
    weights = matrix.weights / matrix.weights.sum()
    others = max(len(values) - 1, 1)
    leaving, entering = np.zeros(len(values)), np.zeros(len(values))
    for place, preference in enumerate(matrix.preferences):
        column = values[:, place]
        for start in range(0, len(column), ROWS):
            preferred = _preferred(column[start : start + ROWS, None] - column[None, :], preference) * weights[place]
            leaving[start : start + ROWS] += preferred.sum(axis=1) / others
            entering += preferred.sum(axis=0) / others
    return Outcome(leaving - entering, {"leaving": leaving, "entering": entering})


PLUGIN = Method(apply=_apply)
