"""The life of a round, as one table, and who may run it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation.models_rounds import Round, Stage
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.orgs.units import house_of


class Move(StrEnum):
    OPEN = auto()
    FREEZE = auto()
    PUBLISH = auto()
    FINISH = auto()
    CANCEL = auto()


@dataclass(frozen=True)
class Rule:
    """From which stages a move leads where."""

    sources: tuple[Stage, ...]
    target: Stage


MOVES = {
    Move.OPEN: Rule((Stage.DEFINED,), Stage.DECLARING),
    Move.FREEZE: Rule((Stage.DECLARING,), Stage.ASSESSING),
    Move.PUBLISH: Rule((Stage.ASSESSING,), Stage.PRELIMINARY),
    Move.FINISH: Rule((Stage.PRELIMINARY,), Stage.FINAL),
    Move.CANCEL: Rule((Stage.DEFINED, Stage.DECLARING, Stage.ASSESSING, Stage.PRELIMINARY), Stage.CANCELLED),
}


class RoundCannotMove(Refusal):
    code = "round_cannot_move"
    message = _("This step is no longer possible: look at how far the round has come, and choose again.")


class RoundMovedMeanwhile(Refusal):
    code = "round_moved_meanwhile"
    message = _("A colleague was faster: the round has just been changed. Nothing of yours was saved; look again.")


def scope_of(actor: Actor) -> str:
    """The office at and below which an actor runs rounds: the nation, or their own province; "" for nobody."""
    return house_of(actor.unit_path) if actor.unit_path and actor.may(Power.ROUND_RUN) else ""


def runs(round: Round, actor: Actor) -> bool:
    scope = scope_of(actor)
    return bool(scope) and is_under(round.path, scope)


def require_runs(round: Round, by: Actor) -> None:
    """Raise NotAllowed unless the actor runs this round."""
    if not runs(round, by):
        raise NotAllowed(power=Power.ROUND_RUN)


def can(round: Round, step: Move) -> bool:
    """Whether the stage of the round allows the step."""
    return round.stage in MOVES[step].sources


def move(round: Round, step: Move, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    if not can(round, step):
        raise RoundCannotMove(stage=round.stage, move=step)
    if not change(round, still={"stage": round.stage}, to={"stage": MOVES[step].target, **changes}):
        raise RoundMovedMeanwhile(move=step)
