"""Figures for everybody: the nation, a province, a county office. No personal data, no small cells."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.period import Period
from takrim.cases.kind import KINDS
from takrim.cases.rights import rights
from takrim.channels.channel import CHANNELS
from takrim.evaluation.plan import plan_for
from takrim.indicators.figures import Figures, as_of, breakdowns, figures, trend
from takrim.indicators.increments import RIGHT
from takrim.indicators.indicator import INDICATORS
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.paths import ROOT
from takrim.orgs.units import UnitNames
from takrim.surveys.questionnaire import questionnaire
from takrim.web.desk import PublicRequest
from takrim.web.figures import periods, pictures, shown
from takrim.web.figures.drawn import drawn
from takrim.web.figures.places import COMPARED, address, below, crumbs, done_at, has_ranking, unit_at
from takrim.web.gates import public
from takrim.web.parts.charts import Chart
from takrim.web.parts.templatetags.takrim import language


@public
@require_safe
def national(request: PublicRequest) -> HttpResponse:
    """The whole country, and its provinces side by side."""
    now = clock.now()
    period = periods.chosen(request, now)
    context = {"body": office_body(ROOT, period, now, ROOT), "period": period.code, "here": "figures"}
    return render(request, "figures/national.html", context)


@public
@require_safe
def office(request: PublicRequest, place: str) -> HttpResponse:
    """One office with all below it."""
    unit, lang, now = unit_at(place), language(), clock.now()
    if unit.path == ROOT:
        return redirect("figures:national")
    period = periods.chosen(request, now)
    context = {
        "unit": unit.name(lang),
        "short": unit.short(lang),
        "crumbs": crumbs(unit.path, lang)[:-1],
        "score_url": address(unit.path, "score") if plan_for(unit.kind) else "",
        "ranking_url": address(unit.path, "ranking_of") if has_ranking(unit.path) else "",
        "done_url": done_at(unit),
        "period": period.code,
        "body": office_body(unit.path, period, now, unit.path),
        "here": "figures",
    }
    return render(request, "figures/office.html", context)


@drawn("figures/_body.html")
def office_body(period: Period, now: datetime, path: str) -> dict[str, Any]:
    """What everybody may read about an office."""
    return {**picture_of(path, period, now), "below": _headline(path)}


# What is explained below the figures of an office; the page of each indicator says more.
SHOWN = (
    "received",
    "answered_on_time",
    "median_hours",
    "p90_hours",
    "overdue",
    "missed",
    "open",
    "reopened",
    "satisfaction",
    "response_rate",
)


def _headline(path: str) -> str:
    if path == ROOT:
        return _("Provinces")
    return _("County offices and departments") if has_ranking(path) else _("Offices below")


def picture_of(path: str, period: Period, now: datetime) -> dict[str, Any]:
    """All that a page about an office shows, in words. Four queries, whatever the number of offices below."""
    lang = language()
    inside = below(path, lang)
    found = figures([path, *(unit.path for unit in inside)], period, now)
    months = pictures.months_until(period, now)
    monthly = trend(path, months)
    own = found[path]
    return {
        "own": own,
        "chooser": periods.chooser(period, now, lang),
        "as_of": as_of(now),
        "tiles": shown.tiles(own, lang),
        "charts": [
            pictures.flow(months, monthly, lang),
            pictures.quality(months, monthly, lang),
            *_parts(path, period),
        ],
        "dimensions": _dimensions(own, lang),
        "replied": shown.replied(own, lang),
        "definitions": [(code, INDICATORS[code]) for code in SHOWN],
        **_table(inside, found, lang),
    }


def _parts(path: str, period: Period) -> list[Chart]:
    lang = language()
    split = breakdowns(path, ("kind", "channel", RIGHT), period)
    kinds = {code: kind.title for code, kind in KINDS}
    channels = {code: channel.title for code, channel in CHANNELS}
    named = {code: right.title(lang) for code, right in rights().items()}
    made = [
        pictures.parts("kinds", _("By kind of message"), split["kind"], kinds, lang),
        pictures.parts("channels", _("By way of reaching us"), split["channel"], channels, lang),
        pictures.parts("rights", _("By citizens' right concerned"), split[RIGHT], named, lang),
    ]
    return [chart for chart in made if chart is not None]


def _table(inside: list[UnitNames], found: dict[str, Figures], lang: str) -> dict[str, Any]:
    busy = [unit for unit in inside if not shown.silent(found[unit.path])]
    quiet = [unit.short(lang) for unit in inside if unit.kind in COMPARED and shown.silent(found[unit.path])]
    joint = "، " if lang == "fa" else ", "
    return {"lines": [shown.line(unit, found[unit.path], lang) for unit in busy], "quiet": joint.join(quiet)}


def _dimensions(of: Figures, lang: str) -> list[dict[str, Any]]:
    """What people said by dimension, as means of 1 to 5; nothing where too few replied."""
    if shown.hidden(of):
        return []
    asked = Counter(item.dimension for item in questionnaire().items)
    rows = [(title.in_(lang), of.scores.get(code), asked[code]) for code, title in questionnaire().dimensions]
    # By SMS only the whole is judged: a dimension may have fewer replies than the office.
    return [
        {"title": title, "mean": words.number(marks.mean, lang, 1), "bar": float(marks.mean)}
        for title, marks, items in rows
        if marks is not None and marks.mean is not None and marks.n >= FEWEST_REPLIES * items
    ]
