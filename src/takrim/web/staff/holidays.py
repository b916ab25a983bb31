"""The table of official holidays: those of a year, and the entering of one that was decided."""

from __future__ import annotations

from typing import NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.jalali import weekday_name
from takrim.orgs.actions_calendar import add_holiday
from takrim.orgs.actions_posts import Titles
from takrim.orgs.models import Closure
from takrim.orgs.powers import Power
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.parts.year import asked_year, first_day, last_day, turning
from takrim.web.staff import shown
from takrim.web.staff.changes import to_change
from takrim.web.staff.fields import TextField

_FIELD = {"day_has_passed": "day", "day_too_far": "day", "already_holiday": "day"}


class Row(NamedTuple):
    """One holiday in the table."""

    holiday: Closure
    weekday: str
    to_come: bool
    change: int | None


class HolidayForm(forms.Form):
    """Which day, and what it is called."""

    day = JalaliDateField(label=_("Day"))
    name_fa = TextField(label=_("Name, in Persian"))
    name_en = TextField(label=_("Name, in English"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.HOLIDAYS_EDIT)
def holidays(request: HttpRequest) -> HttpResponse:
    """The official holidays of a year; sent, the form enters one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, HolidayForm())
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    data = form.cleaned_data
    name = Titles(fa=data["name_fa"], en=data["name_en"])
    try:
        holiday = add_holiday(day=data["day"], name=name, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(_FIELD.get(refusal.code), str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, gettext("The holiday was entered. Open dates are being counted anew."))
    return to_change(desk, f"closure:{holiday.pk}", "staff:holidays")


def _page(request: HttpRequest, desk: Desk, form: HolidayForm, *, status: int = 200) -> HttpResponse:
    today = clock.local_date(clock.now())
    year = asked_year(request.GET.get("year", ""), today)
    found = list(desk_calendar.holidays(first_day(year), last_day(year)))
    changes = desk_calendar.sweeps_of(desk, [f"closure:{row.pk}" for row in found])
    rows = [
        Row(row, weekday_name(row.day, shown.lang()), row.day >= today, changes.get(f"closure:{row.pk}"))
        for row in found
    ]
    context = {
        "here": "calendar",
        "form": form,
        "year": digits(year),
        "turn": turning(year, today, reverse("staff:holidays")),
        "rows": [row for row in rows if row.holiday.withdrawn_at is None],
        "taken": [row for row in rows if row.holiday.withdrawn_at is not None],
    }
    return render(request, "staff/holidays.html", context, status=status)
