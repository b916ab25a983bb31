"""Decisions come from minutes that are issued, and open the next meeting while they are overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest

from takrim.councils.adoption import Adopted, adopt
from takrim.councils.models import Body
from takrim.councils.models_meetings import Meeting
from takrim.councils.source import SOURCES, Asking
from takrim.decisions.actions_do import report
from takrim.decisions.actions_write import until
from takrim.decisions.models import Decision, Link, Share
from takrim.orgs.actor import Actor
from tests.deciding import Decide, part

DAY = timedelta(days=1)
DONE = "تابلو نصب شد."


@pytest.fixture
def meeting(committee: Body, now: datetime) -> Meeting:
    return Meeting.objects.create(
        code="05000000099",
        body=committee,
        unit_path=committee.unit_path,
        number=12,
        starts_at=now - 3 * DAY,
        planned_at=now - 20 * DAY,
        planned_by="person:1",
        door_nonce=token_hex(8),
    )


def adopted(meeting: Meeting, place: int, **changes: Any) -> Adopted:
    given: dict[str, Any] = {
        "key": f"minutes:12/{place}",
        "body": meeting.body_id,
        "meeting": meeting.pk,
        "unit_path": meeting.unit_path,
        "place": place,
        "number": f"1405/12-{place}",
        "text": "پاسخ‌گویی تلفنی تا ساعت ۱۶",
        "doers": ("ir/alborz/karaj/", "ir/alborz/nazarabad/"),
        "due": date(2026, 12, 24),
        "proof": "فهرست نوبت‌ها",
    }
    return Adopted(**{**given, **changes})


def test_what_minutes_say_is_owed_once_they_are_issued(meeting: Meeting, leila: Actor, now: datetime) -> None:
    adopt([adopted(meeting, 1, rights=("R05",))], by=leila, now=now)
    decision = Decision.objects.get()
    assert (decision.number, decision.key, decision.meeting) == ("1405/12-1", "minutes:12/1", meeting)
    assert decision.decided_on == date(2026, 11, 21)
    assert [share.unit_path for share in decision.shares.order_by("place")] == [
        "ir/alborz/karaj/",
        "ir/alborz/nazarabad/",
    ]
    assert {share.duty.due_at for share in decision.shares.all()} == {until(date(2026, 12, 24)).fixed}
    assert [(one.kind, one.code) for one in decision.links.all()] == [("right", "R05")]


def test_handed_down_twice_it_is_one(meeting: Meeting, leila: Actor, now: datetime) -> None:
    adopt([adopted(meeting, 1)], by=leila, now=now)
    adopt([adopted(meeting, 1), adopted(meeting, 2)], by=leila, now=now)
    assert Decision.objects.count() == 2


def test_without_doers_and_without_a_day(meeting: Meeting, leila: Actor, now: datetime) -> None:
    adopt([adopted(meeting, 1, doers=(), due=None)], by=leila, now=now)
    share = Share.objects.get()
    assert share.unit_path == "ir/alborz/", "the office of the body carries it out"
    assert share.duty.length == "30 calendar days"


def test_an_item_about_an_earlier_decision_continues_it(
    meeting: Meeting, decision: Decision, leila: Actor, now: datetime
) -> None:
    about = (decision.subject, "05482731597", "decision:05999999999", "surge:7")
    adopt([adopted(meeting, 1, about=about)], by=leila, now=now)
    links = Link.objects.filter(decision__key="minutes:12/1").order_by("kind")
    assert [(one.kind, one.code, one.relation) for one in links] == [
        ("case", "05482731597", "about"),
        ("decision", decision.code, "continues"),
    ]


def test_overdue_decisions_open_the_next_meeting(
    decide: Decide, committee: Body, mina: Actor, council: Body, now: datetime
) -> None:
    late, done = decide("nazarabad", "karaj", at=now - 60 * DAY, due=(now - 9 * DAY).date()), decide(due=now.date())
    decide(due=(now + 60 * DAY).date())
    report(share=part(done), text=DONE, by=mina, now=now)

    def risen(body: Body) -> list[str]:
        asking = Asking(body=body.pk, meeting=0, unit_path=body.unit_path, at=now + 10 * DAY)
        return [one.key for one in SOURCES["overdue_decisions"].find(asking, now)]

    assert risen(committee) == [late.subject], "each once, and only what nobody has reported"
    assert risen(council) == []
