"""The agenda in short, and the ways to its page and to the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models_meetings import TOOK_PLACE, Meeting
from takrim.web import desk_council
from takrim.web.council.part import Looking, Part
from takrim.web.desk import Desk


def _show(looking: Looking[Meeting]) -> Mapping[str, Any]:
    meeting = looking.about
    works_here = isinstance(looking.desk, Desk)
    return {
        "code": meeting.code,
        "items": desk_council.agenda(meeting),
        "to_agenda": works_here,
        "to_minutes": works_here and meeting.state in TOOK_PLACE,
    }


PLUGIN = Part(template="council/_agenda_short.html", place=20, show=_show)
