"""What a change of the calendar did to open dates: how far the counting is, and each date before and after."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.duties.kind import Head, heads_of
from takrim.duties.models import MovedDate
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.changes import told
from takrim.web.staff import shown

# Rows on one page.
SIZE = 50


class Line(NamedTuple):
    """One date that moved."""

    page: str
    number: str
    office: str
    kind: str
    before: datetime | None
    after: datetime | None


@require_safe
@staff(Power.CALENDAR_EDIT, Power.HOLIDAYS_EDIT)
def change(request: HttpRequest, sweep_id: int) -> HttpResponse:
    """The progress; when it is done, how many open dates moved and which, as far as this desk reaches."""
    desk = cast(StaffRequest, request).desk
    sweep = get_object_or_404(desk_calendar.sweeps(desk), pk=sweep_id)
    after = int(request.GET["after"]) if request.GET.get("after", "").isdecimal() else 0
    moved = desk_calendar.moved(desk, sweep)
    listed = desk.actor.may(Power.CASE_SEE) and sweep.finished_at is not None
    found = list(
        moved.filter(duty_id__gt=after).select_related("duty").order_by("duty_id")[: SIZE + 1] if listed else ()
    )
    address = reverse("staff:change", args=[sweep_id])
    context = {
        "here": "calendar",
        "sweep": sweep,
        "office": shown.unit_short(sweep.path),
        "causes": told(sweep.causes.order_by("id")),
        # In per cent: how many there are in all would tell of cases that are kept from somebody.
        "percent": 100 * sweep.seen // sweep.total if sweep.total else 100,
        "moved": moved.count() if sweep.finished_at else None,
        "partial": not is_under(sweep.path, desk.actor.unit_path),
        "listed": listed,
        "rows": _lines(found[:SIZE]),
        "next_url": f"{address}?after={found[SIZE - 1].duty_id}" if len(found) > SIZE else "",
        "prev_url": address if after else "",
    }
    fragment = request.headers.get("HX-Target") == "change"
    return render(request, "staff/_change.html" if fragment else "staff/change.html", context)


def _lines(rows: list[MovedDate]) -> list[Line]:
    heads = heads_of(row.duty for row in rows)
    return [_line(row, heads.get(row.duty_id)) for row in rows]


def _line(row: MovedDate, head: Head | None) -> Line:
    duty = row.duty
    page, number = (head.page, head.number) if head else (f"/staff/cases/{duty.about}/", duty.about)
    office, kind = shown.unit_short(duty.unit_path), shown.duty_title(duty.kind)
    return Line(page, number, office, kind, row.before, row.after)


def to_change(desk: Desk, on: str, otherwise: str) -> HttpResponse:
    """To the page of what a change such as `closure:12` does to open dates."""
    sweep = desk_calendar.sweeps_of(desk, [on]).get(on)
    return redirect("staff:change", sweep) if sweep else redirect(otherwise)
