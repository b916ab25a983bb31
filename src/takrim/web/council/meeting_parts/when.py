"""When and where the meeting is, its quorum, and its calendar file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models_meetings import Meeting, State
from takrim.web.council.part import Looking, Part
from takrim.web.council.words import quorum


def _show(looking: Looking[Meeting]) -> Mapping[str, Any]:
    meeting = looking.about
    return {
        "meeting": meeting,
        "quorum": quorum(meeting.body),
        "counted": meeting.quorum_needed is not None,
        "cancelled": meeting.state == State.CANCELLED,
    }


PLUGIN = Part(template="council/_when.html", place=10, show=_show, aside=True)
