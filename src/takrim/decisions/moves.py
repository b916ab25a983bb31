"""The life of a decision: each part by one table, the whole by its parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.decisions.models import OPEN_STATES, Share, State
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change


class Move(StrEnum):
    TAKE_UP = auto()
    REPORT = auto()
    RETURN = auto()
    CONFIRM = auto()
    CONFIRM_PARTLY = auto()
    REFUSE = auto()
    STOP = auto()
    CANCEL = auto()
    GO_ON = auto()
    QUESTION = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and the power it needs; none where it follows from another deed."""

    sources: tuple[State, ...]
    target: State
    power: Power | None = Power.DECISION_CONFIRM


MOVES = {
    Move.TAKE_UP: Rule((State.ISSUED,), State.IN_HAND, Power.DUTY_ANSWER),
    Move.REPORT: Rule((State.ISSUED, State.IN_HAND), State.REPORTED, Power.DUTY_ANSWER),
    # What was reported is looked at by the secretary, never by whoever did it (doers.py).
    Move.RETURN: Rule((State.REPORTED,), State.IN_HAND),
    Move.CONFIRM: Rule((State.REPORTED,), State.FULFILLED),
    Move.CONFIRM_PARTLY: Rule((State.REPORTED,), State.PARTLY_FULFILLED),
    # Also what nobody has reported on: the time is over and nothing was done.
    Move.REFUSE: Rule(OPEN_STATES, State.NOT_FULFILLED),
    Move.STOP: Rule(OPEN_STATES, State.STOPPED),
    Move.CANCEL: Rule((*OPEN_STATES, State.STOPPED), State.CANCELLED),
    Move.GO_ON: Rule((State.STOPPED, State.NOT_FULFILLED), State.IN_HAND),
    # Its proof was returned or rejected after it had been confirmed.
    Move.QUESTION: Rule((State.FULFILLED, State.PARTLY_FULFILLED), State.REPORTED, None),
}


class DecisionCannotMove(Refusal):
    code = "decision_cannot_move"
    message = _("This step is no longer possible: look at what has happened to the decision since, and choose again.")


class DecisionMovedMeanwhile(Refusal):
    code = "decision_moved_meanwhile"
    message = _("A colleague was faster: this decision has just been changed. Nothing of yours was saved; look again.")


def can(share: Share, step: Move) -> bool:
    """Whether the state of the part allows the step."""
    return share.state in MOVES[step].sources


def move(share: Share, step: Move, *, by: Actor, now: datetime, **changes: object) -> None:
    """Take one step with a part, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    if rule.power is not None:
        by.require(rule.power)
    if not can(share, step):
        raise DecisionCannotMove(state=share.state, move=step)
    ends = rule.target not in OPEN_STATES
    to = {
        "state": rule.target,
        "settled_at": now if ends else None,
        "settled_by": by.name if ends else "",
        **changes,
    }
    if not change(share, still={"state": share.state, "returned": share.returned}, to=to):
        raise DecisionMovedMeanwhile(move=step)


def whole(parts: Collection[str], *, cases: int = 0, waiting: int = 0) -> State:
    """Where a decision stands by its parts, the cases it opened and how many of those are not answered yet."""
    undone = [State(part) for part in parts if part in OPEN_STATES]
    if undone or waiting:
        return _open(undone, began=bool(cases) or len(undone) < len(parts), waiting=waiting)
    ended = {State(part) for part in parts}
    if cases:
        ended.add(State.FULFILLED)
    counted = ended - {State.CANCELLED} or ended
    return counted.pop() if len(counted) == 1 else State.PARTLY_FULFILLED


def _open(undone: list[State], *, began: bool, waiting: int) -> State:
    if undone and not waiting and set(undone) == {State.REPORTED}:
        return State.REPORTED
    return State.IN_HAND if began or set(undone) - {State.ISSUED} else State.ISSUED
