"""Who came: by hand, at the door, remotely; whether they are enough; and when it was over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils import events
from takrim.councils.actions_replies import NotYourInvitation, by_link
from takrim.councils.actions_rhythm import count_meeting, take_due
from takrim.councils.events import told, told_of
from takrim.councils.models import Role
from takrim.councils.models_meetings import HERE, TOOK_PLACE, Attendance, Invitation, Meeting, Reply, State
from takrim.councils.moves import MeetingCannotMove, MeetingMovedMeanwhile, Move, move
from takrim.councils.queries import require_keeper
from takrim.councils.quorum import Count, count
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import SOME, change


class DoorClosed(Refusal):
    code = "door_closed"
    message = _("The list of this meeting is closed. Ask the secretary to note that you were there.")


class QuorumNotReached(Refusal):
    code = "quorum_not_reached"
    message = _(
        "{present} of {voters} who vote are there, {needed} are needed. Wait, or note that it was not constituted."
    )


class ChairMissing(Refusal):
    code = "chair_missing"
    message = _("The chair must be there, or who comes instead. Wait, or note that it was not constituted.")


class QuorumIsReached(Refusal):
    code = "quorum_is_reached"
    message = _("Enough are there: the meeting can be opened. Look at the list of who came.")


class NotBegunYet(Refusal):
    code = "meeting_not_begun"
    message = _("The time of this meeting has not come yet.")


def counted(meeting: Meeting) -> Count:
    """The quorum as the list stands now. One query."""
    return count_of(meeting, list(Invitation.objects.filter(meeting=meeting)))


def count_of(meeting: Meeting, rows: Sequence[Invitation]) -> Count:
    """The quorum of a meeting with this list."""
    voters = [row for row in rows if row.votes]
    here = [row for row in voters if row.is_here]
    chair_here = any(row.is_here for row in rows if row.role == Role.CHAIR)
    return count(meeting.body, voters=len(voters), present=len(here), chair_here=chair_here)


def _require_list_open(meeting: Meeting) -> None:
    if meeting.state not in {State.INVITED, State.HELD, State.DRAFTED} or meeting.closed_at is not None:
        raise DoorClosed


@transaction.atomic
def note_attendance(
    *, invitation: Invitation, attendance: Attendance, by_substitute: bool = False, by: Actor, now: datetime
) -> Invitation:
    """The secretary notes whether somebody came. Until the minutes are signed it can be put right."""
    meeting = invitation.meeting
    require_keeper(meeting.body, by, local_date(now))
    if meeting.state not in {State.INVITED, State.HELD, State.DRAFTED}:
        raise DoorClosed
    _note(invitation, attendance, by_substitute=by_substitute, how="hand", by=by, now=now)
    return invitation


def _note(
    invitation: Invitation, attendance: Attendance, *, by_substitute: bool, how: str, by: Actor, now: datetime
) -> None:
    here = attendance in HERE
    to = {
        "attendance": attendance.value,
        "by_substitute": here and by_substitute and bool(invitation.substitute_name),
        "arrived_at": (invitation.arrived_at or now) if here else None,
        "left_at": None,
        "noted_how": how if attendance else "",
    }
    if not change(invitation, still={"attendance": invitation.attendance}, to=to):
        raise MeetingMovedMeanwhile
    meeting = invitation.meeting
    event = events.AttendanceNoted(**told_of(invitation), attendance=attendance.value, how=how)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)


@transaction.atomic
def sign_in(*, invitation: Invitation, remote: bool = False, by: Actor, now: datetime) -> Invitation:
    """Somebody says for themselves that they are there: by the code at the door, or as they join remotely."""
    _require_list_open(invitation.meeting)
    as_substitute = _comes_instead(invitation, by)
    if invitation.is_here:
        return invitation
    attendance, how = (Attendance.REMOTE, "remote") if remote else (Attendance.PRESENT, "door")
    _note(invitation, attendance, by_substitute=as_substitute, how=how, by=by, now=now)
    return invitation


def _comes_instead(invitation: Invitation, by: Actor) -> bool:
    """Whether the actor is the substitute of this seat; NotYourInvitation for whoever is neither."""
    if by.person_id is not None and by.person_id == invitation.substitute_person_id:
        return True
    if by.code == by_link(invitation).code:
        # The link lies with the member; where somebody else was sent, it is they who opened it at the door.
        return invitation.reply == Reply.SUBSTITUTE
    if not Invitation.objects.filter(pk=invitation.pk).of(by).exists():
        raise NotYourInvitation
    return False


@transaction.atomic
def leave(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Somebody leaves before the end; what was decided before counts them."""
    meeting = invitation.meeting
    require_keeper(meeting.body, by, local_date(now))
    _require_list_open(meeting)
    if not invitation.is_here or not change(
        invitation, still={"left_at": None, "arrived_at": SOME}, to={"left_at": now}
    ):
        raise MeetingMovedMeanwhile
    event = events.AttendanceNoted(**told_of(invitation), attendance="left", how="hand")
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return invitation


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Enough are there: the meeting is held. What was owed for the period is done with it."""
    require_keeper(meeting.body, by, local_date(now))
    if local_date(now) < local_date(meeting.starts_at):
        raise NotBegunYet
    found = counted(meeting)
    if found.missing:
        raise QuorumNotReached(present=found.present, voters=found.voters, needed=found.needed)
    if found.chair_missing:
        raise ChairMissing
    move(meeting, Move.OPEN, by=by, now=now, opened_at=now, **_numbers(found))
    take_due(meeting.body_id)
    event = events.MeetingOpened(
        **told(meeting), opened=now, voters=found.voters, present=found.present, needed=found.needed
    )
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    count_meeting(meeting=meeting, by=by, now=now)
    return meeting


def _numbers(found: Count) -> dict[str, int]:
    return {"quorum_needed": found.needed, "quorum_present": found.present, "quorum_voters": found.voters}


@transaction.atomic
def not_constitute(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Too few came: nothing can be decided, and what was owed for the period stays owed."""
    require_keeper(meeting.body, by, local_date(now))
    if now < meeting.starts_at:
        raise NotBegunYet
    found = counted(meeting)
    if found.reached:
        raise QuorumIsReached
    move(meeting, Move.NOT_CONSTITUTE, by=by, now=now, closed_at=None, **_numbers(found))
    _write_absent(meeting)
    event = events.MeetingNotConstituted(
        **told(meeting), voters=found.voters, present=found.present, needed=found.needed
    )
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """It is over: whoever did not come is absent, with leave where they had said so."""
    require_keeper(meeting.body, by, local_date(now))
    if meeting.state not in TOOK_PLACE or meeting.opened_at is None:
        raise MeetingCannotMove(state=meeting.state)
    if not change(meeting, still={"closed_at": None, "state": meeting.state}, to={"closed_at": now}):
        raise MeetingMovedMeanwhile
    _write_absent(meeting)
    present = Invitation.objects.filter(meeting=meeting).here().count()
    event = events.MeetingClosed(**told(meeting), closed=now, present=present)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def _write_absent(meeting: Meeting) -> None:
    waiting = Invitation.objects.filter(meeting=meeting, attendance=Attendance.NONE)
    waiting.filter(reply=Reply.DECLINED).update(attendance=Attendance.EXCUSED, noted_how="hand")
    waiting.update(attendance=Attendance.ABSENT, noted_how="hand")
