"""The year of an office for everybody: which days it is closed, and why."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.calendars import calendar_of
from takrim.orgs.paths import ROOT
from takrim.web import desk_calendar
from takrim.web.desk import PublicRequest
from takrim.web.gates import public
from takrim.web.parts import weeks
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.parts.year import Year, asked_year, first_day, last_day, turning, weekdays


@require_safe
@public
def calendar(request: HttpRequest, place: str) -> HttpResponse:
    """Twelve months of one office and of those below it."""
    desk = cast(PublicRequest, request).desk
    unit = get_object_or_404(desk.units(), path=f"{ROOT}{place.strip('/')}/")
    today = clock.local_date(clock.now())
    year = asked_year(request.GET.get("year", ""), today)
    first, last = first_day(year), last_day(year)
    closures = list(desk_calendar.closures_at(unit.path, first, last))
    rows = list(desk_calendar.weeks_at(unit.path))
    drawn = Year(path=unit.path, year=year, calendar=calendar_of(unit.path), closures=closures, today=today)
    context = {
        "here": "offices",
        "unit": unit,
        "place": place.strip("/"),
        "year": digits(year),
        "turn": turning(year, today, reverse("citizen:calendar", args=[place.strip("/")])),
        "months": drawn.months(),
        "weekdays": weekdays(),
        "unknown": not any(row.path == ROOT for row in closures),
        "weeks": weeks.hold_at(unit.path, rows, first, last),
        "weeks_below": weeks.below(unit.path, rows, first, last),
    }
    return render(request, "citizen/calendar.html", context)
