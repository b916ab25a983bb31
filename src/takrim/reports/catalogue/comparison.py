"""The indicators beside those of a year earlier and beside their targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base.period import Period
from takrim.evaluation.plan import plan_for, standard
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import INDICATORS, Direction
from takrim.indicators.values import hidden, is_on, measure
from takrim.reports.cells import Cell, Column, Kind, Measured, Row, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, of_indicator
from takrim.reports.telling import Change, Told, changed, write

_TABLE = Table(
    code="indicators",
    title=gettext_lazy("Indicators, last year and target"),
    of=gettext_lazy("Indicator"),
    columns=(
        Column(code="now", title=gettext_lazy("This period"), kind=Kind.OF_ROW),
        Column(code="before", title=gettext_lazy("Same period last year"), kind=Kind.OF_ROW),
        Column(code="target", title=gettext_lazy("Target"), kind=Kind.OF_ROW),
        Column(code="reached", title=gettext_lazy("Target reached"), kind=Kind.SHARE),
    ),
    picture=("reached",),
    note=gettext_lazy("Targets are the standards of the evaluation plan; reached says how near a value is to its own."),
)


def _measure(scope: Scope) -> Measured:
    plan = plan_for(scope.unit.kind)
    targets = {row.code: standard(row) for row in plan.rows} if plan else {}
    codes = [code for code, one in INDICATORS if one.direction is not Direction.NEITHER and is_on(code)]
    ordered = [*targets, *(code for code in codes if code not in targets)]
    this_period = _values(scope.of(scope.path), ordered, scope.period, scope.now)
    last_year = _values(scope.of_before(scope.path), ordered, scope.before, scope.now)
    rows = []
    for code in ordered:
        now, before, target = this_period[code], last_year[code], targets.get(code)
        # What was measured neither now nor then says nothing.
        if not (now is None and before is None and target is None):
            rows.append(of_indicator(code, now, before, target, _reached(code, now, target)))
    return {"indicators": rows}


def _values(of: Figures, codes: Sequence[str], period: Period, now: datetime) -> dict[str, Fraction | None]:
    measured = measure({of.path: of}, codes, period, now)
    found = {code: measured[of.path, code] for code in codes}
    return {code: one.value if one and not hidden(code, of) else None for code, one in found.items()}


def _reached(code: str, now: Fraction | None, target: Fraction | None) -> Fraction | None:
    """All of it, or the part by which a value comes near to its target."""
    if now is None or not target:
        return None
    if INDICATORS[code].direction is Direction.MORE_IS_BETTER:
        return min(now / target, Fraction(1))
    return min(target / now, Fraction(1)) if now else Fraction(1)


def _suggest(told: Told) -> list[str]:
    rows = told.rows("indicators")
    lines = [_against_target(told, row) for row in rows]
    lines += [_against_last_year(told, row) for row in rows]
    return [line for line in lines if line]


def _against_target(told: Told, row: Row) -> str:
    now, target = told.cell("indicators", row, "now"), told.cell("indicators", row, "target")
    if now is None or target is None:
        return ""
    reached = told.cell("indicators", row, "reached") == 1
    facts = {"what": row.name(told.lang), "now": _said(row, now, told), "target": _said(row, target, told)}
    if reached:
        return _("{what} is {now}; the target of {target} is reached.").format(**facts)
    return _("{what} is {now}; the target of {target} is not reached.").format(**facts)


def _said(row: Row, cell: Cell, told: Told) -> str:
    return write(row.kind, cell, told.lang)


def _against_last_year(told: Told, row: Row) -> str:
    now, before = told.cell("indicators", row, "now"), told.cell("indicators", row, "before")
    return changed(Change(row.name(told.lang), row.kind, before, now, told.last_year), told.lang)


PLUGIN = Chapter(
    title=gettext_lazy("Comparison with last year and with the target"),
    about=gettext_lazy("The indicators of the office beside those of the same period last year and their targets."),
    place=80,
    tables=(_TABLE,),
    measure=_measure,
    suggest=_suggest,
)
