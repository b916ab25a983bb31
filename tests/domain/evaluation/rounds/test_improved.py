"""What a final result says of the indicator `improvement`: exact, and nothing where there was no round before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from takrim.base.period import Period
from takrim.evaluation import actions_rounds
from takrim.evaluation import actions_rounds_assess as assessing
from takrim.evaluation import actions_rounds_declare as declaring
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Round, Step
from takrim.evaluation.round_changes import Said
from takrim.indicators.indicator import Exact, Measured
from takrim.indicators.values import is_on, values_of
from takrim.orgs.actor import Actor
from tests.people import SignIn
from tests.rounds import OPENED, Held

END = OPENED + timedelta(days=35)
SOON = OPENED + timedelta(days=20)
NAZARABAD, KARAJ = "ir/alborz/nazarabad/", "ir/alborz/karaj/"
SUMMER, AUTUMN, YEAR = (Period.parse(code) for code in ("1405-s2", "1405-s3", "1405"))


@pytest.fixture
def hold(
    round_wish: Wish, reza: Actor, parisa: Actor, shirin: Actor, behnam: Actor, nima: Actor
) -> Callable[..., Round]:
    """A round from its definition to its final result: what Nazarabad and Karaj say of their desks is accepted."""
    speakers, assessors = {NAZARABAD: reza, KARAJ: parisa}, {one.person_id: one for one in (shirin, behnam)}

    def go(period: Period, desks: dict[str, str], wish: Wish = round_wish) -> Round:
        wish = replace(wish, period=period, second_percent=0)
        made = actions_rounds.define(wish=wish, by=nima, now=OPENED)
        actions_rounds.open_round(round=made, by=nima, now=OPENED)
        held = Held(made)
        for entrant in Entrant.objects.filter(round=made).select_related("round__plan", "unit"):
            said = [Said(indicator="desk", text=desks[entrant.unit_path])]
            declaring.declare(entrant=entrant, said=said, by=speakers[entrant.unit_path], now=OPENED)
        for step, at in ((Step.FREEZE, OPENED + timedelta(days=14)), (Step.PRELIMINARY, SOON), (Step.FINAL, END)):
            asked = held.step(step, nima, at)
            assert not asked.failure
            for look in held.looks() if step is Step.FREEZE else ():
                by = assessors[look.assessor.person_id]
                found = [Said(indicator="desk", text=desks[look.entrant.unit_path])]
                assessing.assess(assessment=look, said=found, by=by, now=at)
                assessing.finish(assessment=look, by=by, now=at)
        return held.round

    return go


def of(period: Period) -> dict[str, Measured]:
    found = values_of([NAZARABAD, KARAJ], ["improvement"], period, END + timedelta(days=1))
    return {path: value for (path, _code), value in found.items()}


def test_the_second_round_says_by_how_much_it_was_better(hold: Callable[..., Round]) -> None:
    assert is_on("improvement")
    hold(SUMMER, {NAZARABAD: "1/3", KARAJ: "6/10"})
    # The first has none before it.
    assert of(SUMMER) == {NAZARABAD: None, KARAJ: None}
    hold(AUTUMN, {NAZARABAD: "2/3", KARAJ: "5/10"})
    # Nobody had a case to answer: the desk, 40 of 100 points, is all that is scored.
    assert of(AUTUMN) == {NAZARABAD: Exact(Fraction(1, 3)), KARAJ: Exact(Fraction(-1, 10))}
    assert of(YEAR) == of(AUTUMN)
    assert of(SUMMER) == {NAZARABAD: None, KARAJ: None}
    # Before its result was out nobody knew.
    assert values_of([KARAJ], ["improvement"], AUTUMN, END - timedelta(days=1))[KARAJ, "improvement"] is None


def test_rounds_of_another_plan_or_of_other_full_points_are_told_apart(
    hold: Callable[..., Round], round_wish: Wish, round_plan: PlanVersion
) -> None:
    desks = {NAZARABAD: "1/4", KARAJ: "1/4"}
    hold(SUMMER, desks)
    other = PlanVersion.objects.get(pk=round_plan.pk)
    other.pk, other.code = None, "another"
    other.save(force_insert=True)
    hold(AUTUMN, desks, replace(round_wish, plan=other))
    assert of(AUTUMN) == {NAZARABAD: None, KARAJ: None}
    # The next version gives a thousand points where the first gave a hundred: shares are compared, not points.
    wider = PlanVersion.objects.get(pk=round_plan.pk)
    wider.pk, wider.number = None, 2
    wider.text = wider.text.replace("points = 100", "points = 1000")
    wider.save(force_insert=True)
    hold(AUTUMN, {NAZARABAD: "1/4", KARAJ: "3/4"}, replace(round_wish, plan=wider))
    assert of(AUTUMN) == {NAZARABAD: Exact(Fraction(0)), KARAJ: Exact(Fraction(1, 2))}


def test_the_page_of_the_indicator_shows_a_step_back(
    hold: Callable[..., Round], sign_in: SignIn, nima: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(SUMMER, {NAZARABAD: "1/3", KARAJ: "6/10"})
    hold(AUTUMN, {NAZARABAD: "2/3", KARAJ: "5/10"})
    monkeypatch.setattr("takrim.base.clock.now", lambda: END + timedelta(days=1))
    page = sign_in(nima).get(f"/figures/office/indicators/improvement/?period={YEAR.code}&of={KARAJ}")
    assert page.status_code == 200
    assert "-۱۰٪" in page.content.decode()
