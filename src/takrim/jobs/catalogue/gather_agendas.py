"""Brings onto the agendas of the coming meetings what rises by itself: nobody has to remember what is overdue."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils.actions_agenda import gather
from takrim.councils.models_meetings import Meeting
from takrim.orgs.actor import system
from takrim.tasks.job import Job

# Meetings of the next two weeks: what rises earlier may be settled before they meet.
AHEAD = timedelta(days=14)


def run(now: datetime) -> int:
    """Each meeting in its own transaction; says how many items were added."""
    actor, added = system("gather_agendas"), 0
    coming = Meeting.objects.ahead().filter(starts_at__gt=now, starts_at__lte=now + AHEAD)
    for meeting in coming.select_related("body").order_by("starts_at"):
        try:
            added += gather(meeting=meeting, by=actor, now=now)
        except Refusal:
            # Its minutes were sealed in this very moment.
            continue
    return added


PLUGIN = Job(title=_("Bring onto agendas what rises by itself"), at=time(5, 30), run=run)
