"""Naming the rights of citizens that a case concerns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_intake import told
from takrim.cases.events import CaseEvent
from takrim.cases.models import Case
from takrim.cases.models_rights import CaseRight, rights_of
from takrim.cases.moves import NotYours, answers_for
from takrim.cases.order import hold
from takrim.cases.rights import rights
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power


@dataclass(frozen=True, kw_only=True)
class RightsNamed(CaseEvent):
    """`rights` are concerned from now on, `before` were. `received`: for the figures."""

    verb = "case.rights_named"
    sentence = _("It was noted which rights of citizens the case concerns.")
    rights: list[str]
    before: list[str]
    received: datetime


class UnknownRight(Refusal):
    code = "unknown_right"
    status = 422
    message = _("One of the rights is not in the list any more. Choose again.")


@transaction.atomic
def name_rights(*, case: Case, chosen: Collection[str], by: Actor, now: datetime) -> Case:
    """These rights, and no others, are concerned. The same choice again changes nothing."""
    by.require(Power.CASE_NOTE)
    if not answers_for(case, by):
        raise NotYours
    wanted = set(chosen)
    if wanted - set(rights()):
        raise UnknownRight
    hold(case)
    before = rights_of(case)
    if wanted == set(before):
        return case
    if set(before) - wanted:
        CaseRight.objects.filter(case=case).exclude(right__in=wanted).delete()
    CaseRight.objects.bulk_create([CaseRight(case=case, right=code) for code in sorted(wanted - set(before))])
    event = RightsNamed(**told(case), rights=sorted(wanted), before=before, received=case.received_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return case
