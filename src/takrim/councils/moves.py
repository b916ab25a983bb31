"""The life of a meeting, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils.models_meetings import Meeting, State
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change


class Move(StrEnum):
    INVITE = auto()
    OPEN = auto()
    NOT_CONSTITUTE = auto()
    CANCEL = auto()
    DRAFT = auto()
    CIRCULATE = auto()
    TAKE_BACK = auto()
    ISSUE = auto()


@dataclass(frozen=True)
class Rule:
    """From which states a move leads where, and the power it needs."""

    sources: tuple[State, ...]
    target: State
    power: Power = Power.MEETING_KEEP


MOVES = {
    Move.INVITE: Rule((State.PLANNED,), State.INVITED),
    # Enough of those who vote are there: whatever is decided now holds.
    Move.OPEN: Rule((State.INVITED,), State.HELD),
    Move.NOT_CONSTITUTE: Rule((State.INVITED,), State.NOT_CONSTITUTED),
    Move.CANCEL: Rule((State.PLANNED, State.INVITED), State.CANCELLED),
    # The minutes: written, handed round to be signed, taken back to be mended, issued.
    Move.DRAFT: Rule((State.HELD,), State.DRAFTED),
    Move.CIRCULATE: Rule((State.DRAFTED,), State.SIGNING),
    Move.TAKE_BACK: Rule((State.SIGNING,), State.DRAFTED),
    Move.ISSUE: Rule((State.SIGNING,), State.ISSUED),
}


class MeetingCannotMove(Refusal):
    code = "meeting_cannot_move"
    message = _("This step is not possible in the state the meeting is in. Look at its page again.")


class MeetingMovedMeanwhile(Refusal):
    code = "meeting_moved_meanwhile"
    message = _("A colleague was faster: this meeting has just been changed. Nothing of yours was saved; look again.")


def can(meeting: Meeting, step: Move) -> bool:
    """Whether the state of the meeting allows the step."""
    return meeting.state in MOVES[step].sources


def move(meeting: Meeting, step: Move, *, by: Actor, now: datetime, **changes: object) -> None:
    """Take one step, or refuse. Two people pressing at once: one succeeds, the other is told."""
    rule = MOVES[step]
    by.require(rule.power)
    if not can(meeting, step):
        raise MeetingCannotMove(state=meeting.state, move=step)
    still = {"state": meeting.state, "version": meeting.version}
    if not change(meeting, still=still, to={"state": rule.target, "version": meeting.version + 1, **changes}):
        raise MeetingMovedMeanwhile(move=step)
