"""A value between two columns that hold it with 95 in 100, such as a median: a normal draw, as wide to either side."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.parts import Array, Key, Kind, Noise, Seen

# So many standard deviations to either side hold 95 in 100 of a normal distribution.
REACH: Final = 1.959963984540054


def _draw(random: RandomState, seen: Seen) -> Array:
    away = random.standard_normal(len(seen.values))
    below, above = seen.values - seen.columns["low"], seen.columns["high"] - seen.values
    return np.asarray(seen.values + away * np.maximum(np.where(away < 0, below, above), 0) / REACH)


PLUGIN = Noise(draw=_draw, keys={"low": Key(Kind.COLUMN), "high": Key(Kind.COLUMN)})
