"""Opening hours of the offices: which hold, which come, and the setting of others from a day on."""

from __future__ import annotations

from datetime import date
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
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actions_weeks import Pattern, set_week
from takrim.orgs.calendars import DAYS, in_force, read_week
from takrim.orgs.hours import said
from takrim.orgs.models import Week
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts import weeks as told
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.parts.year import weekdays
from takrim.web.staff import shown
from takrim.web.staff.changes import to_change
from takrim.web.staff.fields import HoursField, TextField

MOST_WITHDRAWN = 20
# Beside which field a refusal of the deed stands.
_FIELD = {"day_has_passed": "since", "day_too_far": "since", "days_in_wrong_order": "until"}


class WeekForm(forms.Form):
    """Which office, from when until when, the hours of each day, and what for."""

    unit = forms.TypedChoiceField(
        label=_("Office"), coerce=int, help_text=_("With all offices below it that have no hours of their own.")
    )
    since = JalaliDateField(label=_("From"))
    until = JalaliDateField(
        label=_("Until"), required=False, help_text=_("The last day. Empty: from then on, without an end.")
    )
    note_fa = TextField(label=_("What for, in Persian"), help_text=_("Such as summer hours, Ramadan, open Thursdays."))
    note_en = TextField(label=_("What for, in English"), required=False)

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.TypedChoiceField, self.fields["unit"])
        field.choices = [(unit.id, unit.name(shown.lang())) for unit in desk.unit_names()]
        for name, head in zip(DAYS, weekdays(), strict=True):
            self.fields[name] = HoursField(label=head.name)

    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in DAYS]

    def pattern(self) -> Pattern:
        data = self.cleaned_data
        return Pattern(
            since=data["since"],
            until=data["until"],
            hours={name: data[name] for name in DAYS},
            note=Titles(fa=data["note_fa"], en=data["note_en"]),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CALENDAR_EDIT)
def weeks(request: HttpRequest) -> HttpResponse:
    """The opening hours that hold and come; sent, the form sets others."""
    desk = cast(StaffRequest, request).desk
    rows = list(desk_calendar.weeks_at(desk.actor.unit_path))
    if request.method != "POST":
        return _page(request, desk, rows, WeekForm(desk=desk, initial=_held_today(desk, rows)))
    form = WeekForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, rows, form, status=422)
    try:
        unit = desk.units().get(pk=form.cleaned_data["unit"])
        week = set_week(unit=unit, pattern=form.pattern(), by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(_FIELD.get(refusal.code), str(refusal))
        return _page(request, desk, rows, form, status=refusal.status)
    messages.success(request, gettext("The opening hours were set. Open dates are being counted anew."))
    return to_change(desk, f"week:{week.pk}", "staff:weeks")


def _held_today(desk: Desk, rows: list[Week]) -> dict[str, Any]:
    """What holds now at the desk's own office, to begin from."""
    path, today = desk.actor.unit_path, clock.local_date(clock.now())
    turns = in_force(row for row in rows if is_under(path, row.path))
    row = next(turn.row for turn in reversed(turns) if turn.since <= today)
    spans = read_week(row.hours).spans if row else {}
    hours = {name: digits(said(spans.get(nth, ())).replace(",", ", ")) for name, nth in DAYS.items()}
    return {"unit": desk.unit.pk, **hours}


def _page(request: HttpRequest, desk: Desk, rows: list[Week], form: WeekForm, *, status: int = 200) -> HttpResponse:
    today = clock.local_date(clock.now())
    changes = desk_calendar.sweeps_of(desk, [f"week:{row.pk}" for row in rows])
    holding = [row for row in told.that_hold(rows, today, date.max) if row.withdrawn_at is None]
    taken = sorted((row for row in rows if row.withdrawn_at), key=lambda row: row.withdrawn_at or today, reverse=True)
    context = {
        "here": "calendar",
        "form": form,
        "rows": [_row(row, desk, changes) for row in holding],
        "taken": [{**_row(row, desk, changes), "why": row.withdrawn_why} for row in taken[:MOST_WITHDRAWN]],
    }
    return render(request, "staff/weeks.html", context, status=status)


def _row(row: Week, desk: Desk, changes: dict[str, int]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "told": told.told(row),
        "ours": is_under(row.path, desk.actor.unit_path),
        "change": changes.get(f"week:{row.pk}"),
    }
