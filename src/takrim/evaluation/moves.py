"""The life of a finding, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation.models import Finding, State
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.orgs.units import house_of

# Who runs rounds of the nation or a province judges what is found in it, and so does who signs for it.
JUDGES = (Power.ROUND_RUN, Power.REPORT_SIGN)


class Move(StrEnum):
    LOOK = auto()
    EXPLAIN = auto()
    UPHOLD = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where."""

    sources: tuple[State, ...]
    target: State


MOVES = {
    Move.LOOK: Rule((State.NEW,), State.LOOKED_AT),
    # What was decided can be decided otherwise, with a reason of its own.
    Move.EXPLAIN: Rule((State.NEW, State.LOOKED_AT, State.UPHELD), State.EXPLAINED),
    Move.UPHOLD: Rule((State.NEW, State.LOOKED_AT, State.EXPLAINED), State.UPHELD),
}


class FindingCannotMove(Refusal):
    code = "finding_cannot_move"
    message = _("This is no longer possible: look at what has become of the finding and choose again.")


class FindingMovedMeanwhile(Refusal):
    code = "finding_moved_meanwhile"
    message = _("A colleague was faster: this finding has just been changed. Nothing of yours was saved; look again.")


class OwnOfficeFound(Refusal):
    code = "own_office_found"
    status = 403
    message = _("This finding is about your own office: the level above judges it.")


def scope_of(actor: Actor) -> str:
    """The office below which an actor may have figures watched: all, or their own province; "" for nobody."""
    if actor.may(Power.ROUND_RUN):
        return house_of(actor.unit_path)
    return actor.unit_path if actor.may(Power.REPORT_SIGN) else ""


def require_may_judge(actor: Actor, unit_path: str) -> None:
    """Raise NotAllowed or OwnOfficeFound unless the actor may judge what is found in an office."""
    scope = scope_of(actor)
    if not scope or not is_under(unit_path, scope):
        raise NotAllowed(power=Power.ROUND_RUN)
    if unit_path == actor.unit_path:
        raise OwnOfficeFound


def move(finding: Finding, step: Move, *, by: Actor, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    require_may_judge(by, finding.unit_path)
    rule = MOVES[step]
    if finding.state not in rule.sources:
        raise FindingCannotMove(state=finding.state, move=step)
    still = {"state": finding.state}
    if not change(finding, still=still, to={"state": rule.target, **changes}):
        raise FindingMovedMeanwhile(move=step)
