"""The figures of one's own office, with ways from each number to its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.cards.queries import valid_cards
from takrim.indicators.figures import breakdown
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Measure, value_of
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of, unit_name
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures import periods, shown
from takrim.web.figures.drawn import drawn
from takrim.web.figures.places import address, has_ranking
from takrim.web.figures.public import picture_of
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

# Tiles whose number has a list of cases behind it; the list has the tile's own name unless another stands here.
LISTS = {"received": "received", "answered": "answered", "overdue": "overdue", "reopened": "reopened"}
LISTS |= {"answered_on_time": "late", "open": "open", "soon": "soon"}


def scope_of(desk: Desk) -> str:
    """The office whose figures are one's own: for officers of the ministry, the nation."""
    actor = desk.actor
    return house_of(actor.unit_path) if actor.may(Power.ROUND_RUN) else actor.unit_path


def list_url(what: str, path: str, period: Period) -> str:
    """The list of the cases that a number counts."""
    return f"{reverse('figures:cases')}?{urlencode({'what': what, 'unit': path, 'period': period.code})}"


@staff(Power.FIGURES_SEE)
@require_safe
def office(request: StaffRequest) -> HttpResponse:
    """What one's office received, answered and owes."""
    now, lang = clock.now(), language()
    desk, path = request.desk, scope_of(request.desk)
    period = periods.chosen(request, now)
    linked = "linked" if desk.actor.may(Power.CASE_SEE) else ""
    context = {
        "unit": unit_name(path, lang),
        "ranking_url": address(path, "ranking_of") if has_ranking(path) else "",
        "period": period.code,
        "body": desk_body(path, period, now, path, linked),
        "here": "desk",
    }
    return render(request, "figures/desk.html", context)


@drawn("figures/_body.html")
def desk_body(period: Period, now: datetime, path: str, linked: str) -> dict[str, Any]:
    """What officers see: more than the public, and ways to the cases for those who may see cases."""
    context, lang = picture_of(path, period, now), language()
    context["tiles"] = _with_standing(context, lang)
    if linked:
        _link(context, path, period)
    return {**context, "cards": _cards(path, period, now, lang), "below": _("Offices below")}


def _with_standing(context: dict[str, Any], lang: str) -> dict[str, shown.Tile]:
    """The public tiles, and what is owed and due soon."""
    standing = context["own"].standing
    running = context["chooser"].running
    more = {"open": shown.Tile(INDICATORS["open"].title, words.number(standing.open, lang), icon="case")}
    if running:
        more["soon"] = shown.Tile(_("Due within three days"), words.number(standing.soon, lang), icon="bell")
    return {**more, **context["tiles"]}


def _link(context: dict[str, Any], path: str, period: Period) -> None:
    """Lead from numbers to their cases. What was open at the end of a past period is not kept case by case."""
    past = set() if context["chooser"].running else {"open", "overdue"}
    linked = {code: what for code, what in LISTS.items() if code in context["tiles"] and code not in past}
    for code, what in linked.items():
        context["tiles"][code] = replace(context["tiles"][code], url=list_url(what, path, period))
    if not past:
        lines = [replace(line, cases_url=list_url("overdue", line.path, period)) for line in context["lines"]]
        context["lines"] = lines


def _cards(path: str, period: Period, now: datetime, lang: str) -> list[dict[str, str]]:
    """Service by service: how many, how fast, and what was promised. Two queries."""
    found = breakdown(path, "card", period)
    versions = {version.card.code: version for version in valid_cards(local_date(now))}
    rows = []
    for code, of in sorted(found.items(), key=lambda item: -item[1][Count.RECEIVED]):
        version = versions.get(code)
        rows.append(
            {
                "title": version.title if version else code,
                "promised": version.length.title(lang) if version else words.NOTHING,
                "received": words.number(of[Count.RECEIVED], lang),
                "answered": words.number(of.given, lang),
                "on_time": shown.write(Measure.SHARE, value_of("answered_on_time", of), lang),
                "median": shown.write(Measure.HOURS, value_of("median_hours", of), lang),
            }
        )
    return rows
