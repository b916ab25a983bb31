"""Keeping what was learned, and forgetting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.cases.models_learned import Learned
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump


@dataclass(frozen=True, kw_only=True)
class LearnedAnew(Event):
    verb = "suggestions.learned"
    sentence = _("Suggestions for {unit} were learned anew from {texts} cases.")
    unit: str
    what: str
    texts: int
    tested: int
    right_first: int
    among_three: int


@dataclass(frozen=True, kw_only=True)
class Forgotten(Event):
    verb = "suggestions.forgotten"
    sentence = _("Suggestions for {unit} were dropped: there is too little to learn from.")
    unit: str
    what: str


@transaction.atomic
def keep_learned(*, learned: Learned, by: Actor, now: datetime) -> Learned:
    """In place of what was learned before."""
    by.require(Power.OPERATE)
    before = Learned.objects.filter(province=learned.province, what=learned.what)
    learned.pk = before.values_list("pk", flat=True).first()
    learned.save()
    bump("learned")
    event = LearnedAnew(
        unit=learned.province,
        what=learned.what,
        texts=learned.texts,
        tested=learned.tested,
        right_first=learned.first,
        among_three=learned.among_three,
    )
    record(event, on=f"suggestions:{learned.what}", unit_path=learned.province, by=by, at=now)
    return learned


@transaction.atomic
def forget_learned(*, province: str, keep: tuple[str, ...], by: Actor, now: datetime) -> int:
    """Drop what can no longer be learned; says how much."""
    by.require(Power.OPERATE)
    gone = list(Learned.objects.filter(province=province).exclude(what__in=keep).defer("guesser"))
    for learned in gone:
        learned.delete()
        event = Forgotten(unit=province, what=learned.what)
        record(event, on=f"suggestions:{learned.what}", unit_path=province, by=by, at=now)
    if gone:
        bump("learned")
    return len(gone)
