"""One indicator's way from the table to a score, every step kept so that anybody can follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring.adjust import adjust
from takrim.evaluation.scoring.columns import Column, mean, total
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.parts import NORMALISERS, TREATMENTS, Array
from takrim.evaluation.scoring.plan import Indicator, Plan, Policy, Step
from takrim.evaluation.scoring.table import Table


class Verdict(IntEnum):
    """Whether, and how, a unit's value counted."""

    SCORED = 0
    NOT_MEASURED = 1
    TOO_FEW = 2
    MEAN = 3
    ZERO = 4


@dataclass(frozen=True)
class Worked:
    """An indicator of all units, step by step. `verdicts` holds a Verdict for each unit, `moved` who was adjusted."""

    indicator: Indicator
    raw: Column
    denominated: Column
    adjusted: Column
    shrunk: Column
    filled: Column
    treated: Column
    score: Column
    verdicts: Array
    moved: Array

    def verdict(self, place: int) -> Verdict:
        return Verdict(int(self.verdicts[place]))


def given(step: Step, exact: bool) -> Mapping[str, Any]:
    """The step's settings in the arithmetic that is wanted; a Fraction among floats would only slow them."""
    if exact:
        return step.given
    return {name: float(value) if isinstance(value, Fraction) else value for name, value in step.given.items()}


def work(plan: Plan, one: Indicator, table: Table, drawn: Column | None = None) -> Worked:
    """Every step of one indicator; `drawn` is what chance might have measured instead, already divided."""
    raw = table.numbers[one.column]
    denominated = _denominated(one, raw, table) if drawn is None else drawn
    adjusted, moved = adjust(one, denominated, table)
    shrunk = _shrunk(plan, one, adjusted, table) if one.shrink else adjusted
    counted, verdicts = _enough(plan, one, shrunk, table)
    filled = _filled(one, counted, table, verdicts)
    try:
        treated = _treated(plan, one, filled)
        score = _scored(plan, one, treated)
    except BadTable as error:
        # The plug-in knows what is wrong, not with which column.
        raise BadTable(_("Indicator “{code}”: {why}"), code=one.code, why=error) from error
    return Worked(one, raw, denominated, adjusted, shrunk, filled, treated, score, verdicts, moved)


def _denominated(one: Indicator, raw: Column, table: Table) -> Column:
    if not one.denominator:
        return raw
    by = table.numbers[one.denominator]
    # A part of nothing is not zero: it was not measured.
    there = raw.there & by.there & (by.values != 0).astype(bool)
    return Column(raw.values, there).with_measured(raw.values[there] / by.values[there])


def _shrunk(plan: Plan, one: Indicator, found: Column, table: Table) -> Column:
    assert one.shrink is not None
    whole = table.numbers[one.denominator].values
    if ((found.values < 0) | (found.values > 1)).any() or (whole < 0).any():
        raise BadTable(
            _("Indicator “{code}” is no share: a part is more than its whole, or below zero."), code=one.code
        )
    groups = np.array(table.words[one.shrink.of] if one.shrink.of else [""] * len(table))
    strength = one.shrink.strength if plan.exact else float(one.shrink.strength)
    values = found.values.copy()
    for group in set(groups.tolist()):
        inside = (groups == group) & found.there
        if not inside.any():
            continue
        cases = whole[inside]
        share = total(found.values[inside] * cases) / total(cases)
        values[inside] = (found.values[inside] * cases + strength * share) / (cases + strength)
    return Column(values, found.there)


def _enough(plan: Plan, one: Indicator, found: Column, table: Table) -> tuple[Column, Array]:
    verdicts = np.where(found.there, Verdict.SCORED, Verdict.NOT_MEASURED).astype(np.int8)
    if not one.sample:
        return found, verdicts
    sample = table.numbers[one.sample]
    least = one.least if plan.exact else float(one.least)
    enough = sample.there & (sample.values >= least).astype(bool)
    verdicts[found.there & ~enough] = Verdict.TOO_FEW
    there = found.there & enough
    return Column(found.values, there).with_measured(found.values[there]), verdicts


def _filled(one: Indicator, found: Column, table: Table, verdicts: Array) -> Column:
    if found.there.all():
        return found
    policy = one.missing.policy
    if policy is Policy.REFUSE:
        place = int(np.flatnonzero(~found.there)[0])
        reason = _("Indicator “{code}” was not measured for “{unit}”; say under “missing” what is to become of it.")
        raise BadTable(reason, code=one.code, unit=table.units[place])
    if policy is Policy.MEAN:
        return _mean_of_peers(one, found, table, verdicts)
    if policy is Policy.ZERO:
        verdicts[~found.there] = Verdict.ZERO
    return found


def _mean_of_peers(one: Indicator, found: Column, table: Table, verdicts: Array) -> Column:
    groups = np.array(table.words[one.missing.of] if one.missing.of else [""] * len(table))
    values = found.values.copy()
    for group in sorted(set(groups[~found.there].tolist())):
        inside = groups == group
        measured = found.values[inside & found.there]
        if not len(measured):
            reason = _("Indicator “{code}” was measured for nobody in the group “{group}”, so there is no mean of it.")
            raise BadTable(reason, code=one.code, group=group)
        values[inside & ~found.there] = mean(measured)
    verdicts[~found.there] = Verdict.MEAN
    return Column(values, np.ones(len(values), dtype=bool))


def _treated(plan: Plan, one: Indicator, found: Column) -> Column:
    if not found.there.any():
        return found
    for step in one.treatment:
        found = found.with_measured(TREATMENTS[step.method].apply(found.measured, given(step, plan.exact)))
    return found


def _scored(plan: Plan, one: Indicator, found: Column) -> Column:
    step = one.normalise
    if found.there.any():
        values = NORMALISERS[step.method].apply(found.measured, given(step, plan.exact), one.less)
        found = found.with_measured(values)
    if one.missing.policy is Policy.ZERO:
        # Outside `there` a column holds zeros, so nothing measured becomes a score of nothing.
        return replace(found, there=np.ones(len(found.there), dtype=bool))
    return found
