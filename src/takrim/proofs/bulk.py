"""Judging many proofs: a few at once while the page waits, more in the worker, going on where it was broken off."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.orgs.actor import Actor, system
from takrim.orgs.seats import actor_at, holdings_of
from takrim.proofs import actions_bulk
from takrim.proofs.actions_bulk import PostGivenUp, Wish
from takrim.proofs.models_judging import Judging, JudgingItem
from takrim.tasks.result import Context
from takrim.tasks.task import task

# So many are judged while the page waits.
AT_ONCE = 10
# How often the worker says how far it has come.
TOLD_EVERY = 20


def ask(*, wish: Wish, by: Actor, now: datetime) -> Judging:
    """Ask for it: a few are judged here and now, for more the worker begins."""
    judging = actions_bulk.ask(wish=wish, by=by, now=now)
    if judging.finished_at is not None:
        return judging
    if judging.total <= AT_ONCE:
        _all(judging, None, now)
        judging.refresh_from_db()
    else:
        run.using(key=str(judging.pk)).enqueue(judging.pk, now=now)
    return judging


@task(takes_context=True, title=_("Judge many proofs at once"), attempts=20)
def run(context: Context, judging_id: int, *, now: datetime) -> None:
    """Give every proof that has not had its turn its turn. Killed in between, the next worker goes on from there."""
    _all(Judging.objects.get(pk=judging_id), context, now)


def _all(judging: Judging, context: Context | None, now: datetime) -> None:
    waiting = list(judging.items.filter(done_at=None).order_by("pk"))
    by = _asker(judging, now)
    with translation.override(judging.lang):
        for number, item in enumerate(waiting, judging.total - len(waiting) + 1):
            item.judging = judging
            _turn(item, by, now)
            if context is not None and number % TOLD_EVERY == 0:
                context.progress(number, judging.total)
    actions_bulk.finish(judging=judging, by=system("bulk"), now=now)


def _asker(judging: Judging, now: datetime) -> Actor | None:
    """Who asked, as they are today at the post from which they asked; None when they hold it no longer."""
    held = [row for row in holdings_of(judging.person_id, local_date(now)) if row.pk == judging.holding_id]
    return actor_at(held[0]) if held else None


def _turn(item: JudgingItem, by: Actor | None, now: datetime) -> None:
    try:
        if by is None:
            raise PostGivenUp
        actions_bulk.judge_one(item=item, by=by, now=now)
    except Refusal as refusal:
        actions_bulk.refuse_one(item=item, why=str(refusal), by=by or system("bulk"), now=now)
