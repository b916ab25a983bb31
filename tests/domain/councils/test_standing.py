"""Who somebody is to a body: by post, by person, as a substitute, in the term of the seat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from takrim.councils.models import Body, Membership, Role, Subject
from takrim.councils.models_meetings import Meeting, State
from takrim.councils.moves import MOVES, MeetingCannotMove, MeetingMovedMeanwhile, Move, can, move
from takrim.councils.queries import NotYourBody, is_chair, is_member, is_secretary, keeps, require_keeper, standing_of
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Person
from tests.domain.councils.conftest import Sit
from tests.people import NOW, Hire

TODAY = date(2026, 11, 24)


def test_each_is_what_their_seat_says(committee: Body, nima: Actor, laleh: Actor, reza: Actor, omid: Actor) -> None:
    assert is_chair(committee, nima, TODAY)
    assert is_secretary(committee, laleh, TODAY)
    assert not is_secretary(committee, reza, TODAY)
    assert is_member(committee, reza, TODAY)
    assert not is_member(committee, omid, TODAY)
    found = standing_of(committee, laleh, TODAY)
    assert (found.is_secretary, found.is_chair, found.votes, found.general) == (True, False, True, True)


def test_whoever_holds_the_post_sits_there(committee: Body, sit: Sit, hire: Hire, reza: Actor) -> None:
    successor = Actor(code="person:0", post_id=reza.post_id, unit_path=reza.unit_path, powers=reza.powers)
    assert is_member(committee, successor, TODAY)
    elsewhere = hire("reza", "رضا کریمی", "head", "karaj")
    assert not is_member(committee, elsewhere, TODAY)


def test_a_person_sits_there_from_whatever_post(body: Body, hire: Hire, omid: Actor) -> None:
    Membership.objects.create(body=body, person_id=omid.person_id, since=TODAY)
    other = hire("omid", "امید حسینی", "expert", "kahak")
    assert is_member(body, other, TODAY)


def test_a_term_ends_with_its_last_day(body: Body, sit: Sit, mina: Actor) -> None:
    sit(mina, until=TODAY)
    assert is_member(body, mina, TODAY)
    assert not is_member(body, mina, TODAY + timedelta(days=1))


def test_a_named_substitute_may_take_the_seat(body: Body, sit: Sit, reza: Actor, mina: Actor) -> None:
    sit(reza, substitute_person_id=mina.person_id)
    assert is_member(body, mina, TODAY)


def test_a_secretary_has_the_subjects_that_were_given(body: Body, sit: Sit, laleh: Actor) -> None:
    seat = sit(laleh, Role.SECRETARY)
    rights = Subject.objects.create(body=body, name_fa="حقوق شهروندی", secretary=seat)
    found = standing_of(body, laleh, TODAY)
    assert (found.subjects, found.general) == (frozenset({rights.pk}), False)


def test_only_chair_and_secretary_keep_a_body(committee: Body, nima: Actor, laleh: Actor, reza: Actor) -> None:
    assert keeps(committee, nima, TODAY) and keeps(committee, laleh, TODAY)
    with pytest.raises(NotAllowed):
        require_keeper(committee, reza, TODAY)


def test_a_secretary_of_another_body_keeps_only_their_own(committee: Body, hire: Hire) -> None:
    other = hire("zhaleh", "ژاله امینی", "secretary", "alborz")
    with pytest.raises(NotYourBody):
        require_keeper(committee, other, TODAY)


def test_bodies_are_seen_from_above_and_by_those_who_sit_there(
    committee: Body, nima: Actor, reza: Actor, mina: Actor, omid: Actor, sara: Actor
) -> None:
    def sees(actor: Actor) -> bool:
        return Body.objects.all().seen_by(actor, TODAY).exists()

    assert sees(nima) and sees(reza)
    # Below the body's office, and without a seat; at the office, without the power; in another province.
    assert not sees(mina) and not sees(sara) and not sees(omid)


def test_an_account_without_an_office_sees_its_bodies_only(committee: Body) -> None:
    person = Person.objects.create(username="hamid@bank.example", name="حمید رحمانی")
    actor = Actor(code=f"person:{person.pk}", person_id=person.pk)
    assert not Body.objects.all().seen_by(actor, TODAY).exists()
    Membership.objects.create(body=committee, person=person, since=TODAY)
    assert Body.objects.all().seen_by(actor, TODAY).get() == committee


@pytest.fixture
def meeting(committee: Body) -> Meeting:
    meeting: Meeting = Meeting.objects.create(
        code="05200000014",
        body=committee,
        unit_path=committee.unit_path,
        number=1,
        starts_at=NOW + timedelta(days=7),
        planned_at=NOW,
        planned_by="person:1",
        door_nonce="0" * 32,
    )
    return meeting


def test_a_meeting_lives_as_the_table_says(meeting: Meeting, laleh: Actor) -> None:
    assert not can(meeting, Move.OPEN)
    with pytest.raises(MeetingCannotMove):
        move(meeting, Move.ISSUE, by=laleh, now=NOW)
    move(meeting, Move.INVITE, by=laleh, now=NOW, invited_at=NOW)
    assert (meeting.state, meeting.version) == (State.INVITED, 2)


def test_of_two_who_press_at_once_the_second_is_told(meeting: Meeting, laleh: Actor) -> None:
    same = Meeting.objects.get(pk=meeting.pk)
    move(meeting, Move.INVITE, by=laleh, now=NOW)
    with pytest.raises(MeetingMovedMeanwhile):
        move(same, Move.INVITE, by=laleh, now=NOW)


def test_every_state_is_reached_and_every_move_needs_its_power(meeting: Meeting, reza: Actor) -> None:
    assert {rule.target for rule in MOVES.values()} == set(State) - {State.PLANNED}
    with pytest.raises(NotAllowed):
        move(meeting, Move.INVITE, by=reza, now=NOW)


def test_meetings_are_seen_with_their_body(meeting: Meeting, reza: Actor, omid: Actor) -> None:
    assert Meeting.objects.all().seen_by(reza, TODAY).get() == meeting
    assert not Meeting.objects.all().seen_by(omid, TODAY).exists()
