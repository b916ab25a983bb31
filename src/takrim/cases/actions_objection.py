"""An objection is decided: upheld, and another officer answers anew; or refused, and the answer stands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_answer import ReasonMissing
from takrim.cases.actions_intake import final_duty, told
from takrim.cases.actions_settle import settle_referrals
from takrim.cases.events import ObjectionDaysSet, ObjectionRefused, ObjectionUpheld
from takrim.cases.models import Case, Objection, ObjectionDays
from takrim.cases.moves import CaseMovedMeanwhile, Move, NotYours, move
from takrim.cases.objections import STAMP, require_other_level, undecided
from takrim.cases.order import hold_all
from takrim.duties import actions as duties
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.orgs.stamps import bump

MOST_DAYS = 90


class DaysOutOfRange(Refusal):
    code = "objection_days_out_of_range"
    status = 422
    message = _("Write a number of days from 1 to {most}.")


@transaction.atomic
def uphold(*, case: Case, why: str, by: Actor, now: datetime) -> Objection:
    """The person is right: another officer answers anew, and the level above signs."""
    objection = _decide(case, why, by=by, now=now, upheld=True)
    record(ObjectionUpheld(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return objection


@transaction.atomic
def refuse_objection(*, case: Case, why: str, by: Actor, now: datetime) -> Objection:
    """The answer stands, for the reason that the person is told; what the office owed is done with it."""
    objection = _decide(case, why, by=by, now=now, upheld=False)
    move(case, Move.STAND, by=by, now=now, answered_at=now, outcome=objection.answer.outcome)
    hold_all(case)
    duty = final_duty(case)
    if duty is None:
        raise CaseMovedMeanwhile
    duties.fulfil(duty=duty, by=by, now=now, power=Power.CASE_APPROVE)
    settle_referrals(case, by=by, now=now, power=Power.CASE_APPROVE)
    event = ObjectionRefused(**told(case), received=duty.opened_at, due=duty.due_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return objection


def _decide(case: Case, why: str, *, by: Actor, now: datetime, upheld: bool) -> Objection:
    if not why.strip():
        raise ReasonMissing
    objection = undecided(case)
    if objection is None:
        raise CaseMovedMeanwhile
    if not is_under(case.unit_path, by.unit_path):
        raise NotYours
    require_other_level(case, objection.answer, by)
    changes = {"decided_at": now, "decided_by": by.code, "decided_name": by.name, "upheld": upheld, "why": why}
    if not change(objection, still={"decided_at": None}, to=changes):
        raise CaseMovedMeanwhile
    return objection


@transaction.atomic
def set_objection_days(*, unit: Unit, days: int, by: Actor, now: datetime) -> None:
    """How many days people have to object to answers of an office and of those below it that set none themselves."""
    by.require(Power.CALENDAR_EDIT)
    if not is_under(unit.path, by.unit_path):
        raise NotYours
    if not 1 <= days <= MOST_DAYS:
        raise DaysOutOfRange(most=MOST_DAYS)
    ObjectionDays.objects.update_or_create(path=unit.path, defaults={"days": days})
    bump(STAMP)
    record(ObjectionDaysSet(unit=unit.path, days=days), on=f"unit:{unit.path}", unit_path=unit.path, by=by, at=now)
