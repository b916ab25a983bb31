"""Counting how a card helped: shown, enough (a visit avoided), not enough, filed all the same."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import transaction
from django.db.models import F

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cards.models import HelpCount
from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of


class Mark(StrEnum):
    SHOWN = auto()
    ENOUGH = auto()
    NOT_ENOUGH = auto()
    FILED = auto()


@transaction.atomic
def count_help(*, card: str, question: str, mark: Mark, place: str, by: Actor, now: datetime, readers: int = 1) -> None:
    """One more, or as many as there were readers, in the month and the house of the place ("": the whole country).

    It is nobody's matter and says nothing of who pressed, so there is a number and no event in the journal.
    """
    by.require(Power.CASE_FILE)
    period = Period.containing(local_date(now), PeriodKind.MONTH).code
    key = {"path": house_of(place) if place else ROOT, "card": card, "question": question, "period": period}
    rows, more = HelpCount.objects.filter(**key), {mark.value: F(mark.value) + readers}
    if not rows.update(**more):
        # Somebody else may make the row at the same moment.
        HelpCount.objects.bulk_create([HelpCount(**key)], ignore_conflicts=True)
        rows.update(**more)
