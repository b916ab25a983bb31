"""Removes what nobody needs any more: ended sessions, expired cache rows, finished calls, silent workers, old SMS."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import gettext_lazy as _

from takrim.orgs.actor import system
from takrim.surveys.actions_replies import forget_replies
from takrim.tasks import actions, actions_clock
from takrim.tasks.job import Job

SUCCESSFUL_KEPT = timedelta(days=1)
FAILED_KEPT = timedelta(days=180)
REPLIES_KEPT = timedelta(days=60)


def run(now: datetime) -> None:
    """Each part in small transactions, so that nobody waits."""
    Session.objects.filter(expire_date__lt=now).delete()
    _forget_cache(now)
    while actions.forget(successful_before=now - SUCCESSFUL_KEPT, failed_before=now - FAILED_KEPT):
        pass
    actions_clock.forget_silent(before=now - timedelta(days=1))
    forget_replies(before=now - REPLIES_KEPT, by=system("forget_old"), now=now)


def _forget_cache(now: datetime) -> None:
    """Django's database cache drops expired rows only when it is full. Its table is named in the settings' CACHES."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM site_cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])


PLUGIN = Job(title=_("Remove ended sessions and old finished tasks"), at=time(3, 30), run=run)
