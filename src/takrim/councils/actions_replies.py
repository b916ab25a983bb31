"""Who was invited says whether they come, or who comes instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.councils import events
from takrim.councils.events import InvitationEvent, told_of
from takrim.councils.models_meetings import Invitation, Reply, State
from takrim.councils.queries import keeps
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.rows import change

_BY_LINK = "invitation:"


class NotYourInvitation(Refusal):
    code = "not_your_invitation"
    status = 403
    message = _("Somebody else was invited to this seat. Only they and the secretary can reply for it.")


class ReplyTooLate(Refusal):
    code = "reply_too_late"
    message = _("Nobody is awaited any more: the meeting has begun, or was called off.")


class SubstituteUnnamed(Refusal):
    code = "substitute_unnamed"
    status = 422
    message = _("Write the name of who comes instead of you.")


class NoReasonGiven(Refusal):
    code = "reply_without_reason"
    status = 422
    message = _("Say in a few words why you cannot come: the secretary reads it.")


class SubstituteInvited(Refusal):
    code = "substitute_invited"
    message = _("This person was invited to the meeting themselves. Choose somebody else.")


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Who comes instead: somebody with an account, or a name and a title."""

    name: str = ""
    title: str = ""
    person: Person | None = None


def by_link(invitation: Invitation) -> Actor:
    """Whoever opened the signed link in the letter about this invitation."""
    return Actor(code=f"{_BY_LINK}{invitation.pk}", name=invitation.name)


def _require_may_reply(invitation: Invitation, by: Actor, now: datetime) -> None:
    if by.code == f"{_BY_LINK}{invitation.pk}":
        return
    theirs = by.person_id is not None and Invitation.objects.filter(pk=invitation.pk).of(by).exists()
    if not theirs and not keeps(invitation.meeting.body, by, local_date(now)):
        raise NotYourInvitation


def _reply(invitation: Invitation, event: type[InvitationEvent], *, by: Actor, now: datetime, **to: Any) -> Invitation:
    meeting = invitation.meeting
    _require_may_reply(invitation, by, now)
    if meeting.state != State.INVITED or invitation.invited_at is None:
        raise ReplyTooLate
    nobody = {"substitute_person_id": None, "substitute_name": "", "substitute_title": ""}
    told = {**nobody, "replied_at": now, **to}
    if not change(invitation, still={"attendance": ""}, to=told):
        raise ReplyTooLate
    record(event(**told_of(invitation)), on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """They come."""
    return _reply(invitation, events.InvitationAccepted, by=by, now=now, reply=Reply.ACCEPTED, reply_note="")


@transaction.atomic
def decline(*, invitation: Invitation, reason: str, by: Actor, now: datetime) -> Invitation:
    """They cannot come and say why; nobody comes instead."""
    said = clean_text(reason).strip()
    if not said:
        raise NoReasonGiven
    return _reply(invitation, events.InvitationDeclined, by=by, now=now, reply=Reply.DECLINED, reply_note=said)


@transaction.atomic
def send_substitute(*, invitation: Invitation, instead: Instead, by: Actor, now: datetime) -> Invitation:
    """Somebody comes instead; they sit and count as the member would. With an account they are written to."""
    person = instead.person
    name = " ".join(clean_text(instead.name or (person.name if person else "")).split())
    if not name or (person is not None and person.pk == invitation.person_id):
        raise SubstituteUnnamed
    if person is not None and Invitation.objects.filter(meeting=invitation.meeting_id, person=person).exists():
        raise SubstituteInvited
    return _reply(
        invitation,
        events.SubstituteNamed,
        by=by,
        now=now,
        reply=Reply.SUBSTITUTE,
        reply_note="",
        substitute_person_id=person.pk if person else None,
        substitute_name=name,
        substitute_title=clean_text(instead.title).strip(),
    )
