"""The page of one body: what it rests on, who sits there, whether it meets as it must, and its meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.councils.kind import kind_title
from takrim.councils.models import Body
from takrim.councils.queries import edits, keeps
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.part import Looking, shown
from takrim.web.council.words import TIES, quorum, rhythm
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.gates import seated
from takrim.web.parts.templatetags.takrim import language
from takrim.web.staff.shown import unit_short

_PARTS = "takrim.web.council.body_parts"


def body_of(request: HttpRequest, code: str, now: datetime) -> tuple[Reach, Body]:
    """The desk, and a body that it sees; others are not there."""
    desk = cast(SeatedRequest, request).desk
    found = desk_council.bodies(desk, now).select_related("unit", "parent")
    return desk, get_object_or_404(found, code=code)


@require_safe
@seated(Power.COUNCIL_SEE)
def body(request: HttpRequest, code: str) -> HttpResponse:
    """The page: its head, then the parts in body_parts/."""
    now = clock.now()
    desk, found = body_of(request, code, now)
    looking = Looking(desk, found, desk_council.standing(desk, found, now), now)
    return render(request, "council/body.html", {**head(desk, found, now), **_parts(looking)})


def _parts(looking: Looking[Body]) -> dict[str, Any]:
    return {"parts": shown(_PARTS, looking, aside=False), "asides": shown(_PARTS, looking, aside=True)}


def head(desk: Reach, body: Body, now: datetime) -> dict[str, Any]:
    """What the frame of all pages of a body needs."""
    day = clock.local_date(now)
    return {
        "here": "council",
        "body": body,
        "kind": kind_title(body.kind, language()),
        "office": unit_short(body.unit_path),
        "rhythm": rhythm(body),
        "quorum": quorum(body),
        "tie": TIES[body.tie] if body.votes else "",
        "may_edit": edits(body, desk.actor, day) and body.closed_on is None,
        "may_plan": keeps(body, desk.actor, day) and body.closed_on is None,
        "now": now,
    }
