"""The life of a duty, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.duties.models import Duty, State
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change


class Move(StrEnum):
    ANSWER = auto()
    RETURN = auto()
    ACCEPT = auto()
    FULFIL = auto()
    WITHDRAW = auto()
    DECLINE = auto()
    RESTORE = auto()
    QUESTION = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and who may make it."""

    sources: tuple[State, ...]
    target: State
    power: Power


MOVES = {
    Move.ANSWER: Rule((State.OPEN, State.RETURNED), State.ANSWERED, Power.DUTY_ANSWER),
    Move.RETURN: Rule((State.ANSWERED,), State.RETURNED, Power.DUTY_JUDGE),
    Move.ACCEPT: Rule((State.ANSWERED,), State.ACCEPTED, Power.DUTY_JUDGE),
    Move.FULFIL: Rule((State.OPEN, State.RETURNED), State.ACCEPTED, Power.CASE_DELIVER),
    Move.WITHDRAW: Rule((State.OPEN, State.RETURNED, State.ANSWERED), State.WITHDRAWN, Power.CASE_REFER),
    # The office that was asked gives it back: it owes nothing more.
    Move.DECLINE: Rule((State.OPEN, State.RETURNED), State.WITHDRAWN, Power.DUTY_ANSWER),
    # It was withdrawn by mistake: it is owed as if it had never ended.
    Move.RESTORE: Rule((State.WITHDRAWN,), State.OPEN, Power.CASE_REFER),
    # What it was accepted on has fallen away: it waits for judgment again.
    Move.QUESTION: Rule((State.ACCEPTED,), State.ANSWERED, Power.PROOF_JUDGE),
}

SETTLED = frozenset({State.ACCEPTED, State.WITHDRAWN})


class DutyCannotMove(Refusal):
    code = "duty_cannot_move"
    message = _("This step is no longer possible: look at what has happened since and choose again.")


class DutyMovedMeanwhile(Refusal):
    code = "duty_moved_meanwhile"
    message = _("A colleague was faster: this duty has just been changed. Nothing of yours was saved; look again.")


def move(duty: Duty, step: Move, *, by: Actor, now: datetime, power: Power | None = None, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    by.require(power or rule.power)
    if duty.state not in rule.sources:
        raise DutyCannotMove(state=duty.state, move=step)
    settled = now if rule.target in SETTLED else None
    # Its time may have been moved since it was read: what is written follows from the time that was.
    still = {name: getattr(duty, name) for name in ("state", "settled_at", "due_at")}
    if not change(duty, still=still, to={"state": rule.target, "settled_at": settled, **changes}):
        raise DutyMovedMeanwhile(move=step)
