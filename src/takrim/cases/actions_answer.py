"""The final answer: drafted, handed in through the gate, signed level by level, delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases import search, signing
from takrim.cases.actions_intake import final_duty, told
from takrim.cases.actions_send import note_reached, send_out
from takrim.cases.actions_settle import settle_referrals
from takrim.cases.actions_sign import (
    HANDED_IN,
    HigherSignature,
    OwnDraft,
    SignedAlready,
    change_version,
    endorse,
    sign,
)
from takrim.cases.actions_time import stepped
from takrim.cases.checking import require_ticked
from takrim.cases.delivery import IMPOSSIBLE, POST, SENT, attempts_of
from takrim.cases.events import (
    Answered,
    Approved,
    Drafted,
    LetThrough,
    SentBack,
    Submitted,
    Undeliverable,
)
from takrim.cases.gate import TooEmpty, found_in, require_filled
from takrim.cases.models import Answer, Case, Outcome, State
from takrim.cases.moves import CaseMovedMeanwhile, Move, move
from takrim.cases.objections import require_decided
from takrim.cases.order import hold_all
from takrim.cases.substance import Fault, Said
from takrim.cases.templates_for import begun_with
from takrim.duties import actions as duties
from takrim.evidence.models import Evidence
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared
from takrim.orgs.rows import SOME


class AnswerIncomplete(Refusal):
    code = "answer_incomplete"
    status = 422
    message = _("An answer needs its result, its text and its reason. Fill in what is missing.")


class SameOfficerAgain(Refusal):
    code = "same_officer_again"
    message = _("The applicant objected to your answer. Another officer must answer this time.")


class CarrierMustSay(Refusal):
    code = "carrier_must_say"
    message = _("What is sent counts as delivered by the word of its carrier: send it, and wait for that word.")


class WentOut(Refusal):
    code = "answer_went_out"
    message = _("This answer has gone out already: it can no longer be taken back. The applicant may object to it.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    message = _("Say why, so that the other side knows what to do.")


_PARTS = ("text", "reason", "next_step", "legal_ground")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an answer says: the result, the text, why, on which law, what comes next."""

    outcome: str
    text: str
    reason: str
    legal_ground: str = ""
    next_step: str = ""
    # The version of a template that it began with, by its id.
    begun_with: int | None = None
    # One text for a group of people: the gate does not compare it with the clerk's other answers.
    shared: bool = False

    @property
    def said(self) -> Said:
        parts = {name: getattr(self, name) for name in _PARTS}
        return Said(**parts, denied=self.outcome == Outcome.DENIED)

    def check(self) -> None:
        """Raise AnswerIncomplete unless result, text and reason are there."""
        if self.outcome not in set(Outcome) or not self.text.strip() or not self.reason.strip():
            raise AnswerIncomplete


def latest(case: Case) -> Answer | None:
    """The newest version of the answer."""
    return case.answers.order_by("-number").first()


@transaction.atomic
def draft(*, case: Case, words: Words, by: Actor, now: datetime) -> Answer:
    """Write a new version of the answer."""
    words.check()
    _another_officer(case, by)
    was = case.state
    move(case, Move.DRAFT, by=by, now=now, outcome=words.outcome)
    hold_all(case)
    answer = _write(case, words, by=by, now=now)
    stepped(case, Drafted.verb, was=was, by=by, now=now)
    return answer


def _another_officer(case: Case, by: Actor) -> None:
    """Whose answer was objected to does not answer again. The system only carries what was decided elsewhere."""
    if by.is_staff and _OBJECTED_TO(case=case.pk, clerk=by.code):
        raise SameOfficerAgain


# Asked with every answer that is written: each by an index, in the words of a kept query.
_OBJECTED_TO = Prepared(
    lambda case, clerk: Answer.objects.filter(case_id=case, objection__isnull=False, drafted_by=clerk).values_list(
        "pk", "number"
    )[:1]
)
_LAST = Prepared(
    lambda case: Answer.objects.filter(case_id=case).order_by("-number").values_list("number", "drafted_by")[:1]
)


def _last(case: Case) -> int:
    """The number of the newest version; 0 where there is none."""
    found = _LAST.first(case=case.pk)
    return found[0] if found else 0


def _write(case: Case, words: Words, *, by: Actor, now: datetime, submitted_at: datetime | None = None) -> Answer:
    number = _last(case) + 1
    answer = Answer(
        case=case,
        number=number,
        outcome=words.outcome,
        text=words.text,
        reason=words.reason,
        legal_ground=words.legal_ground,
        next_step=words.next_step,
        begun_with=begun_with(case, words.begun_with),
        drafted_by=by.code,
        drafted_name=by.name,
        drafted_at=now,
        submitted_at=submitted_at,
    )
    answer.save(force_insert=True)
    record(Drafted(**told(case), number=number), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return answer


@transaction.atomic
def draft_and_submit(*, case: Case, words: Words, by: Actor, now: datetime) -> Answer:
    """Write a version and hand it in; when the gate refuses it, none was written."""
    require_ticked(case, by)
    found = found_in(words.said, by, case, shared=words.shared)
    if found:
        raise TooEmpty(found)
    return _submit(draft(case=case, words=words, by=by, now=now), by=by, now=now)


def submit(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Hand the draft in for approval. Raises TooEmpty, before anything is begun, when the gate refuses it."""
    found = found_in(_said(answer), by, answer.case, clerk=answer.drafted_by)
    if found:
        raise TooEmpty(found)
    return _submit(answer, by=by, now=now)


def _said(answer: Answer) -> Said:
    parts = {name: getattr(answer, name) for name in _PARTS}
    return Said(**parts, denied=answer.outcome == Outcome.DENIED)


@transaction.atomic
def let_through(*, answer: Answer, why: str, by: Actor, now: datetime) -> Answer:
    """Hand in a draft that the gate refuses: who may approve takes it on themselves and says why."""
    by.require(Power.CASE_APPROVE)
    if not why.strip():
        raise ReasonMissing
    found = found_in(_said(answer), by, answer.case, clerk=answer.drafted_by)
    require_filled(found)
    _submit(answer, by=by, now=now)
    _note_let_through(answer, found, why, by=by, now=now)
    return answer


def _note_let_through(answer: Answer, found: list[Fault], why: str, *, by: Actor, now: datetime) -> None:
    case = answer.case
    change_version(answer, still=HANDED_IN, changes={"let_through_by": by.code, "let_through_why": why.strip()})
    event = LetThrough(**told(case), number=answer.number, faults=" ".join(found))
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)


@transaction.atomic
def _submit(answer: Answer, *, by: Actor, now: datetime) -> Answer:
    case = answer.case
    require_ticked(case, by)
    move(case, Move.SUBMIT, by=by, now=now)
    hold_all(case)
    if _last(case) > answer.number:
        raise CaseMovedMeanwhile
    change_version(answer, still={"submitted_at": None}, changes={"submitted_at": now})
    record(Submitted(**told(case), number=answer.number), on=case.code, unit_path=case.unit_path, by=by, at=now)
    stepped(case, Submitted.verb, by=by, now=now)
    return answer


@transaction.atomic
def send_back(*, answer: Answer, why: str, by: Actor, now: datetime) -> Answer:
    """The draft is not good enough yet."""
    if not why.strip():
        raise ReasonMissing
    case = answer.case
    move(case, Move.SEND_BACK, by=by, now=now)
    hold_all(case)
    changes: dict[str, object] = {
        "sent_back_at": now,
        "sent_back_why": why,
        "approved_at": None,
        "approved_by": "",
        "approved_name": "",
        "approved_post": "",
    }
    if answer.approved_at and attempts_of(answer).exists():
        raise WentOut
    change_version(answer, still={**HANDED_IN, "delivered_at": None}, changes=changes)
    record(SentBack(**told(case), number=answer.number), on=case.code, unit_path=case.unit_path, by=by, at=now)
    stepped(case, SentBack.verb, by=by, now=now)
    return answer


@transaction.atomic
def approve(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Sign the answer. Nobody signs a draft of their own, nor twice; the last signature gives it its number."""
    case = answer.case
    by.require(Power.CASE_APPROVE)
    if by.is_staff and by.code in {signature["by"] for signature in answer.signatures}:
        raise SignedAlready
    if answer.drafted_by == by.code:
        raise OwnDraft
    require_decided(case, by)
    needed, before = signing.levels(case.kind, answer.outcome), answer.signed
    reached = signing.reached(needed, before, by)
    if reached == before < len(needed):
        raise HigherSignature(post=signing.title_of(needed[before]))
    still = {**HANDED_IN, "approved_at": None, "signed": before}
    if reached < len(needed):
        return endorse(answer, reached, still=still, by=by, now=now)
    move(case, Move.APPROVE, by=by, now=now)
    hold_all(case)
    sign(answer, reached, still=still, by=by, now=now)
    event = Approved(**told(case), number=answer.number, letter=answer.letter_number)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    stepped(case, Approved.verb, by=by, now=now)
    return answer


@transaction.atomic
def deliver(
    *, answer: Answer, how: str, by: Actor, now: datetime, proof: str = "", paper: Evidence | None = None
) -> Answer:
    """Serve the answer on the person by hand, with its proof; what the office owed is done with it.

    What the system sends is delivered by the word of its carrier: actions_delivery.arrived. What came by a file was
    delivered elsewhere.
    """
    if by.is_staff and how in SENT:
        raise CarrierMustSay
    case = answer.case
    move(case, Move.DELIVER, by=by, now=now, answered_at=now, outcome=answer.outcome)
    hold_all(case)
    note_reached(answer, way=how, proof=proof, by=by, now=now, paper=paper)
    return served(case, answer, how=how, by=by, now=now, power=Power.CASE_DELIVER)


def served(case: Case, answer: Answer, *, how: str, by: Actor, now: datetime, power: Power) -> Answer:
    """The answer has reached its person, or nobody can be reached. Only inside the deed that proves it."""
    approved: dict[str, object] = {"approved_at": SOME, "delivered_at": None}
    change_version(answer, still=approved, changes={"delivered_at": now, "delivered_how": how})
    duty = final_duty(case)
    if duty is None:
        raise CaseMovedMeanwhile
    duties.fulfil(duty=duty, by=by, now=now, power=power)
    settle_referrals(case, by=by, now=now, power=power)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[answer.text])
    kind = Undeliverable if how == IMPOSSIBLE else Answered
    event = kind(
        **told(case),
        outcome=answer.outcome,
        how=how,
        first=int(case.reopened == 0),
        received=duty.opened_at,
        due=duty.due_at,
    )
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return answer


@transaction.atomic
def answer_at_once(
    *, case: Case, words: Words, how: str, by: Actor, now: datetime, anyway: str = "", proof: str = ""
) -> Answer:
    """Answer on the spot: one who may approve says it to the person's face, or a file says it was done elsewhere.

    What is sent instead of said is signed at once and waits for its carrier's word. `anyway` is why the answer is
    given although the gate refuses it (one text for a group of people, say).
    """
    by.require(Power.CASE_APPROVE)
    words.check()
    _another_officer(case, by)
    require_decided(case, by)
    needed = signing.levels(case.kind, words.outcome)
    reached = signing.reached(needed, 0, by)
    if reached < len(needed):
        raise HigherSignature(post=signing.title_of(needed[reached]))
    require_ticked(case, by)
    found = found_in(words.said, by, case, shared=words.shared)
    if found and not anyway.strip():
        raise TooEmpty(found)
    require_filled(found)
    move(case, Move.DRAFT, by=by, now=now, outcome=words.outcome)
    hold_all(case)
    answer = _write(case, words, by=by, now=now, submitted_at=now)
    sign(answer, reached, still={"approved_at": None}, by=by, now=now)
    if found:
        _note_let_through(answer, found, anyway, by=by, now=now)
    if by.is_staff and how in {*SENT, POST, ""}:
        return _sign_and_send(answer, how, by=by, now=now)
    if Case.objects.filter(pk=case.pk, state=State.DRAFTED).update(state=State.ANSWERED, answered_at=now) != 1:
        raise CaseMovedMeanwhile
    case.state, case.answered_at = State.ANSWERED, now
    note_reached(answer, way=how, proof=proof, by=by, now=now)
    return served(case, answer, how=how, by=by, now=now, power=Power.CASE_APPROVE)


def _sign_and_send(answer: Answer, how: str, *, by: Actor, now: datetime) -> Answer:
    """Signed at once; it counts when its arrival is proven. Without a way it waits for somebody to deliver it."""
    case = answer.case
    if Case.objects.filter(pk=case.pk, state=State.DRAFTED).update(state=State.APPROVED) != 1:
        raise CaseMovedMeanwhile
    case.state = State.APPROVED
    event = Approved(**told(case), number=answer.number, letter=answer.letter_number)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    if how:
        send_out(answer=answer, way=how, by=by, now=now, power=Power.CASE_APPROVE)
    return answer
