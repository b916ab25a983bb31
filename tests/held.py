"""A finished round, laid down as the deeds leave it: for pages and papers that only read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from takrim.evaluation.by_chance import round_text
from takrim.evaluation.models_entrants import Entrant, ResultOf
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Value
from takrim.evaluation.plan import ready_texts
from takrim.evaluation.plan_form import kind_column
from takrim.evaluation.round_measures import plan_of
from takrim.evaluation.round_results import results_of
from takrim.evaluation.round_table import digest, inputs, score_texts
from takrim.orgs.models import Unit
from takrim.orgs.paths import parent_of

FINAL = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
# Cases, of them in time, replies, of them content: by the last word of the office's path.
Counts = Mapping[str, tuple[int, int, int, int]]


def version_of(code: str = "county_offices", text: str = "") -> PlanVersion:
    """A ready plan as a version that rounds may take, or another text under its name."""
    found = None if text else PlanVersion.objects.filter(code=code).first()
    return found or PlanVersion.objects.create(
        code="changed" if text else code,
        number=1,
        title_fa="طرح آزمون",
        title_en="Plan of the test",
        of="county",
        text=text or ready_texts()[code],
        state=PlanState.READY,
        at=FINAL,
        by="person:1",
        changed_at=FINAL,
    )


# By office and kind of message: of them in time, cases.
Mix = Mapping[str, Mapping[str, tuple[int, int]]]


def held(
    counts: Counts,
    *,
    code: str = "05-test",
    period: str = "1405-h1",
    version: PlanVersion | None = None,
    mix: Mix | None = None,
    officers: Mapping[str, str] | None = None,
) -> Round:
    """The round of county offices with these counts, its values, its table, its results."""
    version = version or version_of()
    units = {unit.path.split("/")[-2]: unit for unit in Unit.objects.filter(kind="county")}
    whole = {name: units[name] for name in counts}
    day = date(2026, 10, 1)
    made = Round(
        code=code,
        title_fa=f"دوره آزمون {period}",
        title_en=f"Round of the test {period}",
        plan=version,
        path=parent_of(next(iter(whole.values())).path),
        of="county",
        period=period,
        **dict.fromkeys(_DAYS, day),
        seed=1,
        stage=Stage.FINAL,
        **dict.fromkeys(_TIMES, FINAL),
        defined_by="person:1",
        plan_text=round_text(plan_of(version)),
        frozen_hash="0" * 64,
        preliminary_hash="0" * 64,
        final_hash="1" * 64,
    )
    made.save()
    for name, unit in whole.items():
        _enter(made, unit, *counts[name])
    for name, kinds in (mix or {}).items():
        entrant = Entrant.objects.get(round=made, unit=whole[name])
        for kind, (part, cases) in kinds.items():
            of_kind = {kind_column("answered_on_time", kind, "part"): str(part)}
            entrant.sizes |= {**of_kind, kind_column("answered_on_time", kind, "whole"): str(cases)}
        entrant.save()
    for name, number in (officers or {}).items():
        entrant = Entrant.objects.get(round=made, unit=whole[name])
        entrant.sizes |= {"officers": number}
        entrant.save()
    return _with_results(made)


_DAYS = ("declare_from", "declare_until", "assess_until", "preliminary_on", "object_until", "final_on")
_TIMES = ("defined_at", "opened_at", "frozen_at", "preliminary_at", "final_at")


def _enter(made: Round, unit: Unit, cases: int, on_time: int, replies: int, content: int) -> None:
    entrant = Entrant.objects.create(
        round=made,
        unit=unit,
        unit_path=unit.path,
        name_fa=unit.name_fa,
        name_en=unit.name_en,
        sizes={"answers": str(cases), "received": str(cases)},
    )
    values = {
        "answered_on_time": (f"{on_time}/{cases}", cases),
        "missed": (f"{cases - on_time}/{cases}", cases),
        "median_hours": (str(100 - on_time), cases),
        "satisfaction": (f"{content}/{replies}" if replies else "", replies),
        "response_rate": (f"{replies}/{cases}", cases),
    }
    for code, (text, many) in values.items():
        ends = {"low": "10", "high": "200"} if code == "median_hours" else {}
        Value.objects.create(entrant=entrant, indicator=code, automatic=text, final=text, cases=many, **ends)


def _with_results(made: Round) -> Round:
    table = inputs(made)
    entrants = {one.unit_path: one for one in Entrant.objects.filter(round=made)}
    for one in results_of(score_texts(table, made.plan_text), entrants, ResultOf.FINAL):
        one.save()
    Round.objects.filter(pk=made.pk).update(final_hash=digest(table))
    return Round.objects.select_related("plan").get(pk=made.pk)
