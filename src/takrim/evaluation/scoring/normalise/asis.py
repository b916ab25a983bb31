"""The value itself is the score; where less is better, with the opposite sign."""

from __future__ import annotations

from takrim.evaluation.scoring.parts import Array, Given, Normaliser


def _apply(values: Array, given: Given, less: bool) -> Array:
    return -values if less else values


PLUGIN = Normaliser(apply=_apply)
