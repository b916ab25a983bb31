"""Counts the saved views whose owners want to be told when they grow beyond a number; forgets who has left a case."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.cases.actions_notices import counted, forget_gone
from takrim.cases.models import SavedView
from takrim.orgs.actor import system
from takrim.orgs.powers import Power
from takrim.orgs.seats import actor_at, holdings_of
from takrim.tasks.job import Job
from takrim.web.desk import Desk
from takrim.web.staff import listing
from takrim.web.staff.cartable_forms import FiltersForm


def run(now: datetime) -> int:
    """Each view as its owner would see it from the post where they asked; says how many owners were told."""
    actor = system("watch_views")
    forget_gone(by=actor, now=now)
    told = 0
    for view in SavedView.objects.filter(warn_from__isnull=False).order_by("pk"):
        number = _count(view, now)
        if number is not None:
            told += counted(view=view, number=number, by=actor, now=now)
    return told


def _count(view: SavedView, now: datetime) -> int | None:
    """How many cases the view holds, no further than its number; None when its owner sees none from there any more."""
    held = [row for row in holdings_of(view.person_id, local_date(now)) if row.pk == view.holding_id]
    if not held or not held[0].person.is_active:
        return None
    desk = Desk(actor_at(held[0]), held[0], held)
    if not desk.actor.may(Power.CASE_SEE):
        return None
    asked = listing.read(FiltersForm.kept(view.query), desk)
    return len(listing.all_heads(asked, desk, now, view.warn_from or 1))


PLUGIN = Job(title=_("Count saved views that warn"), every=timedelta(minutes=15), run=run)
