"""Shares compared at equal difficulty: what a unit's own mix of work would give elsewhere is taken off.

Own − expected + share of all. The difference, not the quotient: so it is the same whether the late or those on time are
counted, and nobody's share is doubled because little was expected.
"""

from __future__ import annotations

import numpy as np

from takrim.evaluation.scoring.columns import Column, nothing, total
from takrim.evaluation.scoring.parts import Array
from takrim.evaluation.scoring.plan import Adjust
from takrim.evaluation.scoring.table import Table


def adjust(how: Adjust, found: Column, table: Table) -> Column:
    """The same shares at the mix of all; a unit whose mix is not known keeps its own."""
    exact = found.values.dtype == object
    expected, whole = nothing(len(table), exact=exact), nothing(len(table), exact=exact)
    parts_of_all, wholes_of_all = total(whole), total(whole)
    for part_name, whole_name in zip(how.parts, how.wholes, strict=True):
        parts, wholes = table.numbers[part_name], table.numbers[whole_name]
        known = parts.there & wholes.there
        done, given = total(parts.values[known]), total(wholes.values[known])
        if not given:
            continue
        own: Array = np.where(known, wholes.values, wholes.values * 0)
        expected = expected + own * (done / given)
        whole = whole + own
        parts_of_all, wholes_of_all = parts_of_all + done, wholes_of_all + given
    mixed = found.there & (whole > 0).astype(bool)
    if not mixed.any():
        return found
    values = found.values.copy()
    moved = values[mixed] - expected[mixed] / whole[mixed] + parts_of_all / wholes_of_all
    values[mixed] = np.minimum(np.maximum(moved, moved * 0), moved * 0 + 1)
    return Column(values, found.there)
