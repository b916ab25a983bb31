"""A round of the two county offices of Alborz, and the people in it.

Nima, the director-general, runs it. Reza speaks for Nazarabad, Parisa for Karaj. Shirin and Behnam assess, Golnar
answers objections, all three at the directorate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from takrim.base.period import Period
from takrim.evaluation import actions_rounds, round_work
from takrim.evaluation.actions_rounds import DAYS, Wish
from takrim.evaluation.models_entrants import Assessment, Entrant
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round, Run, Step
from takrim.evaluation.models_values import Value
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Unit
from takrim.tasks.result import Context
from tests.matters import answered
from tests.people import Hire, MakeCase

# The period is the season before: Mehr to Azar; the round is held in Dey.
PERIOD = Period.parse("1405-s3")
OPENED = datetime(2026, 12, 23, 6, 30, tzinfo=UTC)
PLAN = """
of = "county"
points = 100
title = { fa = "خدمت شهرستان", en = "Service of counties" }

[rank]
decimals = 2

[[node]]
code = "total"
sum = 100

[[indicator]]
code = "answered_on_time"
weight = 60
least = 1
missing = "drop"
normalise = { method = "points", standard = 1 }

[[indicator]]
code = "desk"
weight = 40
source = "declared"
measure = "share"
direction = "more"
title = { fa = "روزهای میز خدمت", en = "Days of the service desk" }
definition = { fa = "سهم روزهایی که میز برپا بود.", en = "The share of days on which the desk was held." }
missing = { policy = "zero", reason = "اعلام نشده" }
normalise = { method = "points", standard = 1 }
"""


@pytest.fixture
def parisa(hire: Hire) -> Actor:
    return hire("parisa", "پریسا نادری", "head", "karaj")


@pytest.fixture
def behnam(hire: Hire) -> Actor:
    return hire("behnam", "بهنام قاسمی", "expert", "alborz")


@pytest.fixture
def golnar(hire: Hire) -> Actor:
    return hire("golnar", "گلنار رستمی", "deputy", "alborz")


@pytest.fixture
def round_plan(db: None, now: datetime) -> PlanVersion:
    return PlanVersion.objects.create(
        code="county_service",
        number=1,
        title_fa="خدمت شهرستان",
        title_en="Service of counties",
        of="county",
        text=PLAN,
        state=PlanState.READY,
        at=now,
        by="person:1",
        changed_at=now,
    )


def days() -> dict[str, date]:
    """A week for each step."""
    return {name: OPENED.date() + timedelta(days=7 * place) for place, name in enumerate(DAYS)}


def person(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


@pytest.fixture
def round_wish(
    round_plan: PlanVersion,
    units: dict[str, Unit],
    reza: Actor,
    parisa: Actor,
    shirin: Actor,
    behnam: Actor,
    golnar: Actor,
) -> Wish:
    return Wish(
        title_fa="ارزیابی پاییز",
        plan=round_plan,
        path="ir/alborz/",
        units=[units["nazarabad"], units["karaj"]],
        period=PERIOD,
        days=days(),
        assessors=[person(shirin), person(behnam)],
        referees=[person(golnar)],
        second_percent=50,
        seed=7,
    )


@pytest.fixture
def answers_given(make_case: MakeCase, units: dict[str, Unit]) -> Callable[[], None]:
    """Nazarabad answered three of four on time, Karaj two of four."""

    def make() -> None:
        start = datetime(2026, 10, 3, 6, 30, tzinfo=UTC)
        for unit, late in (("nazarabad", 1), ("karaj", 2)):
            for number in range(4):
                case = make_case(unit=unit, at=start + timedelta(hours=number))
                answered(case, start + timedelta(days=60 if number < late else 3))

    return make


@dataclass
class Held:
    """A round and short ways to what is in it."""

    round: Round

    def entrant(self, name: str) -> Entrant:
        return Entrant.objects.select_related("round__plan", "unit").get(
            round=self.round, unit_path=f"ir/alborz/{name}/"
        )

    def value(self, name: str, indicator: str = "desk") -> Value:
        rows = Value.objects.select_related("entrant__round__plan")
        return rows.get(entrant=self.entrant(name), indicator=indicator)

    def looks(self, *, blind: bool = False) -> list[Assessment]:
        rows = Assessment.objects.filter(entrant__round=self.round, blind=blind)
        return list(rows.select_related("entrant__round__plan", "assessor").order_by("entrant__unit_path"))

    def step(self, step: Step, by: Actor, at: datetime) -> Run:
        """Let the worker do a step, here and now."""
        asked = round_work.ask(round=self.round, step=step, by=by, now=at)
        round_work.run.func(Context(None), asked.pk, "fa", now=at)
        asked.refresh_from_db()
        self.round = Round.objects.select_related("plan").get(pk=self.round.pk)
        return asked


@pytest.fixture
def held(round_wish: Wish, nima: Actor) -> Held:
    """The round, opened."""
    made = actions_rounds.define(wish=round_wish, by=nima, now=OPENED)
    actions_rounds.open_round(round=made, by=nima, now=OPENED)
    return Held(made)
