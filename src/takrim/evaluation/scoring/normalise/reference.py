"""The distance to a reference: a number of the plan, or the mean, median or best of the units.

`as = "ratio"` is value ÷ reference (turned round where less is better), `"difference"` value − reference.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.columns import Number, mean, quantile
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import Array, Given, Key, Kind, Normaliser


def _reference(values: Array, wanted: Number | str, less: bool) -> Number:
    if wanted == "mean":
        return mean(values)
    if wanted == "median":
        return quantile(values, Fraction(1, 2) if values.dtype == object else 0.5)
    if wanted == "best":
        best: Number = values.min() if less else values.max()
        return best
    assert not isinstance(wanted, str)  # the plan was checked
    return wanted


def _apply(values: Array, given: Given, less: bool) -> Array:
    reference = _reference(values, given["to"], less)
    if given["as"] == "difference":
        return reference - values if less else values - reference
    if reference <= 0 or values.min() < 0 or (less and values.min() == 0):
        raise BadTable(_("A ratio to a reference needs values and a reference above zero."))
    return reference / values if less else values / reference


PLUGIN = Normaliser(
    apply=_apply,
    keys={
        "to": Key(words=("mean", "median", "best")),
        "as": Key(Kind.WORD, "ratio", ("ratio", "difference")),
    },
)
