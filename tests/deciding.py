"""What the tests of decisions share: a committee of Alborz with its chair and secretaries, and what it has decided.

Nima is its chair, Leila and Nasrin keep it; Nazarabad and Karaj carry out what it decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from takrim.councils.models import Body, Membership, Role
from takrim.decisions.actions_write import Owner, Wording, issue, until
from takrim.decisions.models import Decision, Share
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import HIRED, NOW, Hire

# A month after NOW.
DUE = date(2026, 12, 24)
TEXT = "نصب تابلوی منشور حقوق شهروندی در ورودی همهٔ اداره‌ها"

Seat = Callable[..., Membership]
Decide = Callable[..., Decision]


@pytest.fixture
def seat() -> Seat:
    """A seat of somebody's post in a body."""

    def give(body: Body, actor: Actor, role: str) -> Membership:
        return Membership.objects.create(body=body, role=role, post_id=actor.post_id, since=HIRED)

    return give


@pytest.fixture
def leila(hire: Hire) -> Actor:
    return hire("leila", "لیلا کاظمی", "secretary", "alborz")


@pytest.fixture
def nasrin(hire: Hire) -> Actor:
    return hire("nasrin", "نسرین قاسمی", "secretary", "alborz")


@pytest.fixture
def committee(units: dict[str, Unit], nima: Actor, leila: Actor, nasrin: Actor, seat: Seat) -> Body:
    """The committee of Alborz."""
    body = Body.objects.create(
        code="05000000011",
        kind="committee",
        name_fa="کمیتهٔ صیانت از حقوق شهروندی",
        name_en="Committee of citizens' rights",
        unit=units["alborz"],
        unit_path="ir/alborz/",
        since=HIRED,
    )
    seat(body, nima, Role.CHAIR)
    seat(body, leila, Role.SECRETARY)
    seat(body, nasrin, Role.SECRETARY)
    return body


@pytest.fixture
def council(units: dict[str, Unit]) -> Body:
    """The council of Qom, a stranger to all in Alborz."""
    return Body.objects.create(
        code="05000000022",
        kind="council",
        name_fa="شورای هماهنگی قم",
        name_en="Coordination council of Qom",
        unit=units["qom"],
        unit_path="ir/qom/",
        since=HIRED,
    )


@pytest.fixture
def decide(units: dict[str, Unit], committee: Body, leila: Actor) -> Decide:
    """Let a body decide: `decide("karaj", text="…", due=…, body=…, at=…)`; due in a month if nobody says otherwise."""

    def make(
        *owners: str, body: Body = committee, text: str = TEXT, due: date | None = DUE, at: datetime = NOW, **more: Any
    ) -> Decision:
        listed = [Owner(unit=units[name]) for name in owners or ("nazarabad",)]
        term = until(due) if due else None
        wording = Wording(text=text, decided_on=at.date(), owners=listed, term=term, **more)
        return issue(body=body, wording=wording, by=leila, now=at)

    return make


@pytest.fixture
def decision(decide: Decide) -> Decision:
    """Nazarabad alone carries it out."""
    return decide("nazarabad")


@pytest.fixture
def share(decision: Decision) -> Share:
    return part(decision)


def part(decision: Decision, place: int = 1) -> Share:
    """A part as the database has it."""
    return Share.objects.select_related("decision__body", "duty", "unit").get(decision=decision, place=place)
