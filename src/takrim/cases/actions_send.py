"""An answer goes on its way. That it was sent is written down; it counts once its arrival is proven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_intake import told
from takrim.cases.delivery import POST, SENT, address_by, attempts_of
from takrim.cases.events import CaseEvent, NotReached, SentOut
from takrim.cases.models import Answer, Case, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.moves import CaseCannotMove, CaseMovedMeanwhile, Move, NotYours, answers_for
from takrim.evidence.models import Evidence
from takrim.journal.record import record
from takrim.letters.carrier import gives_word
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power


@dataclass(frozen=True, kw_only=True)
class TriedAgain(CaseEvent):
    verb = "case.tried_again"
    sentence = _("An attempt to deliver the answer goes on: what had been given up is carried once more.")
    number: int
    attempt: int
    how: str


@dataclass(frozen=True, kw_only=True)
class CameBack(CaseEvent):
    verb = "case.came_back"
    sentence = _("The answer came back although it had seemed to arrive. Reach the person in another way.")
    number: int
    attempt: int
    how: str


class OnItsWay(Refusal):
    code = "answer_on_its_way"
    message = _("This answer is on its way already. Wait for the carrier's word, or say how that attempt ended.")


class NoCarrier(Refusal):
    code = "no_carrier"
    status = 422
    message = _("Nobody carries this way here: deliver the answer in person, by telephone or by post.")


class NoAddress(Refusal):
    code = "no_address_for_way"
    status = 422
    message = _("The applicant left no address for this way. Choose another one.")


class WhyMissing(Refusal):
    code = "attempt_why_missing"
    status = 422
    message = _("Write how the attempt went, so that a colleague knows what was tried.")


def require_signed(answer: Answer, by: Actor) -> None:
    """Raise unless the answer is signed, not delivered yet, and owed by the actor's office.

    The row of the case stays locked until the deed ends: of sending and taking back one comes second and sees it.
    """
    case = answer.case
    if not answers_for(case, by):
        raise NotYours
    if case.state != State.APPROVED:
        raise CaseCannotMove(state=case.state, move=Move.DELIVER)
    if Case.objects.filter(pk=case.pk, state=State.APPROVED).update(state=State.APPROVED) != 1:
        raise CaseMovedMeanwhile
    if not Answer.objects.filter(
        pk=answer.pk, approved_at__isnull=False, sent_back_at=None, delivered_at=None
    ).exists():
        raise CaseMovedMeanwhile


@transaction.atomic
def send_out(
    *, answer: Answer, way: str, by: Actor, now: datetime, proof: str = "", power: Power = Power.CASE_DELIVER
) -> Attempt:
    """Send it by SMS, by e-mail or by post; `proof` is the post's number. Nothing that is owed is done with it yet."""
    by.require(power)
    require_signed(answer, by)
    if way not in {*SENT, POST}:
        raise NoCarrier
    if way in SENT:
        if not gives_word(way):
            raise NoCarrier
        if not address_by(answer.case, way):
            raise NoAddress
    attempt = _begin(answer, way, proof=proof, by=by, now=now)
    case = answer.case
    event = SentOut(**told(case), number=answer.number, attempt=attempt.pk, how=way)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return attempt


def _begin(answer: Answer, way: str, *, proof: str, by: Actor, now: datetime) -> Attempt:
    attempt = Attempt(answer=answer, way=way, at=now, by=by.code, by_name=by.name, proof=proof.strip())
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError as error:
        raise OnItsWay from error
    return attempt


@transaction.atomic
def not_reached(*, answer: Answer, way: str, why: str, by: Actor, now: datetime) -> Attempt:
    """Somebody tried by hand, and the person was not reached."""
    by.require(Power.CASE_DELIVER)
    if not why.strip():
        raise WhyMissing
    require_signed(answer, by)
    attempt = Attempt(
        answer=answer, way=way, at=now, by=by.code, by_name=by.name, handed_by=by.name, failed_at=now, why=why.strip()
    )
    attempt.save(force_insert=True)
    _tell(NotReached, attempt, by=by, now=now)
    return attempt


@transaction.atomic
def fail(*, attempt: Attempt, why: str, by: Actor, now: datetime) -> Attempt:
    """What was sent did not arrive: the carrier gave it up, or the post brought it back."""
    by.require(Power.CASE_DELIVER)
    if not answers_for(attempt.answer.case, by):
        raise NotYours
    if not why.strip():
        raise WhyMissing
    settle(attempt, failed_at=now, why=why.strip())
    _tell(NotReached, attempt, by=by, now=now)
    return attempt


@transaction.atomic
def go_on(*, attempt: Attempt, by: Actor, now: datetime) -> bool:
    """The carrier tries once more what it had given up: the attempt is on its way again.

    False where that no longer matters: the answer was delivered or taken back, or another attempt is on its way.
    """
    by.require(Power.OPERATE)
    answer = attempt.answer
    open_still = answer.approved_at is not None and answer.sent_back_at is None and answer.delivered_at is None
    if not open_still or attempts_of(answer).waiting().exists():
        return False
    failed = Attempt.objects.failed().filter(pk=attempt.pk)
    if failed.update(failed_at=None, why="") != 1:
        return False
    _tell(TriedAgain, attempt, by=by, now=now)
    return True


@transaction.atomic
def came_back(*, attempt: Attempt, why: str, by: Actor, now: datetime) -> bool:
    """What had counted as arrived came back: the proof says so from now on, and the case tells its officers."""
    by.require(Power.OPERATE)
    reached = Attempt.objects.filter(pk=attempt.pk, reached_at__isnull=False)
    if reached.update(proof=" · ".join(filter(None, (attempt.proof, why)))) != 1:
        return False
    _tell(CameBack, attempt, by=by, now=now)
    return True


def settle(attempt: Attempt, **changes: object) -> None:
    """Say how an attempt ended, once. Only inside a deed's transaction."""
    if Attempt.objects.waiting().filter(pk=attempt.pk).update(**changes) != 1:
        raise CaseMovedMeanwhile
    for name, value in changes.items():
        setattr(attempt, name, value)


def note_reached(
    answer: Answer, *, way: str, proof: str, by: Actor, now: datetime, paper: Evidence | None = None
) -> Attempt:
    """The attempt that reached the person. Only inside the deed that delivers the answer."""
    name = by.name or by.code
    attempt = Attempt(
        answer=answer, way=way, at=now, by=by.code, by_name=by.name, proof=proof.strip(), handed_by=name, paper=paper,
        reached_at=now,
    )  # fmt: skip
    attempt.save(force_insert=True)
    return attempt


def _tell(event_of: type[NotReached | TriedAgain | CameBack], attempt: Attempt, *, by: Actor, now: datetime) -> None:
    answer = attempt.answer
    case = answer.case
    event = event_of(**told(case), number=answer.number, attempt=attempt.pk, how=attempt.way)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
