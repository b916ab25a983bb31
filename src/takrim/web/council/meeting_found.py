"""Where every page of a meeting begins: the desk, the meeting, its minutes; strangers find nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest

from takrim.councils.models_meetings import Meeting
from takrim.councils.models_minutes import Minutes
from takrim.web import desk_minutes
from takrim.web.desk import Desk, StaffRequest


def found(request: HttpRequest, code: str, now: datetime) -> tuple[Desk, Meeting]:
    """The desk and the meeting. Raises Http404 for strangers."""
    desk = cast(StaffRequest, request).desk
    meeting = desk_minutes.meeting(desk, code, now)
    if meeting is None:
        raise Http404
    return desk, meeting


def found_minutes(request: HttpRequest, code: str, now: datetime) -> tuple[Desk, Meeting, Minutes]:
    """The same with its minutes. Raises Http404 where none are begun."""
    desk, meeting = found(request, code, now)
    minutes = desk_minutes.minutes_of(meeting)
    if minutes is None:
        raise Http404
    return desk, meeting, minutes


def head(meeting: Meeting, tab: str) -> dict[str, Any]:
    """What the head of every page of a meeting needs."""
    return {"here": "council", "meeting": meeting, "body": meeting.body, "tab": tab}
