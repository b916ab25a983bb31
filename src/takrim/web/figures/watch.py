"""What flatters figures: having offices looked at, the list of what was found, one finding and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from takrim.base import clock, words
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.evaluation import watch_run
from takrim.evaluation.actions_watch import explain, look_into, uphold
from takrim.evaluation.models import Finding, State, Watching
from takrim.evaluation.moves import scope_of
from takrim.evaluation.watching import WATCHES
from takrim.indicators.indicator import INDICATORS
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names, unit_name
from takrim.web import desk_watch
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures.watch_forms import DecisionForm, LookForm, NarrowForm
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

PAGE = 50
_DECISIONS = {"explain": explain, "uphold": uphold}


class Row(NamedTuple):
    """One finding in the list, ready to print."""

    id: int
    title: str | Promise
    sentence: str
    unit: str
    period: str
    times: str
    state: str
    found_at: datetime


class Look(NamedTuple):
    """How far one look at the offices has come."""

    title: str
    done: int
    total: int
    found: int
    asked_at: datetime
    asked_name: str
    finished: bool


def _times(unusual: str) -> str:
    return words.number(Fraction(unusual), language(), 1)


def _row(finding: Finding) -> Row:
    lang, watch = language(), WATCHES.get(finding.watch)
    unit = all_names().get(finding.unit_path)
    return Row(
        id=finding.pk,
        title=watch.title if watch else finding.watch,
        sentence=watch.say(finding.numbers) if watch else "",
        unit=unit.short(lang) if unit else finding.unit_path,
        period=finding.of_period.title(lang),
        times=_times(finding.unusual),
        state=finding.state,
        found_at=finding.found_at,
    )


def _look(row: Watching) -> Look:
    title = Period.parse(row.period).title(language())
    done = row.finished_at is not None
    return Look(title, row.done, row.total, row.found, row.asked_at, row.asked_name, done)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def watch(request: StaffRequest) -> HttpResponse:
    """The list; sent, the form has a period looked at. Three queries of its own, however many findings."""
    desk, now = request.desk, clock.now()
    if request.method != "POST":
        return _page(request, desk, LookForm(local_date(now)))
    form = LookForm(local_date(now), request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        watch_run.ask(period=Period.parse(form.cleaned_data["period"]), by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    return redirect("figures:watch")


def _page(request: StaffRequest, desk: Desk, form: LookForm, *, status: int = 200) -> HttpResponse:
    looks = list(desk_watch.watchings(desk)[:5])
    filters = NarrowForm(
        request.GET, [(code, Period.parse(code).title(language())) for code in desk_watch.periods(desk)]
    )
    chosen = filters.chosen()
    found = _behind(desk_watch.findings(desk).filter(**chosen), request.GET.get("after", ""))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "here": "watch",
        "form": form,
        "filters": filters,
        "narrowed": bool(chosen),
        "unit": unit_name(scope_of(desk.actor), language()),
        "looks": [_look(row) for row in looks],
        "running": any(row.finished_at is None for row in looks),
        "rows": [_row(row) for row in rows[:PAGE]],
        "next_url": "?" + urlencode({**chosen, "after": f"{last.thousandths}~{last.pk}"}) if last else "",
        "rules": [(code, one.title, one.say_rule()) for code, one in WATCHES],
    }
    fragment = request.headers.get("HX-Target") == "looks"
    return render(request, "figures/_looks.html" if fragment else "figures/watch.html", context, status=status)


def _behind(found: Any, after: str) -> Any:
    """What comes behind the place where the last page ended."""
    if not after:
        return found
    thousandths, _tilde, last = after.partition("~")
    if not (thousandths.isdecimal() and last.isdecimal() and len(after) < 40):
        raise Http404
    return desk_watch.behind(found, int(thousandths), int(last))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def finding(request: StaffRequest, finding_id: int) -> HttpResponse:
    """One finding with its numbers and its cases; sent, it is looked into, explained or upheld."""
    desk = request.desk
    found = get_object_or_404(desk_watch.findings(desk), pk=finding_id)
    if request.method != "POST":
        return _finding(request, desk, found, DecisionForm())
    deed = request.POST.get("do", "")
    form = DecisionForm(request.POST)
    try:
        if deed == "look":
            look_into(finding=found, by=desk.actor, now=clock.now())
        elif deed not in _DECISIONS:
            raise Http404
        elif form.is_valid():
            reason = form.cleaned_data["reason"]
            _DECISIONS[deed](finding=found, reason=reason, by=desk.actor, now=clock.now())
        else:
            return _finding(request, desk, found, form, status=422)
    except Refusal as refusal:
        form = DecisionForm(initial={"reason": request.POST.get("reason", "")}) if deed == "look" else form
        return _finding(request, desk, found, form, refusal=str(refusal), status=refusal.status)
    return redirect("figures:finding", finding_id=found.pk)


def _finding(
    request: StaffRequest, desk: Desk, found: Finding, form: DecisionForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    cases = list(desk_watch.cases_of(desk, found))
    known = WATCHES.get(found.watch)
    many = len(found.cases)
    context = {
        "here": "watch",
        "form": form,
        "refusal": refusal,
        "finding": found,
        "row": _row(found),
        "unit": unit_name(found.unit_path, language()),
        "limits": _limits(found),
        "rule": known.say_rule() if known else "",
        "innocent": known.innocent if known else "",
        "touches": [INDICATORS[code].title for code in known.touches if code in INDICATORS] if known else [],
        "cases": cases,
        "hidden": max(many - len(cases), 0),
        "own": found.unit_path == desk.actor.unit_path,
        "is_new": found.state == State.NEW,
        "events": timeline(f"finding:{found.pk}")[::-1],
    }
    return render(request, "figures/finding.html", context, status=status)


def _limits(found: Finding) -> list[dict[str, Any]]:
    """The limits as they were when it was found, each with its reason."""
    known = WATCHES.get(found.watch)
    if known is None:
        return []
    return [
        {"title": limit.title, "value": found.limits.get(name, limit.value), "reason": limit.reason}
        for name, limit in known.limits.items()
    ]
