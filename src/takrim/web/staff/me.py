"""My posts: which I act from now, and who stands in for me."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.actions_absence import announce_absence, end_absence
from takrim.orgs.actions_posts import end_substitution, name_substitute
from takrim.orgs.models import Holding
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff.me_forms import AbsenceForm, SubstituteForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def me(request: HttpRequest) -> HttpResponse:
    """The page; sent, it names a substitute."""
    desk = cast(StaffRequest, request).desk
    now = clock.now()
    people = _people(desk, now)
    if request.method != "POST":
        return _page(request, desk, SubstituteForm(desk=desk, people=people))
    form = SubstituteForm(request.POST, desk=desk, people=people)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    data = form.cleaned_data
    person = get_object_or_404(desk.colleagues(clock.local_date(now)), pk=data["person"])
    try:
        name_substitute(
            holding=_own(desk, data["post"]),
            person=person,
            since=data["since"],
            until=data["until"],
            by=desk.actor,
            now=now,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, _("The substitute was named. They choose your post after signing in."))
    return redirect("staff:me")


def _people(desk: Desk, now: datetime) -> list[tuple[int, str]]:
    rows = desk.colleagues(clock.local_date(now)).exclude(pk=desk.seat.person_id).order_by("name")
    return list(rows.values_list("pk", "name"))


def _own(desk: Desk, holding_id: int) -> Holding:
    found = [seat for seat in desk.seats if seat.pk == holding_id and seat.substitute_for_id is None]
    if not found:
        raise Http404
    return found[0]


@require_POST
@staff()
def away(request: HttpRequest) -> HttpResponse:
    """I am away on these days."""
    desk = cast(StaffRequest, request).desk
    now = clock.now()
    form = AbsenceForm(request.POST)
    empty = SubstituteForm(desk=desk, people=_people(desk, now))
    if not form.is_valid():
        return _page(request, desk, empty, absence=form, status=422)
    days = form.cleaned_data
    try:
        announce_absence(since=days["away_since"], until=days["away_until"], by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, empty, absence=form, status=refusal.status)
    messages.success(request, _("It is known that you are away. No new work is given to you on these days."))
    return redirect("staff:me")


@require_POST
@staff()
def back(request: HttpRequest, absence_id: int) -> HttpResponse:
    """I am back, or do not go."""
    desk = cast(StaffRequest, request).desk
    absence = get_object_or_404(desk.absences(), pk=absence_id)
    end_absence(absence=absence, by=desk.actor, now=clock.now())
    messages.success(request, _("You are here again."))
    return redirect("staff:me")


def _page(
    request: HttpRequest, desk: Desk, form: SubstituteForm, *, absence: AbsenceForm | None = None, status: int = 200
) -> HttpResponse:
    today = clock.local_date(clock.now())
    context = {
        "here": "me",
        "form": form,
        "absence_form": absence or AbsenceForm(),
        "absences": desk.absences().filter(until__gte=today),
        "seats": desk.seats,
        "substitutes": [row for row in desk.substitutions() if row.until and row.until >= today],
        "today": today,
    }
    return render(request, "staff/me.html", context, status=status)


@require_POST
@staff()
def seat(request: HttpRequest) -> HttpResponse:
    """Act from another of one's posts."""
    desk = cast(StaffRequest, request).desk
    wanted = request.POST.get("seat", "")
    chosen = next((row for row in desk.seats if str(row.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session["seat"] = chosen.pk
    return redirect("staff:cartable")


@require_POST
@staff()
def end(request: HttpRequest, holding_id: int) -> HttpResponse:
    """I am back: the substitution ends."""
    desk = cast(StaffRequest, request).desk
    holding = get_object_or_404(desk.substitutions(), pk=holding_id)
    end_substitution(holding=holding, by=desk.actor, now=clock.now())
    messages.success(request, _("The substitution has ended."))
    return redirect("staff:me")
