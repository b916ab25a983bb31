"""One indicator in one's scope: its value, its trend, how offices are spread, who holds it up, the cases behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period
from takrim.base.persian import sort_key
from takrim.indicators import held_up as holding
from takrim.indicators.figures import as_of, figures
from takrim.indicators.held_up import Holder
from takrim.indicators.indicator import INDICATORS, Measured, Source
from takrim.indicators.values import hidden, is_on, measure
from takrim.orgs.paths import ROOT, parent_of
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names, unit_name
from takrim.web.desk import StaffRequest
from takrim.web.figures import measured_shown, periods, pictures
from takrim.web.figures.desk_office import list_url, scope_of
from takrim.web.figures.drawn import drawn
from takrim.web.figures.indicators import indicator_at
from takrim.web.figures.places import COMPARED, below, has_ranking
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

# The list of cases behind an indicator; what is owed now is only told of the running period.
LISTS: Final = {
    "received": "received",
    "closed_share": "answered",
    "answered_on_time": "late",
    "median_hours": "slow",
    "p90_hours": "slow",
    "missed": "missed",
    "open": "open",
    "overdue": "overdue",
    "overdue_20_days": "long_overdue",
    "past_day_75": "day_75",
    "reopened": "reopened",
    "objections_upheld": "upheld",
    "undelivered": "answered",
    "remote_share": "received",
    "visits_avoided": "answered",
    "complaints_per_cause": "received",
    "rights_concerned": "received",
}
_PRESENT: Final = frozenset({"open", "overdue"})
# Where what is counted stands that is no case.
_PAGES: Final = {
    "decisions_on_time": "council:decisions",
    "directives_proven": "council:directives",
    "actions_proven": "council:programmes",
    "meetings_held": "council:bodies",
    "quorum": "council:bodies",
    "proofs_accepted": "council:proofs",
    "proofs_returned": "council:proofs",
}


@staff(Power.FIGURES_SEE)
@require_safe
def all_measured(request: StaffRequest) -> HttpResponse:
    """Every indicator of one's office: this period and the one before."""
    now, lang = clock.now(), language()
    path, period = _office(request), periods.chosen(request, now)
    context = {
        "unit": unit_name(path, lang),
        "period": period.code,
        "body": all_body(path, period, now, path),
        "here": "desk",
    }
    return render(request, "figures/all_measured.html", context)


@drawn("figures/_all_measured.html")
def all_body(period: Period, now: datetime, path: str) -> dict[str, Any]:
    """A dozen queries, whatever the number of indicators."""
    lang, codes = language(), [code for code, _one in INDICATORS if is_on(code)]
    current = _values([path], codes, period, now)
    before = _values([path], codes, period.previous(), now)
    rows = [
        measured_shown.row(code, current[path, code], before[path, code], lang, _query(path, period)) for code in codes
    ]
    rows.sort(key=lambda row: sort_key(str(row.title)))
    silent = [row for row in rows if row.is_silent]
    return {
        "rows": [row for row in rows if not row.is_silent],
        "silent": silent,
        "chooser": periods.chooser(period, now, lang),
        "keep": _keep(path),
        "as_of": as_of(now),
    }


@staff(Power.FIGURES_SEE)
@require_safe
def measured(request: StaffRequest, code: str) -> HttpResponse:
    """One of them."""
    one, now, lang = indicator_at(code), clock.now(), language()
    path, period = _office(request), periods.chosen(request, now)
    actor = request.desk.actor
    around = path if has_ranking(path) else (parent_of(path) or path)
    context = {
        "code": code,
        "one": one,
        "unit": unit_name(path, lang),
        "period": period.code,
        "on": is_on(code),
        "behind": _behind(code, path, period, now) if actor.may(Power.CASE_SEE) else "",
        "page": reverse(_PAGES[code]) if code in _PAGES and actor.may(Power.COUNCIL_SEE) else "",
        "back": f"{reverse('figures:all_measured')}?{_query(path, period)}",
        "body": one_body(around, period, now, path, around, code) if is_on(code) else "",
        "here": "desk",
    }
    return render(request, "figures/measured.html", context)


def _office(request: StaffRequest) -> str:
    """Whose numbers they are: one's own office, or the one the address names within one's reach; 404 beyond it."""
    scope = scope_of(request.desk)
    path = request.GET.get("of", "") or scope
    if path not in all_names() or not path.startswith(scope):
        raise Http404
    return path


def _query(path: str, period: Period) -> str:
    return urlencode({"period": period.code, "of": path})


def _keep(path: str) -> str:
    return f"&{urlencode({'of': path})}"


def _behind(code: str, path: str, period: Period, now: datetime) -> str:
    what = LISTS.get(code)
    if what is None or (what in _PRESENT and period.end() <= clock.local_date(now)):
        return ""
    return list_url(what, path, period)


def _values(
    paths: Collection[str], codes: Collection[str], period: Period, now: datetime
) -> Mapping[tuple[str, str], Measured]:
    """Values as they may be shown: none where so few people replied that one could guess who said what."""
    found = figures(paths, period, now)
    values = measure(found, codes, period, now)
    return {key: None if hidden(key[1], found[key[0]]) else value for key, value in values.items()}


@drawn("figures/_measured.html")
def one_body(period: Period, now: datetime, path: str, around: str, code: str) -> dict[str, Any]:
    """The number of queries does not depend on how many offices there are."""
    lang, one = language(), INDICATORS[code]
    units = {unit.path: unit for unit in below(around, lang) if unit.kind in COMPARED}
    inside = [(at, unit) for at, unit in all_names().items() if at.startswith(around) and at != around]
    spread = [at for at, unit in inside if unit.kind in COMPARED]
    values = _values({path, ROOT, *units, *spread}, [code], period, now)
    before = _values([path], [code], period.previous(), now)[path, code]
    trend = measured_shown.trend(code, _by_month(path, code, period, now), path, lang)
    offices = [measured_shown.Office(units[at].short(lang), at, values[at, code]) for at in units]
    shown = measured_shown.in_order(one, offices)
    return {
        "chooser": periods.chooser(period, now, lang),
        "keep": _keep(path),
        "as_of": as_of(now),
        "tiles": measured_shown.tiles(code, values[path, code], before, values[ROOT, code], lang),
        "charts": [
            chart
            for chart in (
                trend,
                measured_shown.spread(code, _leaves(spread, values, code), lang),
                measured_shown.bars(code, shown, lang),
            )
            if chart is not None
        ],
        "offices": [measured_shown.office_line(code, office, path, period, lang) for office in shown],
        "holders": _holders(code, path, period, now, lang),
        "surveyed": one.source is Source.SURVEYED,
        "least": one.least,
    }


def _by_month(path: str, code: str, period: Period, now: datetime) -> list[tuple[Period, Fraction | None, Any]]:
    """The value of the office and of the nation, month by month."""
    found = []
    for month in pictures.months_until(period, now):
        values = _values({path, ROOT}, [code], month, now)
        own, nation = values[path, code], values[ROOT, code]
        found.append((month, own.value if own else None, nation.value if nation else None))
    return found


def _leaves(spread: list[str], values: Mapping[tuple[str, str], Measured], code: str) -> list[Fraction]:
    """The values of the smallest offices that are compared: those that have none of them below."""
    above = {parent_of(at) for at in spread}
    found = [values[at, code] for at in spread if at not in above]
    return [one.value for one in found if one is not None and one.value is not None]


def _holders(code: str, path: str, period: Period, now: datetime, lang: str) -> list[dict[str, Any]]:
    """Where it lies now, in tables of offices; nothing for a period that is over."""
    kind = holding.KINDS.get(code)
    if kind is None or period.end() <= clock.local_date(now):
        return []
    tables = [(_("Owed past its date, by office"), holding.held_up(path, kind, now))]
    if kind == holding.FINAL:
        asked = _("Offices that were asked and have not replied by their date")
        tables.append((asked, holding.asked_and_silent(path, now)))
    return [{"title": title, "rows": [_holder(one, lang) for one in rows]} for title, rows in tables if rows]


def _holder(one: Holder, lang: str) -> dict[str, Any]:
    names = all_names()
    return {"name": names[one.path].name(lang) if one.path in names else one.path, "n": one.n, "since": one.since}
