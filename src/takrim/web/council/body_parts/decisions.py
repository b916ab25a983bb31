"""What the body has decided last, and the way to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.councils.models import Body
from takrim.decisions import queries
from takrim.web import desk_decisions
from takrim.web.council import decisions_shown as shown
from takrim.web.council.part import Looking, Part

MOST = 6


def _show(looking: Looking[Body]) -> Mapping[str, Any] | None:
    """Two queries; nothing where it has decided nothing that is seen from here."""
    rows = desk_decisions.decisions(looking.desk, looking.now).filter(body=looking.about)
    found = queries.newest(rows, None, MOST + 1)
    if not found:
        return None
    parts = queries.parts_of([one.pk for one in found[:MOST]])
    return {
        "rows": [_row(one, parts.get(one.pk, []), looking) for one in found[:MOST]],
        "more": len(found) > MOST,
        "code": looking.about.code,
    }


def _row(decision: Any, parts: list[queries.Part], looking: Looking[Body]) -> dict[str, Any]:
    return {
        "decision": decision,
        "url": shown.address(decision),
        "due": shown.due_of(parts, decision, looking.now),
        "offices": shown.offices(parts),
    }


PLUGIN = Part(template="council/_body_decisions.html", place=40, show=_show)
