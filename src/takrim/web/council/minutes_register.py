"""Minutes of all bodies in scope: what waits for one's own signature or comment, and what was issued."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff


@require_safe
@staff(Power.COUNCIL_SEE)
def register(request: HttpRequest) -> HttpResponse:
    """The newest first; page by page."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    rows = desk_minutes.register(desk, now, before)
    shown = rows[: desk_minutes.PAGE]
    context = {
        "here": "council",
        "to_sign": [] if before else list(desk_minutes.to_sign(desk)),
        "to_comment": [] if before else list(desk_minutes.to_comment(desk)),
        "issued": shown,
        "next_url": f"?before={shown[-1].pk}" if len(rows) > len(shown) else "",
    }
    return render(request, "council/minutes_register.html", context)
