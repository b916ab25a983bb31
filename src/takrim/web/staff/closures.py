"""Closed days: those to come, and the announcing of one for one's own office and all below it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.actions_calendar import announce_closure, withdraw_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.dates import JalaliDateField
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

MOST_SHOWN = 100


class ClosureForm(forms.Form):
    """Which office, which day, which hours remain, and why."""

    unit = forms.TypedChoiceField(label=_("Office"), coerce=int, help_text=_("With all offices below it."))
    day = JalaliDateField(label=_("Day"))
    hours = TextField(
        label=_("Open all the same from … to …"),
        required=False,
        max_length=60,
        help_text=_("Such as 08:00-11:30. Empty: closed all day."),
    )
    reason_fa = TextField(label=_("Reason, in Persian"))
    reason_en = TextField(label=_("Reason, in English"), required=False)

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.TypedChoiceField, self.fields["unit"])
        field.choices = [(unit.id, unit.name(shown.lang())) for unit in desk.unit_names()]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CALENDAR_EDIT)
def closures(request: HttpRequest) -> HttpResponse:
    """The closed days to come; sent, the form announces one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, ClosureForm(desk=desk))
    form = ClosureForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    data = form.cleaned_data
    try:
        announce_closure(
            unit=desk.units().get(pk=data["unit"]),
            day=data["day"],
            hours=data["hours"],
            reason=Titles(fa=data["reason_fa"], en=data["reason_en"]),
            by=desk.actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(
        request,
        gettext("The closed day was announced. New deadlines count it, and open ones move in the next minutes."),
    )
    return redirect("staff:closures")


def _page(request: HttpRequest, desk: Desk, form: ClosureForm, *, status: int = 200) -> HttpResponse:
    today = clock.local_date(clock.now())
    coming = desk.closures().filter(day__gte=today).order_by("day", "path")[:MOST_SHOWN]
    rows = [
        {"closure": row, "unit": shown.unit_short(row.path), "ours": is_under(row.path, desk.actor.unit_path)}
        for row in coming
    ]
    return render(request, "staff/closures.html", {"here": "closures", "form": form, "rows": rows}, status=status)


@require_POST
@staff(Power.CALENDAR_EDIT)
def withdraw(request: HttpRequest, closure_id: int) -> HttpResponse:
    """The office is open after all."""
    desk = cast(StaffRequest, request).desk
    closure = get_object_or_404(desk.closures(), pk=closure_id)
    withdraw_closure(closure=closure, by=desk.actor, now=clock.now())
    messages.success(request, gettext("The closed day was withdrawn."))
    return redirect("staff:closures")
