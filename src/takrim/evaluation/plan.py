"""Plans by which offices are compared: plans of the engine, whose values are counted, declared or asked of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim.evaluation import plan_form
from takrim.evaluation.plan_form import OFFICERS, RECEIVED, Asked, Band
from takrim.evaluation.scoring import keys, reading
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.plan import Adjust, Indicator, Volume
from takrim.evaluation.scoring.plan import Plan as ScoringPlan

PLANS: Final = Path(__file__).parent / "plans"
# Columns that every table of offices has beside its indicators: whose row it is, how many answers it gave and how many
# matters it received.
UNIT, ANSWERS = "unit", "answers"
SIZES: Final = (ANSWERS, RECEIVED)


def sample_column(code: str) -> str:
    """The column that says from how many cases an indicator's value is."""
    return f"{code}.cases"


@dataclass(frozen=True)
class Plan:
    """What offices of one kind are compared by. `live`: the league tables of the figures pages are made by it."""

    code: str
    of: str
    scoring: ScoringPlan
    # What the engine was given: the file, and what the catalogue of indicators adds to it.
    content: Mapping[str, Any]
    live: bool = False
    # Where the plan comes from, and what in it is ours.
    basis: Mapping[str, str] | None = None
    # By code, what is asked in each row that no indicator of the catalogue counts.
    asked: Mapping[str, Asked] | None = None
    bands: tuple[Band, ...] = ()

    def title(self, lang: str) -> str:
        titles = self.scoring.titles
        return titles[lang] if titles else self.code

    @property
    def rows(self) -> tuple[Indicator, ...]:
        return self.scoring.indicators

    @property
    def counted(self) -> list[Indicator]:
        """The rows whose values the catalogue of indicators counts."""
        return [row for row in self.rows if row.code not in (self.asked or {})]

    @property
    def mixed(self) -> list[str]:
        """The counted rows that are compared at the same mix of kinds: a round keeps them by kind as well."""
        return [row.code for row in self.counted if _by_kind(row)]

    @property
    def per_officer(self) -> bool:
        """Whether offices are compared at like volume: a round keeps how many officers each had."""
        return any(isinstance(row.adjust, Volume) for row in self.rows)

    @property
    def minimum(self) -> int:
        return max((int(floor.least) for floor in self.scoring.floors if floor.column == ANSWERS), default=0)

    def band(self, total: Fraction | None) -> Band | None:
        """The class of a total."""
        if total is None:
            return None
        return next((band for band in self.bands if total >= band.least * self.scoring.points), None)


def _by_kind(row: Indicator) -> bool:
    return isinstance(row.adjust, Adjust) and row.adjust.parts[0].startswith(f"{row.code}.")


def standard(row: Indicator) -> Fraction:
    """S of a row of the form."""
    found: Fraction = row.normalise.given["standard"]
    return found


def read(code: str, content: Mapping[str, Any]) -> Plan:
    """A plan from the content of its file; a mistake in it is a BadPlan at start, not at ranking."""
    default = keys.table(content.get("default", {}), "default")
    rows = keys.tables(content, "indicator", needed=True)
    rest = {key: value for key, value in content.items() if key not in plan_form.TOP}
    rest["indicator"] = [_for_engine(row, where) for row, where in rows]
    if default:
        rest["default"] = without_form(default)
    whole = {"unit": UNIT, "arithmetic": "exact", **rest}
    asked = {row.get("code"): plan_form.asked_of({**default, **row}, where) for row, where in rows}
    plan = Plan(
        code=code,
        of=keys.word(content, "of", ""),
        scoring=reading.plan_of(whole),
        content=whole,
        live=keys.flag(content, "live", "", default=False),
        basis=keys.titles(content, "basis"),
        asked={name: one for name, one in asked.items() if name and one},
        bands=plan_form.bands_of(content),
    )
    _fits(plan)
    return plan


def without_form(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the engine takes it."""
    return {key: value for key, value in row.items() if key not in plan_form.ROW}


def _for_engine(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    code = keys.word(row, "code", where)
    if plan_form.counts(code):
        return plan_form.of_catalogue(row, where, sample_column(code))
    return without_form(row)


def _fits(plan: Plan) -> None:
    """Whether a table of offices has what the plan asks for."""
    for row in plan.rows if plan.live else ():
        # The pages print the form: a standard, what was done, a weight.
        if row.normalise.method != "points":
            raise BadPlan(_("indicator “{code}”: offices are compared by normalise = “points”."), code=row.code)
        if row.code in (plan.asked or {}):
            raise BadPlan(_("indicator “{code}”: nobody declares values for a live ranking."), code=row.code)
        if row.denominator:
            raise BadPlan(_("indicator “{code}”: a live ranking neither shrinks nor draws."), code=row.code)
    known = {*SIZES, *plan.scoring.by_code}
    for floor in plan.scoring.floors:
        if floor.what not in known:
            raise BadPlan(
                _("[[floor]] names “{what}”. Possible: {possible}."), what=floor.what, possible=", ".join(SIZES)
            )
    _fits_volume(plan)
    volume = plan.scoring.peers.volume if plan.scoring.peers else ""
    if volume and volume not in SIZES:
        raise BadPlan(_("[peers] names “{what}”. Possible: {possible}."), what=volume, possible=", ".join(SIZES))


def _fits_volume(plan: Plan) -> None:
    for row in plan.rows:
        if isinstance(row.adjust, Volume) and (row.adjust.volume != RECEIVED or row.adjust.per != OFFICERS):
            reason = _("indicator “{code}”: the volume of an office is “received” per “officers”.")
            raise BadPlan(reason, code=row.code)


@cache
def plans() -> dict[str, Plan]:
    """Every plan by its code, which is the name of its file."""
    return {code: read(code, reading.toml(text)) for code, text in ready_texts().items()}


@cache
def ready_texts() -> dict[str, str]:
    """The text of every ready plan by its code."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(PLANS.glob("*.toml"))}


def plan_for(kind: str) -> Plan | None:
    """The plan by which offices of a kind are compared day by day."""
    return next((plan for plan in plans().values() if plan.live and plan.of == kind), None)
