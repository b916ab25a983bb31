"""Shares compared at equal difficulty: what a unit's own work would give elsewhere is taken off.

Own − expected + share of all; what is expected comes from the mix of work, or from units of like volume. This is
indirect standardisation, as hospitals are compared. The difference, not the quotient: so it is the same whether the
late or those on time are counted, and nobody's share is doubled because little was expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from takrim.evaluation.scoring.columns import Column, Number, nothing, total
from takrim.evaluation.scoring.parts import Array
from takrim.evaluation.scoring.plan import Adjust, Indicator, Volume
from takrim.evaluation.scoring.table import Table

# In a band of fewer units each would be compared with hardly more than itself, and what it did would count for nothing.
FEWEST: Final = 3


@dataclass(frozen=True)
class Expected:
    """What is expected of each unit of which it is known, and the share of all of those."""

    values: Array
    known: Array
    everywhere: Number


def adjust(one: Indicator, found: Column, table: Table) -> tuple[Column, Array]:
    """The same shares at equal difficulty, and which were moved; a unit of which nothing is expected keeps its own."""
    at = expected(one, table)
    if at is None:
        return found, np.zeros(len(table), dtype=bool)
    moved = found.there & at.known
    values = found.values.copy()
    level = values[moved] - at.values[moved] + at.everywhere
    values[moved] = np.minimum(np.maximum(level, level * 0), level * 0 + 1)
    return Column(values, found.there), moved


def expected(one: Indicator, table: Table) -> Expected | None:
    """None where nothing is known of anybody."""
    return by_volume(one, one.adjust, table) if isinstance(one.adjust, Volume) else _by_mix(one.adjust, table)


def _by_mix(how: Adjust | None, table: Table) -> Expected | None:
    if how is None or not len(table):
        return None
    exact = table.numbers[how.parts[0]].values.dtype == object
    values, whole = nothing(len(table), exact=exact), nothing(len(table), exact=exact)
    parts_of_all, wholes_of_all = total(whole), total(whole)
    for part_name, whole_name in zip(how.parts, how.wholes, strict=True):
        parts, wholes = table.numbers[part_name], table.numbers[whole_name]
        known = parts.there & wholes.there
        done, given = total(parts.values[known]), total(wholes.values[known])
        if not given:
            continue
        own: Array = np.where(known, wholes.values, wholes.values * 0)
        values = values + own * (done / given)
        whole = whole + own
        parts_of_all, wholes_of_all = parts_of_all + done, wholes_of_all + given
    mixed = (whole > 0).astype(bool)
    if not mixed.any():
        return None
    values[mixed] = values[mixed] / whole[mixed]
    return Expected(values, mixed, parts_of_all / wholes_of_all)


def volumes(how: Volume, table: Table) -> Column:
    """How much each unit got for each who works there; where nobody is known to work there it is not known either."""
    volume, per = table.numbers[how.volume], table.numbers[how.per]
    there = volume.there & per.there & (per.values > 0).astype(bool)
    return Column(volume.values, there).with_measured(volume.values[there] / per.values[there])


def bands(how: Volume, found: Column, *, exact: bool) -> Array:
    """The place of each unit's band, counted from the lowest; −1 where its volume is not known."""
    place = np.zeros(len(found.there), dtype=int)
    for bound in how.bands:
        place = place + (found.values >= (bound if exact else float(bound))).astype(bool)
    return np.where(found.there, place, -1)


def by_volume(one: Indicator, how: Volume, table: Table) -> Expected | None:
    """The share of all units in the same band together, where there are enough of them."""
    parts, wholes = table.numbers[one.column], table.numbers[one.denominator]
    exact = parts.values.dtype == object
    place = bands(how, volumes(how, table), exact=exact)
    measured = parts.there & wholes.there & (wholes.values > 0).astype(bool)
    values, known = nothing(len(table), exact=exact), np.zeros(len(table), dtype=bool)
    for band in range(len(how.bands) + 1):
        inside = measured & (place == band)
        if inside.sum() >= FEWEST:
            values[inside] = total(parts.values[inside]) / total(wholes.values[inside])
            known = known | inside
    if not known.any():
        return None
    return Expected(values, known, total(parts.values[known]) / total(wholes.values[known]))
