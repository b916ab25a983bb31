"""The life of a case, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.models import ENDED_STATES, OPEN_STATES, Case, State
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change


class Move(StrEnum):
    ASK = auto()
    COMPLETE = auto()
    REFER = auto()
    REVIEW = auto()
    DRAFT = auto()
    SUBMIT = auto()
    SEND_BACK = auto()
    APPROVE = auto()
    DELIVER = auto()
    CLOSE = auto()
    OBJECT = auto()
    STAND = auto()
    REFUSE = auto()
    MARK_DUPLICATE = auto()
    SEPARATE = auto()
    WITHDRAW = auto()
    INQUIRE = auto()
    TRANSFER = auto()
    TAKE_OVER = auto()
    HAND_BACK = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and who may make it."""

    sources: tuple[State, ...]
    target: State
    power: Power


_TRANSFERABLE = (
    State.REGISTERED,
    State.REFERRED,
    State.UNDER_REVIEW,
    State.DRAFTED,
    State.AWAITING_INQUIRY,
    State.AWAITING_COMPLETION,
)
_WORKED_ON = (
    State.REGISTERED,
    State.REFERRED,
    State.AWAITING_INQUIRY,
    State.UNDER_REVIEW,
    State.DRAFTED,
    State.REOPENED,
)

MOVES = {
    Move.ASK: Rule(_WORKED_ON, State.AWAITING_COMPLETION, Power.CASE_COMPLETE),
    Move.COMPLETE: Rule((State.AWAITING_COMPLETION,), State.UNDER_REVIEW, Power.CASE_COMPLETE),
    Move.REFER: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.REFERRED, Power.CASE_REFER),
    Move.REVIEW: Rule(
        (State.REFERRED, State.AWAITING_INQUIRY, State.REGISTERED, State.REOPENED),
        State.UNDER_REVIEW,
        Power.DUTY_ANSWER,
    ),
    Move.DRAFT: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.DRAFTED, Power.CASE_DRAFT),
    Move.SUBMIT: Rule((State.DRAFTED,), State.AWAITING_APPROVAL, Power.CASE_DRAFT),
    Move.SEND_BACK: Rule((State.AWAITING_APPROVAL, State.APPROVED), State.UNDER_REVIEW, Power.CASE_APPROVE),
    Move.APPROVE: Rule((State.AWAITING_APPROVAL,), State.APPROVED, Power.CASE_APPROVE),
    Move.DELIVER: Rule((State.APPROVED,), State.ANSWERED, Power.CASE_DELIVER),
    Move.CLOSE: Rule((State.ANSWERED,), State.CLOSED, Power.CASE_CLOSE),
    Move.OBJECT: Rule((State.ANSWERED, State.CLOSED), State.REOPENED, Power.CASE_OBJECT),
    Move.STAND: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.ANSWERED, Power.CASE_APPROVE),
    Move.REFUSE: Rule(OPEN_STATES, State.REFUSED, Power.CASE_REFUSE),
    Move.MARK_DUPLICATE: Rule(OPEN_STATES, State.DUPLICATE, Power.CASE_REFER),
    Move.SEPARATE: Rule((State.DUPLICATE,), State.UNDER_REVIEW, Power.CASE_REFER),
    Move.WITHDRAW: Rule(OPEN_STATES, State.WITHDRAWN, Power.CASE_OBJECT),
    Move.INQUIRE: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.AWAITING_INQUIRY, Power.CASE_REFER),
    # What was objected to is answered where it was answered: it is not passed on.
    Move.TRANSFER: Rule(_TRANSFERABLE, State.TRANSFERRED, Power.CASE_REFER),
    Move.TAKE_OVER: Rule((State.TRANSFERRED,), State.UNDER_REVIEW, Power.CASE_REFER),
    Move.HAND_BACK: Rule((State.TRANSFERRED,), State.UNDER_REVIEW, Power.CASE_REFER),
}


class CaseCannotMove(Refusal):
    code = "case_cannot_move"
    message = _("This step is no longer possible: the case has moved on. Look at its latest state and choose again.")


class CaseMovedMeanwhile(Refusal):
    code = "case_moved_meanwhile"
    message = _("A colleague was faster: this case has just been changed. Nothing of yours was saved; look again.")


class NotYours(Refusal):
    code = "not_yours"
    status = 403
    message = _("Another office owes this answer. You can write a note, or reply to what your office was asked.")


def answers_for(case: Case, actor: Actor) -> bool:
    """Whether the case is owed by the actor's office or one below it; an office that was only asked sees it, no more.

    People who hold a case, and the system, have no office of their own in the way of this.
    """
    return is_under(case.unit_path, actor.unit_path)


def possible(case: Case, step: Move, actor: Actor) -> bool:
    """Whether the page should offer the step: state, power and office allow it."""
    rule = MOVES[step]
    return case.state in rule.sources and actor.may(rule.power) and answers_for(case, actor)


def move(case: Case, step: Move, *, by: Actor, now: datetime, power: Power | None = None, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    by.require(power or rule.power)
    # A reply to a referral comes from another office, and takes the case up again.
    if step is not Move.REVIEW and not answers_for(case, by):
        raise NotYours
    if case.state not in rule.sources:
        raise CaseCannotMove(state=case.state, move=step)
    if rule.target in ENDED_STATES:
        changes["closed_at"] = now
    elif case.closed_at is not None:
        changes["closed_at"] = None
    # The same case as was read, owed by the same office and kept from the same people.
    still = {name: getattr(case, name) for name in ("state", "closed_at", "unit_id", "shielded")}
    if not change(case, still=still, to={"state": rule.target, **changes}):
        raise CaseMovedMeanwhile(move=step)
