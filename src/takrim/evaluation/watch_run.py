"""Looking at the figures in the worker: one province after the other, going on where it was broken off."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base.period import Period
from takrim.evaluation import actions_watch
from takrim.evaluation.models import Watching
from takrim.evaluation.reads import provinces_of
from takrim.evaluation.watched import watched_in
from takrim.orgs.actor import Actor, system
from takrim.tasks.result import Context
from takrim.tasks.task import task


def ask(*, period: Period, by: Actor, now: datetime) -> Watching:
    """Ask for it, and let the worker begin."""
    watching = actions_watch.ask(period=period, by=by, now=now)
    run.using(key=str(watching.pk)).enqueue(watching.pk, now=now)
    return watching


@task(takes_context=True, title=_("Look for what flatters figures"), attempts=20)
def run(context: Context, watching_id: int, *, now: datetime) -> None:
    """Give every province that has not had its turn its turn."""
    watching = Watching.objects.filter(pk=watching_id, finished_at=None).first()
    if watching is None:
        return
    by, period = system("watch"), Period.parse(watching.period)
    for province in provinces_of(watching.path):
        if watching.cursor and province <= watching.cursor:
            continue
        seen = list(watched_in(watching.path, province, period))
        if not actions_watch.keep(watching=watching, province=province, seen=seen, by=by, now=now):
            # Another worker is at it.
            return
        context.progress(watching.done, watching.total)
    actions_watch.finish(watching=watching, by=by, now=now)
