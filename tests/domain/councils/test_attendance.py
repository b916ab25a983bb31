"""Who came is noted by hand, at the door or remotely; the quorum is counted; the meeting is held or not constituted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.councils.actions_attendance import (
    ChairMissing,
    DoorClosed,
    NotBegunYet,
    QuorumIsReached,
    QuorumNotReached,
    close_meeting,
    counted,
    leave,
    not_constitute,
    note_attendance,
    open_meeting,
    sign_in,
)
from takrim.councils.actions_replies import Instead, NotYourInvitation, decline, send_substitute
from takrim.councils.models import Body, QuorumRule
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.councils.moves import MeetingCannotMove, MeetingMovedMeanwhile
from takrim.councils.quorum import needed
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from tests.domain.councils.conftest import SeatOf
from tests.people import NOW

THEN = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("rule", "number", "voters", "must"),
    [
        (QuorumRule.MORE_THAN_HALF, None, 6, 4),
        (QuorumRule.MORE_THAN_HALF, None, 7, 4),
        (QuorumRule.TWO_THIRDS, None, 7, 5),
        (QuorumRule.TWO_THIRDS, None, 6, 4),
        (QuorumRule.NUMBER, 5, 12, 5),
        (QuorumRule.ANY, None, 9, 1),
        (QuorumRule.TWO_THIRDS, None, 0, 1),
    ],
)
def test_the_quorum_follows_the_rule(rule: QuorumRule, number: int | None, voters: int, must: int) -> None:
    assert needed(Body(quorum=rule, quorum_number=number), voters) == must


def here(meeting: Meeting, *actors: Actor, seat_of: SeatOf, by: Actor) -> None:
    for actor in actors:
        note_attendance(invitation=seat_of(meeting, actor), attendance=Attendance.PRESENT, by=by, now=THEN)


def test_with_its_quorum_a_meeting_is_held(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, reza: Actor
) -> None:
    here(invited, nima, laleh, seat_of=seat_of, by=laleh)
    with pytest.raises(QuorumNotReached, match="از ۴ عضو دارای رأی ۲ نفر"):
        open_meeting(meeting=invited, by=laleh, now=THEN)
    sign_in(invitation=seat_of(invited, reza), by=reza, now=THEN)
    held = open_meeting(meeting=invited, by=laleh, now=THEN)
    assert (held.state, held.opened_at) == (State.HELD, THEN)
    assert (held.quorum_needed, held.quorum_present, held.quorum_voters) == (3, 3, 4)


def test_the_chair_must_be_there_where_the_rule_says_so(
    committee: Body, invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, reza: Actor, hadi: Actor
) -> None:
    Body.objects.filter(pk=committee.pk).update(quorum_chair=True)
    meeting = Meeting.objects.select_related("body").get(pk=invited.pk)
    here(meeting, laleh, reza, hadi, seat_of=seat_of, by=laleh)
    with pytest.raises(ChairMissing):
        open_meeting(meeting=meeting, by=laleh, now=THEN)
    assert counted(meeting).chair_missing
    sign_in(invitation=seat_of(meeting, nima), remote=True, by=nima, now=THEN)
    assert open_meeting(meeting=meeting, by=laleh, now=THEN).state == State.HELD


def test_a_substitute_counts_as_the_member(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, reza: Actor, mina: Actor
) -> None:
    instead = Instead(person=Person.objects.get(pk=mina.person_id))
    send_substitute(invitation=seat_of(invited, reza), instead=instead, by=reza, now=NOW)
    came = sign_in(invitation=seat_of(invited, reza), by=mina, now=THEN)
    assert (came.who_came, came.who_came_id, came.by_substitute) == ("مینا رضایی", mina.person_id, True)
    here(invited, nima, laleh, seat_of=seat_of, by=laleh)
    assert counted(invited).present == 3


def test_nobody_signs_in_for_another(invited: Meeting, seat_of: SeatOf, reza: Actor, hadi: Actor) -> None:
    with pytest.raises(NotYourInvitation):
        sign_in(invitation=seat_of(invited, reza), by=hadi, now=THEN)


def test_signing_in_twice_changes_nothing(invited: Meeting, seat_of: SeatOf, reza: Actor) -> None:
    first = sign_in(invitation=seat_of(invited, reza), by=reza, now=THEN)
    again = sign_in(invitation=seat_of(invited, reza), remote=True, by=reza, now=THEN + timedelta(minutes=5))
    assert (again.attendance, again.arrived_at, again.noted_how) == (Attendance.PRESENT, first.arrived_at, "door")


def test_too_few_make_it_not_constituted(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, hadi: Actor
) -> None:
    decline(invitation=seat_of(invited, hadi), reason="مرخصی", by=hadi, now=NOW)
    here(invited, nima, laleh, seat_of=seat_of, by=laleh)
    with pytest.raises(NotBegunYet):
        not_constitute(meeting=invited, by=laleh, now=THEN - timedelta(minutes=1))
    missed = not_constitute(meeting=invited, by=laleh, now=THEN + timedelta(minutes=30))
    assert missed.state == State.NOT_CONSTITUTED
    found = dict(Invitation.objects.filter(meeting=missed).values_list("role", "attendance").order_by("pk")[2:3])
    assert found == {"member": Attendance.ABSENT}
    assert seat_of(missed, hadi).attendance == Attendance.EXCUSED


def test_with_enough_there_it_cannot_be_called_not_constituted(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, reza: Actor
) -> None:
    here(invited, nima, laleh, reza, seat_of=seat_of, by=laleh)
    with pytest.raises(QuorumIsReached):
        not_constitute(meeting=invited, by=laleh, now=THEN)


def test_it_is_not_opened_before_its_day(invited: Meeting, laleh: Actor) -> None:
    with pytest.raises(NotBegunYet):
        open_meeting(meeting=invited, by=laleh, now=NOW)


def test_it_ends_and_whoever_did_not_come_is_absent(
    invited: Meeting, seat_of: SeatOf, nima: Actor, laleh: Actor, reza: Actor, hadi: Actor
) -> None:
    with pytest.raises(MeetingCannotMove):
        close_meeting(meeting=invited, by=laleh, now=THEN)
    here(invited, nima, laleh, reza, seat_of=seat_of, by=laleh)
    held, end = open_meeting(meeting=invited, by=laleh, now=THEN), THEN + timedelta(hours=2)
    gone = leave(invitation=seat_of(held, reza), by=laleh, now=THEN + timedelta(hours=1))
    assert gone.left_at is not None
    with pytest.raises(MeetingMovedMeanwhile):
        leave(invitation=seat_of(held, hadi), by=laleh, now=end)
    assert close_meeting(meeting=held, by=laleh, now=end).closed_at == end
    assert seat_of(held, hadi).attendance == Attendance.ABSENT
    with pytest.raises(DoorClosed):
        sign_in(invitation=seat_of(held, hadi), by=hadi, now=end)
    # The secretary may still put the list right.
    here(held, hadi, seat_of=seat_of, by=laleh)
    assert seat_of(held, hadi).is_here
