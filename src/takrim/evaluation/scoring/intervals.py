"""How sure a ranking is: intervals of totals and ranks by a seeded bootstrap, and bands of units that chance may swap.

The generator is numpy's RandomState, whose numbers are promised to stay the same in every later version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.columns import Column
from takrim.evaluation.scoring.engine import Scored, less_is_better, put_together
from takrim.evaluation.scoring.parts import NOISES, Array, Seen
from takrim.evaluation.scoring.plan import Indicator, Plan, Ties
from takrim.evaluation.scoring.ranks import ranks
from takrim.evaluation.scoring.table import Table
from takrim.evaluation.scoring.work import work


@dataclass(frozen=True)
class Interval:
    """Between which totals and ranks a unit stays with the plan's level. `bands`: the first and last it belongs to."""

    low: float
    high: float
    best: int
    worst: int
    first: float
    bands: tuple[int, int] = (0, 0)


def intervals(scored: Scored) -> dict[str, Interval]:
    """Unit → interval, for those that are ranked; empty where the plan asks for none."""
    wanted = scored.plan.intervals
    if wanted is None:
        return {}
    plan, table = _in_floats(scored.plan), _table_in_floats(scored.table)
    drawing = _Drawing(plan, table, scored)
    random = RandomState(wanted.seed)
    draws = [drawing.draw(random) for _number in range(wanted.draws)]
    totals = np.array([draw.values for draw in draws])
    return in_bands(scored, spread(scored, totals, float(wanted.level)))


def spread(scored: Scored, totals: Array, level: float) -> dict[str, Interval]:
    """What many totals (draws × units) say of each unit that is ranked."""
    found = {}
    tail = (1 - level) / 2
    for places in ranked_together(scored):
        inside = totals[:, places]
        placed = ranks_of_draws(scored.plan, inside)
        low, high = np.quantile(inside, [tail, 1 - tail], axis=0)
        best, worst = np.quantile(placed, [tail, 1 - tail], axis=0, method="inverted_cdf")
        for at, place in enumerate(places):
            first = float((placed[:, at] == 1).mean())
            unit = scored.table.units[place]
            own = float(scored.total.at(place) or 0)
            # What was published lies in its own interval, however lopsided chance is.
            ends = (min(float(low[at]), own), max(float(high[at]), own))
            rank = int(scored.standings[place].rank or 0)
            found[unit] = Interval(*ends, best=min(int(best[at]), rank), worst=max(int(worst[at]), rank), first=first)
    return found


def ranked_together(scored: Scored) -> list[list[int]]:
    """Places of the units that are ranked, peer group by peer group."""
    groups: dict[str, list[int]] = {}
    for one in scored.standings:
        if one.rank is not None:
            groups.setdefault(one.group, []).append(one.place)
    return list(groups.values())


def ranks_of_draws(plan: Plan, totals: Array) -> Array:
    """Rank of each unit in each draw, rounded as the plan rounds before it ranks."""
    seen = np.round(totals, plan.decimals)
    # Half a place says nothing in a range of ranks.
    ties = Ties.COMPETITION if plan.ties is Ties.AVERAGE else plan.ties
    return np.array([ranks(row, ties, less_is_better=less_is_better(plan)) for row in seen])


def in_bands(scored: Scored, found: Mapping[str, Interval]) -> dict[str, Interval]:
    """Two units share a band exactly if their intervals overlap; a wide one belongs to several, in a row."""
    placed: dict[str, Interval] = {}
    for places in ranked_together(scored):
        units = [scored.table.units[place] for place in places]
        sign = 1 if less_is_better(scored.plan) else -1
        ends = [sorted((sign * found[unit].low, sign * found[unit].high)) for unit in units]
        for unit, bands in zip(units, bands_of(ends), strict=True):
            placed[unit] = replace(found[unit], bands=bands)
    return placed


def bands_of(ends: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """First and last band of each interval, bands counted from the low end.

    A band is a largest set of intervals that all have a point in common. Such a set ends where the first of its members
    ends after another had begun, so going along the line finds them all, in order.
    """
    starts = [(low, 0, at) for at, (low, _high) in enumerate(ends)]
    marks = sorted(starts + [(high, 1, at) for at, (_low, high) in enumerate(ends)])
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    band, grew = 0, False
    for _where, ending, at in marks:
        if not ending:
            # A new one after an end: it opens the next band, and whoever is still there belongs to that as well.
            band, grew = (band, True) if grew else (band + 1, True)
            first[at] = band
        else:
            last[at] = band
            grew = False
    return [(first[at], last[at]) for at in range(len(ends))]


class _Drawing:
    """One plan and table, drawn again and again."""

    def __init__(self, plan: Plan, table: Table, scored: Scored) -> None:
        self.plan, self.table = plan, table
        self.fixed = {one.code: work(plan, one, table) for one in plan.indicators}
        noisy = [one for one in plan.indicators if one.noise]
        self.seen = {one.code: _seen(one, self.fixed[one.code].denominated, table) for one in noisy}

    def draw(self, random: RandomState) -> Column:
        worked = dict(self.fixed)
        for one in self.plan.indicators:
            if one.noise is None:
                continue
            measured = self.fixed[one.code].denominated
            drawn = measured.with_measured(NOISES[one.noise.method].draw(random, self.seen[one.code]))
            worked[one.code] = work(self.plan, one, self.table, drawn)
        return put_together(self.plan, worked).whole


def _seen(one: Indicator, measured: Column, table: Table) -> Seen:
    assert one.noise is not None
    whole = table.numbers[one.denominator].values[measured.there] if one.denominator else None
    named: Mapping[str, Any] = one.noise.given
    columns = {key: table.numbers[name].values[measured.there] for key, name in named.items()}
    return Seen(measured.measured, whole, columns)


def _in_floats(plan: Plan) -> Plan:
    # Chance is no fraction; a thousand draws in floating point cost less than one in fractions.
    return replace(plan, exact=False)


def _table_in_floats(table: Table) -> Table:
    numbers = {name: Column(one.values.astype(float), one.there) for name, one in table.numbers.items()}
    return Table(table.units, numbers, table.words)
