"""Deeds on trials of a ranking: asking for one, and keeping what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.evaluation.actions_watch import PeriodToCome
from takrim.evaluation.models_trial import Trial
from takrim.evaluation.moves import scope_of
from takrim.evaluation.plan import Plan
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power


@dataclass(frozen=True, kw_only=True)
class TrialAsked(Event):
    verb = "trial.asked"
    sentence = _("The ranking of the offices below {unit} is being put to the test.")
    unit: str
    plan: str
    period: str


@transaction.atomic
def ask(*, plan: Plan, path: str, period: Period, by: Actor, now: datetime) -> Trial:
    """Have a ranking in reach put to the test; while that goes on, asking again gives the same."""
    scope = scope_of(by)
    if not scope or not is_under(path, scope):
        raise NotAllowed(power=Power.ROUND_RUN)
    if period.start() > local_date(now):
        raise PeriodToCome
    asked = {"asked_by": by.code, "asked_name": by.name, "asked_at": now}
    named = {"plan": plan.code, "path": path, "period": period.code}
    # ON CONFLICT DO NOTHING: a clash must not break the caller's transaction on PostgreSQL.
    Trial.objects.bulk_create([Trial(**named, **asked)], ignore_conflicts=True)
    done = Trial.objects.filter(**named, finished_at__isnull=False)
    begins_again = bool(done.update(**asked, finished_at=None, step=0))
    trial = Trial.objects.get(**named)
    if begins_again or (trial.asked_at == now and trial.asked_by == by.code):
        event = TrialAsked(unit=path, plan=plan.code, period=period.code)
        record(event, on=f"trial:{trial.pk}", unit_path=path, by=by, at=now)
    return trial


@transaction.atomic
def step(*, trial: Trial, by: Actor, now: datetime) -> None:
    """One part of it is done."""
    by.require(Power.ROUND_RUN)
    trial.step += 1
    Trial.objects.filter(pk=trial.pk, finished_at=None).update(step=trial.step)


@transaction.atomic
def keep(*, trial: Trial, results: Mapping[str, Any], by: Actor, now: datetime) -> bool:
    """Keep what came out in place of what was known before; nothing where nobody is ranked."""
    by.require(Power.ROUND_RUN)
    kept = {"results": dict(results), "tried_at": now if results else None}
    return bool(Trial.objects.filter(pk=trial.pk, finished_at=None).update(finished_at=now, **kept))
