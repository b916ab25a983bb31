"""Meetings as calendar programmes read them (RFC 5545): one meeting in a letter, or all of a person's in a feed.

A meeting has the same UID everywhere and for ever; SEQUENCE grows with each change, so that a programme changes the
entry it has. Times are those of Tehran, with the rules of its zone beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from takrim.base import words
from takrim.base.clock import TEHRAN
from takrim.base.late import late
from takrim.councils.links import meeting_address
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, Reply, State

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = late("icalendar")

# How often programmes are asked to look for news.
FRESH = timedelta(hours=1)
_TEXTS = {
    "fa": {
        "feed": "جلسات من در تکریم",
        "title": "{body}: جلسه {number}",
        "page": "دستور جلسه و پاسخ به دعوت: {link}",
        "online": "شرکت از راه دور: {url}",
        "why": "جلسه لغو شد. دلیل: {why}",
    },
    "en": {
        "feed": "My meetings in Takrim",
        "title": "{body}: meeting {number}",
        "page": "Agenda, and your reply: {link}",
        "online": "Join remotely: {url}",
        "why": "The meeting was called off. Reason: {why}",
    },
}
_PARTSTAT = {
    Reply.NONE: "NEEDS-ACTION",
    Reply.ACCEPTED: "ACCEPTED",
    Reply.DECLINED: "DECLINED",
    Reply.SUBSTITUTE: "DELEGATED",
}


class Method(StrEnum):
    """What a programme is to do with what it reads."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Entry:
    """A meeting as it stands in one person's calendar; without an invitation they only know of it."""

    meeting: Meeting
    invitation: Invitation | None = None


def one_meeting(entry: Entry, lang: str, now: datetime) -> str:
    """What goes with a letter: an invitation or its change, or that the meeting was called off."""
    cancelled = entry.meeting.state == State.CANCELLED
    method = Method.CANCEL if cancelled else Method.REQUEST
    return _text(_calendar(method, lang), [_event(entry, lang, now, method)])


def downloaded(meeting: Meeting, lang: str, now: datetime) -> str:
    """The file that the page of a meeting offers."""
    return _text(_calendar(Method.PUBLISH, lang), [_event(Entry(meeting), lang, now, Method.PUBLISH)])


def feed(entries: Iterable[Entry], lang: str, now: datetime) -> str:
    """All meetings of a person, those called off as cancelled: programmes then take them out."""
    calendar = _calendar(Method.PUBLISH, lang)
    calendar.add("name", _TEXTS[lang]["feed"])
    calendar.add("x-wr-calname", _TEXTS[lang]["feed"])
    calendar.add("x-wr-timezone", TEHRAN.key)
    calendar.add("refresh-interval", FRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FRESH)
    return _text(calendar, [_event(entry, lang, now, Method.PUBLISH) for entry in entries])


def _calendar(method: Method, lang: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Takrim//Councils//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return calendar


def _text(calendar: icalendar.Calendar, events: list[icalendar.Event]) -> str:
    years = [event.start.year for event in events]
    for event in events:
        calendar.add_component(event)
    if events:
        # Only the rules of the years that are needed: the whole zone is longer than the calendar.
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    text: str = calendar.to_ical().decode()
    return text


def uid_of(meeting: Meeting) -> str:
    return f"{meeting.code}@{urlsplit(settings.ADDRESS).hostname or 'takrim'}"


def _event(entry: Entry, lang: str, now: datetime, method: Method) -> icalendar.Event:
    meeting, said = entry.meeting, _TEXTS[lang]
    event = icalendar.Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(TEHRAN))
    if meeting.ends_at is not None:
        event.add("dtend", meeting.ends_at.astimezone(TEHRAN))
    number = words.number(meeting.number, lang)
    title = said["title"].format(body=meeting.body.name_in(lang), number=number)
    event.add("summary", f"{title} - {meeting.title}" if meeting.title else title)
    event.add("description", _description(meeting, said))
    if meeting.place or meeting.online_url:
        event.add("location", meeting.place or meeting.online_url)
    event.add("url", icalendar.vUri(meeting_address(meeting)))
    event.add("status", _status(meeting))
    # A body's meeting is nobody's private matter, but not for every eye either.
    event.add("class", "CONFIDENTIAL")
    event.add("organizer", _organizer(meeting, lang))
    # RFC 5546: what is published names nobody.
    if method is not Method.PUBLISH and entry.invitation is not None:
        event.add("attendee", _attendee(entry.invitation))
    return event


def _description(meeting: Meeting, said: dict[str, str]) -> str:
    lines = [said["page"].format(link=meeting_address(meeting))]
    if meeting.online_url:
        lines.append(said["online"].format(url=meeting.online_url))
    if meeting.state == State.CANCELLED:
        lines.insert(0, said["why"].format(why=meeting.cancelled_why))
    return "\n".join(lines)


def _status(meeting: Meeting) -> str:
    if meeting.state in {State.CANCELLED, State.NOT_CONSTITUTED}:
        return "CANCELLED"
    return "TENTATIVE" if meeting.state == State.PLANNED else "CONFIRMED"


def _organizer(meeting: Meeting, lang: str) -> icalendar.vCalAddress:
    organizer = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = icalendar.vText(meeting.body.name_in(lang))
    return organizer


def _attendee(invitation: Invitation) -> icalendar.vCalAddress:
    person = invitation.person
    attendee = icalendar.vCalAddress(f"mailto:{person.email if person and person.email else 'nobody@invalid'}")
    attendee.params["CN"] = icalendar.vText(invitation.name)
    attendee.params["ROLE"] = icalendar.vText("CHAIR" if invitation.role == "chair" else "REQ-PARTICIPANT")
    came = invitation.attendance in {Attendance.PRESENT, Attendance.REMOTE}
    attendee.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if came else _PARTSTAT[Reply(invitation.reply)])
    attendee.params["RSVP"] = icalendar.vText("FALSE")
    return attendee
