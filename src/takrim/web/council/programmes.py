"""Programmes of the year: what offices plan for them, against what was done; and one planned action."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.duties.models import State as DutyState
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.programmes import actions
from takrim.programmes.models import Kind, Planned
from takrim.programmes.programme import Programme, programmes_of, title_of
from takrim.programmes.standing import Tally, reached_by, tallies
from takrim.programmes.words import KINDS
from takrim.web import desk_programmes
from takrim.web.council.programme_forms import OffForm, OwnForm, PlanForm, as_typed
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.staff import shown

# Years that can be looked at: some back, and the one that is planned next.
_BACK, _AHEAD = 10, 1
# Where an action stands follows from its duty; it is told in the words of programmes.
_PILLS = {
    DutyState.OPEN: "open",
    DutyState.ANSWERED: "waiting",
    DutyState.RETURNED: "returned",
    DutyState.ACCEPTED: "done",
    DutyState.WITHDRAWN: "withdrawn",
}
_SAYS = {
    DutyState.OPEN: gettext_lazy("Planned"),
    DutyState.ANSWERED: gettext_lazy("Waits for the secretary"),
    DutyState.RETURNED: gettext_lazy("Proof returned"),
    DutyState.ACCEPTED: gettext_lazy("Done and proven"),
    DutyState.WITHDRAWN: gettext_lazy("Called off"),
}


class Line(NamedTuple):
    """One programme of a year, or one office in it."""

    title: str
    url: str
    tally: Tally
    first: date | None = None
    last: date | None = None
    note: str = ""


def _year(request: HttpRequest, now: datetime) -> int:
    """The year the address asks for, else the running one."""
    running = JalaliDate.from_date(local_date(now)).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else running
    return year if running - _BACK <= year <= running + _AHEAD else running


@require_safe
@staff(Power.COUNCIL_SEE)
def programmes(request: StaffRequest) -> HttpResponse:
    """The programmes of a year in the order of their days, each with its counts."""
    desk, now, lang = request.desk, clock.now(), shown.lang()
    year = _year(request, now)
    known = programmes_of(desk.actor.unit_path)
    counted = tallies(desk_programmes.planned(desk).filter(year=year), "programme", now)
    lines = [
        Line(one.title.in_(lang), f"{year}/{code}/", counted.get(code, Tally()), *one.days(year), one.about.in_(lang))
        for code, one in known.items()
    ]
    lines += [
        Line(title_of(code, known, lang), f"{year}/{code}/", tally)
        for code, tally in counted.items()
        if code not in known
    ]
    context = {
        "here": "council",
        "year": digits(year),
        "before": year - 1,
        "after": year + 1,
        "lines": lines,
        "plans": desk_programmes.may_plan(desk),
        "keeps_own": desk_programmes.keeps_own(desk),
        "owed": desk_programmes.owed_next(desk)[:5],
    }
    return render(request, "council/programmes.html", context)


@require_safe
@staff(Power.COUNCIL_SEE)
def programme(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """One programme in one year: plan against done by office, and its actions in the order of their days."""
    desk, now, lang = request.desk, clock.now(), shown.lang()
    known = programmes_of(desk.actor.unit_path)
    rows = desk_programmes.planned(desk).of_year(code, year)
    of = known.get(code)
    if of is None and not rows.exists():
        raise Http404
    listed = list(rows.select_related("duty").order_by("starts_at", "pk"))
    reached = reached_by(listed)
    context = {
        "here": "council",
        "now": now,
        "title": title_of(code, known, lang),
        "of": of,
        "about": of.about.in_(lang) if of else "",
        "days": of.days(year) if of else None,
        "year": year,
        "code": code,
        "offices": [Line(unit_name(path, lang), "", tally) for path, tally in tallies(rows, "unit_path", now).items()],
        "actions": [_shown(row, reached.get(row.code)) for row in listed],
        "plans": desk_programmes.may_plan(desk) and of is not None,
    }
    return render(request, "council/programme.html", context)


def _shown(row: Planned, reached: tuple[int, int] | None) -> dict[str, Any]:
    state = DutyState(row.duty.state)
    return {
        "of": row,
        "kind": KINDS[Kind(row.kind)],
        "unit": unit_name(row.unit_path, shown.lang()),
        "state": _PILLS[state],
        "says": _SAYS[state],
        "owed": row.duty.settled_at is None,
        "reached": reached,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROGRAMME_EDIT)
def plan(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """Plan an action of an office in scope."""
    desk, lang = request.desk, shown.lang()
    unit = get_object_or_404(desk.units(), path=request.GET.get("unit", desk.actor.unit_path))
    of = programmes_of(unit.path).get(code)
    if of is None:
        raise Http404
    form = PlanForm(request.POST or None, posts=desk_programmes.posts_at(desk, unit.path), initial=_near(of, year))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = actions.plan(unit=unit, programme=code, year=year, what=form.plan, by=desk.actor, now=clock.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The action is planned; your office owes it with proof."))
                return redirect("council:planned", action_id=row.pk)
    context = {
        "here": "council",
        "title": of.title.in_(lang),
        "days": of.days(year),
        "year": year,
        "code": code,
        "form": form,
        "unit": unit,
        "units": [(one.path, one.name(lang)) for one in desk.unit_names()],
    }
    return render(request, "council/plan.html", context, status=status)


def _near(of: Programme, year: int) -> dict[str, Any]:
    """A new action begins on the first day of its programme."""
    return {"day": of.days(year)[0]}


@require_safe
@staff(Power.COUNCIL_SEE)
def planned(request: StaffRequest, action_id: int) -> HttpResponse:
    """One planned action: what, where and when, what it is proven by."""
    row = get_object_or_404(desk_programmes.planned(request.desk).select_related("duty", "post"), pk=action_id)
    return _page(request, row, OffForm())


def _page(request: StaffRequest, row: Planned, off: OffForm, *, status: int = 200) -> HttpResponse:
    desk, lang = request.desk, shown.lang()
    context = {
        "here": "council",
        "now": clock.now(),
        "one": _shown(row, reached_by([row]).get(row.code)),
        "programme": title_of(row.programme, programmes_of(row.unit_path), lang),
        "proofs": desk_programmes.proofs_of(desk, row),
        "plans": desk_programmes.may_plan(desk) and not actions.is_over(row),
        "gives": desk.actor.may(Power.PROOF_GIVE) and desk.actor.unit_path == row.unit_path and not row.cancelled_at,
        "off": off,
    }
    return render(request, "council/planned.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROGRAMME_EDIT)
def change(request: StaffRequest, action_id: int) -> HttpResponse:
    """Change what is planned."""
    desk, lang = request.desk, shown.lang()
    row = get_object_or_404(desk_programmes.planned(desk).select_related("duty", "post", "unit"), pk=action_id)
    posts = desk_programmes.posts_at(desk, row.unit_path)
    form = PlanForm(request.POST or None, posts=posts, initial=as_typed(row))
    seen, status = request.POST.get("version", ""), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = int(seen) if seen.isascii() and seen.isdecimal() else 0
            try:
                actions.change(planned=row, what=form.plan, seen=version, by=desk.actor, now=clock.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                # Kept once more, it is kept over what the colleague wrote.
                row.refresh_from_db()
                seen = str(row.version)
            else:
                messages.success(request, _("The change was kept; calendars that people have subscribed to follow it."))
                return redirect("council:planned", action_id=row.pk)
    context = {
        "here": "council",
        "title": title_of(row.programme, programmes_of(row.unit_path), lang),
        "year": row.year,
        "code": row.programme,
        "form": form,
        "unit": row.unit,
        "row": row,
        "version": seen or row.version,
    }
    return render(request, "council/plan.html", context, status=status)


@require_POST
@staff(Power.PROGRAMME_EDIT)
def call_off(request: StaffRequest, action_id: int) -> HttpResponse:
    """Call it off, with the reason."""
    desk = request.desk
    row = get_object_or_404(desk_programmes.planned(desk).select_related("duty", "post"), pk=action_id)
    form = OffForm(request.POST)
    if form.is_valid():
        try:
            actions.call_off(planned=row, why=form.cleaned_data["why"], by=desk.actor, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The action is called off; calendars show it so."))
            return redirect("council:planned", action_id=row.pk)
    return _page(request, row, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROGRAMME_EDIT)
def own(request: StaffRequest) -> HttpResponse:
    """The programmes that the province keeps beside the catalogue."""
    desk = request.desk
    form, status = OwnForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.keep_programme(days=form.days, by=desk.actor, now=clock.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The programme was kept. Actions can be planned for it now."))
                return redirect("council:own_programmes")
    context = {
        "here": "council",
        "form": form,
        "rows": desk_programmes.own_programmes(desk),
        "keeps": desk_programmes.keeps_own(desk),
    }
    return render(request, "council/own_programmes.html", context, status=status)


@require_POST
@staff(Power.PROGRAMME_EDIT)
def end_own(request: StaffRequest, programme_id: int) -> HttpResponse:
    """End one of them."""
    desk = request.desk
    row = get_object_or_404(desk_programmes.own_programmes(desk), pk=programme_id)
    try:
        actions.end_programme(own=row, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("council:own_programmes")
