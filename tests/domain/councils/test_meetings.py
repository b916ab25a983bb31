"""A meeting is planned, its members are invited and reply, it is changed or called off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.errors import InWords
from takrim.councils import source
from takrim.councils.actions_meetings import (
    GuestUnnamed,
    MeetingEndsEarly,
    MeetingInThePast,
    NobodyToInvite,
    NoPlace,
    When,
    WhyUnsaid,
    cancel_meeting,
    change_meeting,
    invite,
    invite_guest,
    plan_meeting,
)
from takrim.councils.actions_replies import (
    Instead,
    NoReasonGiven,
    NotYourInvitation,
    ReplyTooLate,
    SubstituteInvited,
    SubstituteUnnamed,
    accept,
    by_link,
    decline,
    send_substitute,
)
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Invitation, Meeting, Reply, State
from takrim.councils.moves import MeetingCannotMove, MeetingMovedMeanwhile
from takrim.councils.queries import NotYourBody
from takrim.councils.source import Risen, Source
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Holding, Person
from tests.domain.councils.conftest import Plan, SeatOf, Sit
from tests.people import NOW, Hire

WEEK = timedelta(days=7)


def later(meeting: Meeting, **more: object) -> When:
    return When(**{"starts_at": meeting.starts_at + WEEK, "place": "سالن کوچک", **more})  # type: ignore[arg-type]  # any field of it


def test_meetings_are_numbered_within_their_body(plan: Plan) -> None:
    assert [plan().number, plan(14).number] == [1, 2]


def test_only_chair_and_secretary_plan(committee: Body, reza: Actor, hire: Hire) -> None:
    when = When(starts_at=NOW + WEEK, place="سالن")
    with pytest.raises(NotAllowed):
        plan_meeting(body=committee, when=when, by=reza, now=NOW)
    with pytest.raises(NotYourBody):
        plan_meeting(body=committee, when=when, by=hire("zhaleh", "ژاله", "secretary", "alborz"), now=NOW)


@pytest.mark.parametrize(
    ("refusal", "wrong"),
    [
        (MeetingInThePast, {"starts_at": NOW}),
        (MeetingEndsEarly, {"ends_at": NOW + WEEK}),
        (NoPlace, {"place": " "}),
    ],
)
def test_time_and_place_must_make_sense(
    committee: Body, laleh: Actor, refusal: type[Exception], wrong: dict[str, object]
) -> None:
    when = When(**{"starts_at": NOW + WEEK, "place": "سالن", **wrong})  # type: ignore[arg-type]  # any field of it
    with pytest.raises(refusal):
        plan_meeting(body=committee, when=when, by=laleh, now=NOW)


def test_everybody_who_sits_there_is_invited(invited: Meeting) -> None:
    rows = list(Invitation.objects.filter(meeting=invited).in_order())
    assert [row.role for row in rows] == ["chair", "secretary", "member", "member"]
    assert rows[0].name == "نیما احمدی"
    assert (rows[2].title_fa, rows[2].organisation_fa) == ("رئیس اداره", "نظرآباد")
    assert all(row.invited_at == NOW and row.votes for row in rows)


def test_what_rises_by_itself_stands_on_the_agenda_of_the_invitation(
    plan: Plan, laleh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    risen = Risen(key="decision:1", title=InWords("مصوبه معوق", "Overdue"), note=InWords("", ""))
    late = Source(title="late", place=20, find=lambda asking, now: [risen])
    monkeypatch.setattr(source, "SOURCES", {"late": late})
    meeting = invite(meeting=plan(), by=laleh, now=NOW)
    assert [item.title for item in meeting.items.accepted()] == ["مصوبه معوق"]


def test_at_a_post_its_substitute_is_invited(
    committee: Body, plan: Plan, laleh: Actor, reza: Actor, mina: Actor
) -> None:
    day = NOW.date() + WEEK
    Holding.objects.create(
        person_id=mina.person_id, post_id=reza.post_id, since=day, until=day, substitute_for_id=reza.person_id
    )
    meeting = invite(meeting=plan(), by=laleh, now=NOW)
    assert Invitation.objects.get(meeting=meeting, membership__post_id=reza.post_id).person_id == mina.person_id


def test_a_vacant_seat_stands_on_the_list_by_its_title(committee: Body, plan: Plan, laleh: Actor, reza: Actor) -> None:
    Holding.objects.filter(person_id=reza.person_id).update(until=NOW.date())
    meeting = invite(meeting=plan(), by=laleh, now=NOW)
    row = Invitation.objects.get(meeting=meeting, membership__post_id=reza.post_id)
    assert (row.name, row.person) == ("رئیس اداره", None)


def test_whoever_acts_at_two_posts_is_asked_once(
    committee: Body, sit: Sit, plan: Plan, laleh: Actor, hire: Hire
) -> None:
    sit(hire("hadi", "هادی موسوی", "head", "karaj"))
    meeting = invite(meeting=plan(), by=laleh, now=NOW)
    rows = Invitation.objects.filter(meeting=meeting, membership__post__unit__path="ir/alborz/karaj/")
    assert sorted(row.name for row in rows) == ["رئیس اداره", "هادی موسوی"]


def test_a_body_without_members_invites_nobody(committee: Body, plan: Plan, laleh: Actor) -> None:
    Membership.objects.filter(body=committee).exclude(role=Role.SECRETARY).delete()
    meeting = plan()
    Membership.objects.filter(body=committee).update(until=NOW.date())
    with pytest.raises(NobodyToInvite):
        invite(meeting=meeting, by=laleh, now=NOW)


def test_members_reply(invited: Meeting, seat_of: SeatOf, reza: Actor, hadi: Actor, nima: Actor, mina: Actor) -> None:
    assert accept(invitation=seat_of(invited, nima), by=nima, now=NOW).reply == Reply.ACCEPTED
    away = decline(invitation=seat_of(invited, hadi), reason="مأموریت", by=hadi, now=NOW)
    assert (away.reply, away.reply_note) == (Reply.DECLINED, "مأموریت")
    person = Person.objects.get(pk=mina.person_id)
    sent = send_substitute(invitation=seat_of(invited, reza), instead=Instead(person=person), by=reza, now=NOW)
    assert (sent.substitute_name, sent.substitute_person_id) == (person.name, person.pk)
    # Whoever finds time after all takes the substitute's place again.
    again = accept(invitation=seat_of(invited, reza), by=reza, now=NOW)
    assert (again.reply, again.substitute_name, again.substitute_person_id) == (Reply.ACCEPTED, "", None)


def test_nobody_replies_for_another(invited: Meeting, seat_of: SeatOf, reza: Actor, hadi: Actor, laleh: Actor) -> None:
    own = seat_of(invited, reza)
    with pytest.raises(NotYourInvitation):
        accept(invitation=own, by=hadi, now=NOW)
    with pytest.raises(NotYourInvitation):
        accept(invitation=own, by=by_link(seat_of(invited, hadi)), now=NOW)
    assert accept(invitation=own, by=by_link(own), now=NOW).reply == Reply.ACCEPTED
    assert decline(invitation=own, reason="تلفنی گفت", by=laleh, now=NOW).reply == Reply.DECLINED


def test_a_reply_says_what_it_must(invited: Meeting, seat_of: SeatOf, reza: Actor, hadi: Actor) -> None:
    own = seat_of(invited, reza)
    with pytest.raises(NoReasonGiven):
        decline(invitation=own, reason=" ", by=reza, now=NOW)
    with pytest.raises(SubstituteUnnamed):
        send_substitute(invitation=own, instead=Instead(), by=reza, now=NOW)
    for actor, refusal in ((reza, SubstituteUnnamed), (hadi, SubstituteInvited)):
        with pytest.raises(refusal):
            someone = Person.objects.get(pk=actor.person_id)
            send_substitute(invitation=own, instead=Instead(person=someone), by=reza, now=NOW)


def test_another_time_is_asked_anew_and_calendars_hear_of_it(
    invited: Meeting, seat_of: SeatOf, laleh: Actor, nima: Actor, sit: Sit, mina: Actor
) -> None:
    accept(invitation=seat_of(invited, nima), by=nima, now=NOW)
    sit(mina)
    changed = change_meeting(meeting=invited, when=later(invited), seen=invited.version, by=laleh, now=NOW)
    assert changed.sequence == 1
    assert seat_of(changed, nima).reply == Reply.NONE
    assert seat_of(changed, mina).invited_at == NOW
    with pytest.raises(MeetingMovedMeanwhile):
        change_meeting(meeting=changed, when=later(invited), seen=1, by=laleh, now=NOW)


def test_another_place_leaves_the_replies(invited: Meeting, seat_of: SeatOf, laleh: Actor, nima: Actor) -> None:
    accept(invitation=seat_of(invited, nima), by=nima, now=NOW)
    same_time = later(invited, starts_at=invited.starts_at)
    change_meeting(meeting=invited, when=same_time, seen=invited.version, by=laleh, now=NOW)
    assert seat_of(invited, nima).reply == Reply.ACCEPTED


def test_a_plan_changes_quietly(plan: Plan, laleh: Actor) -> None:
    meeting = plan()
    assert change_meeting(meeting=meeting, when=later(meeting), seen=1, by=laleh, now=NOW).sequence == 0


def test_a_meeting_is_called_off_with_its_reason(invited: Meeting, seat_of: SeatOf, laleh: Actor, nima: Actor) -> None:
    with pytest.raises(WhyUnsaid):
        cancel_meeting(meeting=invited, why=" ", by=laleh, now=NOW)
    gone = cancel_meeting(meeting=invited, why="بازدید وزیر", by=laleh, now=NOW)
    assert (gone.state, gone.cancelled_why, gone.sequence) == (State.CANCELLED, "بازدید وزیر", 1)
    with pytest.raises(ReplyTooLate):
        accept(invitation=seat_of(gone, nima), by=nima, now=NOW)
    with pytest.raises(MeetingCannotMove):
        invite_guest(meeting=gone, name="مهمان", by=laleh, now=NOW)


def test_guests_are_heard_and_not_counted(invited: Meeting, laleh: Actor) -> None:
    guest = invite_guest(meeting=invited, name=" دکتر  یوسفی ", title="استاد دانشگاه", by=laleh, now=NOW)
    assert (guest.name, guest.votes, guest.role) == ("دکتر یوسفی", False, "guest")
    with pytest.raises(GuestUnnamed):
        invite_guest(meeting=invited, name=" ", by=laleh, now=NOW)


def test_a_guest_who_got_a_seat_comes_as_a_member(
    invited: Meeting, laleh: Actor, mina: Actor, sit: Sit, seat_of: SeatOf
) -> None:
    invite_guest(meeting=invited, name="", person=Person.objects.get(pk=mina.person_id), by=laleh, now=NOW)
    sit(mina)
    change_meeting(meeting=invited, when=later(invited), seen=invited.version, by=laleh, now=NOW)
    assert seat_of(invited, mina).role == "member"
