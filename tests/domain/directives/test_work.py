"""An office plans, reports with proof; the secretary, never the doer, confirms or returns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from takrim.directives import actions_work as work
from takrim.directives.actions_work import Step
from takrim.directives.models import Demand, State
from takrim.directives.stages import Stage, stage
from takrim.duties.actions import NotYourDuty
from takrim.duties.kind import heads_of
from takrim.duties.models import State as DutyState
from takrim.duties.moves import DutyMovedMeanwhile
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor, NotAllowed
from tests.directives import MakeDirective, letter, owed
from tests.people import NOW, Hire

STEP = Step(text="سفارش تابلو", due_on=date(2026, 11, 28), responsible="مینا رضایی")


@pytest.fixture
def demand(make_directive: MakeDirective) -> Demand:
    """What Nazarabad owes of a clause."""
    return owed(make_directive(), "nazarabad")


@pytest.fixture
def reported(demand: Demand, mina: Actor) -> Demand:
    return work.report(demand=demand, text="تابلو نصب شد.", uploads=[letter()], by=mina, now=NOW)


def test_an_office_plans_and_does_its_steps(demand: Demand, mina: Actor) -> None:
    work.plan(demand=demand, text="دو تابلو می‌سازیم.", steps=[STEP, STEP], by=mina, now=NOW)
    first = demand.steps.earliest("number")
    work.step_done(step=first, by=mina, now=NOW)
    with pytest.raises(DutyMovedMeanwhile):
        work.step_done(step=first, by=mina, now=NOW)
    work.plan(demand=demand, text="یک تابلو می‌سازیم.", steps=[STEP], by=mina, now=NOW + timedelta(hours=1))
    assert demand.steps.get().done_at == NOW
    assert [line.verb for line in timeline(demand.code) if line.verb.startswith("clause.")] == [
        "clause.planned",
        "clause.step_done",
        "clause.planned",
    ]


def test_a_plan_has_words_and_steps(demand: Demand, mina: Actor) -> None:
    for text, steps in (("", [STEP]), ("می‌سازیم", [])):
        with pytest.raises(work.NothingPlanned):
            work.plan(demand=demand, text=text, steps=steps, by=mina, now=NOW)
    with pytest.raises(work.TooManySteps):
        work.plan(demand=demand, text="می‌سازیم", steps=[STEP] * 21, by=mina, now=NOW)


def test_another_office_cannot_report(demand: Demand, hadi: Actor, sara: Actor) -> None:
    with pytest.raises(NotYourDuty):
        work.report(demand=demand, text="نصب شد", uploads=[letter()], by=hadi, now=NOW)
    with pytest.raises(NotAllowed):
        work.report(demand=demand, text="نصب شد", uploads=[letter()], by=sara, now=NOW)


def test_a_report_needs_words_and_proof(demand: Demand, mina: Actor) -> None:
    with pytest.raises(work.NothingReported):
        work.report(demand=demand, text="  ", uploads=[letter()], by=mina, now=NOW)
    with pytest.raises(work.NoProof):
        work.report(demand=demand, text="نصب شد", uploads=[], by=mina, now=NOW)


def test_the_secretary_confirms_and_the_directive_is_carried_out_when_all_have_done_it(
    reported: Demand, leila: Actor, hadi: Actor
) -> None:
    work.confirm(demand=reported, by=leila, now=NOW)
    assert reported.duty.state == DutyState.ACCEPTED
    reported.directive.refresh_from_db()
    assert reported.directive.state == State.ISSUED
    other = owed(reported.directive, "karaj")
    work.report(demand=other, text="نصب شد", uploads=[letter()], by=hadi, now=NOW)
    work.confirm(demand=other, by=leila, now=NOW)
    other.directive.refresh_from_db()
    assert other.directive.state == State.CARRIED_OUT


def test_a_returned_report_goes_back_with_its_reason_and_its_clock(reported: Demand, leila: Actor, mina: Actor) -> None:
    due = reported.duty.due_at
    with pytest.raises(work.WhyReturned):
        work.return_report(demand=reported, why="", by=leila, now=NOW)
    work.return_report(demand=reported, why="تاریخ عکس پیدا نیست.", by=leila, now=NOW)
    assert (reported.duty.state, reported.duty.due_at, reported.judged_why) == (
        DutyState.RETURNED,
        due,
        "تاریخ عکس پیدا نیست.",
    )
    again = owed(reported.directive, "nazarabad")
    work.report(demand=again, text="با تاریخ", uploads=[], by=mina, now=NOW)
    work.confirm(demand=again, by=leila, now=NOW)
    assert again.duty.settled_at == NOW


def test_nobody_confirms_their_own_work(reported: Demand, hire: Hire, reza: Actor, omid: Actor, tara: Actor) -> None:
    colleague = hire("naser", "ناصر", "secretary", "nazarabad")
    stranger = hire("zari", "زری", "secretary", "qom")
    for by, refusal in (
        (reza, NotAllowed),
        (colleague, work.OwnWork),
        (stranger, work.NotYoursToJudge),
        (tara, work.NotYoursToJudge),
    ):
        assert not work.may_judge(reported, by)
        with pytest.raises(refusal):
            work.confirm(demand=reported, by=by, now=NOW)


def test_what_the_ministry_asked_is_confirmed_there_or_in_the_province(
    make_directive: MakeDirective, tara: Actor, leila: Actor, mina: Actor, hadi: Actor
) -> None:
    directive = make_directive(by=tara)
    for unit, doer, judge in (("nazarabad", mina, leila), ("karaj", hadi, tara)):
        demand = owed(directive, unit)
        work.report(demand=demand, text="نصب شد", uploads=[letter()], by=doer, now=NOW)
        work.confirm(demand=demand, by=judge, now=NOW)
        assert demand.duty.state == DutyState.ACCEPTED


def test_a_cartable_shows_what_a_clause_demands(demand: Demand, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        head = heads_of([demand.duty])[demand.duty.pk]
    assert (head.title, head.number, head.state) == ("راهنمای مراجعان نصب شود.", "۱۲۳۴/ص", "clause_unread")
    assert head.note == "نصب راهنمای مراجعان"


@pytest.mark.parametrize(
    ("state", "due", "planned", "read", "expected"),
    [
        ("accepted", -1, True, True, Stage.PROVEN),
        ("answered", -1, True, True, Stage.REPORTED),
        ("returned", -1, True, True, Stage.RETURNED),
        ("withdrawn", -1, False, False, Stage.ENDED),
        ("open", -1, True, True, Stage.LATE),
        ("open", 1, True, True, Stage.UNDER_WAY),
        ("open", 1, False, True, Stage.READ),
        ("open", 1, False, False, Stage.UNREAD),
    ],
)
def test_where_an_office_stands(state: str, due: int, planned: bool, read: bool, expected: Stage) -> None:
    assert stage(state=state, due=NOW + timedelta(days=due), planned=planned, read=read, now=NOW) == expected
