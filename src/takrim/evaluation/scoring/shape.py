"""What the parts of a plan must be to one another: one tree, everything in its place, nothing inexact where exact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring import keys
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.parts import METHODS, NORMALISERS, TREATMENTS
from takrim.evaluation.scoring.plan import Mean, Plan, Policy


def check(plan: Plan, content: Mapping[str, Any]) -> None:
    """Raises BadPlan at the first thing that does not fit."""
    _codes(plan)
    _tree(plan)
    _sums(plan, content)
    _floors(plan)
    if plan.intervals and not any(one.noise for one in plan.indicators):
        raise BadPlan(_("[intervals] needs at least one indicator with “noise”: nothing else is left to chance."))
    if plan.exact:
        _exact(plan)
    if plan.method:
        _matrix(plan, content)
    elif any(one.preference for one in plan.indicators):
        raise BadPlan(_("“preference” belongs to the method “promethee”."))


def _codes(plan: Plan) -> None:
    seen: set[str] = set()
    for one in plan.parts:
        if one.code in seen:
            raise BadPlan(_("The code “{code}” is given twice."), code=one.code)
        seen.add(one.code)


def _tree(plan: Plan) -> None:
    nodes = {node.code: node for node in plan.nodes}
    for one in plan.parts:
        if one.under and one.under not in nodes:
            raise BadPlan(_("“{code}” is in “{node}”, and there is no such [[node]]."), code=one.code, node=one.under)
    roots = [node.code for node in plan.nodes if not node.under]
    if len(roots) != 1:
        raise BadPlan(_("Exactly one [[node]] must be in no other; found: {found}."), found=", ".join(roots) or "—")
    below = {node.code for node in plan.upwards}
    for node in plan.nodes:
        if node.code not in below:
            raise BadPlan(_("The nodes above “{code}” lead in a circle."), code=node.code)
        if not plan.children[node.code]:
            raise BadPlan(_("There is nothing in the node “{code}”."), code=node.code)


def _sums(plan: Plan, content: Mapping[str, Any]) -> None:
    for row, where in keys.tables(content, "node"):
        if "sum" not in row:
            continue
        wanted = keys.number(row, "sum", where)
        found = sum(child.weight for child in plan.children[row["code"]])
        if found != wanted:
            reason = _("The weights in “{code}” add up to {found}, not to {wanted}.")
            raise BadPlan(reason, code=row["code"], found=f"{float(found):g}", wanted=f"{float(wanted):g}")


def _floors(plan: Plan) -> None:
    for floor in plan.floors:
        if floor.score and floor.score not in plan.by_code:
            raise BadPlan(_("[[floor]] names the score “{code}”, and there is none."), code=floor.score)


def _exact(plan: Plan) -> None:
    for one in plan.indicators:
        steps = [(NORMALISERS[one.normalise.method].rational, one.normalise)]
        steps += [(TREATMENTS[step.method].rational, step) for step in one.treatment]
        for rational, step in steps:
            if not rational(step.given):
                reason = _("indicator “{code}”: “{method}” has no exact result here; use arithmetic = “float”.")
                raise BadPlan(reason, code=one.code, method=step.method)
    for node in plan.nodes:
        if node.mean is Mean.GEOMETRIC:
            reason = _("node “{code}”: a geometric mean has no exact result; use arithmetic = “float”.")
            raise BadPlan(reason, code=node.code)
    if plan.method:
        raise BadPlan(_("A method over a matrix is computed with arithmetic = “float”."))


def _matrix(plan: Plan, content: Mapping[str, Any]) -> None:
    assert plan.method is not None
    method = METHODS[plan.method.method]
    for key in ("node", "points"):
        if key in content:
            raise BadPlan(_("“{key}” has no meaning beside [method]."), key=key)
    for one in plan.indicators:
        if one.missing.policy in {Policy.DROP, Policy.ZERO}:
            raise BadPlan(
                _("indicator “{code}”: a matrix has no gaps; use missing = “refuse” or “mean”."), code=one.code
            )
        if not method.normalised and one.normalise.method != "asis":
            reason = _("indicator “{code}”: “normalise” has no meaning, {method} has its own.")
            raise BadPlan(reason, code=one.code, method=plan.method.method)
        if one.preference and plan.method.method != "promethee":
            raise BadPlan(_("“preference” belongs to the method “promethee”."))
