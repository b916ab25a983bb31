"""How one unit came to its score: each indicator's way, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from takrim.evaluation.scoring.columns import Column, Number, nothing
from takrim.evaluation.scoring.engine import Scored, Standing, checked_unit
from takrim.evaluation.scoring.parts import NORMALISERS
from takrim.evaluation.scoring.plan import Indicator, Node
from takrim.evaluation.scoring.tree import aggregate
from takrim.evaluation.scoring.work import Verdict, Worked


@dataclass(frozen=True)
class Line:
    """One indicator of one unit. `moved`: its share was adjusted.

    `lost`: by how much the total would be higher had it earned all that can be earned. None where it does not count,
    and with a method over a matrix, where every unit moves the others.
    """

    indicator: Indicator
    verdict: Verdict
    raw: Number | None
    denominated: Number | None
    adjusted: Number | None
    shrunk: Number | None
    treated: Number | None
    score: Number | None
    lost: Number | None
    moved: bool = False


@dataclass(frozen=True)
class Explained:
    """All that stands behind a unit's total. `rivals`: how many are ranked in its group."""

    standing: Standing
    rivals: int
    lines: Sequence[Line]
    nodes: Sequence[tuple[Node, Number | None]]

    @property
    def by_loss(self) -> list[Line]:
        """What cost most first; what does not count is left out."""
        return sorted((line for line in self.lines if line.lost), key=lambda line: -(line.lost or 0))


def explain(scored: Scored, unit: str) -> Explained:
    """Follow one unit through every step."""
    standing = checked_unit(scored, unit)
    place = standing.place
    losses = [None] * len(scored.worked) if scored.plan.method else _losses(scored, place)
    lines = [_line(one, place, loss) for one, loss in zip(scored.worked.values(), losses, strict=True)]
    rivals = [one for one in scored.standings if one.rank is not None and one.group == standing.group]
    nodes = [(node, scored.nodes[node.code].at(place)) for node in reversed(scored.plan.upwards)]
    return Explained(standing, len(rivals), lines, nodes)


def _line(one: Worked, place: int, lost: Number | None) -> Line:
    return Line(
        indicator=one.indicator,
        verdict=one.verdict(place),
        raw=one.raw.at(place),
        denominated=one.denominated.at(place),
        adjusted=one.adjusted.at(place),
        shrunk=one.shrunk.at(place),
        treated=one.treated.at(place),
        score=one.score.at(place),
        lost=lost,
        moved=bool(one.moved[place]),
    )


def best(one: Worked) -> Number | None:
    """The most that can be earned: the end of the scale, else the best that any unit has."""
    step = one.indicator.normalise
    top = NORMALISERS[step.method].top(step.given)
    if top is not None:
        return top
    found: Number | None = one.score.measured.max() if one.score.there.any() else None
    return found


def _losses(scored: Scored, place: int) -> list[Number | None]:
    """The unit once for each indicator, each time with that indicator at its best, put together all at once."""
    plan, rows = scored.plan, len(scored.worked)
    leaves = {}
    for row, (code, one) in enumerate(scored.worked.items()):
        values = nothing(rows, exact=plan.exact) + one.score.values[place]
        there = np.full(rows, bool(one.score.there[place]))
        top = best(one)
        if there[row] and top is not None:
            values[row] = top if plan.exact else float(top)
        leaves[code] = Column(values, there)
    would_be = aggregate(plan, leaves)[plan.root]
    points: Number = plan.points if plan.exact else float(plan.points)
    total = scored.total.at(place)
    return [
        _gain(would_be.at(row), points, total) if one.score.there[place] else None
        for row, one in enumerate(scored.worked.values())
    ]


def shares(scored: Scored, place: int) -> dict[str, Number]:
    """What each indicator brings one unit of its total: what that would lack had it earned nothing there.

    In a sum they add up to the total. Empty with a method over a matrix, and for a unit without a total.
    """
    plan, rows = scored.plan, len(scored.worked)
    total = scored.total.at(place)
    if plan.method or total is None:
        return {}
    leaves = {}
    for row, (code, one) in enumerate(scored.worked.items()):
        values = nothing(rows, exact=plan.exact) + one.score.values[place]
        values[row] = Fraction(0) if plan.exact else 0.0
        leaves[code] = Column(values, np.full(rows, bool(one.score.there[place])))
    would_be = aggregate(plan, leaves)[plan.root]
    points: Number = plan.points if plan.exact else float(plan.points)
    found: dict[str, Number] = {}
    for row, (code, one) in enumerate(scored.worked.items()):
        without = would_be.at(row)
        if one.score.there[place] and without is not None:
            found[code] = total - without * points
    return found


def _gain(would_be: Number | None, points: Number, total: Number | None) -> Number | None:
    if would_be is None or total is None:
        return None
    gain = would_be * points - total
    # In floating point the best of all may come out a hair below itself.
    return max(gain, Fraction(0) if isinstance(gain, Fraction) else 0.0)
