"""What comes onto an agenda by itself from matters and meetings; never with a name."""

from __future__ import annotations

from datetime import timedelta

from takrim.cards.models import CardVersion
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.source import Asking
from takrim.councils.sources import last_minutes, serious_complaints, surges
from takrim.orgs.actor import Actor
from tests.people import NOW, MakeCase
from tests.sittings import hold

ASKING = Asking(body=1, meeting=1, unit_path="ir/alborz/", at=NOW)


def test_the_minutes_of_the_last_meeting_are_approved_once(
    meeting: Meeting, nima: Actor, laleh: Actor, reza: Actor
) -> None:
    people = [nima, laleh, reza]
    second = hold(meeting.body, people, number=2, at=NOW + timedelta(days=30))
    asking = Asking(body=meeting.body_id, meeting=second.pk, unit_path="ir/alborz/", at=second.starts_at)
    [risen] = last_minutes.find(asking, NOW)
    assert risen.key == f"minutes:{meeting.code}"
    AgendaItem.objects.create(
        body=meeting.body,
        meeting=second,
        place=1,
        title="تصویب",
        length=5,
        source="last_minutes",
        about=risen.key,
        proposed_by="x",
        proposed_at=NOW,
        accepted_at=NOW,
    )
    third = hold(meeting.body, people, number=3, at=NOW + timedelta(days=60))
    later = Asking(body=meeting.body_id, meeting=third.pk, unit_path="ir/alborz/", at=third.starts_at)
    assert [one.key for one in last_minutes.find(later, NOW)] == [f"minutes:{second.code}"]


def test_a_body_that_never_met_has_nothing_to_approve(meeting: Meeting) -> None:
    asking = Asking(body=meeting.body_id, meeting=meeting.pk, unit_path="ir/alborz/", at=meeting.starts_at)
    assert last_minutes.find(asking, NOW) == ()


def test_serious_complaints_come_without_a_name(make_case: MakeCase, card: CardVersion) -> None:
    sender = Sender(name="زهره پنهان‌دل", mobile="09127654321")
    urgent = make_case(card=card, sender=sender, text="خطر ریزش؛ زهره پنهان‌دل")
    calm = make_case(card=card)
    reopened, shielded, elsewhere = make_case(), make_case(), make_case(unit="kahak")
    Case.objects.filter(pk__in=[urgent.pk, elsewhere.pk]).update(urgent=True)
    Case.objects.filter(pk=reopened.pk).update(reopened=1)
    Case.objects.filter(pk=shielded.pk).update(urgent=True, shielded=True)
    found = serious_complaints.find(ASKING, NOW)
    assert [one.key for one in found] == [f"case:{urgent.code}", f"case:{reopened.code}"]
    assert "بیمه بیکاری" in found[0].title.fa
    assert "پنهان" not in f"{found[0].title.fa}{found[0].note.fa}"
    assert calm.code not in str(found)


def test_an_answer_long_overdue_is_serious(make_case: MakeCase) -> None:
    case = make_case(at=NOW - timedelta(days=120))
    [risen] = serious_complaints.find(ASKING, NOW)
    assert risen.key == f"case:{case.code}"
    assert "روز از مهلت گذشته" in risen.note.fa


def test_a_surge_is_many_times_the_usual(make_case: MakeCase, card: CardVersion) -> None:
    for day in range(8):
        make_case(card=card, at=NOW - timedelta(days=day))
    make_case(card=card, at=NOW - timedelta(days=40))
    [risen] = surges.find(ASKING, NOW)
    assert risen.key.startswith("surge:ir/alborz/nazarabad/unemployment-insurance/")
    assert "۸ مورد" in risen.note.fa
    for day in range(20, 60, 2):
        make_case(card=card, at=NOW - timedelta(days=day))
        make_case(card=card, at=NOW - timedelta(days=day))
    assert surges.find(ASKING, NOW) == []


def test_a_few_are_no_surge(make_case: MakeCase, card: CardVersion) -> None:
    for day in range(5):
        make_case(card=card, at=NOW - timedelta(days=day))
    assert surges.find(ASKING, NOW) == []
