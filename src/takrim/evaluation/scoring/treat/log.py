"""The natural logarithm, of the value itself or, for a column that reaches zero, shifted by its range.

`shift = "range"` takes ln(x − min + 0.01 × (max − min)), the form of the European Commission's handbook tools.
"""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Treatment


def shifted(values: Array) -> Array:
    """The logarithm with the column moved above zero; one where all are equal is left as it is."""
    low, high = values.min(), values.max()
    return values if low == high else np.asarray(np.log(values - low + 0.01 * (high - low)))


def _apply(values: Array, given: Given) -> Array:
    if given["shift"] == "range":
        return shifted(values)
    if values.min() <= 0:
        raise BadTable(_("A logarithm needs values above zero; use shift = “range” or a cap."))
    return np.asarray(np.log(values))


PLUGIN = Treatment(
    apply=_apply,
    keys={"shift": Key(Kind.WORD, "none", ("none", "range"))},
    rational=lambda given: False,
)
