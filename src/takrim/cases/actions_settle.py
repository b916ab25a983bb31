"""A matter has ended: what others owed about it is settled with it."""

from __future__ import annotations

from datetime import datetime

from takrim.cases.models import Case
from takrim.duties import actions as duties
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared

_REFERRALS = Prepared(lambda code: Duty.objects.owed().filter(about=code).exclude(kind="final_answer").order_by("id"))


def settle_referrals(case: Case, *, by: Actor, now: datetime, power: Power) -> None:
    """The matter has ended: replies that were given count as accepted, what was not replied is withdrawn."""
    for duty in _REFERRALS(code=case.code):
        if duty.state == DutyState.ANSWERED:
            duties.accept(duty=duty, by=by, now=now, power=power)
        else:
            duties.withdraw(duty=duty, by=by, now=now, power=power)
