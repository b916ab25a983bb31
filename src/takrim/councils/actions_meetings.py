"""A meeting is planned, its members are invited, it is changed or called off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.codes import new_nonce
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.councils import events
from takrim.councils.actions_agenda import gather
from takrim.councils.actions_bodies import require_at_work
from takrim.councils.coding import fresh_code
from takrim.councils.events import told, told_of
from takrim.councils.models import Body
from takrim.councils.models_meetings import GUEST, Attendance, Invitation, Meeting, Reply, State
from takrim.councils.moves import MeetingCannotMove, MeetingMovedMeanwhile, Move, move
from takrim.councils.queries import require_keeper
from takrim.councils.seating import seated
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.rows import change


class MeetingInThePast(Refusal):
    code = "meeting_in_the_past"
    status = 422
    message = _("This moment has passed. Choose a later one.")


class MeetingEndsEarly(Refusal):
    code = "meeting_ends_early"
    status = 422
    message = _("The meeting would end before it begins.")


class NoPlace(Refusal):
    code = "meeting_without_place"
    status = 422
    message = _("Say where the meeting is: a place, an address for those who join remotely, or both.")


class NobodyToInvite(Refusal):
    code = "nobody_to_invite"
    message = _("The body has no members on that day. Give it members first.")


class WhyUnsaid(Refusal):
    code = "why_unsaid"
    status = 422
    message = _("Say why: those who were invited read it.")


class GuestUnnamed(Refusal):
    code = "guest_unnamed"
    status = 422
    message = _("Write the name of the guest.")


@dataclass(frozen=True, kw_only=True)
class When:
    """When, where and about what. Without an end it is not known how long it takes."""

    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    online_url: str = ""
    title: str = ""


def _check(when: When, now: datetime) -> None:
    if when.starts_at <= now:
        raise MeetingInThePast
    if when.ends_at is not None and when.ends_at <= when.starts_at:
        raise MeetingEndsEarly
    if not clean_text(when.place).strip() and not when.online_url.strip():
        raise NoPlace


@transaction.atomic
def plan_meeting(*, body: Body, when: When, by: Actor, now: datetime) -> Meeting:
    """Plan the next meeting. Nobody is told before they are invited."""
    require_keeper(body, by, local_date(now))
    require_at_work(body)
    _check(when, now)
    meeting = Meeting(
        code=fresh_code(Meeting.objects, now),
        body=body,
        unit_path=body.unit_path,
        number=next_number(body),
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        place=clean_text(when.place).strip(),
        online_url=when.online_url.strip(),
        title=clean_text(when.title).strip(),
        planned_at=now,
        planned_by=by.code,
        door_nonce=new_nonce(),
    )
    meeting.save(force_insert=True)
    event = events.MeetingPlanned(**told(meeting), starts=meeting.starts_at)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def next_number(body: Body) -> int:
    """The next number in the body, given once. Of two who plan at once the second gets the one behind."""
    Body.objects.filter(pk=body.pk).update(version=F("version"))
    return (Meeting.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def invite(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Invite everybody who has a seat on the day; their letters and calendars follow.

    What rises by itself stands on the agenda from now on: whoever is invited is to know what is overdue.
    """
    day = local_date(now)
    require_keeper(meeting.body, by, day)
    if meeting.starts_at <= now:
        raise MeetingInThePast
    move(meeting, Move.INVITE, by=by, now=now, invited_at=now)
    _put_on_list(meeting)
    listed = Invitation.objects.filter(meeting=meeting, invited_at=None).update(invited_at=now)
    if not listed:
        raise NobodyToInvite
    gather(meeting=meeting, by=by, now=now)
    event = events.MeetingInvited(**told(meeting), starts=meeting.starts_at, invited=listed)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def _put_on_list(meeting: Meeting) -> None:
    """Everybody who has a seat on the day of the meeting and is not on its list yet."""
    listed = Invitation.objects.filter(meeting=meeting)
    known = dict(listed.exclude(membership=None).values_list("membership_id", "person_id"))
    rows = [row for row in seated(meeting) if row.membership_id not in known]
    for row in rows:
        if row.person_id in known.values():
            row.person = None
    # A guest who has got a seat meanwhile comes as a member now.
    people = [row.person_id for row in rows if row.person_id]
    listed.filter(membership=None, person_id__in=people).delete()
    Invitation.objects.bulk_create(rows)


@transaction.atomic
def invite_guest(
    *, meeting: Meeting, name: str, title: str = "", person: Person | None = None, by: Actor, now: datetime
) -> Invitation:
    """Put somebody without a seat on the list: heard, not counted."""
    require_keeper(meeting.body, by, local_date(now))
    _require_ahead(meeting)
    called = " ".join(clean_text(name or (person.name if person else "")).split())
    if not called:
        raise GuestUnnamed
    invitation = Invitation(
        meeting=meeting,
        person=person,
        name=called,
        title_fa=clean_text(title).strip(),
        role=GUEST,
        place=GUEST_PLACE,
        invited_at=now if meeting.state == State.INVITED else None,
    )
    invitation.save(force_insert=True)
    event = events.GuestInvited(**told_of(invitation))
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return invitation


GUEST_PLACE = 1000


def _require_ahead(meeting: Meeting) -> None:
    if meeting.state not in {State.PLANNED, State.INVITED}:
        raise MeetingCannotMove(state=meeting.state)


@transaction.atomic
def change_meeting(*, meeting: Meeting, when: When, seen: int, by: Actor, now: datetime) -> Meeting:
    """Another time, place or title. Who was invited is told; at another time they are asked anew whether they come.

    Those who have got a seat since are invited as well. `seen` is the version that was changed.
    """
    require_keeper(meeting.body, by, local_date(now))
    _require_ahead(meeting)
    _check(when, now)
    before, invited = meeting.starts_at, meeting.state == State.INVITED
    to = {
        "starts_at": when.starts_at,
        "ends_at": when.ends_at,
        "place": clean_text(when.place).strip(),
        "online_url": when.online_url.strip(),
        "title": clean_text(when.title).strip(),
        "version": seen + 1,
        "sequence": meeting.sequence + (1 if invited else 0),
    }
    if not change(meeting, still={"version": seen, "state": meeting.state}, to=to):
        raise MeetingMovedMeanwhile
    if invited:
        _ask_anew(meeting, before, now)
    event = events.MeetingChanged(**told(meeting), starts=meeting.starts_at, before=before)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def _ask_anew(meeting: Meeting, before: datetime, now: datetime) -> None:
    _put_on_list(meeting)
    rows = Invitation.objects.filter(meeting=meeting)
    rows.filter(invited_at=None).update(invited_at=now)
    if meeting.starts_at != before:
        rows.update(
            reply=Reply.NONE,
            replied_at=None,
            reply_note="",
            substitute_person=None,
            substitute_name="",
            substitute_title="",
            attendance=Attendance.NONE,
            by_substitute=False,
            arrived_at=None,
            noted_how="",
        )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str, by: Actor, now: datetime) -> Meeting:
    """Call a meeting off, with the reason. Who was invited is told; its number is not given again."""
    require_keeper(meeting.body, by, local_date(now))
    said = clean_text(why).strip()
    if not said:
        raise WhyUnsaid
    sequence = meeting.sequence + (1 if meeting.state == State.INVITED else 0)
    move(meeting, Move.CANCEL, by=by, now=now, cancelled_at=now, cancelled_why=said, sequence=sequence)
    event = events.MeetingCancelled(**told(meeting), starts=meeting.starts_at)
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def invited_people(meetings: Iterable[int]) -> Iterable[Invitation]:
    """Who was invited to these meetings, with the people to be written to."""
    rows = Invitation.objects.filter(meeting_id__in=list(meetings), invited_at__isnull=False)
    return rows.select_related("person", "substitute_person", "meeting__body").order_by("pk")
