"""Closed days: those to come, and the announcing of one for one's own office and all below it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.models import Closure
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.dates import JalaliDateField
from takrim.web.staff import shown
from takrim.web.staff.changes import to_change
from takrim.web.staff.fields import HoursField, TextField

MOST_SHOWN = 100


class DayForm(forms.Form):
    """Which office is closed on a day that is known, which hours remain, and why."""

    unit = forms.TypedChoiceField(label=_("Office"), coerce=int, help_text=_("With all offices below it."))
    hours = HoursField(
        label=_("Open all the same from … to …"),
        required=False,
        help_text=_("Such as 08:00-11:30. Empty: closed all day."),
    )
    reason_fa = TextField(label=_("Reason, in Persian"))
    reason_en = TextField(label=_("Reason, in English"), required=False)

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.TypedChoiceField, self.fields["unit"])
        field.choices = [(unit.id, unit.name(shown.lang())) for unit in desk.unit_names()]

    def announce(self, desk: Desk, day: date, now: datetime) -> Closure:
        """Announce what was filled in."""
        data = self.cleaned_data
        return announce_closure(
            unit=desk.units().get(pk=data["unit"]),
            day=day,
            hours=data["hours"],
            reason=Titles(fa=data["reason_fa"], en=data["reason_en"]),
            by=desk.actor,
            now=now,
        )


class ClosureForm(DayForm):
    """The same for a day that is to be chosen."""

    day = JalaliDateField(label=_("Day"))
    field_order = ("unit", "day", "hours", "reason_fa", "reason_en")


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
    try:
        closure = form.announce(desk, form.cleaned_data["day"], clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, gettext("The closed day was announced. Open dates are being counted anew."))
    return to_change(desk, f"closure:{closure.pk}", "staff:closures")


def _page(request: HttpRequest, desk: Desk, form: ClosureForm, *, status: int = 200) -> HttpResponse:
    today = clock.local_date(clock.now())
    coming = list(desk.closures().filter(day__gte=today).order_by("day", "path")[:MOST_SHOWN])
    changes = desk_calendar.sweeps_of(desk, [f"closure:{row.pk}" for row in coming])
    rows = [
        {
            "closure": row,
            "unit": shown.unit_short(row.path),
            "ours": is_under(row.path, desk.actor.unit_path),
            "change": changes.get(f"closure:{row.pk}"),
        }
        for row in coming
    ]
    return render(request, "staff/closures.html", {"here": "calendar", "form": form, "rows": rows}, status=status)
