"""What happened to the meeting, from the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models_meetings import Meeting
from takrim.journal.tell import timeline
from takrim.web.council.part import Looking, Part

# The list of people tells these, each beside its name.
_NOT_TOLD = frozenset({"meeting.accepted", "meeting.declined", "meeting.substitute_named", "meeting.attendance"})


def _show(looking: Looking[Meeting]) -> Mapping[str, Any]:
    told = timeline(looking.about.subject)[::-1]
    return {"events": [line for line in told if line.verb not in _NOT_TOLD]}


PLUGIN = Part(template="council/_history.html", place=90, show=_show, aside=True)
