"""The plans by which offices are compared: the scoring engine's plans, whose indicators are those of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.scoring import keys, reading
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.plan import Indicator
from takrim.evaluation.scoring.plan import Plan as ScoringPlan
from takrim.indicators.indicator import INDICATORS, Direction

PLANS: Final = Path(__file__).parent / "plans"
# Columns that every table of offices has beside its indicators: whose row it is, and how many answers it gave.
UNIT, ANSWERS = "unit", "answers"


def sample_column(code: str) -> str:
    """The column that says from how many cases an indicator's value is."""
    return f"{code}.cases"


@dataclass(frozen=True)
class Plan:
    """What offices of one kind are compared by. `minimum`: answers in the period below which none is ranked."""

    code: str
    of: str
    scoring: ScoringPlan
    # What the engine was given: the file, and what the catalogue of indicators adds to it.
    content: Mapping[str, Any]

    def title(self, lang: str) -> str:
        titles = self.scoring.titles
        return titles[lang] if titles else self.code

    @property
    def rows(self) -> tuple[Indicator, ...]:
        return self.scoring.indicators

    @property
    def minimum(self) -> int:
        return max((int(floor.least) for floor in self.scoring.floors if floor.column == ANSWERS), default=0)


def standard(row: Indicator) -> Fraction:
    """S of a row of the form."""
    found: Fraction = row.normalise.given["standard"]
    return found


def read(code: str, content: Mapping[str, Any]) -> Plan:
    """A plan from the content of its file; a mistake in it is a BadPlan at start, not at ranking."""
    of = keys.word(content, "of", "")
    rest = {key: value for key, value in content.items() if key != "of"}
    rest["indicator"] = [_of_catalogue(row, where) for row, where in keys.tables(content, "indicator", needed=True)]
    whole = {"unit": UNIT, "arithmetic": "exact", **rest}
    plan = Plan(code, of, reading.plan_of(whole), whole)
    for row in plan.rows:
        # The pages print the form: a standard, what was done, a weight.
        if row.normalise.method != "points":
            raise BadPlan(_("indicator “{code}”: offices are compared by normalise = “points”."), code=row.code)
    known = {ANSWERS, *plan.scoring.by_code}
    for floor in plan.scoring.floors:
        if floor.what not in known:
            raise BadPlan(_("[[floor]] names “{what}”. Possible: {possible}."), what=floor.what, possible=ANSWERS)
    return plan


def _of_catalogue(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What the catalogue says of an indicator need not be said again, and cannot be said otherwise."""
    code = keys.one_of(row, "code", where, tuple(INDICATORS.items), default=None)
    for key in ("column", "direction", "sample", "denominator"):
        if key in row:
            raise BadPlan(_("{where}: “{key}” is what the catalogue of indicators says."), where=where, key=key)
    indicator = INDICATORS[code]
    if indicator.direction is Direction.NEITHER:
        raise BadPlan(_("{where} is neither better nor worse when it grows."), where=where)
    less = indicator.direction is Direction.LESS_IS_BETTER
    said = {"direction": "less" if less else "more", "sample": sample_column(code), "least": indicator.least}
    return {**said, **row}


@cache
def plans() -> dict[str, Plan]:
    """Every plan by its code, which is the name of its file."""
    files = sorted(PLANS.glob("*.toml"))
    return {file.stem: read(file.stem, reading.toml(file.read_text(encoding="utf-8"))) for file in files}


def plan_for(kind: str) -> Plan | None:
    """The plan by which offices of a kind are compared."""
    return next((plan for plan in plans().values() if plan.of == kind), None)
