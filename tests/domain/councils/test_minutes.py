"""Minutes are written by two at once, field by field; nobody's words are lost."""

from __future__ import annotations

import pytest

from takrim.councils.actions_minutes import (
    MinutesSealed,
    NoSuchField,
    NotHeldYet,
    NotThere,
    NoVoteHere,
    Settle,
    TextTooLong,
    add_decision,
    begin_minutes,
    drop_decision,
    keep_passage,
    note_dissent,
    note_votes,
    settle_text,
    take_dissent_back,
)
from takrim.councils.actions_sealing import seal
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Invitation, Meeting, State
from takrim.councils.models_minutes import DraftDecision, Minutes, OtherText, Passage
from takrim.councils.passages import of_decision, of_item
from takrim.orgs.actor import Actor, NotAllowed
from tests.people import NOW
from tests.sittings import Write

BASE = "اداره نظرآباد گزارش داد و اداره کرج ادامه داد."


@pytest.fixture
def summary(item: AgendaItem, write: Write) -> str:
    """The name of a field in which something stands."""
    write(of_item(item.pk), BASE)
    return of_item(item.pk)


def _text(minutes: Minutes, name: str) -> str:
    return Passage.objects.get(minutes=minutes, name=name).text


def test_minutes_begin_once(meeting: Meeting, item: AgendaItem, laleh: Actor, nima: Actor) -> None:
    first = begin_minutes(meeting=meeting, by=laleh, now=NOW)
    assert begin_minutes(meeting=meeting, by=nima, now=NOW).pk == first.pk


def test_they_do_not_begin_before_the_meeting(meeting: Meeting, laleh: Actor) -> None:
    meeting.state = State.INVITED
    with pytest.raises(NotHeldYet):
        begin_minutes(meeting=meeting, by=laleh, now=NOW)


def test_a_member_does_not_write_them(minutes: Minutes, reza: Actor) -> None:
    with pytest.raises(NotAllowed):
        keep_passage(minutes=minutes, name="closing", text="الف", seen=0, by=reza, now=NOW)


def test_changes_of_two_in_different_places_come_together(
    minutes: Minutes, summary: str, laleh: Actor, nima: Actor
) -> None:
    mine, theirs = BASE.replace("نظرآباد", "ساوجبلاغ"), BASE.replace("ادامه داد", "پاسخ داد")
    keep_passage(minutes=minutes, name=summary, text=theirs, seen=1, base=BASE, by=nima, now=NOW)
    kept = keep_passage(minutes=minutes, name=summary, text=mine, seen=1, base=BASE, by=laleh, now=NOW)
    assert kept.other is None
    assert kept.passage.text == BASE.replace("نظرآباد", "ساوجبلاغ").replace("ادامه داد", "پاسخ داد")
    assert kept.passage.version == 3


def test_changes_at_the_same_place_are_both_kept(minutes: Minutes, summary: str, laleh: Actor, nima: Actor) -> None:
    keep_passage(minutes=minutes, name=summary, text=f"{BASE} الف", seen=1, base=BASE, by=nima, now=NOW)
    kept = keep_passage(minutes=minutes, name=summary, text=f"{BASE} ب", seen=1, base=BASE, by=laleh, now=NOW)
    assert kept.passage.text == f"{BASE} الف"
    assert kept.other is not None
    assert (kept.other.text, kept.other.by_name) == (f"{BASE} ب", "لاله رستمی")


def test_whoever_types_on_beside_another_text_has_one_text_waiting(
    minutes: Minutes, summary: str, laleh: Actor, nima: Actor
) -> None:
    keep_passage(minutes=minutes, name=summary, text=f"{BASE} الف", seen=1, base=BASE, by=nima, now=NOW)
    for text in (f"{BASE} ب", f"{BASE} ب و پ"):
        keep_passage(minutes=minutes, name=summary, text=text, seen=1, base=BASE, by=laleh, now=NOW)
    assert [other.text for other in OtherText.objects.all()] == [f"{BASE} ب و پ"]


def test_without_a_base_nothing_is_guessed(minutes: Minutes, summary: str, laleh: Actor, nima: Actor) -> None:
    keep_passage(minutes=minutes, name=summary, text="نخست", seen=1, by=nima, now=NOW)
    assert keep_passage(minutes=minutes, name=summary, text="دوم", seen=1, by=laleh, now=NOW).other is not None


def test_sent_again_nothing_happens_twice(minutes: Minutes, summary: str, laleh: Actor) -> None:
    for _time in range(2):
        kept = keep_passage(minutes=minutes, name=summary, text="تازه", seen=1, base=BASE, by=laleh, now=NOW)
    assert (kept.passage.version, OtherText.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("choice", "found"),
    [(Settle.CURRENT, "نخست"), (Settle.OTHER, "دوم"), (Settle.BOTH, "نخست\nدوم")],
)
def test_a_person_chooses_between_two_texts(
    minutes: Minutes, summary: str, laleh: Actor, nima: Actor, choice: Settle, found: str
) -> None:
    keep_passage(minutes=minutes, name=summary, text="نخست", seen=1, by=nima, now=NOW)
    other = keep_passage(minutes=minutes, name=summary, text="دوم", seen=1, by=laleh, now=NOW).other
    assert other is not None
    settle_text(other=other, choice=choice, by=laleh, now=NOW)
    assert _text(minutes, summary) == found
    settle_text(other=other, choice=Settle.OTHER, by=laleh, now=NOW)
    assert _text(minutes, summary) == found


def test_a_day_is_never_mixed_from_two(minutes: Minutes, decision: DraftDecision, laleh: Actor, nima: Actor) -> None:
    name = of_decision(decision.pk, "due")
    keep_passage(minutes=minutes, name=name, text="1405/11/01", seen=1, base="1405/10/01", by=nima, now=NOW)
    kept = keep_passage(minutes=minutes, name=name, text="1405/12/01", seen=1, base="1405/10/01", by=laleh, now=NOW)
    assert (kept.passage.text, kept.other is not None) == ("1405/11/01", True)


@pytest.mark.parametrize(
    "name", ["", "summary", "item:0:summary", "item:999:summary", "item:1:text", "decision:999:text"]
)
def test_a_field_that_is_not_there_is_not_made(minutes: Minutes, laleh: Actor, name: str) -> None:
    with pytest.raises(NoSuchField):
        keep_passage(minutes=minutes, name=name, text="الف", seen=0, by=laleh, now=NOW)


def test_a_text_has_an_end(minutes: Minutes, laleh: Actor) -> None:
    with pytest.raises(TextTooLong):
        keep_passage(minutes=minutes, name="closing", text="ا" * 20_001, seen=0, by=laleh, now=NOW)


def test_a_decision_taken_out_has_no_fields_any_more(minutes: Minutes, decision: DraftDecision, laleh: Actor) -> None:
    drop_decision(decision=decision, by=laleh, now=NOW)
    with pytest.raises(NoSuchField):
        keep_passage(minutes=minutes, name=of_decision(decision.pk, "text"), text="x", seen=1, by=laleh, now=NOW)


def test_a_decision_stands_under_an_item_of_the_meeting(minutes: Minutes, item: AgendaItem, laleh: Actor) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(accepted_at=None, place=None)
    item.refresh_from_db()
    with pytest.raises(NoSuchField):
        add_decision(minutes=minutes, item=item, by=laleh, now=NOW)


def _voting(minutes: Minutes) -> dict[str, int]:
    Body.objects.filter(pk=minutes.meeting.body_id).update(votes=True)
    minutes.meeting.body.refresh_from_db()
    return {row.role: row.pk for row in Invitation.objects.filter(meeting=minutes.meeting).here()}


def test_those_who_are_there_vote(minutes: Minutes, decision: DraftDecision, laleh: Actor) -> None:
    seats = _voting(minutes)
    note_votes(decision=decision, said={seats["chair"]: "for", seats["member"]: "against"}, by=laleh, now=NOW)
    note_votes(decision=decision, said={seats["chair"]: "abstained"}, by=laleh, now=NOW)
    assert [vote.choice for vote in decision.votes.all()] == ["abstained"]


def test_who_is_not_there_has_no_vote(minutes: Minutes, decision: DraftDecision, laleh: Actor, hadi: Actor) -> None:
    _voting(minutes)
    absent = Invitation.objects.get(meeting=minutes.meeting, person_id=hadi.person_id)
    with pytest.raises(NoVoteHere):
        note_votes(decision=decision, said={absent.pk: "for"}, by=laleh, now=NOW)


def test_nobody_votes_where_the_body_does_not(minutes: Minutes, decision: DraftDecision, laleh: Actor) -> None:
    seat = Invitation.objects.filter(meeting=minutes.meeting).here().first()
    with pytest.raises(NoVoteHere):
        note_votes(decision=decision, said={seat.pk: "for"}, by=laleh, now=NOW)


def test_whoever_was_there_dissents_by_name(decision: DraftDecision, reza: Actor, laleh: Actor, hadi: Actor) -> None:
    seat = Invitation.objects.get(meeting=decision.minutes.meeting, person_id=reza.person_id)
    dissent = note_dissent(decision=decision, invitation=seat, text="مهلت کوتاه است.", by=reza, now=NOW)
    assert decision.dissents.get().text == "مهلت کوتاه است."
    with pytest.raises(NotAllowed):
        take_dissent_back(dissent=dissent, by=hadi, now=NOW)
    take_dissent_back(dissent=dissent, by=laleh, now=NOW)
    assert decision.dissents.count() == 0


def test_who_was_absent_does_not_dissent(decision: DraftDecision, laleh: Actor, hadi: Actor) -> None:
    seat = Invitation.objects.get(meeting=decision.minutes.meeting, person_id=hadi.person_id)
    with pytest.raises(NotThere):
        note_dissent(decision=decision, invitation=seat, text="", by=laleh, now=NOW)


def test_sealed_words_are_not_written(closed: Minutes, laleh: Actor) -> None:
    seal(minutes=closed, by=laleh, now=NOW)
    with pytest.raises(MinutesSealed):
        keep_passage(minutes=closed, name="closing", text="دیر", seen=0, by=laleh, now=NOW)
