"""Meetings that were held elsewhere are brought in with their own times: agenda, minutes order, who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.base.clock import local_date
from takrim.base.codes import new_nonce
from takrim.base.persian import clean_text
from takrim.councils.actions_bodies import Terms, found_body
from takrim.councils.actions_meetings import next_number
from takrim.councils.coding import fresh_code
from takrim.councils.events import MeetingEvent, told
from takrim.councils.models import Body, QuorumRule
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power

MOST_TITLE, MOST_TEXT = 300, 20_000
# Of a meeting that was elsewhere nobody says how long each item took.
MINUTES = 10


@dataclass(frozen=True, kw_only=True)
class MeetingBrought(MeetingEvent):
    verb = "meeting.brought"
    sentence = _("Meeting {meeting} was brought in from another system: {items}, {people}.")
    counted = {
        "items": lambda many: ngettext("{number} item", "{number} items", many),
        "people": lambda many: ngettext("{number} person", "{number} people", many),
    }
    items: int
    people: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item; `place` is its place on the agenda (0: it was on none), `dealt` that in the minutes."""

    title: str
    text: str
    place: int
    dealt: int


@dataclass(frozen=True, kw_only=True)
class Came:
    """Somebody on a roll call, and what was said of them."""

    name: str
    attendance: Attendance
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One meeting as another system tells it. `called_off` says why it was not held; empty where it was."""

    source: str
    starts_at: datetime
    place: str
    title: str
    called_off: str
    items: Sequence[Item]
    roll: Sequence[Came]


@transaction.atomic
def bring_body(*, unit: Unit, source: str, name: str, kind: str, since: datetime, by: Actor, now: datetime) -> Body:
    """The body of another system; set up at the unit when it is seen first. It owes no meetings here."""
    known = Body.objects.filter(unit=unit, source=source).first()
    if known is not None:
        return known
    terms = Terms(kind=kind, name_fa=name, name_en=name, quorum=QuorumRule.ANY)
    return found_body(unit=unit, terms=terms, since=local_date(since), source=source, by=by, now=now)


@transaction.atomic
def bring_meeting(*, body: Body, brought: Brought, by: Actor, now: datetime) -> Meeting | None:
    """Bring a meeting in; None where it is there already."""
    by.require(Power.MEETING_KEEP)
    if Meeting.objects.filter(body=body, source=brought.source).exists():
        return None
    held = not brought.called_off
    meeting = Meeting(
        code=fresh_code(Meeting.objects, now),
        body=body,
        unit_path=body.unit_path,
        number=next_number(body),
        title=_line(brought.title, MOST_TITLE),
        state=State.HELD if held else State.CANCELLED,
        starts_at=brought.starts_at,
        place=_line(brought.place, MOST_TITLE),
        planned_at=now,
        planned_by=by.code,
        opened_at=brought.starts_at if held else None,
        closed_at=brought.starts_at if held else None,
        cancelled_at=None if held else now,
        cancelled_why=brought.called_off,
        door_nonce=new_nonce(),
        source=brought.source,
    )
    meeting.save(force_insert=True)
    _put_items(meeting, brought.items, by)
    _put_people(meeting, brought.roll)
    event = MeetingBrought(**told(meeting), items=len(brought.items), people=len(brought.roll))
    record(event, on=meeting.subject, unit_path=meeting.unit_path, by=by, at=now)
    return meeting


def _line(text: str, most: int) -> str:
    return " ".join(clean_text(text).split())[:most]


def _put_items(meeting: Meeting, items: Sequence[Item], by: Actor) -> None:
    """Those of the agenda in its order, then those that came up in the meeting, in the order of the minutes."""
    ordered = sorted(items, key=lambda item: (item.place == 0, item.place, item.dealt))
    AgendaItem.objects.bulk_create(
        AgendaItem(
            body_id=meeting.body_id,
            meeting=meeting,
            place=place,
            dealt_place=item.dealt,
            title=_line(item.title, MOST_TITLE),
            text=clean_text(item.text).strip()[:MOST_TEXT],
            length=MINUTES,
            proposed_by=by.code,
            proposed_at=meeting.starts_at,
            accepted_at=meeting.starts_at,
        )
        for place, item in enumerate(ordered, start=1)
    )


def _put_people(meeting: Meeting, roll: Sequence[Came]) -> None:
    here = {Attendance.PRESENT, Attendance.REMOTE}
    Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting,
            name=_line(one.name, MOST_TITLE),
            votes=True,
            place=place,
            reply_note=_line(one.note, MOST_TITLE),
            attendance=one.attendance,
            arrived_at=meeting.starts_at if one.attendance in here else None,
            noted_how="import",
        )
        for place, one in enumerate(roll, start=1)
    )
