"""Letters about meetings: who gets which, with which calendar file, and what stands behind their links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from takrim.cases.models_partners import Partner
from takrim.councils.actions_meetings import When, cancel_meeting, change_meeting, invite_guest
from takrim.councils.actions_members import Outsider, Seat, seat_outsider
from takrim.councils.actions_replies import Instead, send_substitute
from takrim.councils.models import Body, Role
from takrim.councils.models_meetings import Meeting
from takrim.letters.carry import carry_waiting, message_of
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from tests.domain.councils.conftest import SeatOf, body, committee, invited, laleh, plan, seat_of, sit
from tests.domain.letters.conftest import Written
from tests.domain.letters.fakes import Relay
from tests.domain.letters.test_carrying import read
from tests.people import NOW

__all__ = ["body", "committee", "invited", "laleh", "plan", "seat_of", "sit"]


@pytest.fixture(autouse=True)
def _people_can_be_reached(committee: Body) -> None:
    Person.objects.update(email="")
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"{person.username}@example.ir")


def test_each_member_gets_an_invitation_with_a_link_of_their_own(invited: Meeting, written: Written) -> None:
    letters = written("meeting_invitation")
    assert sorted(letter.to.split("@")[0] for letter in letters) == ["hadi", "laleh", "nima", "reza"]
    assert {letter.unit_path for letter in letters} == {"ir/alborz/"}
    assert "⟦link⟧" in letters[0].body
    bodies = [message_of(letter).body for letter in letters]
    assert all("https://takrim.example.ir/council/invitation/" in text for text in bodies)
    assert len(set(bodies)) == 4


def method_of(text: str) -> tuple[str, int, str]:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), int(str(event.get("SEQUENCE"))), str(event.get("UID"))


def test_its_calendar_file_follows_the_meeting(invited: Meeting, written: Written, laleh: Actor) -> None:
    first = message_of(written("meeting_invitation")[0])
    assert [file.parameters["method"] for file in first.files] == ["REQUEST"]
    when = When(starts_at=invited.starts_at + timedelta(days=1), place="سالن")
    change_meeting(meeting=invited, when=when, seen=invited.version, by=laleh, now=NOW)
    changed = message_of(written("meeting_changed")[0])
    cancel_meeting(meeting=invited, why="بازدید وزیر", by=laleh, now=NOW)
    gone = message_of(written("meeting_cancelled")[0])
    told = [method_of(message.files[0].text) for message in (changed, gone)]
    assert [row[:2] for row in told] == [("REQUEST", 1), ("CANCEL", 2)]
    assert told[0][2] == told[1][2] == f"{invited.code}@takrim.example.ir"
    assert "بازدید وزیر" in gone.body


def test_the_mail_carries_it_as_a_calendar(invited: Meeting, written: Written, mail: Relay) -> None:
    written()
    assert carry_waiting(NOW) == 4
    (part,) = list(read(mail.mails[0]).iter_attachments())
    assert (part.get_content_type(), part.get_param("method"), part.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "meeting.ics",
    )
    assert method_of(part.get_content())[0] == "REQUEST"


def test_an_sms_carries_no_file(invited: Meeting, written: Written) -> None:
    Person.objects.update(email="", mobile="09121234567")
    letters = written("meeting_invitation")
    assert {letter.way for letter in letters} == {"sms"}
    assert message_of(letters[0]).files == ()


def test_a_plan_that_changes_is_told_to_nobody(plan: Any, laleh: Actor, written: Written) -> None:
    meeting = plan()
    when = When(starts_at=meeting.starts_at + timedelta(days=1), place="سالن")
    change_meeting(meeting=meeting, when=when, seen=1, by=laleh, now=NOW)
    cancel_meeting(meeting=meeting, why="لازم نیست", by=laleh, now=NOW)
    assert written() == []


def test_a_substitute_and_a_guest_are_written_to(
    invited: Meeting, written: Written, seat_of: SeatOf, reza: Actor, mina: Actor, laleh: Actor, sara: Actor
) -> None:
    Person.objects.filter(pk__in=[mina.person_id, sara.person_id]).update(email="other@example.ir")
    instead = Instead(person=Person.objects.get(pk=mina.person_id))
    send_substitute(invitation=seat_of(invited, reza), instead=instead, by=reza, now=NOW)
    guest = Person.objects.get(pk=sara.person_id)
    invite_guest(meeting=invited, name="", person=guest, by=laleh, now=NOW)
    (letter,) = written("meeting_substitute")
    assert (letter.to, "رضا کریمی شما را به جای خود" in letter.body) == ("other@example.ir", True)
    assert f"/council/meetings/{invited.code}/" in message_of(letter).body
    assert "سارا محمدی گرامی" in written("meeting_invitation")[-1].body


def test_a_member_from_outside_is_told_how_to_get_in(committee: Body, laleh: Actor, written: Written) -> None:
    bank = Partner.objects.create(unit_path="ir/alborz/", name="بانک نمونه", email="bank@example.ir", since=NOW)
    who = Outsider(name="حمید رحمانی", email="hamid@bank.example")
    seat = Seat(role=Role.MEMBER, since=NOW.date())
    seat_outsider(body=committee, organisation=bank, who=who, seat=seat, by=laleh, now=NOW)
    (letter,) = written("outside_account")
    assert (letter.to, "hamid@bank.example" in letter.body) == ("hamid@bank.example", True)
    assert "https://takrim.example.ir/accounts/password/reset/key/" in message_of(letter).body
