"""Ends the links of inquiries whose time went by: their cases go on without the answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_inquiry import expire_inquiry
from takrim.cases.models_partners import Inquiry
from takrim.orgs.actor import system
from takrim.tasks.job import Job

# One run; what is left over is ended by the next.
MOST = 500


def run(now: datetime) -> int:
    """Each in its own transaction, so that one which cannot move holds up no other; says how many were ended."""
    actor, ended = system("expire_inquiries"), 0
    gone = Inquiry.objects.waiting().filter(expires_at__lte=now).order_by("expires_at")
    for inquiry in gone.select_related("case", "duty")[:MOST]:
        try:
            expire_inquiry(inquiry=inquiry, by=actor, now=now)
        except Refusal:
            # Answered or taken back in this very moment.
            continue
        ended += 1
    return ended


PLUGIN = Job(title=_("End inquiries that nobody answered in time"), every=timedelta(minutes=10), run=run)
