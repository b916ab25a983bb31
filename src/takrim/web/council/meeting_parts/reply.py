"""The reply of who looks, where they were invited; and how they join remotely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.base import clock
from takrim.councils.models_meetings import Meeting, State
from takrim.web import desk_council
from takrim.web.council.part import Looking, Part


def _show(looking: Looking[Meeting]) -> Mapping[str, Any] | None:
    meeting, desk = looking.about, looking.desk
    if meeting.state not in {State.INVITED, State.HELD}:
        return None
    seat = desk_council.own_invitation(desk, meeting)
    instead = desk_council.instead_of(desk, meeting)
    if seat is None and instead is None:
        return None
    today = clock.local_date(meeting.starts_at) == clock.local_date(looking.now)
    return {
        "meeting": meeting,
        "seat": seat,
        "instead": instead,
        "pill": f"reply_{(seat.reply if seat else '') or 'none'}",
        "may_reply": seat is not None and meeting.state == State.INVITED and not seat.attendance,
        "may_join": bool(meeting.online_url) and today and meeting.closed_at is None,
    }


PLUGIN = Part(template="council/_reply.html", place=10, show=_show)
