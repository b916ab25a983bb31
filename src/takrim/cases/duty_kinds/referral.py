"""A referral: one office asks another for its part of an answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_work import take_up
from takrim.cases.models import Case
from takrim.duties.kind import DutyKind
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor


def go_on(duty: Duty, by: Actor, now: datetime) -> None:
    """The case is taken up again unless others are still asked."""
    take_up(case=Case.objects.get(code=duty.about), by=by, now=now)


PLUGIN = DutyKind(title=_("Referral"), length="5 working_days", on_answered=go_on)
