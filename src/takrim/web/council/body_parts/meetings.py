"""The meetings of the body: those ahead, then those that were, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models import Body
from takrim.web import desk_council
from takrim.web.council.part import Looking, Part

MOST = 30


def _show(looking: Looking[Body]) -> Mapping[str, Any]:
    rows = desk_council.meetings(looking.desk, looking.now).filter(body=looking.about)
    found = list(rows.order_by("-starts_at", "-pk")[: MOST + 1])
    return {
        "rows": [{"meeting": meeting, "pill": f"meeting_{meeting.state}"} for meeting in found[:MOST]],
        "more": len(found) > MOST,
        "now": looking.now,
    }


PLUGIN = Part(template="council/_meetings.html", place=30, show=_show)
