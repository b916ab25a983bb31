"""Seats are given for a term, changed and ended; outside organisations send somebody with an account of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from takrim.cases.models_partners import Partner
from takrim.councils.actions_members import (
    ChairTaken,
    Outsider,
    OutsiderIsStaff,
    OutsiderUnnamed,
    OutsiderUnreachable,
    OwnStandIn,
    Seat,
    SeatedAlready,
    SeatEnded,
    SeatUnclear,
    SecretaryWithoutPower,
    TermEndsEarly,
    change_seat,
    end_seat,
    give_seat,
    seat_outsider,
    send_account,
)
from takrim.councils.models import Body, Membership, Role
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Post
from tests.people import NOW, Hire

TODAY = date(2026, 11, 24)


def seat(actor: Actor, role: Role = Role.MEMBER, **more: Any) -> Seat:
    return Seat(role=role, post=Post.objects.get(pk=actor.post_id), **{"since": TODAY, **more})


def test_a_post_gets_a_seat_for_a_term(committee: Body, laleh: Actor, mina: Actor) -> None:
    given = give_seat(body=committee, seat=seat(mina, until=date(2027, 11, 24)), by=laleh, now=NOW)
    assert (given.post_id, given.votes, given.until) == (mina.post_id, True, date(2027, 11, 24))
    assert Entry.objects.get(verb="body.seated").facts["seat"] == given.pk


def test_an_observer_has_no_vote_whatever_is_said(committee: Body, laleh: Actor, mina: Actor) -> None:
    assert not give_seat(body=committee, seat=seat(mina, Role.OBSERVER, votes=True), by=laleh, now=NOW).votes


def test_nobody_sits_twice_and_no_body_has_two_chairs(committee: Body, laleh: Actor, reza: Actor, mina: Actor) -> None:
    with pytest.raises(SeatedAlready):
        give_seat(body=committee, seat=seat(reza), by=laleh, now=NOW)
    with pytest.raises(ChairTaken):
        give_seat(body=committee, seat=seat(mina, Role.CHAIR), by=laleh, now=NOW)


def test_whoever_left_may_come_again(committee: Body, laleh: Actor, reza: Actor) -> None:
    old = Membership.objects.get(body=committee, post_id=reza.post_id)
    end_seat(member=old, last_day=TODAY, by=laleh, now=NOW)
    with pytest.raises(SeatEnded):
        end_seat(member=old, last_day=TODAY, by=laleh, now=NOW)
    with pytest.raises(SeatedAlready):
        give_seat(body=committee, seat=seat(reza), by=laleh, now=NOW)
    give_seat(body=committee, seat=seat(reza, since=TODAY + timedelta(days=1)), by=laleh, now=NOW)


def test_a_secretary_needs_a_post_that_may_keep_meetings(
    committee: Body, laleh: Actor, mina: Actor, hire: Hire
) -> None:
    with pytest.raises(SecretaryWithoutPower):
        give_seat(body=committee, seat=seat(mina, Role.SECRETARY), by=laleh, now=NOW)
    second = hire("parvin", "پروین صالحی", "secretary", "alborz")
    give_seat(body=committee, seat=seat(second, Role.SECRETARY), by=laleh, now=NOW)
    by_person = hire("simin", "سیمین رازی", "secretary", "alborz")
    own = Seat(role=Role.SECRETARY, person=Person.objects.get(pk=by_person.person_id), since=TODAY)
    assert give_seat(body=committee, seat=own, by=laleh, now=NOW).role == Role.SECRETARY


def test_what_makes_no_sense_is_refused(committee: Body, laleh: Actor, mina: Actor) -> None:
    post, person = Post.objects.get(pk=mina.post_id), Person.objects.get(pk=mina.person_id)
    wrong: list[tuple[type[Exception], Seat]] = [
        (SeatUnclear, Seat(role=Role.MEMBER, since=TODAY)),
        (SeatUnclear, Seat(role=Role.MEMBER, post=post, person=person, since=TODAY)),
        (TermEndsEarly, seat(mina, until=TODAY - timedelta(days=1))),
        (OwnStandIn, seat(mina, substitute_post=post)),
        (OwnStandIn, Seat(role=Role.MEMBER, person=person, substitute_person=person, since=TODAY)),
    ]
    for refusal, said in wrong:
        with pytest.raises(refusal):
            give_seat(body=committee, seat=said, by=laleh, now=NOW)


def test_a_seat_changes_but_not_whose_it_is(committee: Body, laleh: Actor, reza: Actor, mina: Actor) -> None:
    own = Membership.objects.get(body=committee, post_id=reza.post_id)
    substitute = Post.objects.get(pk=mina.post_id)
    changed = change_seat(
        member=own,
        seat=seat(reza, Role.OBSERVER, title="نماینده شهرستان‌ها", substitute_post=substitute),
        by=laleh,
        now=NOW,
    )
    assert (changed.role, changed.votes, changed.title) == (Role.OBSERVER, False, "نماینده شهرستان‌ها")
    with pytest.raises(SeatUnclear):
        change_seat(member=own, seat=seat(mina), by=laleh, now=NOW)


@pytest.fixture
def bank(db: None) -> Partner:
    return Partner.objects.create(unit_path="ir/alborz/", name="بانک نمونه", email="bank@example.ir", since=NOW)


HAMID = Outsider(name="حمید رحمانی", email="Hamid@Bank.example")
FROM_OUTSIDE = Seat(role=Role.MEMBER, title="معاون اعتبارات", since=TODAY)


def test_an_organisation_sends_somebody_who_gets_an_account(committee: Body, bank: Partner, laleh: Actor) -> None:
    given = seat_outsider(body=committee, organisation=bank, who=HAMID, seat=FROM_OUTSIDE, by=laleh, now=NOW)
    person = given.person
    assert person is not None
    assert (person.username, person.has_usable_password()) == ("hamid@bank.example", False)
    assert (given.organisation, given.title) == (bank, "معاون اعتبارات")
    send_account(member=given, by=laleh, now=NOW)
    assert Entry.objects.filter(verb="body.account_made").count() == 2


def test_the_same_person_may_sit_in_another_body(
    committee: Body, bank: Partner, laleh: Actor, nima: Actor, units: Any
) -> None:
    first = seat_outsider(body=committee, organisation=bank, who=HAMID, seat=FROM_OUTSIDE, by=laleh, now=NOW)
    other = Body.objects.create(
        code="05100000025", kind="council", name_fa="شورا", unit=units["alborz"], unit_path="ir/alborz/", since=TODAY
    )
    second = seat_outsider(body=other, organisation=bank, who=HAMID, seat=FROM_OUTSIDE, by=nima, now=NOW)
    assert first.person == second.person
    assert Entry.objects.filter(verb="body.account_made").count() == 1


def test_who_is_no_outsider_or_cannot_be_reached_is_refused(
    committee: Body, bank: Partner, laleh: Actor, mina: Actor
) -> None:
    Person.objects.filter(pk=mina.person_id).update(username="mina@example.ir")
    elsewhere = Partner.objects.create(unit_path="ir/qom/", name="بانک قم", email="qom@example.ir", since=NOW)
    wrong: list[tuple[type[Exception], Partner, Outsider, Seat]] = [
        (OutsiderIsStaff, bank, Outsider(name="مینا", email="mina@example.ir"), FROM_OUTSIDE),
        (OutsiderUnreachable, bank, Outsider(name="حمید"), FROM_OUTSIDE),
        (OutsiderUnnamed, bank, Outsider(name=" ", email="a@example.ir"), FROM_OUTSIDE),
        (SeatUnclear, elsewhere, HAMID, FROM_OUTSIDE),
        (SeatUnclear, bank, HAMID, Seat(role=Role.CHAIR, since=TODAY)),
    ]
    for refusal, organisation, who, said in wrong:
        with pytest.raises(refusal):
            seat_outsider(body=committee, organisation=organisation, who=who, seat=said, by=laleh, now=NOW)
    assert not Person.objects.filter(username="hamid@bank.example").exists()
