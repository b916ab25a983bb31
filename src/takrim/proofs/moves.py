"""The life of a proof, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.proofs.models import Action, State


class Move(StrEnum):
    SEND = auto()
    ACCEPT = auto()
    RETURN = auto()
    REFUSE = auto()
    REOPEN = auto()
    WITHDRAW = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and who may make it."""

    sources: tuple[State, ...]
    target: State
    power: Power


MOVES = {
    Move.SEND: Rule((State.DRAFT, State.RETURNED), State.SENT, Power.PROOF_GIVE),
    Move.ACCEPT: Rule((State.SENT,), State.ACCEPTED, Power.PROOF_JUDGE),
    # What was accepted may turn out to be wrong: what it supported falls with it.
    Move.RETURN: Rule((State.SENT, State.ACCEPTED), State.RETURNED, Power.PROOF_JUDGE),
    Move.REFUSE: Rule((State.SENT, State.ACCEPTED), State.REFUSED, Power.PROOF_JUDGE),
    # The second judge does not agree: it is judged anew.
    Move.REOPEN: Rule((State.ACCEPTED,), State.SENT, Power.PROOF_JUDGE),
    Move.WITHDRAW: Rule((State.DRAFT, State.RETURNED), State.WITHDRAWN, Power.PROOF_GIVE),
}


class ProofCannotMove(Refusal):
    code = "proof_cannot_move"
    message = _("This step is no longer possible for this proof: look at what has happened since and choose again.")


class ProofMovedMeanwhile(Refusal):
    code = "proof_moved_meanwhile"
    message = _("A colleague was faster: this proof has just been changed. Nothing of yours was saved; look again.")


def move(action: Action, step: Move, *, by: Actor, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    by.require(rule.power)
    if action.state not in rule.sources:
        raise ProofCannotMove(state=action.state, move=step)
    still = {"state": action.state, "changed_at": action.changed_at}
    if not change(action, still=still, to={"state": rule.target, **changes}):
        raise ProofMovedMeanwhile(move=step)
