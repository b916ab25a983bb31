"""How a case ends, and how it comes back: closed, refused, repeated, withdrawn, objected to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cases import search
from takrim.cases.actions_answer import ReasonMissing, latest
from takrim.cases.actions_intake import final_duty, matter_of, told
from takrim.cases.actions_settle import settle_referrals
from takrim.cases.events import Closed, Ended, MarkedDuplicate, MergedIn, Refused, Reopened, WithdrawnByParty
from takrim.cases.kind import KINDS
from takrim.cases.models import Case, Objection
from takrim.cases.moves import CaseMovedMeanwhile, Move, move
from takrim.cases.not_ours import NotOursIsNoReason, means_not_ours
from takrim.cases.objections import USUAL_DAYS, last_moment
from takrim.cases.order import hold_all
from takrim.duties import actions as duties
from takrim.duties.actions import Term, open_duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

# So long the person may object after the answer was delivered, where no office has set other days.
OBJECTION_TIME = timedelta(days=USUAL_DAYS)


class TooLateToObject(Refusal):
    code = "too_late_to_object"
    message = _("The time to object to this answer has passed. File a new case and name the number of this one.")


class ObjectedBefore(Refusal):
    code = "objected_before"
    message = _("Your objection to this answer has been decided. You can go to the inspection (136) or the court.")


class NotItself(Refusal):
    code = "duplicate_of_itself"
    status = 422
    message = _("A case cannot repeat itself: give the number of the earlier case.")


@transaction.atomic
def close(*, case: Case, by: Actor, now: datetime) -> Case:
    """The answer stands: nothing more is to come."""
    move(case, Move.CLOSE, by=by, now=now)
    record(Closed(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return case


@transaction.atomic
def object_to(*, case: Case, text: str, by: Actor, now: datetime) -> Objection:
    """The person does not accept the answer: the case opens again, owed anew with the time of an objection."""
    if not text.strip():
        raise ReasonMissing
    answer = latest(case)
    if answer is None or answer.delivered_at is None:
        raise CaseMovedMeanwhile
    if now > last_moment(case.unit_path, answer.delivered_at):
        raise TooLateToObject
    if case.reopened and case.objections.filter(answer=answer, decided_at__isnull=False).exists():
        raise ObjectedBefore
    move(case, Move.OBJECT, by=by, now=now, answered_at=None, reopened=case.reopened + 1)
    objection = Objection(case=case, answer=answer, text=text, at=now)
    objection.save(force_insert=True)
    length = Length.parse(KINDS["objection"].length)
    duty = open_duty(
        kind="final_answer",
        about=case.code,
        unit=case.unit,
        by=by,
        now=now,
        term=Term(length),
        matter=matter_of(case),
    )
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[text])
    record(Reopened(**told(case), due=duty.due_at), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return objection


def _end(
    case: Case, event: type[Ended], how: str, *, by: Actor, now: datetime, power: Power, also: Sequence[str] = ()
) -> None:
    hold_all(case, *also)
    duty = final_duty(case)
    if duty is None:
        raise CaseMovedMeanwhile
    if how == "refused":
        duties.fulfil(duty=duty, by=by, now=now, power=power)
    else:
        duties.withdraw(duty=duty, by=by, now=now, power=power)
    settle_referrals(case, by=by, now=now, power=power)
    told_event = event(**told(case), how=how, received=duty.opened_at, due=duty.due_at)
    record(told_event, on=case.code, unit_path=case.unit_path, by=by, at=now)


@transaction.atomic
def refuse(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """Refuse the matter with a reason that the person is told."""
    if not reason.strip():
        raise ReasonMissing
    if means_not_ours(reason):
        raise NotOursIsNoReason
    move(case, Move.REFUSE, by=by, now=now, reason=reason)
    _end(case, Refused, "refused", by=by, now=now, power=Power.CASE_REFUSE)
    return case


@transaction.atomic
def mark_duplicate(*, case: Case, original: Case, by: Actor, now: datetime) -> Case:
    """The case repeats an earlier one, where it is answered."""
    if case.pk == original.pk or original.original_id is not None:
        raise NotItself
    move(case, Move.MARK_DUPLICATE, by=by, now=now, original=original)
    _end(case, MarkedDuplicate, "duplicate", by=by, now=now, power=Power.CASE_REFER, also=[original.unit_path])
    record(MergedIn(**told(original)), on=original.code, unit_path=original.unit_path, by=by, at=now)
    return case


@transaction.atomic
def withdraw(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """The person no longer wants an answer."""
    move(case, Move.WITHDRAW, by=by, now=now, reason=reason)
    _end(case, WithdrawnByParty, "withdrawn", by=by, now=now, power=Power.CASE_OBJECT)
    return case
