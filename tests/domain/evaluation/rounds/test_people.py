"""Who is kept from what in a round: strangers, who belongs to an office, who assessed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from takrim.evaluation import actions_rounds, rounds_read
from takrim.evaluation import actions_rounds_assess as assessing
from takrim.evaluation import actions_rounds_declare as declaring
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.actions_rounds_freeze import StillDeclaring, reassign
from takrim.evaluation.actions_rounds_results import DifferencesUnsettled
from takrim.evaluation.models_entrants import ResultOf
from takrim.evaluation.models_rounds import Stage, Step
from takrim.evaluation.round_changes import Said
from takrim.evaluation.round_drawing import Candidate, draw
from takrim.evaluation.round_people import NotYourAssessment, NotYourOffice, OwnOfficeAssessed
from takrim.orgs.actor import Actor, NotAllowed
from tests.people import Hire
from tests.rounds import OPENED, Held, person

AFTER = OPENED + timedelta(days=14)


def test_who_does_not_run_the_house_defines_nothing(round_wish: Wish, reza: Actor, shirin: Actor, hire: Hire) -> None:
    other = hire("ramin", "رامین یوسفی", "director_general", "qom")
    for actor in (reza, shirin, other):
        with pytest.raises(NotAllowed):
            actions_rounds.define(wish=round_wish, by=actor, now=OPENED)


def test_a_plan_of_another_house_is_taken_by_nobody(round_wish: Wish, nima: Actor) -> None:
    round_wish.plan.path = "ir/qom/"
    with pytest.raises(actions_rounds.PlanNotReady):
        actions_rounds.define(wish=round_wish, by=nima, now=OPENED)


def test_only_the_office_itself_declares(held: Held, nima: Actor, reza: Actor, parisa: Actor) -> None:
    said = [Said(indicator="desk", text="1")]
    for actor in (parisa, nima):
        with pytest.raises(NotYourOffice):
            declaring.declare(entrant=held.entrant("nazarabad"), said=said, by=actor, now=OPENED)
    with pytest.raises(declaring.DeclaringIsOver):
        declaring.declare(entrant=held.entrant("nazarabad"), said=said, by=reza, now=AFTER)


def test_nobody_is_drawn_for_their_own_office(round_wish: Wish, reza: Actor, nima: Actor, held: Held) -> None:
    with pytest.raises(actions_rounds.NobodyAssesses):
        actions_rounds.define(wish=replace(round_wish, assessors=[person(reza)]), by=nima, now=OPENED)
    offices = [f"ir/alborz/{number:02}/" for number in range(12)]
    own = Candidate(1, [offices[0], offices[3]])
    found = draw(offices, [own, Candidate(2, []), Candidate(3, [])], seed=5, percent=25)
    assert found.first.keys() == set(offices)
    assert {path for path, number in {*found.first.items(), *found.second.items()} if number == 1}.isdisjoint(own.posts)
    assert len(found.second) == 3
    assert all(found.first[path] != number for path, number in found.second.items())
    assert draw(offices, [Candidate(3, []), own, Candidate(2, [])], seed=5, percent=25) == found


def test_values_freeze_when_all_have_declared_or_the_days_are_over(held: Held, nima: Actor, reza: Actor) -> None:
    with pytest.raises(StillDeclaring):
        held.step(Step.FREEZE, nima, OPENED)
    assert held.step(Step.FREEZE, nima, AFTER).failure == ""
    assert held.round.stage == Stage.ASSESSING
    assert not rounds_read.standings(held.round, ResultOf.PRELIMINARY)


def test_who_has_a_post_in_the_office_by_now_is_kept_from_it(
    held: Held, nima: Actor, shirin: Actor, behnam: Actor, hire: Hire
) -> None:
    held.step(Step.FREEZE, nima, AFTER)
    look = held.looks()[0]
    by = shirin if look.assessor.person_id == shirin.person else behnam
    other = behnam if by is shirin else shirin
    with pytest.raises(NotYourAssessment):
        assessing.finish(assessment=look, by=other, now=AFTER)
    hire(person(by).username, by.name, "expert", look.entrant.unit_path.split("/")[2])
    with pytest.raises(OwnOfficeAssessed):
        assessing.finish(assessment=look, by=by, now=AFTER)
    named = held.round.assessors.get(person_id=other.person)
    if not look.entrant.assessments.filter(assessor=named).exists():
        assert reassign(assessment=look, assessor=named, by=nima, now=AFTER).assessor == named


def test_what_two_see_differently_is_settled_with_a_reason(
    held: Held, nima: Actor, shirin: Actor, behnam: Actor, reza: Actor, parisa: Actor
) -> None:
    people = {actor.person: actor for actor in (shirin, behnam)}
    for name, by in (("nazarabad", reza), ("karaj", parisa)):
        said = [Said(indicator="desk", text="8/10")]
        declaring.declare(entrant=held.entrant(name), said=said, by=by, now=OPENED)
    held.step(Step.FREEZE, nima, AFTER)
    for look in [*held.looks(), *held.looks(blind=True)]:
        by = people[look.assessor.person_id]
        with pytest.raises(assessing.NotAllJudged):
            assessing.finish(assessment=look, by=by, now=AFTER)
        text = "-" if look.blind else "8/10"
        said = [Said(indicator="desk", text=text)]
        if look.blind:
            with pytest.raises(assessing.WhyOtherwise):
                assessing.assess(assessment=look, said=said, by=by, now=AFTER)
            said = [Said(indicator="desk", text=text, why="پیوست چیزی نشان نمی‌دهد.")]
        assessing.assess(assessment=look, said=said, by=by, now=AFTER)
        assessing.finish(assessment=look, by=by, now=AFTER)
    with pytest.raises(DifferencesUnsettled):
        held.step(Step.PRELIMINARY, nima, AFTER)
    entrant = held.looks(blind=True)[0].entrant
    (value,) = assessing.differing(entrant)
    assessing.settle(value=value, text="4/10", why="نیمی از روزها در دفتر است.", by=nima, now=AFTER)
    assert held.step(Step.PRELIMINARY, nima, AFTER).failure == ""
    value.refresh_from_db()
    assert (value.assessed, value.second, value.final) == ("8/10", "-", "4/10")


def test_rounds_are_seen_by_who_runs_them_is_in_them_or_assesses(
    held: Held, nima: Actor, reza: Actor, shirin: Actor, omid: Actor, tara: Actor, answers_given: Callable[[], None]
) -> None:
    assert [actor.name for actor in (nima, reza, shirin, tara, omid) if rounds_read.seen_by(actor).exists()] == [
        actor.name for actor in (nima, reza, shirin, tara)
    ]


def test_whether_a_round_is_seen_is_told_alike_for_one_and_for_all(
    held: Held, nima: Actor, reza: Actor, shirin: Actor, behnam: Actor, golnar: Actor, omid: Actor, tara: Actor
) -> None:
    elsewhere = replace(shirin, unit_path="ir/qom/")
    nobody = replace(omid, person_id=None)
    found = []
    for actor in (nima, reza, shirin, behnam, golnar, omid, tara, elsewhere, nobody):
        listed = rounds_read.seen_by(actor).filter(pk=held.round.pk).exists()
        assert rounds_read.sees(actor, held.round) == listed, actor.name
        found.append(listed)
    assert set(found) == {True, False}
