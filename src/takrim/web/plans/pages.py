"""Plans to read: the list, a plan's tree with its formulas, its versions, two of them compared."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.plan import Plan, read
from takrim.evaluation.plan import plans as ready_plans
from takrim.evaluation.plan_check import problems
from takrim.evaluation.plan_compare import Difference, Kind, differences
from takrim.evaluation.plan_form import title_of
from takrim.evaluation.plan_text import text_of
from takrim.evaluation.public_bundle import plan_text
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_plans
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.plans import shown, words
from takrim.web.plans.edit import KINDS
from takrim.web.plans.forms import WhyForm
from takrim.web.plans.words import Word


@dataclass(frozen=True)
class Listed:
    """One plan in the list: its newest version, and how many there are."""

    newest: PlanVersion
    many: int
    uses: int
    home: str
    kind: str


def kind_of(of: str) -> str:
    return KINDS[of][language()] if of in KINDS else of


@require_safe
@staff(Power.FIGURES_SEE)
def plans(request: StaffRequest) -> HttpResponse:
    """Plans of the house and of those above, and the ready ones to begin with. One query."""
    lang = language()
    rows = desk_plans.versions(request.desk)
    listed = []
    for _code, found in groupby(rows, key=lambda row: row.code):
        versions = list(found)
        newest = versions[0]
        uses = sum(getattr(row, "uses", 0) for row in versions)
        listed.append(Listed(newest, len(versions), uses, unit_name(newest.path, lang), kind_of(newest.of)))
    ready = [
        {"code": code, "title": plan.title(lang), "kind": kind_of(plan.of), "rows": len(plan.rows), "live": plan.live}
        for code, plan in ready_plans().items()
    ]
    context = {"here": "plans", "listed": listed, "ready": ready, "writes": desk_plans.writes(request.desk)}
    return render(request, "plans/plans.html", context)


@require_safe
@staff(Power.FIGURES_SEE)
def ready(request: StaffRequest, code: str) -> HttpResponse:
    """A ready plan, to read and to copy."""
    return ready_page(request, code)


def ready_page(
    request: StaffRequest, code: str, *, refusal: str = "", why: str = "", status: int = 200
) -> HttpResponse:
    plan = ready_plans().get(code)
    if plan is None:
        raise Http404
    context = {
        "here": "plans",
        "code": code,
        "title": plan.title(language()),
        **_plan(plan),
        "writes": desk_plans.writes(request.desk),
        "why": WhyForm({"why": why}),
        "refusal": refusal,
    }
    return render(request, "plans/ready.html", context, status=status)


def _plan(plan: Plan) -> dict[str, Any]:
    lang = language()
    return {"tree": shown.tree(plan, lang), "rules": shown.rules(plan, lang), "kind": kind_of(plan.of)}


def _read(version: PlanVersion) -> Plan | None:
    """The plan of a version; a draft may not be one yet."""
    try:
        return read(version.code, toml(version.text))
    except BadPlan:
        return None


@require_safe
@staff(Power.FIGURES_SEE)
def version(request: StaffRequest, version_id: int) -> HttpResponse:
    """One version with its tree, its fellow versions and what happened to it."""
    return page_of(request, get_object_or_404(desk_plans.versions(request.desk), pk=version_id))


def page_of(
    request: StaffRequest, version: PlanVersion, *, refusal: str = "", why: str = "", status: int = 200
) -> HttpResponse:
    desk = request.desk
    others = list(desk_plans.versions(desk).filter(code=version.code))
    plan = _read(version)
    found = problems(toml(version.text)) if version.state == PlanState.DRAFT else []
    context = {
        "here": "plans",
        "version": version,
        "title": version.title,
        "home": unit_name(version.path, language()),
        "uses": version.rounds.count(),
        "others": others,
        "before": next((one for one in others if one.number < version.number), None),
        "drafted": any(one.state == PlanState.DRAFT for one in others),
        **(_plan(plan) if plan else {}),
        "faults": shown.faults(found),
        "grave": any(one.grave for one in found),
        "writes": desk_plans.may_write(desk, version),
        "why": WhyForm({"why": why}),
        "events": timeline(version.subject)[::-1],
        "refusal": refusal,
    }
    return render(request, "plans/version.html", context, status=status)


@require_safe
@staff(Power.FIGURES_SEE)
def file(request: StaffRequest, version_id: int) -> HttpResponse:
    """The plan as `takrim rank` takes it; a draft that is no plan yet, as it was written."""
    found = get_object_or_404(desk_plans.versions(request.desk), pk=version_id)
    plan = _read(found)
    text = plan_text(plan) if plan else text_of(toml(found.text))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{found.number}.toml"'
    return response


@dataclass(frozen=True)
class Told:
    """One difference, ready to print."""

    kind: Kind
    table: Word
    row: Word
    key: str
    said: Word
    was: str
    became: str


@require_safe
@staff(Power.FIGURES_SEE)
def compare(request: StaffRequest, version_id: int, other_id: int) -> HttpResponse:
    """What a version says otherwise than another of the same plan."""
    rows = desk_plans.versions(request.desk)
    new = get_object_or_404(rows, pk=version_id)
    old = get_object_or_404(rows.filter(code=new.code), pk=other_id)
    before, after = toml(old.text), toml(new.text)
    titles = {**_titles(before), **_titles(after)}
    told = [_told(one, titles) for one in differences(before, after)]
    return render(request, "plans/compare.html", {"here": "plans", "old": old, "new": new, "told": told})


def _titles(content: dict[str, Any]) -> dict[tuple[str, str], Word]:
    lang, found = language(), {}
    for table in ("node", "indicator"):
        rows = content.get(table, [])
        for row in rows if isinstance(rows, list) else []:
            code, title = str(row.get("code", "")), row.get("title")
            own = title.get(lang, code) if isinstance(title, dict) else title or code
            found[table, code] = own if table == "node" else title_of(code, {lang: str(own)}, lang)
    return found


def _told(one: Difference, titles: dict[tuple[str, str], Word]) -> Told:
    row = titles.get((one.table, one.code), one.code)
    table, said = words.TABLES.get(one.table, one.table), words.KEYS.get(one.key, "")
    return Told(one.kind, table, row, one.key, said, _said(one.was), _said(one.became))


def _said(value: Any) -> str:
    """A value of a plan in one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " · ".join(f"{name}: {_said(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return " · ".join(map(_said, value))
    return words.figure(value, language())
