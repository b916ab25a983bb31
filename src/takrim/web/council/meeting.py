"""The page of one meeting: its head and steps, then the parts in meeting_parts/."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.councils import ical
from takrim.councils.actions_attendance import close_meeting, not_constitute, open_meeting
from takrim.councils.actions_meetings import invite
from takrim.councils.models_meetings import AHEAD, TOOK_PLACE, Meeting, State
from takrim.councils.queries import keeps
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.part import Looking, shown
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.gates import seated
from takrim.web.parts.templatetags.takrim import language

_PARTS = "takrim.web.council.meeting_parts"
# Step of the address → its deed, and what is said when it was done.
STEPS: dict[str, tuple[Any, str | Promise]] = {
    "invite": (invite, _("The members were invited: letters and calendars are on their way.")),
    "open": (open_meeting, _("The meeting is open, with its quorum.")),
    "not-constituted": (not_constitute, _("It was noted that the meeting was not constituted.")),
    "close": (close_meeting, _("The meeting has ended.")),
}


def meeting_of(request: HttpRequest, code: str, now: datetime) -> tuple[Reach, Meeting]:
    """The desk, and a meeting that it sees; others are not there."""
    desk = cast(SeatedRequest, request).desk
    return desk, get_object_or_404(desk_council.meetings(desk, now), code=code)


@require_safe
@seated(Power.COUNCIL_SEE)
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """The page."""
    now = clock.now()
    desk, found = meeting_of(request, code, now)
    return _page(request, desk, found, now)


def _page(
    request: HttpRequest, desk: Reach, found: Meeting, now: datetime, *, refusal: Refusal | None = None
) -> HttpResponse:
    looking = Looking(desk, found, desk_council.standing(desk, found.body, now), now)
    context = {
        **meeting_head(desk, found, now),
        "parts": shown(_PARTS, looking, aside=False),
        "asides": shown(_PARTS, looking, aside=True),
        "refusal": refusal,
    }
    return render(request, "council/meeting.html", context, status=refusal.status if refusal else 200)


def meeting_head(desk: Reach, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What the frame of all pages of a meeting needs."""
    may_keep = keeps(meeting.body, desk.actor, clock.local_date(now))
    return {
        "here": "council",
        "meeting": meeting,
        "body": meeting.body,
        "pill": f"meeting_{meeting.state}",
        "may_keep": may_keep,
        "steps": _steps(meeting, now) if may_keep else {},
        "now": now,
    }


def _steps(meeting: Meeting, now: datetime) -> dict[str, bool]:
    """Which steps the state and the hour allow: the page offers no others."""
    today = clock.local_date(now)
    ahead, invited = meeting.state in AHEAD, meeting.state == State.INVITED
    return {
        "invite": meeting.state == State.PLANNED and meeting.starts_at > now,
        "change": ahead and meeting.starts_at > now,
        "cancel": ahead,
        "door": invited,
        "open": invited and clock.local_date(meeting.starts_at) <= today,
        "missed": invited and meeting.starts_at <= now,
        "close": meeting.state in TOOK_PLACE and meeting.closed_at is None,
    }


@require_POST
@seated(Power.MEETING_KEEP)
def step(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take a step; what stands in its way is said on the page of the meeting."""
    now = clock.now()
    desk, found = meeting_of(request, code, now)
    if key not in STEPS:
        raise Http404
    deed, said = STEPS[key]
    try:
        deed(meeting=found, by=desk.actor, now=now)
    except Refusal as refusal:
        found.refresh_from_db()
        return _page(request, desk, found, now, refusal=refusal)
    messages.success(request, str(said))
    return redirect("council:meeting", code=code)


@require_safe
@seated(Power.COUNCIL_SEE)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting as a calendar file."""
    now = clock.now()
    _desk, found = meeting_of(request, code, now)
    return ics(ical.downloaded(found, language(), now), f"meeting-{found.code}.ics")


def ics(text: str, name: str) -> HttpResponse:
    """A calendar as programmes fetch or open it."""
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
