"""Calendar programmes read meetings: judged by the library that others read them with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from takrim.councils import ical, links
from takrim.councils.actions_feed import renew_feed
from takrim.councils.actions_meetings import When, cancel_meeting, change_meeting
from takrim.councils.actions_replies import accept
from takrim.councils.ical import Entry
from takrim.councils.models_meetings import Feed, Meeting
from takrim.orgs.actor import Actor
from tests.domain.councils.conftest import SeatOf
from tests.people import NOW


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.ADDRESS = "https://takrim.example.ir"


def read(text: str) -> tuple[Calendar, Any]:
    calendar = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert not calendar.errors and not any(event.errors for event in events)
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    return calendar, events[0] if events else None


def test_an_invitation_asks_its_reader(invited: Meeting, seat_of: SeatOf, nima: Actor) -> None:
    calendar, event = read(ical.one_meeting(Entry(invited, seat_of(invited, nima)), "fa", NOW))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert event["UID"] == f"{invited.code}@takrim.example.ir"
    assert event["SUMMARY"] == "کمیته صیانت از حقوق شهروندی: جلسه ۱"
    assert event["DTSTART"].dt == invited.starts_at
    assert event["DTSTART"].params["TZID"] == "Asia/Tehran"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Tehran"]
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["LOCATION"] == "سالن جلسات"


def test_a_change_and_a_cancellation_are_of_the_same_entry(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor
) -> None:
    accept(invitation=seat_of(invited, nima), by=nima, now=NOW)
    when = When(starts_at=invited.starts_at, ends_at=invited.ends_at, place="سالن کوچک")
    change_meeting(meeting=invited, when=when, seen=invited.version, by=laleh, now=NOW)
    _calendar, changed = read(ical.one_meeting(Entry(invited, seat_of(invited, nima)), "en", NOW))
    assert (changed["SEQUENCE"], changed["LOCATION"]) == (1, "سالن کوچک")
    assert changed["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    cancel_meeting(meeting=invited, why="بازدید وزیر", by=laleh, now=NOW)
    calendar, gone = read(ical.one_meeting(Entry(invited, seat_of(invited, nima)), "fa", NOW))
    assert (calendar["METHOD"], gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert gone["UID"] == changed["UID"]
    assert "بازدید وزیر" in gone["DESCRIPTION"]


def test_a_feed_names_nobody(invited: Meeting, seat_of: SeatOf, nima: Actor) -> None:
    calendar, event = read(ical.feed([Entry(invited, seat_of(invited, nima))], "fa", NOW))
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "جلسات من در تکریم")
    assert "ATTENDEE" not in event
    assert "نیما" not in calendar.to_ical().decode()


def test_an_empty_feed_is_a_calendar_too() -> None:
    calendar, event = read(ical.feed([], "en", NOW))
    assert event is None
    assert calendar["VERSION"] == "2.0"


def test_a_meeting_without_an_end_and_joined_remotely(invited: Meeting) -> None:
    Meeting.objects.filter(pk=invited.pk).update(ends_at=None, place="", online_url="https://meet.example.ir/r1")
    invited.refresh_from_db()
    _calendar, event = read(ical.downloaded(invited, "en", NOW))
    assert "DTEND" not in event
    assert event["LOCATION"] == "https://meet.example.ir/r1"


def test_words_that_would_break_a_calendar_do_not(invited: Meeting) -> None:
    Meeting.objects.filter(pk=invited.pk).update(title="بند ۱؛ a;b,c\\d\nEND:VEVENT", place="x\r\nATTENDEE:mailto:z@z")
    invited.refresh_from_db()
    calendar, event = read(ical.downloaded(invited, "fa", NOW))
    assert len(calendar.walk("VEVENT")) == 1
    assert "ATTENDEE" not in event


def test_a_renewed_feed_closes_the_old_address(nima: Actor) -> None:
    first = renew_feed(by=nima, now=NOW)
    old = links.read_feed(links.feed_address(first).rsplit("/", 1)[1].removesuffix(".ics"))
    second = renew_feed(by=nima, now=NOW + timedelta(days=1))
    assert old is not None and old[0] == nima.person_id
    assert second.nonce != old[1]
    assert Feed.objects.count() == 1


def test_links_open_nothing_else(invited: Meeting, seat_of: SeatOf, nima: Actor) -> None:
    seat = seat_of(invited, nima)
    token = links.invitation_token(seat)
    assert links.read_invitation(token) == seat.pk
    assert links.read_invitation(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert links.read_door(token) is None and links.read_feed(token) is None
    door = links.door_address(invited).rstrip("/").rsplit("/", 1)[1]
    assert links.read_door(door) == (invited.pk, invited.door_nonce)
    assert links.read_invitation(door) is None
