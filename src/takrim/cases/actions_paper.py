"""What the papers of an office carry is set here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.persian import clean_text
from takrim.cases.actions_number import NotYourRegister
from takrim.cases.models_paper import Letterhead
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class LetterheadSet(Event):
    verb = "unit.letterhead_set"
    sentence = _("The letterhead of {unit} was changed.")
    unit: str


@transaction.atomic
def set_letterhead(*, unit_path: str, address: str, telephone: str, by: Actor, now: datetime) -> None:
    """Address and telephone at the head of papers drawn from now on; both empty, the office above's are taken."""
    by.require(Power.ANSWERS_EDIT)
    if not is_under(unit_path, by.unit_path):
        raise NotYourRegister
    given = {"address": clean_text(address).strip()[:LONGEST], "telephone": clean_text(telephone).strip()[:LONGEST]}
    if any(given.values()):
        Letterhead.objects.update_or_create(unit_path=unit_path, defaults=given)
    else:
        Letterhead.objects.filter(unit_path=unit_path).delete()
    record(LetterheadSet(unit=unit_path), on=f"unit:{unit_path}", unit_path=unit_path, by=by, at=now)
