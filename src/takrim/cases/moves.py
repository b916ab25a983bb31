"""The life of a case, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.models import ENDED_STATES, OPEN_STATES, Case, State
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power


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
    REFUSE = auto()
    MARK_DUPLICATE = auto()
    WITHDRAW = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and who may make it."""

    sources: tuple[State, ...]
    target: State
    power: Power


_WORKED_ON = (State.REGISTERED, State.REFERRED, State.UNDER_REVIEW, State.DRAFTED, State.REOPENED)

MOVES = {
    Move.ASK: Rule(_WORKED_ON, State.AWAITING_COMPLETION, Power.CASE_COMPLETE),
    Move.COMPLETE: Rule((State.AWAITING_COMPLETION,), State.UNDER_REVIEW, Power.CASE_COMPLETE),
    Move.REFER: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.REFERRED, Power.CASE_REFER),
    Move.REVIEW: Rule((State.REFERRED, State.REGISTERED, State.REOPENED), State.UNDER_REVIEW, Power.DUTY_ANSWER),
    Move.DRAFT: Rule((*_WORKED_ON, State.AWAITING_COMPLETION), State.DRAFTED, Power.CASE_DRAFT),
    Move.SUBMIT: Rule((State.DRAFTED,), State.AWAITING_APPROVAL, Power.CASE_DRAFT),
    Move.SEND_BACK: Rule((State.AWAITING_APPROVAL, State.APPROVED), State.UNDER_REVIEW, Power.CASE_APPROVE),
    Move.APPROVE: Rule((State.AWAITING_APPROVAL,), State.APPROVED, Power.CASE_APPROVE),
    Move.DELIVER: Rule((State.APPROVED,), State.ANSWERED, Power.CASE_DELIVER),
    Move.CLOSE: Rule((State.ANSWERED,), State.CLOSED, Power.CASE_CLOSE),
    Move.OBJECT: Rule((State.ANSWERED, State.CLOSED), State.REOPENED, Power.CASE_OBJECT),
    Move.REFUSE: Rule(OPEN_STATES, State.REFUSED, Power.CASE_REFUSE),
    Move.MARK_DUPLICATE: Rule(OPEN_STATES, State.DUPLICATE, Power.CASE_REFER),
    Move.WITHDRAW: Rule(OPEN_STATES, State.WITHDRAWN, Power.CASE_OBJECT),
}


class CaseCannotMove(Refusal):
    code = "case_cannot_move"
    message = _("This step is no longer possible: the case has moved on. Look at its latest state and choose again.")


class CaseMovedMeanwhile(Refusal):
    code = "case_moved_meanwhile"
    message = _("A colleague was faster: this case has just been changed. Nothing of yours was saved; look again.")


def possible(case: Case, step: Move, actor: Actor) -> bool:
    """Whether the page should offer the step: the state allows it and the actor has the power."""
    return case.state in MOVES[step].sources and actor.may(MOVES[step].power)


def move(case: Case, step: Move, *, by: Actor, now: datetime, power: Power | None = None, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    by.require(power or rule.power)
    if case.state not in rule.sources:
        raise CaseCannotMove(state=case.state, move=step)
    if rule.target in ENDED_STATES:
        changes["closed_at"] = now
    elif case.closed_at is not None:
        changes["closed_at"] = None
    mine = Case.objects.filter(pk=case.pk, state=case.state, closed_at=case.closed_at)
    if mine.update(state=rule.target, **changes) != 1:
        raise CaseMovedMeanwhile(move=step)
    case.state = rule.target
    for name, value in changes.items():
        setattr(case, name, value)
