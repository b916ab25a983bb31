"""A round from its definition to the final table, its steps of improvement, and the bundle that proves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.base.period import Period
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evaluation import actions_rounds, rounds_read
from takrim.evaluation import actions_rounds_assess as assessing
from takrim.evaluation import actions_rounds_declare as declaring
from takrim.evaluation import actions_rounds_improve as improving
from takrim.evaluation import actions_rounds_object as objecting
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.actions_rounds_results import ObjectionsWait
from takrim.evaluation.bundle_check import check
from takrim.evaluation.models_entrants import ResultOf
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Stage, Step
from takrim.evaluation.models_values import Column, Objection
from takrim.evaluation.plan import plans
from takrim.evaluation.round_changes import Said
from takrim.evaluation.round_counted import counted, read_to_the_end
from takrim.evaluation.round_table import bundle_of, digest, inputs
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from tests.matters import answered, judged
from tests.people import MakeCase
from tests.rounds import OPENED, PLAN, Held, days

WEEK = timedelta(days=7)
AFTER = OPENED + 2 * WEEK
RESULT = OPENED + 3 * WEEK
END = OPENED + 5 * WEEK


def declare(held: Held, name: str, text: str, by: Actor) -> None:
    entrant = held.entrant(name)
    declaring.declare(entrant=entrant, said=[Said(indicator="desk", text=text)], by=by, now=OPENED)


def say(held: Held, people: dict[int, Actor], found: dict[str, str], *, blind: bool = False) -> None:
    """Every assessor accepts what was declared, or says what else was found, and finishes."""
    for look in held.looks(blind=blind):
        by = people[look.assessor.person_id]
        name = look.entrant.unit_path.split("/")[2]
        text = found.get(name, "")
        if text:
            said = [Said(indicator="desk", text=text, why="از روی دفتر میز خدمت")]
            assessing.assess(assessment=look, said=said, by=by, now=AFTER)
        assessing.finish(assessment=look, by=by, now=AFTER)


@pytest.fixture
def people(shirin: Actor, behnam: Actor) -> dict[int, Actor]:
    return {actor.person: actor for actor in (shirin, behnam)}


@pytest.fixture
def assessed(
    held: Held, answers_given: Callable[[], None], people: dict[int, Actor], nima: Actor, reza: Actor, parisa: Actor
) -> Held:
    """Nazarabad says 8 of 10 days, Karaj 9 of 10; of Karaj only 6 are proven, and the second assessor says the same."""
    answers_given()
    declare(held, "nazarabad", "۸/۱۰", reza)
    declare(held, "karaj", "9/10", parisa)
    assert held.step(Step.FREEZE, nima, AFTER).failure == ""
    say(held, people, {"nazarabad": "8/10", "karaj": "6/10"})
    return held


@pytest.fixture
def preliminary(assessed: Held, people: dict[int, Actor], nima: Actor) -> Held:
    second = assessed.looks(blind=True)[0].entrant.unit_path.split("/")[2]
    say(assessed, people, {second: {"nazarabad": "8/10", "karaj": "6/10"}[second]}, blind=True)
    assert assessed.step(Step.PRELIMINARY, nima, RESULT).failure == ""
    return assessed


def ranks(held: Held, which: ResultOf) -> dict[str, tuple[str, int]]:
    rows = rounds_read.standings(held.round, which)
    return {row.entrant.unit_path.split("/")[2]: (row.rounded, int(row.rank or 0)) for row in rows}


def test_values_are_counted_declared_assessed_and_ranked(preliminary: Held) -> None:
    # 60 × 3/4 + 40 × 8/10, and 60 × 2/4 + 40 × 6/10.
    assert ranks(preliminary, ResultOf.PRELIMINARY) == {"nazarabad": ("77.00", 1), "karaj": ("54.00", 2)}
    value = preliminary.value("karaj", "answered_on_time")
    assert (value.automatic, value.cases, value.final) == ("2/4", 4, "2/4")
    value = preliminary.value("karaj")
    assert (value.automatic, value.declared, value.assessed, value.final) == ("", "9/10", "6/10", "6/10")
    result = rounds_read.result_of(preliminary.round, "ir/alborz/karaj/", ResultOf.PRELIMINARY)
    assert result is not None
    line = rounds_read.lines_of(result)[1]
    assert (line.value, line.points, line.lost) == (Fraction(3, 5), 24, 16)


def test_the_journal_says_up_to_where_it_was_counted(assessed: Held) -> None:
    frozen = assessed.round
    assert frozen.positions["ir/alborz/"] > 0
    assert frozen.frozen_hash == digest(inputs(frozen, Column.AUTOMATIC))


def test_an_objection_that_is_upheld_changes_the_rank(
    preliminary: Held, parisa: Actor, golnar: Actor, nima: Actor
) -> None:
    entrant = preliminary.entrant("karaj")

    def object_to() -> Objection:
        text = "دفتر چهار روز دیگر به پیوست است."
        return objecting.object_to(entrant=entrant, indicator="desk", asked="10/10", text=text, by=parisa, now=RESULT)

    objection = object_to()
    assert Duty.objects.get(about=objection.subject).due_at is not None
    with pytest.raises(objecting.ObjectionWaits):
        object_to()
    objecting.uphold(objection=objection, reason="چهار روز در دفتر ثبت است.", by=golnar, now=RESULT)
    other = objecting.object_to(
        entrant=preliminary.entrant("karaj"),
        indicator="answered_on_time",
        asked="4/4",
        text="دو پاسخ به اشتباه دیر شمرده شد.",
        by=parisa,
        now=RESULT,
    )
    objecting.grant_partly(objection=other, given="3/4", reason="یکی درست است.", by=golnar, now=RESULT)
    assert preliminary.step(Step.FINAL, nima, END).failure == ""
    assert ranks(preliminary, ResultOf.FINAL) == {"karaj": ("85.00", 1), "nazarabad": ("77.00", 2)}
    assert rounds_read.objections_upheld(preliminary.round) == 2
    told = list(rounds_read.changes_of(entrant).filter(value__indicator="desk").exclude(column="second"))
    assert [(one.column, one.was, one.became) for one in told] == [
        ("declared", "", "9/10"),
        ("assessed", "", "6/10"),
        ("final", "", "6/10"),
        ("final", "6/10", "10/10"),
    ]
    # The first text that counts says from where it was taken, at which time, by whom.
    assert (told[2].why, told[2].at, told[2].by) == ("assessed", RESULT, "system:rounds")
    counted = rounds_read.changes_of(entrant).filter(value__indicator="answered_on_time", column="final")
    assert next((one.was, one.became, one.why) for one in counted) == ("", "2/4", "automatic")
    assert told[-1].by_name == golnar.name
    assert told[-1].objection == objection


def test_the_bundle_of_a_round_is_computed_again_to_the_last_digit(preliminary: Held, nima: Actor) -> None:
    assert preliminary.step(Step.FINAL, nima, END).failure == ""
    content = bundle_of(preliminary.round, Ed25519PrivateKey.generate())
    assert check(content).units == 2
    assert preliminary.round.final_hash == digest(inputs(preliminary.round))


def test_nothing_is_final_while_an_objection_waits(preliminary: Held, reza: Actor, nima: Actor) -> None:
    objecting.object_to(
        entrant=preliminary.entrant("nazarabad"),
        indicator="desk",
        asked="1",
        text="ناقص شمرده شد.",
        by=reza,
        now=RESULT,
    )
    with pytest.raises(ObjectionsWait):
        preliminary.step(Step.FINAL, nima, END)
    assert preliminary.round.stage == Stage.PRELIMINARY


def test_steps_of_improvement_are_owed_and_confirmed_above(preliminary: Held, nima: Actor, reza: Actor) -> None:
    preliminary.step(Step.FINAL, nima, END)
    entrant = preliminary.entrant("nazarabad")
    step = improving.Step(indicator="desk", text="دو روز دیگر در هفته میز برپا می‌شود.", until=(END + WEEK).date())
    made = improving.plan(entrant=entrant, step=step, by=reza, now=END)
    improving.report(improvement=made, text="از هفته گذشته برپاست.", by=reza, now=END + WEEK / 2)
    with pytest.raises(NotAllowed):
        improving.confirm(improvement=made, by=reza, now=END + WEEK / 2)
    improving.confirm(improvement=made, by=nima, now=END + WEEK / 2)
    assert Duty.objects.get(pk=made.duty_id).state == DutyState.ACCEPTED


def test_a_self_assessment_is_owed_and_fulfilled_when_it_is_handed_in(held: Held, reza: Actor) -> None:
    owed = Duty.objects.filter(kind="self_assessment")
    assert owed.owed().count() == 2
    entrant = held.entrant("nazarabad")
    declare(held, "nazarabad", "8/10", reza)
    with pytest.raises(declaring.NotYetProven):
        declaring.hand_in(entrant=entrant, note="", by=reza, now=OPENED)
    declare(held, "nazarabad", "0", reza)
    declaring.hand_in(entrant=entrant, note="", by=reza, now=OPENED)
    assert owed.owed().count() == 1
    with pytest.raises(declaring.AlreadyHandedIn):
        declare(held, "nazarabad", "1", reza)


def test_a_cancelled_round_owes_nothing(held: Held, nima: Actor) -> None:
    actions_rounds.cancel(round=held.round, why="برنامه تغییر کرد.", by=nima, now=OPENED)
    assert not Duty.objects.owed().filter(kind="self_assessment").exists()
    assert held.round.stage == Stage.CANCELLED


def test_a_round_needs_offices_of_the_kind_and_days_in_order(round_wish: Wish, nima: Actor) -> None:
    backwards = {**days(), "final_on": OPENED.date()}
    for wrong, refusal in (
        (replace(round_wish, units=round_wish.units[:1]), actions_rounds.TooFewOffices),
        (replace(round_wish, days=backwards), actions_rounds.DaysOutOfOrder),
        (replace(round_wish, referees=()), actions_rounds.NobodyAnswers),
        (replace(round_wish, assessors=()), actions_rounds.NobodyAssesses),
        (replace(round_wish, path="ir/alborz/karaj/"), actions_rounds.WrongOffice),
    ):
        with pytest.raises(refusal):
            actions_rounds.define(wish=wrong, by=nima, now=OPENED)


def go_by(held: Held, version: PlanVersion, text: str) -> None:
    """A version in use cannot change: the round takes another one, as if it had been defined by it."""
    fields = ("code", "title_fa", "of", "state", "at", "by", "changed_at")
    taken = {name: getattr(version, name) for name in fields}
    held.round.plan = PlanVersion.objects.create(**taken, number=2, text=text)
    held.round.save(update_fields=["plan"])


def test_a_plan_with_chance_gives_intervals_and_bands(
    round_plan: PlanVersion, held: Held, answers_given: Callable[[], None], nima: Actor, people: dict[int, Actor]
) -> None:
    answers_given()
    text = PLAN.replace("least = 1\n", 'least = 1\nnoise = "share"\n') + "\n[intervals]\ndraws = 200\nseed = 5\n"
    go_by(held, round_plan, text)
    held.step(Step.FREEZE, nima, AFTER)
    for blind in (False, True):
        say(held, people, {}, blind=blind)
    assert held.step(Step.PRELIMINARY, nima, RESULT).failure == ""
    first, last = rounds_read.standings(held.round, ResultOf.PRELIMINARY)
    assert "answered_on_time.part" in inputs(held.round).splitlines()[0]
    assert Fraction(str(first.rounded)) == 45
    assert float(first.low) <= 45 <= float(first.high)
    # Three of four and two of four: chance may swap them, so they share a band.
    assert (first.band_from, first.band_to) == (last.band_from, last.band_to)
    assert (first.best, last.worst) == (1, 2)


def test_what_few_replied_is_not_kept(units: dict[str, Unit], make_case: MakeCase) -> None:
    case = answered(make_case(unit="karaj", at=OPENED - 8 * WEEK), OPENED - 7 * WEEK)
    judged(case, 1, OPENED - 6 * WEEK)
    read_to_the_end()
    plan = plans()["county_offices"]
    (office,) = counted(plan, ["ir/alborz/karaj/"], Period.parse("1405-s3"), OPENED)
    (satisfaction,) = [one for one in office.values if one.indicator == "satisfaction"]
    assert (satisfaction.text, satisfaction.cases) == ("", 1)
    (on_time,) = [one for one in office.values if one.indicator == "answered_on_time"]
    assert on_time.text == "1/1"
