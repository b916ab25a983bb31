"""The board of whoever runs rounds or answers for a province: who stands where, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.evaluation import trials
from takrim.evaluation.models_trial import Trial
from takrim.evaluation.movement import movement
from takrim.evaluation.moves import scope_of
from takrim.evaluation.plan import Plan, plan_for, plans
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.ranking import ranking as rank_offices
from takrim.indicators.figures import as_of
from takrim.indicators.indicator import INDICATORS
from takrim.orgs.paths import ROOT, parent_of
from takrim.orgs.powers import Power
from takrim.orgs.units import UnitNames, all_names
from takrim.web import desk_watch
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures import board_shown, periods, sure
from takrim.web.figures.drawn import drawn
from takrim.web.figures.places import address
from takrim.web.figures.tile_map import tile_map
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

VIEWS: Final[dict[str, str | Promise]] = {
    "table": _("Who stands where"),
    "moved": _("Movement"),
    "speed": _("Volume and speed"),
    "sure": _("How sure"),
}
# So many periods of the same length are compared.
BACK: Final = 5


@dataclass(frozen=True)
class Asked:
    """Which offices, by which plan, in which period."""

    unit: UnitNames
    plan: Plan
    period: Period

    @property
    def query(self) -> dict[str, str]:
        return {"of": self.unit.path, "period": self.period.code}


def asked(request: StaffRequest, now: datetime) -> Asked:
    """What the address names, within one's reach; 404 for what lies beyond it."""
    scope = scope_of(request.desk.actor)
    path = request.GET.get("of", "") or scope
    unit = all_names().get(path)
    if unit is None or not scope or not path.startswith(scope) or (path != ROOT and parent_of(path) != ROOT):
        raise Http404
    plan = plan_for("directorate" if path == ROOT else "county")
    if plan is None:
        raise Http404
    return Asked(unit, plan, periods.chosen(request, now))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def board(request: StaffRequest) -> HttpResponse:
    """One view of it; sent, the ranking is put to the test in the worker."""
    now = clock.now()
    wanted = asked(request, now)
    if request.method != "POST":
        return _page(request, wanted, now)
    try:
        trials.ask(plan=wanted.plan, path=wanted.unit.path, period=wanted.period, by=request.desk.actor, now=now)
    except Refusal as refusal:
        return _page(request, wanted, now, refusal=str(refusal), status=refusal.status)
    return redirect(f"{reverse('figures:board')}?{urlencode({**wanted.query, 'view': 'sure'})}")


def _page(request: StaffRequest, of: Asked, now: datetime, *, refusal: str = "", status: int = 200) -> HttpResponse:
    view, lang = request.GET.get("view", "table"), language()
    if view not in VIEWS:
        raise Http404
    trial = trials.trial_of(of.plan, of.unit.path, of.period) if view == "sure" else None
    context = {
        "title": of.plan.title(lang),
        "unit": of.unit.name(lang),
        "refusal": refusal,
        "views": [(title, "?" + urlencode({**of.query, "view": code}), code == view) for code, title in VIEWS.items()],
        "exports": f"{reverse('figures:board_file', args=['xlsx'])}?{urlencode(of.query)}",
        "exports_csv": f"{reverse('figures:board_file', args=['csv'])}?{urlencode(of.query)}",
        "others": _others(request.desk, of, lang),
        "view": view,
        "trial": _trial(trial) if view == "sure" else None,
        "here": "board",
    }
    if request.headers.get("HX-Target") == "trial":
        # Done: the tables below are other ones now.
        still = trial is not None and trial.is_running
        return render(request, "figures/_trial.html", context) if still else HttpResponseClientRefresh()
    context["body"] = _BODIES[view](of.unit.path, of.period, now, of.unit.path, of.plan.code, _mark(trial))
    if view == "table":
        context["findings"] = _findings(request.desk, of, lang)
    return render(request, "figures/board.html", context, status=status)


def _others(desk: Desk, of: Asked, lang: str) -> list[tuple[str, str]]:
    """Ways from the nation to the provinces that have county offices."""
    if scope_of(desk.actor) != ROOT:
        return []
    above = {parent_of(path) for path, unit in all_names().items() if unit.kind == "county"}
    found = [path for path in (ROOT, *sorted(above)) if path != of.unit.path]
    return [(all_names()[path].short(lang), "?" + urlencode({**of.query, "of": path})) for path in found]


def _findings(desk: Desk, of: Asked, lang: str) -> dict[str, Any]:
    """What watches found there in the period: how many, and the most unusual."""
    found = desk_watch.findings(desk).of(of.unit.path).filter(period=of.period.code)
    rows = [board_shown.finding(row, lang) for row in found[: board_shown.FINDINGS + 1]]
    url = f"{reverse('figures:watch')}?{urlencode({'period': of.period.code})}"
    return {"rows": rows[: board_shown.FINDINGS], "more": len(rows) > board_shown.FINDINGS, "url": url}


def _trial(trial: Trial | None) -> dict[str, Any]:
    return {
        "running": trial is not None and trial.is_running,
        "step": trial.step if trial else 0,
        "steps": trials.STEPS,
        "at": trial.tried_at if trial else None,
        "name": trial.asked_name if trial else "",
        "empty": trial is not None and not trial.is_running and not trial.results,
    }


def _mark(trial: Trial | None) -> str:
    """What tells one result from the next."""
    return trial.tried_at.isoformat() if trial and trial.tried_at else ""


def _short(path: str) -> str:
    return all_names()[path].short(language())


def _common(plan: Plan, period: Period, now: datetime, path: str, view: str) -> dict[str, Any]:
    return {
        "chooser": periods.chooser(period, now, language()),
        "as_of": as_of(now),
        "keep": "&" + urlencode({"of": path, "view": view}),
        "points": int(plan.scoring.points),
        "minimum": plan.minimum,
    }


@drawn("figures/_board_table.html")
def table(period: Period, now: datetime, path: str, code: str, _mark: str) -> dict[str, Any]:
    """The head of the board, the map of the nation and the whole table."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, path, period, now)

    def url(unit: str) -> str:
        return f"{address(unit, 'score')}?period={period.code}"

    return {
        **_common(plan, period, now, path, "table"),
        "tiles": board_shown.head(found, lang),
        "map": tile_map(found.places, url, lang) if path == ROOT else None,
        **board_shown.league(found, lang),
    }


@drawn("figures/_board_moved.html")
def moved(period: Period, now: datetime, path: str, code: str, _mark: str) -> dict[str, Any]:
    """Ranks in this period and those before it."""
    plan, lang = plans()[code], language()
    several = [period]
    while len(several) < BACK:
        several.insert(0, several[0].previous())
    found = [rank_offices(plan, path, one, now).places for one in several]
    # What lies before anybody was ranked says nothing.
    first = next((at for at, places in enumerate(found) if any(one.rank for one in places)), 0)
    several, found = several[first:], found[first:]
    steps = movement(found)
    return {
        **_common(plan, period, now, path, "moved"),
        **board_shown.moved(steps, [one.title(lang) for one in several], _short, lang),
    }


@drawn("figures/_board_speed.html")
def speed(period: Period, now: datetime, path: str, code: str, _mark: str) -> dict[str, Any]:
    """How much offices answered, and how quickly."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, path, period, now)
    return {**_common(plan, period, now, path, "speed"), "chart": board_shown.speed(found, lang)}


@drawn("figures/_board_sure.html")
def how_sure(period: Period, now: datetime, path: str, code: str, _mark: str) -> dict[str, Any]:
    """What chance and other weights would have made of the ranking, as it was last tried."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, path, period, now)
    trial = trials.trial_of(plan, path, period)
    tested = trials.read(trial.results if trial else {})
    codes = [row.code for row in plan.rows]
    return {
        **_common(plan, period, now, path, "sure"),
        **sure.sure(found.ranked, tested, codes, _short, lang),
        "indicators": [(one, INDICATORS[one].title) for one in codes],
    }


_BODIES: Final[Mapping[str, Any]] = {"table": table, "moved": moved, "speed": speed, "sure": how_sure}


def sheet(of: Asked, found: Ranking, lang: str) -> tuple[list[str], list[list[str]]]:
    """The whole table for a spreadsheet: totals, every indicator's value and points, and how sure it is."""
    trial = trials.trial_of(of.plan, of.unit.path, of.period)
    return board_shown.sheet(found, trials.read(trial.results if trial else {}), lang)
