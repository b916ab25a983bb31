"""The year of an office as a calendar, and one day of it: what holds there, and what can be announced or withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.jalali import BadDate, JalaliDate, weekday_name
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Closure, Unit
from takrim.orgs.paths import ROOT, is_under, parent_of
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts import weeks
from takrim.web.parts.templatetags.takrim import digits, hours
from takrim.web.parts.year import Year, asked_year, first_day, hours_said, last_day, turning, weekdays
from takrim.web.staff import shown
from takrim.web.staff.changes import to_change
from takrim.web.staff.closures import DayForm

_DAY = timedelta(days=1)


def place_of(path: str) -> str:
    """An office as a part of an address: `ir/alborz`."""
    return path.rstrip("/")


@require_safe
@staff()
def own(request: HttpRequest) -> HttpResponse:
    """To the calendar of one's own office."""
    desk = cast(StaffRequest, request).desk
    return redirect("staff:calendar", place_of(desk.actor.unit_path or ROOT))


def _unit(desk: Desk, place: str) -> Unit:
    return get_object_or_404(desk.all_units(), path=f"{place.strip('/')}/")


@require_safe
@staff()
def calendar(request: HttpRequest, place: str) -> HttpResponse:
    """The year of an office; days to come lead to what can be done on them."""
    desk = cast(StaffRequest, request).desk
    unit, today = _unit(desk, place), clock.local_date(clock.now())
    year = asked_year(request.GET.get("year", ""), today)
    first, last = first_day(year), last_day(year)
    closures = list(desk_calendar.closures_at(unit.path, first, last))
    rows = list(desk_calendar.weeks_at(unit.path))
    address = reverse("staff:calendar", args=[place_of(unit.path)])
    drawn = Year(
        path=unit.path,
        year=year,
        calendar=calendar_of(unit.path),
        closures=closures,
        today=today,
        link=lambda day: _address(unit.path, day) if day >= today else "",
    )
    context = {
        "here": "calendar",
        "unit": unit,
        "above": _above(unit.path),
        "near": _near(unit.path),
        "year": digits(year),
        "turn": turning(year, today, address),
        "months": drawn.months(),
        "weekdays": weekdays(),
        "unknown": not any(row.path == ROOT for row in closures),
        "weeks": weeks.hold_at(unit.path, rows, first, last),
        "weeks_below": weeks.below(unit.path, rows, first, last),
        "may_edit": desk.actor.may(Power.CALENDAR_EDIT),
        "may_holidays": desk.actor.may(Power.HOLIDAYS_EDIT),
    }
    return render(request, "staff/calendar.html", context)


def _address(path: str, day: date) -> str:
    jalali = JalaliDate.from_date(day)
    return f"{reverse('staff:calendar', args=[place_of(path)])}day/{jalali.year}-{jalali.month:02}-{jalali.day:02}/"


def _above(path: str) -> dict[str, str]:
    parent = parent_of(path)
    return {"name": shown.unit_short(parent), "place": place_of(parent)} if parent else {}


def _near(path: str) -> list[dict[str, str]]:
    """Offices directly below, whose calendars differ where they have closures or hours of their own."""
    names = all_names()
    return [
        {"name": unit.short(shown.lang()), "place": place_of(below)}
        for below, unit in names.items()
        if parent_of(below) == path
    ]


@require_safe
@staff()
def day(request: HttpRequest, place: str, day: str) -> HttpResponse:
    """One day of an office: what holds on it and why; who may closes it from here."""
    desk = cast(StaffRequest, request).desk
    unit, on = _unit(desk, place), _day(day)
    may = desk.actor.may(Power.CALENDAR_EDIT) and _reaches(desk, unit) and on >= clock.local_date(clock.now())
    return _page(request, desk, unit, on, DayForm(desk=desk, initial={"unit": unit.pk}) if may else None)


@require_POST
@staff(Power.CALENDAR_EDIT)
def close(request: HttpRequest, place: str, day: str) -> HttpResponse:
    """Announce that an office is closed on the day."""
    desk = cast(StaffRequest, request).desk
    unit, on = _unit(desk, place), _day(day)
    form = DayForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, unit, on, form, status=422)
    try:
        closure = form.announce(desk, on, clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, unit, on, form, status=refusal.status)
    messages.success(request, gettext("The closed day was announced. Open dates are being counted anew."))
    return to_change(desk, f"closure:{closure.pk}", "staff:closures")


def _reaches(desk: Desk, unit: Unit) -> bool:
    """Whether the office, or one below it, is the desk's to close."""
    return is_under(unit.path, desk.actor.unit_path) or is_under(desk.actor.unit_path, unit.path)


def _day(text: str) -> date:
    try:
        return JalaliDate.parse(text).to_date()
    except BadDate as error:
        raise Http404 from error


def _page(
    request: HttpRequest, desk: Desk, unit: Unit, on: date, form: DayForm | None, *, status: int = 200
) -> HttpResponse:
    today = clock.local_date(clock.now())
    closures = list(desk_calendar.closures_at(unit.path, on, on))
    changes = desk_calendar.sweeps_of(desk, [f"closure:{row.pk}" for row in closures])
    jalali = JalaliDate.from_date(on)
    context = {
        "here": "calendar",
        "unit": unit,
        "place": place_of(unit.path),
        "day": on,
        "year": jalali.year,
        "weekday": weekday_name(on, shown.lang()),
        "today": on == today,
        "hours": hours_said(calendar_of(unit.path).open_spans(on)),
        "rows": [_row(row, desk, changes, to_come=on >= today) for row in closures],
        "before": _address(unit.path, on - _DAY),
        "after": _address(unit.path, on + _DAY),
        "week": weeks.hold_at(unit.path, desk_calendar.weeks_at(unit.path), on, on)[0],
        "form": form,
        "send": f"{_address(unit.path, on)}close/",
    }
    return render(request, "staff/calendar_day.html", context, status=status)


def _row(row: Closure, desk: Desk, changes: dict[str, int], *, to_come: bool) -> dict[str, Any]:
    ours = row.path != ROOT and desk.actor.may(Power.CALENDAR_EDIT) and is_under(row.path, desk.actor.unit_path)
    edits = desk.actor.may(Power.CALENDAR_EDIT) or desk.actor.may(Power.HOLIDAYS_EDIT)
    return {
        "closure": row,
        "office": gettext("Official holiday") if row.path == ROOT else shown.unit_short(row.path),
        "hours": hours(row.hours),
        "ours": ours and to_come,
        "holiday": row.path == ROOT and desk.actor.may(Power.HOLIDAYS_EDIT) and to_come,
        "change": changes.get(f"closure:{row.pk}") if edits else None,
    }
