"""Groups letters of the same wording, so that an office sees a campaign as one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_wordings import group_new
from takrim.orgs.actor import system
from takrim.tasks.job import Job

# Letters of one transaction, and transactions of one run.
BATCH, MOST_BATCHES = 500, 10


def run(now: datetime) -> int:
    """Batch after batch until everything new was read; says how many letters that were."""
    total = 0
    for _batch in range(MOST_BATCHES):
        read = group_new(by=system("group_letters"), now=now, limit=BATCH)
        total += read
        if read < BATCH:
            break
    return total


PLUGIN = Job(title=_("Group letters of the same wording"), every=timedelta(minutes=5), run=run)
