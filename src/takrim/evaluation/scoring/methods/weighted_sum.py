"""The weighted sum of the indicators' scores, each by its own normalisation; weights are divided by their sum."""

from __future__ import annotations

from takrim.evaluation.scoring.parts import Given, Matrix, Method, Outcome


def _apply(matrix: Matrix, given: Given) -> Outcome:
    return Outcome((matrix.values * matrix.weights).sum(axis=1) / matrix.weights.sum(), {})


PLUGIN = Method(apply=_apply, normalised=True)
