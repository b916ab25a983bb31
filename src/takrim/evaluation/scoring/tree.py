"""Putting scores together, node by node, from the leaves to the root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.columns import Column, nothing
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import Array
from takrim.evaluation.scoring.plan import Mean, Node, Plan

Weight = float | Fraction


def aggregate(
    plan: Plan, leaves: Mapping[str, Column], weights: Mapping[str, Weight] | None = None
) -> dict[str, Column]:
    """Scores of all nodes by code. What is missing under a node neither earns nor costs: the others bear its weight.

    `weights` replace those of the plan, to see what other weights would have made of it.
    """
    found: dict[str, Column] = dict(leaves)
    for node in plan.upwards:
        children = plan.children[node.code]
        used = [(weights or {}).get(child.code, child.weight) for child in children]
        numbers = used if plan.exact else [float(weight) for weight in used]
        found[node.code] = _together(node, [found[child.code] for child in children], numbers, plan.exact)
    return {node.code: found[node.code] for node in plan.nodes}


def _together(node: Node, columns: Sequence[Column], weights: Sequence[Weight], exact: bool) -> Column:
    if node.mean is Mean.MINIMUM:
        return _smallest(columns)
    if node.mean is Mean.ARITHMETIC:
        return _weighted(columns, weights, exact)
    if any((column.measured < 0).any() for column in columns):
        reason = _("The node “{code}” has scores below zero under it, and no {mean} mean of them.")
        raise BadTable(reason, code=node.code, mean=node.mean.value)
    zero = np.any([column.there & (column.values == 0).astype(bool) for column in columns], axis=0)
    # A zero makes both means zero; it is put there by hand, since it has neither logarithm nor inverse.
    safe = [Column(np.where(column.values == 0, column.values + 1, column.values), column.there) for column in columns]
    if node.mean is Mean.GEOMETRIC:
        logs = [Column(np.log(column.values), column.there) for column in safe]
        made = _weighted(logs, weights, exact)
        values = np.exp(made.values)
    else:
        made = _weighted([Column(1 / column.values, column.there) for column in safe], weights, exact)
        values = 1 / np.where(made.values == 0, made.values + 1, made.values)
    return Column(np.where(zero | ~made.there, made.values * 0, values), made.there)


def _weighted(columns: Sequence[Column], weights: Sequence[Weight], exact: bool) -> Column:
    length = len(columns[0].there)
    earned, possible = nothing(length, exact=exact), nothing(length, exact=exact)
    for column, weight in zip(columns, weights, strict=True):
        # In the plan's order, one addition after another: the same on every computer.
        earned = earned + np.where(column.there, column.values * weight, earned * 0)
        possible = possible + np.where(column.there, possible * 0 + weight, possible * 0)
    there = (possible > 0).astype(bool)
    return Column(earned / np.where(there, possible, possible + 1), there)


def _smallest(columns: Sequence[Column]) -> Column:
    values: Array = columns[0].values
    there = columns[0].there
    for column in columns[1:]:
        smaller = column.there & (~there | (column.values < values).astype(bool))
        values = np.where(smaller, column.values, values)
        there = there | column.there
    return Column(values, there)
