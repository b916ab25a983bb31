"""Bringing a file with figures: a short one is read at once, a long one by the worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.actions_feeds_bring import Brought, bring_feed, keep_for_reading, read_waiting
from takrim.evaluation.models_feeds import FeedWaiting
from takrim.orgs.actor import Actor, system
from takrim.tasks.task import task

# In bytes. Half a year of the largest province is about as long and takes a second; the first file, with all months
# before, is six times that.
LONG: Final = 1_000_000


def bring(*, file: bytes | None, name: str, by: Actor, now: datetime) -> Brought | None:
    """What came of a file (None is one too large to be read), or None where the worker will read it."""
    if file is None or len(file) < LONG:
        return bring_feed(file=file, name=name, by=by, now=now)
    waiting = keep_for_reading(file=file, name=name, by=by, now=now)
    read.using(key=str(waiting.pk)).enqueue(waiting.pk, now=now)
    return None


@task(title=_("Read a file with figures of a province"), attempts=5)
def read(waiting_id: int, *, now: datetime) -> None:
    """Take it or keep why it was refused, in the name of who brought it. Killed in between, it still waits."""
    waiting = FeedWaiting.objects.filter(pk=waiting_id).first()
    if waiting is not None:
        by = replace(system("feed"), code=waiting.by, name=waiting.by_name)
        read_waiting(waiting=waiting, by=by, now=now)
