"""Where one's own office stands: what it lost and by which cases, who is next to it, and what would change its rank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period
from takrim.evaluation.plan import Plan, plan_for, plans, standard
from takrim.evaluation.ranking import Ranking, units_compared
from takrim.evaluation.ranking import ranking as rank_offices
from takrim.evaluation.rounds_read import taken_part
from takrim.indicators.figures import as_of
from takrim.indicators.indicator import INDICATORS, Measure
from takrim.orgs.paths import ROOT, lineage, parent_of
from takrim.orgs.powers import Power
from takrim.orgs.units import UnitNames, all_names
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures import mine_shown, periods
from takrim.web.figures.desk_office import scope_of
from takrim.web.figures.drawn import drawn
from takrim.web.figures.levers_shown import steps_of
from takrim.web.figures.places import address
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

_ROUNDS: Final = 5
# The list of cases behind what an indicator lost; what is owed now is only told of the running period.
_LISTS: Final = {
    "answered_on_time": "late",
    "missed": "missed",
    "median_hours": "slow",
    "p90_hours": "slow",
    "overdue": "overdue",
    "reopened": "reopened",
}


@staff(Power.FIGURES_SEE)
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """Rank, points, losses, rivals; with numbers in the address, what would be if they were better."""
    now, lang, desk = clock.now(), language(), request.desk
    unit = _unit(request, desk)
    if unit is None:
        return redirect("figures:board" if desk.actor.may(Power.ROUND_RUN) else "figures:desk")
    plan, period, above = plan_of(unit), periods.chosen(request, now), above_of(unit)
    steps = steps_of(request.GET, [row.code for row in plan.rows])
    if request.headers.get("HX-Target") == "what_if":
        found = _what_if(period, now, above, plan.code, unit.path, steps)
        return render(request, "figures/_what_if.html", found)
    context: dict[str, Any] = {"unit": unit.name(lang), "title": plan.title(lang), "here": "mine"}
    if any(steps.values()):
        found = _what_if(period, now, above, plan.code, unit.path, steps)
        context["levers"] = render_to_string("figures/_levers.html", found)
    else:
        # As it is: the same for everybody who looks, and kept.
        context["levers"] = levers(above, period, now, above, plan.code, unit.path)
    linked = "linked" if desk.actor.may(Power.CASE_SEE) and unit.path.startswith(desk.actor.unit_path) else ""
    context["body"] = body(above, period, now, above, plan.code, unit.path, linked)
    context["ranking_url"] = f"{address(above, 'ranking_of')}?period={period.code}"
    return render(request, "figures/mine.html", context)


def above_of(unit: UnitNames) -> str:
    """The office below which it is compared."""
    return ROOT if unit.kind == "directorate" else parent_of(unit.path)


def plan_of(unit: UnitNames) -> Plan:
    """The plan by which it is compared; 404 where it is not."""
    plan = plan_for(unit.kind)
    if plan is None or unit.path not in units_compared(plan, above_of(unit)):
        raise Http404
    return plan


def _unit(request: StaffRequest, desk: Desk) -> UnitNames | None:
    """The office that is asked for, if it is in reach; else the nearest to one's own that is compared."""
    names = all_names()
    if path := request.GET.get("of", ""):
        if path not in names or not path.startswith(_reach(desk)):
            raise Http404
        return names[path]
    compared = [names[at] for at in reversed(lineage(desk.actor.unit_path)) if at in names and plan_for(names[at].kind)]
    return compared[0] if compared else None


def _reach(desk: Desk) -> str:
    """Below one's own office, and the compared office that a department belongs to."""
    path = scope_of(desk)
    names = all_names()
    return path if path == ROOT or plan_for(names[path].kind) else parent_of(path)


def _what_if(
    period: Period, now: datetime, above: str, code: str, path: str, steps: Mapping[str, int]
) -> dict[str, Any]:
    """The levers so far moved, and what the engine says."""
    found = rank_offices(plans()[code], above, period, now)
    query = urlencode({"of": path, "period": period.code})
    return {
        "what_if": mine_shown.what_if(found, path, steps, language()),
        "kept": {"of": path, "period": period.code},
        "url": reverse("figures:mine"),
        "reset_url": f"{reverse('figures:mine')}?{query}",
    }


@drawn("figures/_levers.html")
def levers(period: Period, now: datetime, above: str, code: str, path: str) -> dict[str, Any]:
    """The levers before anybody has moved them."""
    return _what_if(period, now, above, code, path, {})


@drawn("figures/_mine.html")
def body(period: Period, now: datetime, above: str, code: str, path: str, linked: str) -> dict[str, Any]:
    """All but the levers."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, above, period, now)
    chooser = periods.chooser(period, now, lang)
    urls = _case_urls(found, path, period, running=chooser.running) if linked else {}
    return {
        "chooser": chooser,
        "as_of": as_of(now),
        "keep": "&" + urlencode({"of": path}),
        "points": int(plan.scoring.points),
        "minimum": plan.minimum,
        **mine_shown.standing(found, path, urls, lang),
        "rounds": _rounds(path, lang),
    }


def _rounds(path: str, lang: str) -> list[dict[str, str]]:
    """The last rounds in which the office was compared. One query."""
    return [
        {
            "title": one.round.title,
            "period": one.round.of_period.title(lang),
            "url": reverse("figures:round_office", args=[one.round.code, path.rstrip("/")]),
            "what_if_url": reverse("rounds:what_if", args=[one.round.code, one.pk]),
        }
        for one in taken_part(path)[:_ROUNDS]
    ]


def _case_urls(found: Ranking, path: str, period: Period, *, running: bool) -> dict[str, str]:
    """By indicator, the list of the cases that cost it points."""
    urls = {}
    for row in found.plan.rows:
        what = _LISTS.get(row.code, "")
        if not what or (what == "overdue" and not running):
            continue
        query = {"what": what, "unit": path, "period": period.code}
        if INDICATORS[row.code].unit is Measure.HOURS:
            query["beyond"] = str(max(ceil(Fraction(standard(row))), 1))
        urls[row.code] = f"{reverse('figures:cases')}?{urlencode(query)}"
    return urls
