"""The bodies one sees, and their duty calendar: body by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.jalali import FIRST_YEAR, LAST_YEAR, JalaliDate
from takrim.councils.calendar import Cell, Stand, year_of
from takrim.councils.kind import kind_title
from takrim.councils.models import Body
from takrim.councils.models_meetings import Meeting
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.periods_drawn import drawn
from takrim.web.council.words import rhythm
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.gates import seated
from takrim.web.parts.templatetags.takrim import language
from takrim.web.staff.shown import unit_short

MOST_BODIES = 200


class Row(NamedTuple):
    """One body in the list."""

    body: Body
    kind: str
    office: str
    rhythm: str
    now: Cell | None
    next: Meeting | None
    mine: bool


@require_safe
@seated(Power.COUNCIL_SEE)
def bodies(request: HttpRequest) -> HttpResponse:
    """Those of one's offices and those one sits in; one's own first."""
    desk, now = cast(SeatedRequest, request).desk, clock.now()
    day = clock.local_date(now)
    found = list(desk_council.bodies(desk, now).at_work(day).order_by("unit_path", "name_fa", "pk")[:MOST_BODIES])
    rows = _rows(desk, found, now)
    return render(
        request,
        "council/bodies.html",
        {
            "here": "council",
            "rows": sorted(rows, key=lambda row: not row.mine),
            "may_found": desk.actor.may(Power.BODIES_EDIT),
            "now": now,
        },
    )


def _rows(desk: Reach, found: list[Body], now: datetime) -> list[Row]:
    day, lang = clock.local_date(now), language()
    cells = year_of(found, JalaliDate.from_date(day).year, now)
    mine = set(desk_council.own_seats(desk, now).values_list("body_id", flat=True))
    ahead: dict[int, Meeting] = {}
    for meeting in desk_council.meetings(desk, now).ahead().filter(starts_at__gte=now).order_by("starts_at"):
        ahead.setdefault(meeting.body_id, meeting)
    return [
        Row(
            body,
            kind_title(body.kind, lang),
            unit_short(body.unit_path),
            rhythm(body),
            next((cell for cell in cells.get(body.pk, ()) if day in cell.period), None),
            ahead.get(body.pk),
            body.pk in mine,
        )
        for body in found
    ]


@require_safe
@seated(Power.COUNCIL_SEE)
def calendar(request: HttpRequest) -> HttpResponse:
    """All bodies that must meet, month by month of a year."""
    desk, now = cast(SeatedRequest, request).desk, clock.now()
    this_year = JalaliDate.from_date(clock.local_date(now)).year
    year = _year(request.GET.get("year", ""), this_year)
    listed = desk_council.bodies_that_must_meet(desk, now, MOST_BODIES)
    cells = year_of(listed, year, now)
    shown = [body for body in listed if any(cell.stand != Stand.BEFORE for cell in cells[body.pk])]
    return render(
        request,
        "council/calendar.html",
        {
            "here": "council",
            "bodies": SafeString("".join(_panel(body, cells[body.pk]) for body in shown)),
            "year": words.digits(year, language()),
            "earlier": f"{reverse('council:calendar')}?year={year - 1}" if year > FIRST_YEAR + 1 else "",
            "later": f"{reverse('council:calendar')}?year={year + 1}" if year <= this_year else "",
            "counts": Counter(cell.stand.value for body in shown for cell in cells[body.pk]),
        },
    )


def _panel(body: Body, cells: Sequence[Cell]) -> str:
    """One body in the calendar."""
    code, about = escape(body.code), f"{unit_short(body.unit_path)} · {rhythm(body)}"
    return (
        f'<section class="panel" aria-labelledby="body_{code}"><div class="panel-head">'
        f'<h2 class="panel-title" id="body_{code}"><a href="/council/bodies/{code}/"><bdi>{escape(body.name)}</bdi></a>'
        f'</h2><span class="muted small">{escape(about)}</span></div>{drawn(cells)}</section>\n'
    )


def _year(asked: str, this_year: int) -> int:
    if not asked:
        return this_year
    if not (asked.isascii() and asked.isdecimal() and FIRST_YEAR < int(asked) < LAST_YEAR - 1):
        raise Http404
    return int(asked)
