"""What a plan that can be read may still get wrong: points that nobody can earn, steps that do not fit, silent gaps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.plan import Plan
from takrim.evaluation.plan_form import CATALOGUE, Answer, counts
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring.engine import less_is_better
from takrim.evaluation.scoring.parts import NORMALISERS
from takrim.evaluation.scoring.plan import Indicator, Mean, Node, Policy
from takrim.indicators.indicator import Measure

# Scores under these do not hang on how the other units did.
_FIXED: Final = ("points", "target", "goalposts")
# A score below zero, which these can give, has no geometric or harmonic mean.
_BELOW_ZERO: Final = ("zscore",)


class Ends(NamedTuple):
    """Between which ends a value can lie, as far as it is known; `sure` that it cannot lie beyond."""

    low: Fraction
    high: Fraction | None
    sure: bool


def doubts(plan: Plan) -> Iterator[Problem]:
    """What stands out, row by row, then in the whole."""
    for row in plan.rows:
        ends = _ends(plan, row)
        turned = list(_turned(row))
        yield from turned or _unreachable(row, ends)
        yield from _steps(plan, row, ends)
        yield from _gaps(plan, row)
    yield from _means(plan)
    yield from _floors(plan)
    yield from _weights(plan)


def _ends(plan: Plan, row: Indicator) -> Ends:
    asked = (plan.asked or {}).get(row.code)
    if asked is not None:
        bounded = asked.measure in {Answer.SHARE, Answer.YES_NO}
        return Ends(Fraction(0), Fraction(1) if bounded else None, sure=True)
    # A share of the catalogue may go beyond all of it: an office can end more than it received.
    is_share = counts(row.code) and CATALOGUE[row.code].unit is Measure.SHARE
    return Ends(Fraction(0), Fraction(1) if is_share else None, sure=False)


def _turned(row: Indicator) -> Iterator[Problem]:
    """A target scale says by itself which end is the better one."""
    given = row.normalise.given
    if row.normalise.method == "target" and row.less == (given["target"] > given["nothing"]):
        reason = _("“{code}”: its direction says that {direction} is better, its target scale the opposite.")
        facts = {"code": row.code, "direction": _("less") if row.less else _("more")}
        yield Problem("indicator", row.code, reason, facts, "normalise")


def _unreachable(row: Indicator, ends: Ends) -> Iterator[Problem]:
    """The best value that there can be, taken through all steps that do not hang on the other units."""
    best: Fraction | None = ends.low if row.less else ends.high
    for step in row.treatment:
        if step.method != "cap":
            return
        low, high = step.given["low"], step.given["high"]
        if not row.less and high is not None:
            best = high if best is None else min(best, high)
        if row.less and low is not None and best is not None:
            best = max(best, low)
    if best is None or row.normalise.method not in _FIXED:
        return
    score = _score(row, best)
    if score < 1:
        reason = _("“{code}”: at best {share} percent of its weight can be earned, with the value {best}.")
        facts = {"code": row.code, "share": int(score * 100), "best": _plain(best)}
        yield Problem("indicator", row.code, reason, facts, "normalise", grave=ends.sure)


def _score(row: Indicator, value: Fraction) -> float:
    given: dict[str, Any] = {
        name: float(one) if isinstance(one, Fraction) else one for name, one in row.normalise.given.items()
    }
    found = NORMALISERS[row.normalise.method].apply(np.array([float(value)]), given, row.less)
    # Sums of floats: what misses all by less than a billionth is all.
    return round(float(found[0]), 9)


def _plain(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else f"{float(value):g}"


def _steps(plan: Plan, row: Indicator, ends: Ends) -> Iterator[Problem]:
    asked = (plan.asked or {}).get(row.code)
    for step in row.treatment:
        facts = {"code": row.code, "method": step.method}
        if asked is not None and asked.measure is Answer.YES_NO:
            reason = _("“{code}” is answered yes, partly or no: there is nothing for “{method}” to treat.")
            yield Problem("indicator", row.code, reason, facts, "treatment")
        elif step.method == "log" and step.given["shift"] == "none" and ends.low == 0:
            reason = _("“{code}” can be zero, and zero has no logarithm: use shift = “range”.")
            yield Problem("indicator", row.code, reason, facts, "treatment", grave=False)
        if step.method in {"log", "winsorise"} and row.normalise.method in _FIXED:
            reason = _("“{code}”: after “{method}” a value may be its logarithm, but the scale is fixed for the value.")
            yield Problem("indicator", row.code, reason, facts, "treatment", grave=False)


def _gaps(plan: Plan, row: Indicator) -> Iterator[Problem]:
    if row.code not in (plan.asked or {}):
        return
    if row.missing.policy is Policy.DROP:
        reason = _("“{code}”: whoever leaves it out loses nothing. Usual is missing = zero, with a reason.")
        yield Problem("indicator", row.code, reason, {"code": row.code}, "missing", grave=False)
    elif row.missing.policy is Policy.REFUSE:
        reason = _("“{code}”: one office that leaves it out keeps all from being ranked.")
        yield Problem("indicator", row.code, reason, {"code": row.code}, "missing", grave=False)


def _can_be_negative(one: Indicator | Node) -> bool:
    if isinstance(one, Node):
        return False
    given = one.normalise.given
    if one.normalise.method == "asis":
        return one.less
    if one.normalise.method == "reference":
        return bool(given["as"] == "difference")
    if one.normalise.method == "goalposts":
        return not given["cap"]
    return one.normalise.method in _BELOW_ZERO


def _means(plan: Plan) -> Iterator[Problem]:
    for node in plan.scoring.nodes:
        if node.mean not in {Mean.GEOMETRIC, Mean.HARMONIC}:
            continue
        for one in plan.scoring.children[node.code]:
            if _can_be_negative(one):
                reason = _("The scores of “{code}” can be below zero, and “{node}” has no mean of such scores.")
                yield Problem("node", node.code, reason, {"code": one.code, "node": node.code}, "mean")


def _floors(plan: Plan) -> Iterator[Problem]:
    for floor in plan.scoring.floors:
        if floor.score and floor.least > 1:
            reason = _("No score of “{code}” is above 1: with the floor {least} nobody is ranked.")
            yield Problem("floor", floor.score, reason, {"code": floor.score, "least": _plain(floor.least)}, "least")


def _weights(plan: Plan) -> Iterator[Problem]:
    scoring = plan.scoring
    if scoring.method:
        if less_is_better(scoring) and plan.bands:
            yield Problem("band", "", _("Under this method the smallest total is first: classes do not fit."), {})
        return
    found = sum((child.weight for child in scoring.children[scoring.root]), Fraction(0))
    if found != scoring.points:
        reason = _("The weights of “{code}” add up to {found}, a full score is {points}: a weight is not its points.")
        facts = {"code": scoring.root, "found": _plain(found), "points": _plain(scoring.points)}
        yield Problem("node", scoring.root, reason, facts, "weight", grave=False)
