"""How many days people have to object to answers of one's office and of each one below it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_objection import MOST_DAYS, set_objection_days
from takrim.cases.objections import days_to_object
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff import shown


class DaysForm(forms.Form):
    """Which office, how many days."""

    unit = forms.TypedChoiceField(
        label=_("Office"), coerce=int, help_text=_("With all offices below it that have set no days themselves.")
    )
    days = WholeNumber(label=_("Days to object, from delivery"), least=1, most=MOST_DAYS)

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.TypedChoiceField, self.fields["unit"])
        field.choices = [(unit.id, unit.name(shown.lang())) for unit in desk.unit_names()]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CALENDAR_EDIT)
def objection_days(request: HttpRequest) -> HttpResponse:
    """The days of each office; sent, the form sets those of one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, DaysForm(desk=desk))
    form = DaysForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    unit, days = desk.units().get(pk=form.cleaned_data["unit"]), form.cleaned_data["days"]
    try:
        set_objection_days(unit=unit, days=days, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, gettext("The days were set. They hold for every answer that may still be objected to."))
    return redirect("staff:objection_days")


def _page(request: HttpRequest, desk: Desk, form: DaysForm, *, status: int = 200) -> HttpResponse:
    lang = shown.lang()
    rows = [(unit.name(lang), days_to_object(unit.path)) for unit in desk.unit_names()]
    context = {"here": "objection_days", "form": form, "rows": rows}
    return render(request, "staff/objection_days.html", context, status=status)
