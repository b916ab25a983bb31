"""Closes answered cases when the time to object has passed: the answer stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_end import close
from takrim.cases.models import Case, State
from takrim.cases.objections import fewest_days, last_moment
from takrim.orgs.actor import system
from takrim.tasks.job import Job

# One run; what is left over is closed by the next.
MOST = 2000


def run(now: datetime) -> int:
    """Each case in its own transaction, so that one which cannot move holds up no other; says how many were closed."""
    actor, closed = system("close_answered"), 0
    answered = Case.objects.filter(state=State.ANSWERED, answered_at__lt=now - timedelta(days=fewest_days()))
    waiting = answered.order_by("answered_at").values_list("pk", "unit_path", "answered_at")
    over = (number for number, path, at in waiting.iterator() if at is not None and last_moment(path, at) < now)
    for number in list(islice(over, MOST)):
        try:
            close(case=Case.objects.get(pk=number), by=actor, now=now)
        except Refusal:
            # Somebody objected or closed it in this very moment.
            continue
        closed += 1
    return closed


PLUGIN = Job(title=_("Close answered cases when the time to object has passed"), every=timedelta(minutes=10), run=run)
