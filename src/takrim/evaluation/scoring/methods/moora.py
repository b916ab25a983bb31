"""MOORA's ratio system: columns over their length, those of which more is better minus those of which less is."""

from __future__ import annotations

import numpy as np

from takrim.evaluation.scoring.methods.topsis import divided
from takrim.evaluation.scoring.parts import Given, Matrix, Method, Outcome


def _apply(matrix: Matrix, given: Given) -> Outcome:
    weighted = divided(matrix.values, "vector") * matrix.weights
    gains = np.where(matrix.less, 0, weighted).sum(axis=1)
    costs = np.where(matrix.less, weighted, 0).sum(axis=1)
    return Outcome(gains - costs, {"gains": gains, "costs": costs})


PLUGIN = Method(apply=_apply)
