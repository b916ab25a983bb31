"""The checklist on the case page: ticked one by one, by whom and when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.cases.actions_checklist import may_tick, tick, untick
from takrim.cases.checking import checklist_of, ticks_of
from takrim.checklists.checklist import checklists
from takrim.journal.tell import Line
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import listed
from takrim.web.staff import shown
from takrim.web.staff.matter import Matter, open_matter


class Row(NamedTuple):
    """One item as the page shows it."""

    code: str
    text: str
    required: bool
    by: str
    at: datetime | None


class Shown(NamedTuple):
    """The list: how many required items are left, and whether it can be ticked here and now."""

    code: str
    title: str
    rows: list[Row]
    left: int
    open: bool


def shown_for(matter: Matter) -> Shown | None:
    """The checklist of a case, in words; None for a case without one."""
    checklist = checklist_of(matter.case)
    if checklist is None:
        return None
    done, lang = ticks_of(matter.case), shown.lang()
    rows = [
        Row(
            item.code,
            item.text.in_(lang),
            item.required,
            done[item.code].by_name if item.code in done else "",
            done[item.code].at if item.code in done else None,
        )
        for item in checklist.items
    ]
    left = sum(row.required and row.at is None for row in rows)
    return Shown(matter.case.code, checklist.title.in_(lang), rows, left, may_tick(matter.case, matter.actor))


def items_of(line: Line) -> str:
    """The items that a line of the journal tells of, in words; "" where the list is not there any more."""
    checklist = checklists().get(line.facts["checklist"])
    items = [checklist.item(code) for code in line.facts["items"].split()] if checklist else []
    return listed(item.text.in_(shown.lang()) for item in items if item)


@require_POST
@staff(Power.CASE_SEE)
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    """Tick an item, or take its tick back; the list alone for htmx, else back to the case."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    if "tick" in request.POST:
        tick(case=matter.case, items=[request.POST["tick"]], by=desk.actor, now=matter.now)
    elif "untick" in request.POST:
        untick(case=matter.case, item=request.POST["untick"], by=desk.actor, now=matter.now)
    if request.headers.get("HX-Request"):
        return render(request, "staff/_checklist.html", {"list": shown_for(matter)})
    return redirect(reverse("staff:case", args=[code]) + "#checklist")
