"""An answer arrives, is read by its person, or is proven undeliverable: only then what was owed is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_answer import ReasonMissing, served
from takrim.cases.actions_intake import told
from takrim.cases.actions_send import note_reached, settle
from takrim.cases.delivery import ENOUGH, IMPOSSIBLE, READ, attempts_of, signed
from takrim.cases.events import ReadAfterAll
from takrim.cases.models import Answer, Case, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.moves import CaseMovedMeanwhile, Move, NotYours, answers_for, move
from takrim.cases.order import hold_all
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power


class ProofMissing(Refusal):
    code = "proof_missing"
    status = 422
    message = _("Write what proves it: the number of the post, or who signed for it and when.")


class NotTriedEnough(Refusal):
    code = "not_tried_enough"
    message = _("Delivery counts as impossible only after {enough} attempts in vain and none still on its way.")


class NothingToRead(Refusal):
    code = "nothing_to_read"
    message = _("There is no signed answer to read yet.")


@transaction.atomic
def arrived(*, attempt: Attempt, proof: str, by: Actor, now: datetime) -> Attempt:
    """What was sent has arrived, by the word of its carrier or of the post. What the office owed is done with it.

    Where the answer was delivered in another way meanwhile, only the proof is added.
    """
    by.require(Power.CASE_DELIVER)
    answer = attempt.answer
    case = answer.case
    if not answers_for(case, by):
        raise NotYours
    if not proof.strip():
        raise ProofMissing
    delivers = case.state == State.APPROVED and answer.delivered_at is None
    if delivers:
        move(case, Move.DELIVER, by=by, now=now, answered_at=now, outcome=answer.outcome)
        hold_all(case)
    settle(attempt, reached_at=now, proof=" · ".join(filter(None, (attempt.proof, proof.strip()))))
    if delivers:
        served(case, answer, how=attempt.way, by=by, now=now, power=Power.CASE_DELIVER)
    return attempt


@transaction.atomic
def read_by_holder(*, case: Case, by: Actor, now: datetime) -> Answer:
    """The person opens the answer with their secret: that proves its delivery. Read twice, it was delivered once."""
    by.require(Power.CASE_OBJECT)
    answer = signed(case)
    if answer is not None:
        answer.case = case
        move(case, Move.DELIVER, by=by, now=now, power=Power.CASE_OBJECT, answered_at=now, outcome=answer.outcome)
        hold_all(case)
        note_reached(answer, way=READ, proof="", by=by, now=now)
        return served(case, answer, how=READ, by=by, now=now, power=Power.CASE_OBJECT)
    return _read_after_all(case, by=by, now=now)


def _read_after_all(case: Case, *, by: Actor, now: datetime) -> Answer:
    """Delivery had been proven impossible; now the time to object begins."""
    answer = case.answers.filter(delivered_at__isnull=False).order_by("-number").first()
    if answer is None:
        raise NothingToRead
    if answer.delivered_how != IMPOSSIBLE:
        return answer
    mine = Answer.objects.filter(pk=answer.pk, delivered_how=IMPOSSIBLE)
    if mine.update(delivered_at=now, delivered_how=READ) != 1:
        raise CaseMovedMeanwhile
    answer.delivered_at, answer.delivered_how = now, READ
    note_reached(answer, way=READ, proof="", by=by, now=now)
    record(ReadAfterAll(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return answer


@transaction.atomic
def prove_impossible(*, answer: Answer, why: str, by: Actor, now: datetime) -> Answer:
    """Nobody can be reached: the head says why, and the answer lies ready for whoever has the receipt."""
    by.require(Power.CASE_APPROVE)
    if not why.strip():
        raise ReasonMissing
    case = answer.case
    move(case, Move.DELIVER, by=by, now=now, power=Power.CASE_APPROVE, answered_at=now, outcome=answer.outcome)
    hold_all(case)
    tried = attempts_of(answer)
    if tried.failed().count() < ENOUGH or tried.waiting().exists():
        raise NotTriedEnough(enough=ENOUGH)
    Attempt.objects.create(
        answer=answer, way=IMPOSSIBLE, at=now, by=by.code, by_name=by.name, failed_at=now, why=why.strip()
    )
    return served(case, answer, how=IMPOSSIBLE, by=by, now=now, power=Power.CASE_APPROVE)
