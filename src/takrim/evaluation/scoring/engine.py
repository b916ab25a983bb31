"""A plan applied to a table: every step, every score, who is ranked where, and why somebody is not ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.columns import Column, Number, rounded
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import METHODS, Array, Matrix
from takrim.evaluation.scoring.plan import Floor, Indicator, Plan, Ties
from takrim.evaluation.scoring.ranks import ranks
from takrim.evaluation.scoring.table import Table
from takrim.evaluation.scoring.tree import aggregate
from takrim.evaluation.scoring.work import Worked, given, work


class Unranked(StrEnum):
    """Why a unit is shown without a rank."""

    NOTHING_MEASURED = auto()
    BELOW_FLOOR = auto()
    NO_GROUP = auto()


@dataclass(frozen=True)
class Standing:
    """One unit's end: its total rounded by the plan, its rank among its peers, or why it has none."""

    unit: str
    place: int
    total: Fraction | None
    group: str
    rank: int | float | None
    why: Unranked | None = None
    floor: Floor | None = None


@dataclass(frozen=True)
class Scored:
    """All that came out. `worked`: by indicator; `nodes`: scores by node; `parts`: a matrix method's own figures."""

    plan: Plan
    table: Table
    worked: Mapping[str, Worked]
    nodes: Mapping[str, Column]
    total: Column
    standings: Sequence[Standing]
    parts: Mapping[str, Column]

    @cached_property
    def in_order(self) -> list[Standing]:
        """Group by group, best first, equals by name; behind them, by name, those without a rank."""
        groups = group_order(self.plan, self.standings)
        return sorted(
            self.standings,
            key=lambda one: (one.rank is None, groups.index(one.group) if one.rank else 0, one.rank or 0, one.unit),
        )

    def of(self, unit: str) -> Standing | None:
        return next((one for one in self.standings if one.unit == unit), None)

    def column(self, code: str) -> Column:
        """The score of an indicator or a node."""
        return self.worked[code].score if code in self.worked else self.nodes[code]


@dataclass(frozen=True)
class Totals:
    """Scores before anybody is ranked by them."""

    nodes: Mapping[str, Column]
    whole: Column
    parts: Mapping[str, Column]


def score(plan: Plan, table: Table) -> Scored:
    """Apply a plan to a table."""
    worked = {one.code: work(plan, one, table) for one in plan.indicators}
    totals = put_together(plan, worked)
    standings = _standings(plan, table, worked, totals.nodes, totals.whole)
    return Scored(plan, table, worked, totals.nodes, totals.whole, standings, totals.parts)


def put_together(plan: Plan, worked: Mapping[str, Worked], weights: Mapping[str, Number] | None = None) -> Totals:
    """From the indicators' scores to the total; `weights` replace those of the plan."""
    if plan.method:
        return _by_method(plan, worked, weights or {})
    nodes = aggregate(plan, {code: one.score for code, one in worked.items()}, weights)
    whole = nodes[plan.root]
    points = plan.points if plan.exact else float(plan.points)
    return Totals(nodes, Column(whole.values * points, whole.there), {})


def _by_method(plan: Plan, worked: Mapping[str, Worked], weights: Mapping[str, Number]) -> Totals:
    assert plan.method is not None
    method = METHODS[plan.method.method]
    columns = [one.score if method.normalised else one.treated for one in worked.values()]
    indicators: list[Indicator] = list(plan.indicators)
    matrix = Matrix(
        values=np.column_stack([column.values for column in columns]),
        weights=np.array([float(weights.get(one.code, one.weight)) for one in indicators]),
        less=np.array([one.less for one in indicators]),
        preferences=tuple(_floats(one.preference or {"curve": "usual", "q": 0, "p": 0, "s": 0}) for one in indicators),
    )
    found = method.apply(matrix, given(plan.method, exact=False))
    there = columns[0].there
    whole = Column(found.score, there)
    return Totals({plan.root: whole}, whole, {name: Column(values, there) for name, values in found.parts.items()})


def _floats(settings: Mapping[str, object]) -> dict[str, object]:
    return {name: float(value) if isinstance(value, Fraction) else value for name, value in settings.items()}


def _standings(
    plan: Plan, table: Table, worked: Mapping[str, Worked], nodes: Mapping[str, Column], whole: Column
) -> list[Standing]:
    groups = _groups(plan, table)
    totals = [_rounded(whole.at(place), plan.decimals) for place in range(len(table))]
    reasons = [_reason(plan, table, worked, nodes, totals, groups, place) for place in range(len(table))]
    places: dict[str, list[int]] = {}
    for place, (why, _floor) in enumerate(reasons):
        if why is None:
            places.setdefault(groups[place] or "", []).append(place)
    rank_of: dict[int, int | float] = {}
    for inside in places.values():
        found = ranks(_totals(totals, inside), plan.ties, less_is_better=less_is_better(plan))
        rank_of.update(zip(inside, (_plain(rank, plan.ties) for rank in found), strict=True))
    return [
        Standing(unit, place, totals[place], groups[place] or "", rank_of.get(place), *reasons[place])
        for place, unit in enumerate(table.units)
    ]


def less_is_better(plan: Plan) -> bool:
    """Whether the smallest total stands first."""
    return plan.method is not None and METHODS[plan.method.method].less_is_better


def _plain(rank: float, ties: Ties) -> int | float:
    return float(rank) if ties is Ties.AVERAGE and rank % 1 else int(rank)


def _rounded(value: Number | None, decimals: int) -> Fraction | None:
    return None if value is None else rounded(value, decimals)


def _totals(totals: Sequence[Fraction | None], inside: Sequence[int]) -> Array:
    found = np.empty(len(inside), dtype=object)
    for at, place in enumerate(inside):
        found[at] = totals[place]
    return found


def _groups(plan: Plan, table: Table) -> list[str | None]:
    """The peers of each unit: a word, or the band of its volume; None where neither is known."""
    if plan.peers is None:
        return [""] * len(table)
    if plan.peers.column:
        return [word or None for word in table.words[plan.peers.column]]
    volume = table.numbers[plan.peers.volume]
    return [_band(volume.at(place), plan.peers.bands) for place in range(len(table))]


def _band(volume: Number | None, bands: Sequence[Fraction]) -> str | None:
    return None if volume is None else band_names(bands)[sum(volume >= bound for bound in bands)]


def band_names(bands: Sequence[Fraction]) -> list[str]:
    """ "< 2000", "2000–10000", "≥ 10000": the lower bound belongs to the band."""
    words = [f"{float(bound):g}" for bound in bands]
    between = [f"{low}–{high}" for low, high in pairwise(words)]
    return [f"< {words[0]}", *between, f"≥ {words[-1]}"]


def group_order(plan: Plan, standings: Sequence[Standing]) -> list[str]:
    """The groups in the order in which they are shown: the largest volume first, words by their letters."""
    if plan.peers and plan.peers.volume:
        return [*reversed(band_names(plan.peers.bands)), ""]
    return sorted({one.group for one in standings})


def _reason(
    plan: Plan,
    table: Table,
    worked: Mapping[str, Worked],
    nodes: Mapping[str, Column],
    totals: Sequence[Fraction | None],
    groups: Sequence[str | None],
    place: int,
) -> tuple[Unranked | None, Floor | None]:
    if totals[place] is None:
        return Unranked.NOTHING_MEASURED, None
    for floor in plan.floors:
        if floor.column:
            seen = table.numbers[floor.column].at(place)
        else:
            seen = (worked[floor.score].score if floor.score in worked else nodes[floor.score]).at(place)
        if seen is None or seen < floor.least:
            return Unranked.BELOW_FLOOR, floor
    return (Unranked.NO_GROUP, None) if groups[place] is None else (None, None)


def checked_unit(scored: Scored, unit: str) -> Standing:
    """A unit of the table by its name; BadTable where there is none."""
    found = scored.of(unit)
    if found is None:
        raise BadTable(_("There is no unit “{unit}” in it."), unit=unit)
    return found
