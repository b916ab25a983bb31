"""A value with its standard error in another column: a normal draw around it."""

from __future__ import annotations

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.parts import Array, Key, Kind, Noise, Seen


def _draw(random: RandomState, seen: Seen) -> Array:
    return np.asarray(seen.values + np.abs(seen.columns["column"]) * random.standard_normal(len(seen.values)))


PLUGIN = Noise(draw=_draw, keys={"column": Key(Kind.COLUMN)})
