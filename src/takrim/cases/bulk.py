"""Doing what was asked for many cases: in the worker, one case after the other, going on where it was broken off."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.cases import actions_bulk
from takrim.cases.actions_bulk import PostGivenUp, Wish
from takrim.cases.models_together import Bulk, BulkItem
from takrim.orgs.actor import Actor, system
from takrim.orgs.seats import actor_at, holdings_of
from takrim.tasks.result import Context
from takrim.tasks.task import task

# How often the worker says how far it has come.
TOLD_EVERY = 20


def ask(*, wish: Wish, by: Actor, now: datetime) -> Bulk:
    """Ask for it, and let the worker begin."""
    bulk = actions_bulk.ask(wish=wish, by=by, now=now)
    if bulk.finished_at is None:
        run.using(key=str(bulk.pk)).enqueue(bulk.pk, now=now)
    return bulk


@task(takes_context=True, title=_("Work on many cases at once"), attempts=20)
def run(context: Context, bulk_id: int, *, now: datetime) -> None:
    """Give every case that has not had its turn its turn. Killed in between, the next worker goes on from there."""
    bulk = Bulk.objects.get(pk=bulk_id)
    waiting = list(bulk.items.filter(done_at=None).order_by("pk"))
    by = _asker(bulk, now)
    with translation.override(bulk.lang):
        for number, item in enumerate(waiting, bulk.total - len(waiting) + 1):
            item.bulk = bulk
            _turn(item, by, now)
            if number % TOLD_EVERY == 0:
                context.progress(number, bulk.total)
    actions_bulk.finish(bulk=bulk, by=system("bulk"), now=now)


def _asker(bulk: Bulk, now: datetime) -> Actor | None:
    """Who asked, as they are today at the post from which they asked; None when they hold it no longer."""
    held = [row for row in holdings_of(bulk.person_id, local_date(now)) if row.pk == bulk.holding_id]
    return actor_at(held[0]) if held else None


def _turn(item: BulkItem, by: Actor | None, now: datetime) -> None:
    try:
        if by is None:
            raise PostGivenUp
        actions_bulk.do_one(item=item, by=by, now=now)
    except Refusal as refusal:
        actions_bulk.refuse_one(item=item, why=str(refusal), by=by or system("bulk"), now=now)
