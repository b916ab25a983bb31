"""Offices: the provinces, one office with its hours, closed days and figures, and the way to reach it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.jalali import weekday_name
from takrim.base.workdays import WorkCalendar
from takrim.cards.queries import valid_cards
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from takrim.orgs.paths import ROOT, parent_of
from takrim.orgs.units import unit_name
from takrim.web.citizen import places
from takrim.web.citizen.measured import year_of_office
from takrim.web.desk import PublicDesk, PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import digits, language

# Days ahead for which closings are told.
AHEAD = timedelta(days=30)
_WEEK = 7


class Hours(NamedTuple):
    """One day of the coming week."""

    day: date
    weekday: str
    spans: list[str]
    reason: str


@require_safe
@public
def offices(request: HttpRequest) -> HttpResponse:
    """Every province with its county offices."""
    units = places.answering()
    provinces = [
        {"unit": unit, "place": _place(unit), "counties": [_county(one) for one in units if _is_county_of(one, unit)]}
        for unit in units
        if unit.kind == places.DIRECTORATE
    ]
    return render(request, "citizen/offices.html", {"here": "offices", "provinces": provinces})


def _is_county_of(unit: Unit, province: Unit) -> bool:
    return unit.kind == places.COUNTY and unit.path.startswith(province.path)


def _county(unit: Unit) -> dict[str, str]:
    return {"short": unit.short, "place": _place(unit)}


def _place(unit: Unit) -> str:
    """The unit's path as a part of an address."""
    return unit.path.removeprefix(ROOT).rstrip("/")


@require_safe
@public
def office(request: HttpRequest, place: str) -> HttpResponse:
    """One office that people may turn to."""
    now, desk = clock.now(), cast(PublicRequest, request).desk
    path = f"{ROOT}{place.strip('/')}/"
    near = places.in_alphabet(desk.units().under(path))
    unit = next((one for one in near if one.path == path), None)
    if unit is None:
        raise Http404
    context = {
        "here": "offices",
        "unit": unit,
        "place": _place(unit),
        "answers": unit.kind in (places.DIRECTORATE, places.COUNTY),
        "above": _above(path),
        "year": year_of_office(path, now),
        "hours": _hours(desk, path, now),
        "closed_soon": _closed_soon(desk, path, now),
        "cards": [{"code": card.card.code, "title": card.title} for card in valid_cards(local_date(now), path)],
        **_below(near, unit),
    }
    return render(request, "citizen/office.html", context)


def _above(path: str) -> dict[str, str]:
    parent = parent_of(path)
    if parent in ("", ROOT):
        return {}
    return {"name": unit_name(parent, language()), "place": parent.removeprefix(ROOT).rstrip("/")}


def _below(near: list[Unit], unit: Unit) -> dict[str, list[dict[str, Any]]]:
    """What lies below the office, by its kind."""
    kinds = {"counties": places.COUNTY, "departments": "department", "affiliated": "affiliated"}
    return {
        name: [
            {"short": one.short, "name": one.name, "place": _place(one)}
            for one in near
            if one.kind == kind and parent_of(one.path) == unit.path
        ]
        for name, kind in kinds.items()
    }


def _hours(desk: PublicDesk, path: str, now: datetime) -> list[Hours]:
    """The opening hours of today and the six days that follow."""
    calendar, today = calendar_of(path), local_date(now)
    days = [today + timedelta(days=ahead) for ahead in range(_WEEK)]
    reasons = {one.day: one.reason for one in desk.closures(path).filter(day__range=(days[0], days[-1]))}
    return [Hours(day, weekday_name(day, language()), _spans(calendar, day), reasons.get(day, "")) for day in days]


def _spans(calendar: WorkCalendar, day: date) -> list[str]:
    return [digits(f"{span.start:%H:%M}–{span.end:%H:%M}") for span in calendar.open_spans(day)]


def _closed_soon(desk: PublicDesk, path: str, now: datetime) -> list[dict[str, Any]]:
    """Announced closings of the coming month that fall on days otherwise open by the week's pattern."""
    today = local_date(now)
    rows = desk.closures(path).filter(day__gt=today, day__lte=today + AHEAD)
    return [
        {"day": row.day, "weekday": weekday_name(row.day, language()), "reason": row.reason, "hours": row.hours}
        for row in rows
    ]
