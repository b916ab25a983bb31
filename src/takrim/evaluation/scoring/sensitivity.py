"""What else could have come out: ranks under weights around the plan's, and without each indicator in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.scoring.columns import Column, Number
from takrim.evaluation.scoring.engine import Scored, put_together
from takrim.evaluation.scoring.intervals import ranked_together, ranks_of_draws
from takrim.evaluation.scoring.parts import Array
from takrim.evaluation.scoring.plan import Plan
from takrim.evaluation.scoring.work import Worked


@dataclass(frozen=True)
class Sensitivity:
    """How a unit fares under other weights: how often first, its best, middle and worst rank.

    `without`: indicator → its rank if that indicator did not count; None where nothing would be left of it.
    """

    first: float
    best: int
    middle: int
    worst: int
    without: Mapping[str, int | None]


def sensitivity(scored: Scored) -> dict[str, Sensitivity]:
    """Unit → what other weights would have made of it, for those that are ranked; empty where the plan does not ask."""
    wanted = scored.plan.sensitivity
    if wanted is None:
        return {}
    plan = replace(scored.plan, exact=False)
    worked = {code: _in_floats(one) for code, one in scored.worked.items()}
    random = RandomState(wanted.seed)
    totals = np.array(
        [
            put_together(plan, worked, weights_around(plan, float(wanted.concentration), random)).whole.values
            for _number in range(wanted.draws)
        ]
    )
    left_out = without_each(plan, worked)
    found = {}
    for places in ranked_together(scored):
        placed = ranks_of_draws(plan, totals[:, places])
        fewer = {code: _ranks_without(plan, column, places) for code, column in left_out.items()}
        for at, place in enumerate(places):
            best, middle, worst = np.quantile(placed[:, at], [0, 0.5, 1], method="inverted_cdf")
            first = float((placed[:, at] == 1).mean())
            without = {code: ranked[at] for code, ranked in fewer.items()}
            found[scored.table.units[place]] = Sensitivity(first, int(best), int(middle), int(worst), without)
    return found


def weights_around(plan: Plan, concentration: float, random: RandomState) -> dict[str, Number]:
    """Weights of one draw: in each node Dirichlet around the plan's weights, the closer the more concentrated.

    With `concentration` 100 a weight of a fifth has a standard deviation of 0.04.
    """
    groups = [plan.indicators] if plan.method else [plan.children[node.code] for node in plan.nodes]
    drawn: dict[str, Number] = {}
    for group in groups:
        whole = sum(one.weight for one in group)
        found = random.dirichlet([concentration * float(one.weight / whole) for one in group])
        # A weight that was drawn as nothing would leave its indicator unmeasured; next to nothing will do.
        drawn |= {one.code: max(float(weight), 1e-12) * float(whole) for one, weight in zip(group, found, strict=True)}
    return drawn


def without_each(plan: Plan, worked: Mapping[str, Worked]) -> dict[str, Column]:
    """Indicator → totals if it were not in the plan."""
    if len(worked) < 2:
        return {}
    return {code: _without(plan, worked, code) for code in worked}


def _without(plan: Plan, worked: Mapping[str, Worked], code: str) -> Column:
    if plan.method:
        fewer = tuple(one for one in plan.indicators if one.code != code)
        rest = {one.code: worked[one.code] for one in fewer}
        return put_together(replace(plan, indicators=fewer), rest).whole
    gone = worked[code].score
    nobody = Column(gone.values * 0, np.zeros(len(gone.there), dtype=bool))
    return put_together(plan, {**worked, code: replace(worked[code], score=nobody)}).whole


def _ranks_without(plan: Plan, column: Column, places: list[int]) -> list[int | None]:
    there: Array = column.there[places]
    found: list[int | None] = [None] * len(places)
    left = np.flatnonzero(there)
    if len(left):
        placed = ranks_of_draws(plan, column.values[places][left][None, :])[0]
        for at, rank in zip(left, placed, strict=True):
            found[int(at)] = int(rank)
    return found


def _in_floats(one: Worked) -> Worked:
    def plain(column: Column) -> Column:
        return Column(column.values.astype(float), column.there)

    return replace(one, treated=plain(one.treated), score=plain(one.score))
