"""A round at each level: county offices of a province, provinces of the nation, affiliated bodies under a council."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from takrim.councils.models import Body
from takrim.evaluation import actions_rounds
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Stage, Step
from takrim.evaluation.round_people import is_referee
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.orgs.stamps import forget
from tests.people import NOW, Hire
from tests.rounds import OPENED, PERIOD, PLAN, Held, days, person

AFTER = OPENED + timedelta(days=14)


@pytest.fixture
def plan_for(db: None) -> Callable[[str], PlanVersion]:
    def make(kind: str) -> PlanVersion:
        return PlanVersion.objects.create(
            code=f"level_{kind}",
            number=1,
            title_fa="طرح سطح",
            of=kind,
            text=PLAN.replace('of = "county"', f'of = "{kind}"'),
            state=PlanState.READY,
            at=NOW,
            by="person:1",
            changed_at=NOW,
        )

    return make


def test_affiliated_bodies_are_compared_and_a_council_answers_their_objections(
    plan_for: Callable[[str], PlanVersion],
    units: dict[str, Unit],
    shirin: Actor,
    behnam: Actor,
    nima: Actor,
    committee: Body,
) -> None:
    bodies = [
        Unit.objects.create(
            path=f"ir/alborz/{name}/",
            kind="affiliated",
            **dict.fromkeys(("name_fa", "short_fa"), title),
            **dict.fromkeys(("name_en", "short_en"), name),
        )
        for name, title in (("insurance", "بیمه"), ("cooperatives", "تعاونی‌ها"))
    ]
    forget()
    wish = Wish(
        title_fa="دستگاه‌های تابعه",
        plan=plan_for("affiliated"),
        path="ir/alborz/",
        units=bodies,
        period=PERIOD,
        days=days(),
        assessors=[person(shirin), person(behnam)],
        referees=[],
        committee=committee,
        second_percent=0,
        seed=1,
    )
    made = actions_rounds.define(wish=wish, by=nima, now=OPENED)
    actions_rounds.open_round(round=made, by=nima, now=OPENED)
    held = Held(made)
    held.step(Step.FREEZE, nima, AFTER)
    assert held.round.stage == Stage.ASSESSING
    assert {one.unit.kind for one in Entrant.objects.filter(round=made).select_related("unit")} == {"affiliated"}
    assert is_referee(made, nima, OPENED.date())
    with pytest.raises(actions_rounds.WrongOffice):
        actions_rounds.define(wish=replace(wish, units=[units["karaj"], bodies[0]]), by=nima, now=OPENED)


def test_provinces_are_compared_by_the_ministry_alone(
    plan_for: Callable[[str], PlanVersion], units: dict[str, Unit], nima: Actor, tara: Actor, hire: Hire
) -> None:
    assessor = hire("parto", "پرتو امینی", "national_officer", "ministry")
    wish = Wish(
        title_fa="استان‌ها",
        plan=plan_for("directorate"),
        path="ir/",
        units=[units["alborz"], units["qom"]],
        period=PERIOD,
        days=days(),
        assessors=[person(assessor)],
        referees=[person(tara)],
        second_percent=0,
        seed=1,
    )
    made = actions_rounds.define(wish=wish, by=tara, now=OPENED)
    assert set(made.entrants.values_list("unit_path", flat=True)) == {"ir/alborz/", "ir/qom/"}
    with pytest.raises(NotAllowed):
        actions_rounds.define(wish=wish, by=nima, now=OPENED)
