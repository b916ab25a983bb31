"""How many standard deviations from the mean of the units; 0 for all where there is no spread."""

from __future__ import annotations

from takrim.evaluation.scoring.columns import deviation, mean
from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Normaliser


def _apply(values: Array, given: Given, less: bool) -> Array:
    spread = deviation(values, sample=given["of"] == "sample")
    away = (values - mean(values)) * (-1 if less else 1)
    return away / spread if spread else away * 0


PLUGIN = Normaliser(
    apply=_apply,
    keys={"of": Key(Kind.WORD, "sample", ("sample", "population"))},
    rational=lambda given: False,
)
