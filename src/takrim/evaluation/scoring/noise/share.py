"""A share of so many cases: as many are drawn again, each with the chance that was seen, half a case to either side.

Without that half five of five would be drawn as five of five for ever, and a tiny office would look certain.
"""

from __future__ import annotations

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.parts import Array, Noise, Seen


def _draw(random: RandomState, seen: Seen) -> Array:
    assert seen.whole is not None  # the plan was checked
    whole = np.rint(seen.whole)
    chance = np.clip((seen.values * whole + 0.5) / (whole + 1), 0, 1)
    return np.asarray(random.binomial(whole.astype(np.int64), chance) / whole)


PLUGIN = Noise(draw=_draw, shares=True)
