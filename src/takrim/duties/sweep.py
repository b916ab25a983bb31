"""Counting dates anew after a calendar was changed: asked for by the deed that changes it, done by the worker."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.duties import actions_sweep
from takrim.duties.models import Sweep
from takrim.orgs import stamps
from takrim.orgs.actor import Actor, system
from takrim.orgs.calendars import Change
from takrim.tasks.result import Context
from takrim.tasks.task import task

# Until then no process counts by the old calendar any more.
WAIT = timedelta(seconds=2 * stamps.PATIENCE)


def calendar_changed(*, path: str, since: date, change: Change, by: Actor, now: datetime) -> None:
    """Inside the deed that changed the calendar of an office and all below it: let the worker count its dates anew."""
    sweep = actions_sweep.begin(path=path, since=since, change=change, by=by, now=now)
    if sweep.finished_at is None:
        run.using(key=str(sweep.pk), run_after=now + WAIT).enqueue(sweep.pk, now=now)


@task(takes_context=True, title=_("Count dates anew after a change of the calendar"), attempts=20)
def run(context: Context, sweep_id: int, *, now: datetime) -> None:
    """Every duty that is owed has its turn once. Killed in between, the next worker goes on from there."""
    stamps.forget()
    sweep, by = Sweep.objects.get(pk=sweep_id), system("calendar")
    while sweep.finished_at is None and actions_sweep.sweep_on(sweep=sweep, by=by, now=now):
        context.progress(sweep.seen, sweep.total)
