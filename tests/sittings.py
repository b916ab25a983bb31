"""A meeting of the committee that has begun: Nima, Laleh and Reza are there, Hadi is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from takrim.cases.models_partners import Partner
from takrim.councils import adoption
from takrim.councils.actions_agenda import ItemWords, accept_item, propose
from takrim.councils.actions_members import Outsider, Seat, seat_outsider
from takrim.councils.actions_minutes import add_decision, begin_minutes, keep_passage
from takrim.councils.adoption import Adopted
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.councils.models_minutes import DraftDecision, Minutes
from takrim.councils.passages import of_decision, of_item
from takrim.orgs.actor import Actor
from tests.domain.councils.conftest import body, committee, laleh, sit
from tests.people import NOW

# The committee and its people, for the tests of pages and jobs as well.
__all__ = ["body", "committee", "laleh", "sit"]

SEATS = (("nima", Role.CHAIR, "رئیس"), ("laleh", Role.SECRETARY, "دبیر"), ("reza", Role.MEMBER, "رئیس اداره"))
WORDS = {
    "text": "شناسنامه خدمت بیمه بیکاری در همه اداره‌ها نصب شود.",
    "doers": "ir/alborz/nazarabad/ ir/alborz/karaj/",
    "due": "1405/10/01",
    "proof": "عکس نصب‌شده با تاریخ",
    "rights": "R03",
}


def hold(body: Body, people: Sequence[Actor], *, number: int = 1, at: datetime = NOW) -> Meeting:
    """A meeting that has begun with these people, all of them there: first its chair, then its secretary."""
    meeting = Meeting.objects.create(
        code=f"0510000{number:04}",
        body=body,
        unit_path=body.unit_path,
        number=number,
        state=State.HELD,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        place="سالن شهید رجایی",
        planned_at=at,
        planned_by="system:test",
        opened_at=at,
        quorum_needed=3,
        quorum_present=3,
        quorum_voters=4,
        door_nonce="0",
    )
    for place, (actor, (_code, role, title)) in enumerate(zip(people, SEATS, strict=False)):
        Invitation.objects.create(
            meeting=meeting,
            person_id=actor.person_id,
            name=actor.name,
            title_fa=title,
            role=role,
            votes=True,
            place=place,
            invited_at=at,
            attendance=Attendance.PRESENT,
            arrived_at=at,
        )
    return meeting


@pytest.fixture
def hamid(committee: Body, laleh: Actor) -> Membership:
    """He comes for a bank."""
    bank = Partner.objects.create(unit_path="ir/alborz/", name="بانک نمونه", email="bank@example.ir", since=NOW)
    who = Outsider(name="حمید رحمانی", email="hamid@bank.example.ir")
    seat = Seat(role=Role.MEMBER, title="معاون اعتبارات", since=NOW.date())
    return seat_outsider(body=committee, organisation=bank, who=who, seat=seat, by=laleh, now=NOW)


@pytest.fixture
def meeting(committee: Body, nima: Actor, laleh: Actor, reza: Actor, hadi: Actor) -> Meeting:
    """It has begun; Hadi was invited and did not come."""
    held = hold(committee, [nima, laleh, reza])
    Invitation.objects.create(
        meeting=held,
        person_id=hadi.person_id,
        name=hadi.name,
        title_fa="کارشناس",
        votes=True,
        place=9,
        invited_at=NOW,
        attendance=Attendance.ABSENT,
    )
    return held


@pytest.fixture
def item(meeting: Meeting, reza: Actor, laleh: Actor) -> AgendaItem:
    """Reza's topic, taken on by Laleh."""
    words = ItemWords(title="شناسنامه خدمت در اداره‌ها", text="در کدام اداره نصب نیست؟", length=20)
    proposed = propose(body=meeting.body, meeting=meeting, words=words, by=reza, now=NOW)
    return accept_item(item=proposed, meeting=meeting, by=laleh, now=NOW)


@pytest.fixture
def minutes(meeting: Meeting, item: AgendaItem, laleh: Actor) -> Minutes:
    """Begun, with nothing written."""
    return begin_minutes(meeting=meeting, by=laleh, now=NOW)


Write = Callable[..., None]


@pytest.fixture
def write(minutes: Minutes, laleh: Actor) -> Write:
    """Write into a field: `write("closing", "…")`."""

    def put(name: str, text: str, *, by: Actor | None = None) -> None:
        row = minutes.passages.filter(name=name).first()
        keep_passage(minutes=minutes, name=name, text=text, seen=row.version if row else 0, by=by or laleh, now=NOW)

    return put


@pytest.fixture
def decision(minutes: Minutes, item: AgendaItem, laleh: Actor, write: Write) -> DraftDecision:
    """A whole decision under Reza's topic, which is summed up as well."""
    write(of_item(item.pk), "رئیس اداره نظرآباد گزارش داد.")
    made = add_decision(minutes=minutes, item=item, by=laleh, now=NOW)
    for part, text in WORDS.items():
        write(of_decision(made.pk, part), text)
    return made


@pytest.fixture
def closed(minutes: Minutes, decision: DraftDecision) -> Minutes:
    """All is written and the meeting is over."""
    Meeting.objects.filter(pk=minutes.meeting_id).update(closed_at=NOW + timedelta(hours=1))
    minutes.meeting.refresh_from_db()
    return minutes


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Adopted]:
    """What issued minutes hand down."""
    found: list[Adopted] = []

    def take(decisions: Sequence[Adopted], *, by: Actor, now: datetime) -> None:
        found.extend(decisions)

    monkeypatch.setattr(adoption, "_taken", [take])
    return found
