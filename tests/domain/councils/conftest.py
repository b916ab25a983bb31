"""A committee of Alborz: Nima chairs it, Laleh is its secretary, Reza and Hadi sit there by their posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from takrim.councils.models import Body, Membership, Role
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import HIRED, Hire


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
