"""Taking back what a calendar says: a closed day, an official holiday, opening hours. Each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.actions_calendar import withdraw_closure, withdraw_holiday
from takrim.orgs.actions_weeks import withdraw_week
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import jdate
from takrim.web.staff import shown
from takrim.web.staff.changes import to_change
from takrim.web.staff.fields import TextField


class Taking(NamedTuple):
    """What is to be taken back: in words, how, and where one goes without doing it."""

    title: str
    about: str
    reason: str
    on: str
    back: str
    do: Callable[[str], None]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CALENDAR_EDIT)
def closure(request: HttpRequest, closure_id: int) -> HttpResponse:
    """The office is open after all."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk.closures(), pk=closure_id)
    taking = Taking(
        title=gettext("Withdraw a closed day"),
        about=f"{jdate(row.day)} · {shown.unit_short(row.path)}",
        reason=row.reason,
        on=f"closure:{row.pk}",
        back="staff:closures",
        do=lambda why: withdraw_closure(closure=row, why=why, by=desk.actor, now=clock.now()),
    )
    return _page(request, desk, taking, needed=False)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.HOLIDAYS_EDIT)
def holiday(request: HttpRequest, closure_id: int) -> HttpResponse:
    """A day is no official holiday after all."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk.closures().filter(path=ROOT), pk=closure_id)
    taking = Taking(
        title=gettext("Take a holiday out of the table"),
        about=jdate(row.day),
        reason=row.reason,
        on=f"closure:{row.pk}",
        back="staff:holidays",
        do=lambda why: withdraw_holiday(holiday=row, why=why, by=desk.actor, now=clock.now()),
    )
    return _page(request, desk, taking, needed=True)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CALENDAR_EDIT)
def week(request: HttpRequest, week_id: int) -> HttpResponse:
    """Opening hours hold no longer."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk_calendar.weeks_at(desk.actor.unit_path).filter(withdrawn_at=None), pk=week_id)
    until = gettext("until {day}").format(day=jdate(row.until)) if row.until else gettext("from then on")
    taking = Taking(
        title=gettext("Withdraw opening hours"),
        about=f"{shown.unit_short(row.path)} · {jdate(row.since)} {until}",
        reason=row.note,
        on=f"week:{row.pk}",
        back="staff:weeks",
        do=lambda why: withdraw_week(week=row, why=why, by=desk.actor, now=clock.now()),
    )
    return _page(request, desk, taking, needed=True)


class WhyForm(forms.Form):
    """Why it no longer holds."""

    why = TextField(label=_("Why it no longer holds"), help_text=_("People and colleagues read it."))


def _page(request: HttpRequest, desk: Desk, taking: Taking, *, needed: bool) -> HttpResponse:
    form = WhyForm(request.POST if request.method == "POST" else None)
    form.fields["why"].required = needed
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                taking.do(form.cleaned_data["why"])
            except Refusal as refusal:
                if refusal.status == 403:
                    raise
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, gettext("Withdrawn. Open dates are being counted anew."))
                return to_change(desk, taking.on, taking.back)
    context = {"here": "calendar", "taking": taking, "form": form, "back": reverse(taking.back)}
    return render(request, "staff/withdraw.html", context, status=status)
