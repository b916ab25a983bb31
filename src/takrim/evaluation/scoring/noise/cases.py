"""A share whose cases another column counts: as many are drawn again, each with the chance that was seen.

Half a case to either side, as with `share`; a share of no cases stays as it is, for nothing is known of its chance.
"""

from __future__ import annotations

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.parts import Array, Key, Kind, Noise, Seen


def _draw(random: RandomState, seen: Seen) -> Array:
    whole = np.rint(np.nan_to_num(np.asarray(seen.columns["column"], dtype=float)))
    some = np.maximum(whole, 1)
    chance = np.clip((seen.values * whole + 0.5) / (whole + 1), 0, 1)
    drawn = random.binomial(some.astype(np.int64), chance) / some
    return np.asarray(np.where(whole > 0, drawn, seen.values))


PLUGIN = Noise(draw=_draw, keys={"column": Key(Kind.COLUMN)})
