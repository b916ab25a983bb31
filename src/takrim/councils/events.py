"""What happens to meetings. Facts are numbers and times; what was talked about and who came is not in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.councils.models_meetings import Invitation, Meeting
from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """`meeting` is its number in its body, `body` the code of that, `sequence` its version in calendars."""

    verb: ClassVar[str] = "meeting"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    body: str
    meeting: int
    sequence: int


def told(meeting: Meeting) -> dict[str, Any]:
    """The facts that all events of a meeting have."""
    return {
        "unit": meeting.unit_path,
        "body": meeting.body.code,
        "meeting": meeting.number,
        "sequence": meeting.sequence,
    }


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(MeetingEvent):
    verb = "meeting.planned"
    sentence = _("Meeting {meeting} was planned for {starts}.")
    starts: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingInvited(MeetingEvent):
    verb = "meeting.invited"
    sentence = _("Invited to meeting {meeting}, on {starts}: {invited}.")
    counted = {"invited": lambda many: ngettext("{number} person", "{number} people", many)}
    starts: datetime
    invited: int


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(MeetingEvent):
    verb = "meeting.changed"
    sentence = _("Meeting {meeting} was changed; it is on {starts}.")
    starts: datetime
    before: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    verb = "meeting.cancelled"
    sentence = _("Meeting {meeting} of {starts} was cancelled.")
    starts: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingOpened(MeetingEvent):
    verb = "meeting.opened"
    sentence = _("Meeting {meeting} was opened: {present} of {voters} who vote were there, {needed} were needed.")
    opened: datetime
    voters: int
    present: int
    needed: int


@dataclass(frozen=True, kw_only=True)
class MeetingNotConstituted(MeetingEvent):
    verb = "meeting.not_constituted"
    sentence = _("Meeting {meeting} was not constituted: {present} of {voters} came, {needed} were needed.")
    voters: int
    present: int
    needed: int


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(MeetingEvent):
    verb = "meeting.closed"
    sentence = _("Meeting {meeting} ended; {present} took part.")
    closed: datetime
    present: int


@dataclass(frozen=True, kw_only=True)
class InvitationEvent(MeetingEvent):
    """`invitation` is the number of its row."""

    verb: ClassVar[str] = "invitation"
    invitation: int


def told_of(invitation: Invitation) -> dict[str, Any]:
    """The facts that all events of an invitation have."""
    return {**told(invitation.meeting), "invitation": invitation.pk}


@dataclass(frozen=True, kw_only=True)
class GuestInvited(InvitationEvent):
    verb = "meeting.guest_invited"
    sentence = _("A guest was put on the list of meeting {meeting}.")


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(InvitationEvent):
    verb = "meeting.accepted"
    sentence = _("Somebody said that they come to meeting {meeting}.")


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(InvitationEvent):
    verb = "meeting.declined"
    sentence = _("Somebody said that they cannot come to meeting {meeting}.")


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(InvitationEvent):
    verb = "meeting.substitute_named"
    sentence = _("Somebody named a substitute for meeting {meeting}.")


@dataclass(frozen=True, kw_only=True)
class AttendanceNoted(InvitationEvent):
    verb = "meeting.attendance"
    sentence = _("An attendance at meeting {meeting} was noted.")
    attendance: str
    how: str
