"""What a secretary does with proofs: accepts them, returns or refuses them with a reason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.duties.actions import Way, open_duty
from takrim.journal.event import Event
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.orgs.units import house_of
from takrim.proofs.actions import RETURN_KIND
from takrim.proofs.events import Accepted, Hidden, Refused, Returned, Shown
from takrim.proofs.models import Action, State
from takrim.proofs.moves import Move, ProofMovedMeanwhile, move
from takrim.proofs.supporting import hold, named, note, supported, tell


class Verdict(StrEnum):
    ACCEPT = auto()
    RETURN = auto()
    REFUSE = auto()


class OwnProof(Refusal):
    code = "own_proof"
    status = 403
    message = _("Nobody judges their own proof or that of their own office. Another secretary will see it.")


class NotInYourHouse(Refusal):
    code = "not_in_your_house"
    status = 403
    message = _("This proof belongs to another province; its own secretary judges it.")


class NoReason(Refusal):
    code = "proof_no_reason"
    status = 422
    message = _("Write why: the office will read it and act on it.")


def may_judge(action: Action, by: Actor) -> bool:
    """Whether somebody may judge a proof: in their house, and neither their own nor their own office's."""
    try:
        require_may_judge(action, by)
    except Refusal:
        return False
    return True


def require_may_judge(action: Action, by: Actor) -> None:
    """Raise what forbids it."""
    by.require(Power.PROOF_JUDGE)
    if not by.unit_path or not is_under(action.unit_path, house_of(by.unit_path)):
        raise NotInYourHouse
    if action.unit_path == by.unit_path or action.person_id == by.person_id or by.person_id is None:
        raise OwnProof


@transaction.atomic
def accept(*, action: Action, by: Actor, now: datetime) -> Action:
    """The proof is enough."""
    return _judge(action, Move.ACCEPT, "", by=by, now=now)


@transaction.atomic
def return_proof(*, action: Action, reason: str, by: Actor, now: datetime) -> Action:
    """It is to be completed: its office owes that from now on, by its own clock. What it supported falls at once."""
    if not reason:
        raise NoReason
    _judge(action, Move.RETURN, reason, by=by, now=now)
    way = Way(post=action.post)
    task = f"{action.title}\n\n{reason}"
    open_duty(kind=RETURN_KIND, about=action.subject, unit=action.unit, by=by, now=now, task=task, way=way)
    return action


@transaction.atomic
def refuse(*, action: Action, reason: str, by: Actor, now: datetime) -> Action:
    """It proves nothing, and cannot be completed."""
    if not reason:
        raise NoReason
    return _judge(action, Move.REFUSE, reason, by=by, now=now)


def _judge(action: Action, step: Move, reason: str, *, by: Actor, now: datetime) -> Action:
    require_may_judge(action, by)
    accepted = action.judged_at if action.state == State.ACCEPTED else None
    pairs = supported(action)
    judged = {"judged_at": now, "judge_id": by.person_id, "judge_name": by.name, "reason": reason}
    move(action, step, by=by, changed_at=now, public_at=None, **judged)
    hold(action, pairs)
    event = _event(step, action.unit_path, named(pairs), accepted)
    note(action, event, by=by, now=now)
    tell(pairs, by=by, now=now)
    return action


def _event(step: Move, unit: str, proves: list[str], accepted: datetime | None) -> Event:
    if step is Move.ACCEPT:
        return Accepted(unit=unit, proves=proves)
    if step is Move.RETURN:
        return Returned(unit=unit, proves=proves, accepted=accepted)
    return Refused(unit=unit, proves=proves, accepted=accepted)


def judge(*, action: Action, verdict: str, reason: str, by: Actor, now: datetime) -> Action:
    """The verdict by its name: one of many is judged as one alone would be."""
    if verdict == Verdict.ACCEPT:
        return accept(action=action, by=by, now=now)
    deed = return_proof if verdict == Verdict.RETURN else refuse
    return deed(action=action, reason=reason, by=by, now=now)


class NotAccepted(Refusal):
    code = "proof_not_accepted"
    message = _("Only what was accepted can be shown to everybody.")


@transaction.atomic
def show(*, action: Action, by: Actor, now: datetime) -> None:
    """Let everybody see an accepted action: its words, and its pictures without what they say of time and place."""
    require_may_judge(action, by)
    if action.state != State.ACCEPTED:
        raise NotAccepted
    if not change(action, still={"state": State.ACCEPTED, "public_at": None}, to={"public_at": now}):
        raise ProofMovedMeanwhile
    note(action, Shown(unit=action.unit_path), by=by, now=now)


@transaction.atomic
def hide(*, action: Action, by: Actor, now: datetime) -> None:
    """Take it back from everybody's eyes."""
    require_may_judge(action, by)
    if not change(action, still={"state": State.ACCEPTED, "public_at": action.public_at}, to={"public_at": None}):
        raise ProofMovedMeanwhile
    note(action, Hidden(unit=action.unit_path), by=by, now=now)
