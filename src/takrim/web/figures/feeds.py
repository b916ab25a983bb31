"""What provinces that run alone have handed over, and which are late."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period
from takrim.evaluation.models_feeds import Feed
from takrim.indicators.figures import local_month
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_feeds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

# So many files are listed; the page is about who is late, not an archive.
LISTED = 50


class Row(NamedTuple):
    """One province that hands its figures over."""

    name: str
    fingerprint: str
    accepted_at: datetime
    first: str
    last: str
    received_at: datetime | None
    is_late: bool


class Received(NamedTuple):
    """One file."""

    name: str
    first: str
    last: str
    made_at: datetime
    received_at: datetime
    proofs: int
    hash: str


def _title(code: str) -> str:
    return Period.parse(code).title(language()) if code else ""


@require_safe
@staff(Power.ROUND_RUN)
def feeds(request: StaffRequest) -> HttpResponse:
    """Province by province, then file by file. Three queries."""
    desk, lang = request.desk, language()
    due = local_month(clock.now()).previous().code
    files = list(desk_feeds.feeds(desk)[:LISTED])
    newest: dict[str, Feed] = {}
    for one in files:
        newest.setdefault(one.path, one)
    months = desk_feeds.months(desk)
    rows = []
    for key in desk_feeds.keys(desk):
        known, last = months.get(key.path, []), newest.get(key.path)
        rows.append(
            Row(
                name=unit_name(key.path, lang),
                fingerprint=key.fingerprint[:17],
                accepted_at=key.accepted_at,
                first=_title(known[0] if known else ""),
                last=_title(known[-1] if known else ""),
                received_at=last.received_at if last else None,
                is_late=due not in known,
            )
        )
    received = [
        Received(
            unit_name(one.path, lang), _title(one.first), _title(one.last), one.made_at, one.received_at, one.proofs,
            one.hash[:16],
        )
        for one in files
    ]  # fmt: skip
    context = {"here": "feeds", "rows": rows, "received": received, "due": _title(due)}
    return render(request, "figures/feeds.html", context)
