"""A committee of Alborz: Nima chairs it, Laleh is its secretary, Reza and Hadi sit there by their posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from takrim.councils.actions_meetings import When, invite, plan_meeting
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Invitation, Meeting
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import HIRED, NOW, Hire


@pytest.fixture
def laleh(hire: Hire) -> Actor:
    return hire("laleh", "لاله رستمی", "secretary", "alborz")


@pytest.fixture
def body(units: dict[str, Unit]) -> Body:
    """The committee, without members."""
    return Body.objects.create(
        code="05100000017",
        kind="committee",
        name_fa="کمیته صیانت از حقوق شهروندی",
        name_en="Committee for citizens' rights",
        unit=units["alborz"],
        unit_path="ir/alborz/",
        since=HIRED,
    )


Sit = Callable[..., Membership]


@pytest.fixture
def sit(body: Body) -> Sit:
    """Give somebody's post a seat: `sit(laleh, Role.SECRETARY)`."""

    def give(actor: Actor, role: Role = Role.MEMBER, **more: Any) -> Membership:
        fields = {"post_id": actor.post_id, "since": HIRED, "votes": role != Role.OBSERVER, **more}
        return Membership.objects.create(body=body, role=role, **fields)

    return give


@pytest.fixture
def committee(body: Body, sit: Sit, nima: Actor, laleh: Actor, reza: Actor, hadi: Actor) -> Body:
    """The committee with its four members."""
    for actor, role in ((nima, Role.CHAIR), (laleh, Role.SECRETARY), (reza, Role.MEMBER), (hadi, Role.MEMBER)):
        sit(actor, role)
    return body


Plan = Callable[..., Meeting]


@pytest.fixture
def plan(committee: Body, laleh: Actor) -> Plan:
    """Laleh plans a meeting of the committee: `plan(in_days=7, online_url="…", now=…)`."""

    def go(in_days: int = 7, *, now: datetime = NOW, **more: Any) -> Meeting:
        starts = NOW + timedelta(days=in_days)
        when = When(starts_at=starts, ends_at=starts + timedelta(hours=2), **{"place": "سالن جلسات", **more})
        return plan_meeting(body=committee, when=when, by=laleh, now=now)

    return go


@pytest.fixture
def invited(plan: Plan, laleh: Actor) -> Meeting:
    """A meeting in a week to which the members were invited."""
    return invite(meeting=plan(), by=laleh, now=NOW)


SeatOf = Callable[[Meeting, Actor], Invitation]


@pytest.fixture
def seat_of() -> SeatOf:
    """The place of somebody on the list of a meeting."""

    def find(meeting: Meeting, actor: Actor) -> Invitation:
        return Invitation.objects.select_related("meeting__body").get(meeting=meeting, person_id=actor.person_id)

    return find
