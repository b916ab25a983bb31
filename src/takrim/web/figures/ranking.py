"""The league tables, how they are computed, and where each office lost its points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.period import Period
from takrim.evaluation.plan import Plan, plan_for, plans, standard
from takrim.evaluation.ranking import Ranking, Row, by_loss, units_compared
from takrim.evaluation.ranking import ranking as rank_offices
from takrim.evaluation.scoring.engine import Standing
from takrim.evaluation.scoring.work import Verdict
from takrim.evaluation.signing import fingerprint
from takrim.indicators.figures import Figures, as_of
from takrim.indicators.indicator import INDICATORS, Measure, value_of
from takrim.orgs.paths import ROOT, parent_of
from takrim.orgs.units import UnitNames, all_names
from takrim.web.desk import PublicRequest
from takrim.web.figures import periods, pictures, shown
from takrim.web.figures.drawn import drawn
from takrim.web.figures.keys import own_key
from takrim.web.figures.places import address, crumbs, unit_at
from takrim.web.gates import public
from takrim.web.parts.charts import Chart
from takrim.web.parts.templatetags.takrim import language

UNITS: dict[Measure, dict[str, str]] = {
    Measure.COUNT: {"fa": "عدد", "en": "count"},
    Measure.SHARE: {"fa": "درصد", "en": "percent"},
    Measure.HOURS: {"fa": "زمان", "en": "time"},
    Measure.MARK: {"fa": "نمره", "en": "mark"},
    Measure.RATE: {"fa": "نسبت", "en": "rate"},
}


@public
@require_safe
def provinces(request: PublicRequest) -> HttpResponse:
    """The provincial directorates of the nation, compared."""
    return _page(request, unit_at(ROOT.rstrip("/")), "directorate")


@public
@require_safe
def counties(request: PublicRequest, place: str) -> HttpResponse:
    """The county offices of a province, compared."""
    unit = unit_at(place)
    if unit.path == ROOT:
        return redirect("figures:ranking")
    return _page(request, unit, "county")


def plan_of(unit: UnitNames, kind: str) -> Plan:
    """The plan by which the offices of a kind below an office are compared; 404 where they are not."""
    plan = plan_for(kind)
    if plan is None or (kind == "county" and parent_of(unit.path) != ROOT):
        raise Http404
    return plan


def _page(request: PublicRequest, unit: UnitNames, kind: str) -> HttpResponse:
    plan = plan_of(unit, kind)
    now, lang = clock.now(), language()
    period = periods.chosen(request, now)
    context = {
        "title": plan.title(lang),
        "unit": "" if unit.path == ROOT else unit.name(lang),
        "bundle_url": f"{address(unit.path, 'bundle_of')}?period={period.code}",
        "fingerprint": fingerprint(own_key().public_key()),
        "crumbs": crumbs(unit.path, lang),
        "body": league(unit.path, period, now, unit.path, plan.code),
        "here": "ranking",
    }
    return render(request, "figures/ranking.html", context)


@drawn("figures/_league.html")
def league(period: Period, now: datetime, path: str, code: str) -> dict[str, Any]:
    """The table of a ranking, those that are not ranked, and how it is computed."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, path, period, now)
    return {
        "chooser": periods.chooser(period, now, lang),
        "as_of": as_of(now),
        "title": plan.title(lang),
        "places": [place_of(place, found, lang) for place in found.ranked],
        "unranked": [place_of(place, found, lang) for place in found.unranked if not _silent(place, found)],
        "quiet": names([place for place in found.unranked if _silent(place, found)], lang),
        "late": [_late(path, month, lang) for path, month in sorted(found.late.items())],
        "chart": _chart(found, lang),
        **how(plan, lang),
    }


def _late(path: str, month: str, lang: str) -> tuple[str, str]:
    """An office whose figures have not been received, and the last month that was."""
    return all_names()[path].short(lang), Period.parse(month).title(lang) if month else ""


def _silent(place: Standing, found: Ranking) -> bool:
    return shown.silent(found.figures[place.unit])


def how(plan: Plan, lang: str) -> dict[str, Any]:
    """What explains a plan: its rows, and the bounds that it sets."""
    rows = [
        {
            "code": row.code,
            "title": INDICATORS[row.code].title,
            "definition": INDICATORS[row.code].definition,
            "standard": shown.write(INDICATORS[row.code].unit, standard(row), lang),
            "weight": words.number(row.weight, lang),
            "less": row.less,
            "least": int(row.least),
        }
        for row in plan.rows
    ]
    return {"rows": rows, "minimum": plan.minimum, "points": int(plan.scoring.points)}


@dataclass(frozen=True)
class Place:
    """One office in a league table, ready to print."""

    rank: str
    first: bool
    name: str
    url: str
    total: str
    bar: float
    answers: str
    on_time: str
    median: str
    satisfaction: str
    replied: str


def place_of(place: Standing, found: Ranking, lang: str) -> Place:
    """An office in the table, ready to print."""
    of, total = found.figures[place.unit], place.total or Fraction(0)
    return Place(
        rank=words.NOTHING if place.rank is None else words.number(place.rank, lang),
        first=place.rank == 1,
        name=all_names()[place.unit].short(lang),
        url=address(place.unit, "score"),
        total=words.number(place.total, lang, 2),
        bar=float(total),
        answers=words.number(of.given, lang),
        on_time=shown.write(Measure.SHARE, value_of("answered_on_time", of), lang),
        median=shown.write(Measure.HOURS, value_of("median_hours", of), lang),
        satisfaction=shown.satisfaction(of, lang),
        replied=shown.replied(of, lang),
    )


def names(places: list[Standing], lang: str) -> str:
    """Short names, one after the other."""
    joint = "، " if lang == "fa" else ", "
    return joint.join(all_names()[place.unit].short(lang) for place in places)


def _chart(found: Ranking, lang: str) -> Chart | None:
    ranked = found.ranked
    if len(ranked) < 2:
        return None
    names = [all_names()[place.unit].short(lang) for place in ranked]
    return pictures.totals(_("Points"), names, [place.total or Fraction(0) for place in ranked], lang)


@public
@require_safe
def score(request: PublicRequest, place: str) -> HttpResponse:
    """One office's evaluation form, row by row, and what would raise it."""
    unit = unit_at(place)
    plan = plan_for(unit.kind)
    above = ROOT if unit.kind == "directorate" else parent_of(unit.path)
    if plan is None or unit.path not in units_compared(plan, above):
        raise Http404
    now, lang = clock.now(), language()
    period = periods.chosen(request, now)
    context = {
        "title": plan.title(lang),
        "unit": unit.name(lang),
        "short": unit.short(lang),
        "crumbs": crumbs(unit.path, lang),
        "period": period.code,
        "body": form(above, period, now, above, plan.code, unit.path),
        "ranking_url": address(above, "ranking_of"),
        "here": "ranking",
    }
    return render(request, "figures/score.html", context)


@drawn("figures/_form.html")
def form(period: Period, now: datetime, above: str, code: str, path: str) -> dict[str, Any]:
    """One office's filled-in form; its rank depends on the others."""
    plan, lang = plans()[code], language()
    found = rank_offices(plan, above, period, now)
    own = next((place for place in found.places if place.unit == path), None)
    if own is None:
        # Its province has not handed over its figures for all of the period.
        return {"chooser": periods.chooser(period, now, lang), "late": _late(path, found.late[path], lang)}
    rows = found.form(own)
    return {
        "chooser": periods.chooser(period, now, lang),
        "as_of": as_of(now),
        "place": place_of(own, found, lang),
        "ranked": own.rank is not None,
        "of": len(found.ranked),
        "form": [_row(one, found.figures[path], lang) for one in rows],
        "losses": [_row(one, found.figures[path], lang) for one in by_loss(rows) if one.lost][:3],
        "enough": found.figures[path].given >= plan.minimum,
        **how(plan, lang),
    }


@dataclass(frozen=True)
class FormRow:
    """One row of the form, ready to print."""

    code: str
    title: str | Promise
    unit: str
    standard: str
    actual: str
    sample: str
    weight: str
    earned: str
    lost: str
    bar: float
    remark: str


def _row(one: Row, of: Figures, lang: str) -> FormRow:
    indicator = INDICATORS[one.code]
    return FormRow(
        code=one.code,
        title=indicator.title,
        unit=UNITS[indicator.unit][lang],
        standard=shown.write(indicator.unit, one.standard, lang),
        # A value of too few cases is not only left out, it is not shown: who replied could be guessed.
        actual=shown.write(indicator.unit, one.actual, lang) if one.counts else words.NOTHING,
        sample=words.number(one.sample, lang),
        weight=words.number(one.indicator.weight, lang),
        earned=words.number(one.earned, lang, 2) if one.counts else words.NOTHING,
        lost=words.number(one.lost, lang, 2) if one.counts else words.NOTHING,
        bar=float(one.earned / one.indicator.weight),
        remark=_remark(one, of, lang),
    )


def _remark(one: Row, of: Figures, lang: str) -> str:
    if one.verdict is Verdict.NOT_MEASURED:
        return _("nothing to measure: left out")
    if one.verdict is Verdict.TOO_FEW:
        return _("fewer than {number} cases: left out").format(number=words.number(int(one.indicator.least), lang))
    return shown.replied(of, lang) if one.code == "satisfaction" else ""
