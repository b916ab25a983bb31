"""The secretary confirms, never the doer: it is the person that counts, not the seat they act from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from takrim.councils.models import Body, Membership, Role
from takrim.councils.queries import NotYourBody
from takrim.decisions.actions_confirm import confirm, confirm_partly, refuse, send_back
from takrim.decisions.actions_do import report
from takrim.decisions.doers import OwnWork, confirms
from takrim.decisions.models import Decision, Share
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Holding
from takrim.orgs.seats import actor_at
from tests.deciding import Decide, Seat, part
from tests.people import HIRED, Hire

DONE = "تابلو نصب شد."


def stand_in(absent: Actor, person: Actor, now: datetime) -> Actor:
    """The person at the post of another one who is away."""
    held = Holding.objects.create(
        person_id=person.person_id,
        post_id=absent.post_id,
        substitute_for_id=absent.person_id,
        since=(now - timedelta(days=1)).date(),
        until=(now + timedelta(days=20)).date(),
    )
    return actor_at(held)


def test_a_secretary_or_the_chair_confirms(
    share: Share, mina: Actor, leila: Actor, nasrin: Actor, nima: Actor, now: datetime
) -> None:
    report(share=share, text=DONE, by=mina, now=now)
    assert all(confirms(share, one, now.date()) for one in (leila, nasrin, nima))


@pytest.mark.parametrize("deed", [confirm, confirm_partly, refuse, send_back])
def test_whoever_reported_never_judges_it(
    deed: Callable[..., object], decide: Decide, leila: Actor, nasrin: Actor, now: datetime
) -> None:
    share = part(decide("alborz"))
    report(share=share, text=DONE, by=leila, now=now)
    more = {} if deed is confirm else {"why": "دلیل"}
    with pytest.raises(OwnWork):
        deed(share=share, by=leila, now=now, **more)
    assert not confirms(share, leila, now.date())
    confirm(share=share, by=nasrin, now=now)


def test_not_from_a_second_seat_either(
    committee: Body, share: Share, hire: Hire, seat: Seat, mina: Actor, now: datetime
) -> None:
    """Mina is an expert in Nazarabad and since lately a secretary of the committee as well."""
    second = hire("mina", "مینا رضایی", "secretary", "alborz")
    seat(committee, second, Role.SECRETARY)
    report(share=share, text=DONE, by=mina, now=now)
    assert (second.person_id, second.post_id == mina.post_id) == (mina.person_id, False)
    with pytest.raises(OwnWork):
        confirm(share=share, by=second, now=now)


def test_not_who_stands_in_for_a_secretary_and_reported_it(
    share: Share, mina: Actor, leila: Actor, now: datetime
) -> None:
    report(share=share, text=DONE, by=mina, now=now)
    with pytest.raises(OwnWork):
        confirm(share=share, by=stand_in(leila, mina, now), now=now)


def test_not_for_whom_somebody_reported_as_a_substitute(
    committee: Body, share: Share, hire: Hire, seat: Seat, mina: Actor, hadi: Actor, now: datetime
) -> None:
    second = hire("mina", "مینا رضایی", "secretary", "alborz")
    seat(committee, second, Role.SECRETARY)
    report(share=share, text=DONE, by=stand_in(mina, hadi, now), now=now)
    with pytest.raises(OwnWork):
        confirm(share=share, by=second, now=now)


def test_not_who_stands_in_for_whoever_reported(decide: Decide, leila: Actor, nasrin: Actor, now: datetime) -> None:
    """Nasrin at the desk of Leila confirms what Leila has reported: it would be Leila's own word."""
    share = part(decide("alborz"))
    report(share=share, text=DONE, by=leila, now=now)
    with pytest.raises(OwnWork):
        confirm(share=share, by=stand_in(leila, nasrin, now), now=now)


def test_not_who_was_given_the_work(decision: Decision, leila: Actor, mina: Actor, now: datetime) -> None:
    share = part(decision)
    Duty.objects.filter(pk=share.duty_id).update(assignee=leila.post_id, assigned_at=now)
    report(share=part(decision), text=DONE, by=mina, now=now)
    with pytest.raises(OwnWork):
        confirm(share=part(decision), by=leila, now=now)


def test_not_the_head_of_the_office_that_carried_it_out(
    decide: Decide, mina: Actor, nima: Actor, leila: Actor, hire: Hire, now: datetime
) -> None:
    """Nima is chair; but what his own office did another confirms."""
    share = part(decide("alborz"))
    report(share=share, text=DONE, by=hire("samira", "سمیرا", "expert", "alborz"), now=now)
    with pytest.raises(OwnWork):
        confirm(share=share, by=nima, now=now)
    confirm(share=share, by=leila, now=now)


def test_nobody_else_at_all(share: Share, mina: Actor, reza: Actor, omid: Actor, hire: Hire, now: datetime) -> None:
    report(share=share, text=DONE, by=mina, now=now)
    for without in (mina, reza, omid):
        with pytest.raises(NotAllowed):
            confirm(share=share, by=without, now=now)
    with pytest.raises(NotYourBody):
        confirm(share=share, by=hire("maryam", "مریم", "secretary", "alborz"), now=now)


def test_nor_after_their_term(share: Share, mina: Actor, leila: Actor, now: datetime) -> None:
    report(share=share, text=DONE, by=mina, now=now)
    ended = (now - timedelta(days=3)).date()
    Membership.objects.filter(post_id=leila.post_id).update(until=max(ended, HIRED))
    with pytest.raises(NotYourBody):
        confirm(share=share, by=leila, now=now)
