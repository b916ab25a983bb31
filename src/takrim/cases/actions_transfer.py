"""Transferring a case to the office it belongs to: the final answer is owed there from now on, on the same clock.

The office that gets it accepts or returns it within one working day: a duty of its own kind, with the giving office as
its judge, so that both see the case and who was how late.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases import search
from takrim.cases.actions_intake import final_duty, matter_of, told
from takrim.cases.actions_time import stepped
from takrim.cases.conflict import require_may_receive
from takrim.cases.events import HandedBack, TakenOver, Transferred
from takrim.cases.models import Case
from takrim.cases.models_rights import rights_of
from takrim.cases.moves import CaseMovedMeanwhile, Move, move
from takrim.cases.order import hold_all
from takrim.duties import actions as duties
from takrim.duties.models import Duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power


class WhyNotYours(Refusal):
    code = "why_not_yours"
    status = 422
    message = _("Write why the case belongs there: the other office decides by what you write.")


class TransferToItself(Refusal):
    code = "transfer_to_itself"
    message = _("Your office has the case already: choose the office it belongs to.")


class GivenBackBefore(Refusal):
    code = "given_back_before"
    message = _("This office has returned the case before. Choose another, or let the office above both decide.")


def pending(case: Case) -> Duty | None:
    """The transfer that waits to be accepted or returned, if any."""
    return Duty.objects.owed().filter(about=case.code, kind="transfer").order_by("-id").first()


@transaction.atomic
def transfer(*, case: Case, to: Unit, reason: str, by: Actor, now: datetime) -> Duty:
    """«Not ours»: the final answer is owed by another office, whose clock is the one that already runs."""
    if not reason.strip():
        raise WhyNotYours
    if to.pk == case.unit_id:
        raise TransferToItself
    giving, was = case.unit, case.state
    move(case, Move.TRANSFER, by=by, now=now)
    require_may_receive(case, to.path, by=by, now=now)
    hold_all(case, to.path)
    if _returned_by(case, to):
        raise GivenBackBefore
    final = _pass_on(case, to, by=by, now=now)
    duty = duties.open_duty(
        kind="transfer",
        about=case.code,
        matter=matter_of(case),
        unit=to,
        task=reason,
        by=by,
        now=now,
        judge_path=giving.path,
    )
    _tell(Transferred, case, final, before=giving.path, by=by, now=now)
    stepped(case, Transferred.verb, was=was, by=system("transfer"), now=now)
    return duty


def _returned_by(case: Case, to: Unit) -> bool:
    return Duty.objects.filter(about=case.code, kind="transfer", unit=to).exclude(answer="").exists()


def _pass_on(case: Case, to: Unit, *, by: Actor, now: datetime) -> Duty:
    """The case and its final duty go to an office, and with them the replies that it will judge."""
    final = final_duty(case)
    if final is None:
        raise CaseMovedMeanwhile
    asked = Duty.objects.owed().filter(about=case.code, judge_path=case.unit_path).exclude(kind="transfer")
    asked.update(judge_path=to.path)
    Case.objects.filter(pk=case.pk).update(unit=to, unit_path=to.path)
    case.unit, case.unit_path = to, to.path
    search.add(case_id=case.pk, unit_path=to.path, texts=[case.subject, case.text, case.code])
    return duties.hand_over(duty=final, to=to, by=by, now=now)


def _tell(event: type[Transferred], case: Case, final: Duty, *, before: str, by: Actor, now: datetime) -> None:
    moved = event(
        **told(case),
        from_unit=before,
        to_unit=case.unit_path,
        received=case.received_at,
        due=final.due_at,
        first=int(case.reopened == 0),
        owed=1,
        rights=rights_of(case),
        opened=final.opened_at,
    )
    record(moved, on=case.code, unit_path=case.unit_path, by=by, at=now)


def _decide(case: Case, *, by: Actor, now: datetime, reason: str = "") -> Duty:
    """The transfer is decided; the reason for a return stands where a reply would."""
    waiting = pending(case)
    if waiting is None:
        raise CaseMovedMeanwhile
    hold_all(case, waiting.judge_path)
    done = duties.fulfil(duty=waiting, by=by, now=now, power=Power.CASE_REFER)
    if reason:
        Duty.objects.filter(pk=done.pk).update(answer=reason)
    return done


@transaction.atomic
def take_over(*, case: Case, by: Actor, now: datetime) -> Case:
    """The case is ours indeed."""
    move(case, Move.TAKE_OVER, by=by, now=now)
    done = _decide(case, by=by, now=now)
    event = TakenOver(**told(case), from_unit=done.judge_path, to_unit=case.unit_path)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return case


@transaction.atomic
def hand_back(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """The case does not belong here either: it returns to the office that gave it, its clock still running."""
    if not reason.strip():
        raise WhyNotYours
    returning = case.unit_path
    move(case, Move.HAND_BACK, by=by, now=now)
    done = _decide(case, by=by, now=now, reason=reason)
    require_may_receive(case, done.judge_path, by=by, now=now)
    final = _pass_on(case, Unit.objects.get(path=done.judge_path), by=by, now=now)
    _tell(HandedBack, case, final, before=returning, by=by, now=now)
    return case
