"""The agenda: proposed by members, taken on and ordered by the secretary, carried over with its history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.errors import InWords
from takrim.councils import source
from takrim.councils.actions_agenda import (
    AgendaChanged,
    ItemEmpty,
    ItemLength,
    ItemWords,
    NotAMember,
    WhyDeclined,
    accept_item,
    attach_paper,
    carry_over,
    change_item,
    decline_item,
    gather,
    item_subject,
    order_agenda,
    propose,
    shift_item,
)
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.queries import NotYourBody
from takrim.councils.source import Risen, Source
from takrim.evidence.actions import Upload
from takrim.evidence.models import Evidence
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from tests.people import NOW
from tests.sittings import hold

TOPIC = ItemWords(title="نوبت‌دهی در کرج", length=10)


def _titles(meeting: Meeting) -> list[str]:
    return list(AgendaItem.objects.filter(meeting=meeting).accepted().values_list("title", flat=True))


def _three(meeting: Meeting, laleh: Actor) -> list[AgendaItem]:
    made = []
    for title in ("الف", "ب", "پ"):
        item = propose(body=meeting.body, meeting=meeting, words=ItemWords(title=title), by=laleh, now=NOW)
        made.append(accept_item(item=item, meeting=meeting, by=laleh, now=NOW))
    return made


def test_a_member_proposes_and_the_secretary_takes_it_on(meeting: Meeting, reza: Actor, laleh: Actor) -> None:
    item = propose(body=meeting.body, meeting=meeting, words=TOPIC, by=reza, now=NOW)
    assert _titles(meeting) == []
    accept_item(item=item, meeting=meeting, by=laleh, now=NOW)
    assert _titles(meeting) == ["نوبت‌دهی در کرج"]
    verbs = Entry.objects.filter(subject=meeting.subject).values_list("verb", flat=True)
    assert [*verbs] == ["agenda.proposed", "agenda.accepted"]


def test_who_does_not_sit_there_proposes_nothing(meeting: Meeting, omid: Actor, mina: Actor) -> None:
    for stranger in (omid, mina):
        with pytest.raises(NotAMember):
            propose(body=meeting.body, meeting=meeting, words=TOPIC, by=stranger, now=NOW)


def test_a_member_who_is_no_secretary_takes_nothing_on(meeting: Meeting, reza: Actor) -> None:
    item = propose(body=meeting.body, meeting=meeting, words=TOPIC, by=reza, now=NOW)
    with pytest.raises(NotAllowed):
        accept_item(item=item, meeting=meeting, by=reza, now=NOW)


def test_a_secretary_of_another_body_takes_nothing_on(meeting: Meeting, reza: Actor, hire: object) -> None:
    item = propose(body=meeting.body, meeting=meeting, words=TOPIC, by=reza, now=NOW)
    other = hire("zari", "زری کاظمی", "secretary", "alborz")  # type: ignore[operator]  # the fixture is a function
    with pytest.raises(NotYourBody):
        accept_item(item=item, meeting=meeting, by=other, now=NOW)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [(ItemWords(title=" "), ItemEmpty), (ItemWords(title="الف", length=0), ItemLength)],
)
def test_an_item_says_what_it_is_and_takes_time(
    meeting: Meeting, reza: Actor, words: ItemWords, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        propose(body=meeting.body, meeting=meeting, words=words, by=reza, now=NOW)


def test_an_item_is_declined_with_a_reason(meeting: Meeting, item: AgendaItem, laleh: Actor) -> None:
    with pytest.raises(WhyDeclined):
        decline_item(item=item, why=" ", by=laleh, now=NOW)
    decline_item(item=item, why="در اختیار کمیته نیست.", by=laleh, now=NOW)
    assert _titles(meeting) == []
    with pytest.raises(AgendaChanged):
        accept_item(item=item, meeting=meeting, by=laleh, now=NOW)


def test_items_move_up_and_down_and_stay_at_the_ends(meeting: Meeting, laleh: Actor) -> None:
    first, second, _third = _three(meeting, laleh)
    shift_item(item=second, places=-1, by=laleh, now=NOW)
    assert _titles(meeting) == ["ب", "الف", "پ"]
    first.refresh_from_db()
    shift_item(item=first, places=1, by=laleh, now=NOW)
    assert _titles(meeting) == ["ب", "پ", "الف"]


def test_a_whole_order_is_taken_if_it_is_of_these_items(meeting: Meeting, laleh: Actor) -> None:
    first, second, third = _three(meeting, laleh)
    order_agenda(meeting=meeting, wanted=[third.pk, first.pk, second.pk], by=laleh, now=NOW)
    assert _titles(meeting) == ["پ", "الف", "ب"]
    with pytest.raises(AgendaChanged):
        order_agenda(meeting=meeting, wanted=[third.pk, first.pk], by=laleh, now=NOW)


def test_an_item_is_said_more_clearly(item: AgendaItem, laleh: Actor) -> None:
    changed = change_item(item=item, words=ItemWords(title="شناسنامه", length=5), by=laleh, now=NOW)
    assert (changed.title, changed.length) == ("شناسنامه", 5)


def test_a_paper_belongs_to_its_item(item: AgendaItem, reza: Actor, hadi: Actor) -> None:
    upload = Upload("آمار.txt", ["آمار اداره‌ها".encode()])
    attach_paper(item=item, upload=upload, by=reza, now=NOW)
    assert Evidence.objects.get(subject=item_subject(item)).name == "آمار.txt"
    with pytest.raises(NotAllowed):
        attach_paper(item=item, upload=Upload("دیگر.txt", [b"x"]), by=hadi, now=NOW)


def test_what_was_not_finished_comes_to_the_next_meeting(
    meeting: Meeting, item: AgendaItem, laleh: Actor, nima: Actor, reza: Actor
) -> None:
    carried = carry_over(item=item, why="وقت تمام شد.", by=laleh, now=NOW)
    with pytest.raises(AgendaChanged):
        carry_over(item=item, why="دوباره", by=laleh, now=NOW)
    later = hold(meeting.body, [nima, laleh, reza], number=2, at=NOW + timedelta(days=30))
    assert gather(meeting=later, by=laleh, now=NOW) >= 1
    carried.refresh_from_db()
    assert (carried.meeting_id, carried.carried_from_id) == (later.pk, item.pk)
    assert carried.proposed_name == "رضا کریمی"


@pytest.fixture
def overdue(monkeypatch: pytest.MonkeyPatch) -> Source:
    """One source that brings two decisions."""

    def find(asking: object, now: object) -> list[Risen]:
        return [
            Risen(key=f"decision:{one}", title=InWords(f"مصوبه {one}", "D"), note=InWords("", "")) for one in (1, 2)
        ]

    made = Source(title="late", place=20, find=find)
    monkeypatch.setattr(source, "SOURCES", {"overdue": made})
    return made


def test_what_rises_by_itself_opens_the_meeting(
    meeting: Meeting, item: AgendaItem, overdue: Source, laleh: Actor
) -> None:
    assert gather(meeting=meeting, by=laleh, now=NOW) == 2
    assert _titles(meeting) == ["مصوبه 1", "مصوبه 2", item.title]


def test_it_rises_once_and_not_again_where_it_was_declined(meeting: Meeting, overdue: Source, laleh: Actor) -> None:
    gather(meeting=meeting, by=system("test"), now=NOW)
    decline_item(item=AgendaItem.objects.get(about="decision:1"), why="انجام شد.", by=laleh, now=NOW)
    assert gather(meeting=meeting, by=laleh, now=NOW) == 0
    assert _titles(meeting) == ["مصوبه 2"]


def test_what_was_carried_over_does_not_rise_beside_itself(
    meeting: Meeting, overdue: Source, laleh: Actor, nima: Actor, reza: Actor
) -> None:
    gather(meeting=meeting, by=laleh, now=NOW)
    carry_over(item=AgendaItem.objects.get(about="decision:1"), why="وقت نشد.", by=laleh, now=NOW)
    later = hold(meeting.body, [nima, laleh, reza], number=2)
    gather(meeting=later, by=laleh, now=NOW)
    assert sorted(_titles(later)) == ["مصوبه 1", "مصوبه 2"]
