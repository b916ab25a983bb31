"""The agenda in short, and the ways to its page and to the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models_meetings import TOOK_PLACE, Meeting
from takrim.web import desk_council
from takrim.web.council.agenda_shown import title_of
from takrim.web.council.part import Looking, Part
from takrim.web.parts.templatetags.takrim import language


def _show(looking: Looking[Meeting]) -> Mapping[str, Any]:
    meeting, lang = looking.about, language()
    return {
        "code": meeting.code,
        "items": [title_of(item, lang) for item in desk_council.agenda(meeting)],
        "to_minutes": meeting.state in TOOK_PLACE,
    }


PLUGIN = Part(template="council/_agenda_short.html", place=20, show=_show)
