"""Opens what periodic clauses of directives demand for a new period, and sees which directives are carried out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.directives.actions_periods import due_clauses, open_periods, settle_one, to_settle
from takrim.orgs.actor import system
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """Each clause by itself: what one run did not get to, the next does. Says how many duties were opened."""
    actor = system("open_clauses")
    opened = sum(open_periods(clause_id=pk, by=actor, now=now) for pk in due_clauses(now))
    for pk in to_settle(now):
        settle_one(directive_id=pk, by=actor, now=now)
    return opened


PLUGIN = Job(title=_("Open clauses for a new period"), every=timedelta(minutes=30), run=run)
