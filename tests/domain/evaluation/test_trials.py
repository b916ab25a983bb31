"""A ranking put to the test: in the worker, once, of the same totals; by those who may."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from takrim.base.period import Period
from takrim.evaluation import trials
from takrim.evaluation.actions_watch import PeriodToCome
from takrim.evaluation.models_trial import Trial
from takrim.evaluation.plan import Plan, plan_for, read, ready_texts
from takrim.evaluation.ranking import Ranking, ranking
from takrim.evaluation.scoring.intervals import intervals
from takrim.evaluation.scoring.sensitivity import sensitivity
from takrim.evaluation.trying import tried
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.matters import answered, judged
from tests.people import NOW, MakeCase

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
HALF = Period.parse("1405-h2")
ALBORZ = "ir/alborz/"


@pytest.fixture
def counties() -> Plan:
    plan = plan_for("county")
    assert plan is not None
    return plan


@pytest.fixture
def found(fardis: Unit, make_case: MakeCase, counties: Plan) -> Ranking:
    """Nazarabad is quick, Karaj late in half of them; one in Fardis was answered at once."""
    for number in range(24):
        at = MEHR + timedelta(hours=number)
        case = answered(make_case(unit="nazarabad", at=at), at + timedelta(hours=30))
        if number < 12:
            judged(case, 5 if number else 2, NOW)
        answered(make_case(unit="karaj", at=at), at + timedelta(days=30 if number % 2 else 8))
    answered(make_case(unit="fardis", at=MEHR), MEHR + timedelta(minutes=4))
    catch_up(READER)
    return ranking(counties, ALBORZ, HALF, NOW)


def test_what_is_tried_has_the_same_totals_and_ranks(found: Ranking) -> None:
    made = tried(found)
    assert [(one.unit, one.total, one.rank) for one in made.standings] == [
        (one.unit, one.total, one.rank) for one in found.scored.standings
    ]
    assert len(found.ranked) == 2


def test_a_plan_may_weigh_what_is_counted_by_parts_and_wholes(found: Ranking) -> None:
    ready = tomllib.loads(ready_texts()["county_offices"])
    first, *others = ready["indicator"]
    # The weights of a plan have one sum.
    row = {"code": "transferred", "weight": first["weight"], "normalise": {"method": "points", "standard": "0.05"}}
    content = {**ready, "indicator": [*others, row]}
    made = ranking(read("counties", content), ALBORZ, HALF, NOW)
    assert [one.total for one in tried(made).standings] == [one.total for one in made.scored.standings]


def test_a_trial_is_made_in_the_worker_and_kept(found: Ranking, counties: Plan, nima: Actor) -> None:
    trial = trials.ask(plan=counties, path=ALBORZ, period=HALF, by=nima, now=NOW)
    assert trial.is_running
    assert Work.objects.count() == 1
    trials.run.func(Context(None), trial.pk, now=NOW + timedelta(seconds=2))
    kept = trials.trial_of(counties, ALBORZ, HALF)
    assert kept is not None
    assert (kept.is_running, kept.tried_at) == (False, NOW + timedelta(seconds=2))
    tested = trials.read(kept.results)
    made = tried(found)
    assert tested.chance == intervals(made)
    assert tested.weights == sensitivity(made)
    assert set(tested.chance) == {"ir/alborz/nazarabad/", "ir/alborz/karaj/"}
    one = tested.chance["ir/alborz/nazarabad/"]
    assert one.low <= float(found.ranked[0].total or 0) <= one.high


def test_asked_again_while_it_runs_it_is_the_same(found: Ranking, counties: Plan, nima: Actor) -> None:
    first = trials.ask(plan=counties, path=ALBORZ, period=HALF, by=nima, now=NOW)
    again = trials.ask(plan=counties, path=ALBORZ, period=HALF, by=nima, now=NOW + timedelta(seconds=1))
    assert (first.pk, again.asked_at) == (again.pk, NOW)
    assert Entry.objects.filter(verb="trial.asked").count() == 1
    assert Work.objects.count() == 1
    trials.run.func(Context(None), first.pk, now=NOW + timedelta(seconds=2))
    trials.run.func(Context(None), first.pk, now=NOW + timedelta(seconds=3))
    later = trials.ask(plan=counties, path=ALBORZ, period=HALF, by=nima, now=NOW + timedelta(hours=1))
    # What was known before stays until there is something newer.
    assert (later.is_running, later.step, bool(later.results)) == (True, 0, True)
    assert Entry.objects.filter(verb="trial.asked").count() == 2


def test_where_nobody_is_ranked_there_is_nothing_to_try(counties: Plan, nima: Actor) -> None:
    trial = trials.ask(plan=counties, path=ALBORZ, period=HALF, by=nima, now=NOW)
    trials.run.func(Context(None), trial.pk, now=NOW)
    trial.refresh_from_db()
    assert (trial.is_running, trial.results, trial.tried_at) == (False, {}, None)
    assert not trials.read(trial.results)


def test_who_answers_for_a_province_tries_its_own(counties: Plan, nima: Actor, reza: Actor, tara: Actor) -> None:
    for by, path in ((nima, "ir/qom/"), (nima, "ir/"), (reza, ALBORZ)):
        with pytest.raises(NotAllowed):
            trials.ask(plan=counties, path=path, period=HALF, by=by, now=NOW)
    assert trials.ask(plan=counties, path="ir/qom/", period=HALF, by=tara, now=NOW).is_running
    with pytest.raises(PeriodToCome):
        trials.ask(plan=counties, path=ALBORZ, period=Period.parse("1420-h1"), by=nima, now=NOW)
    assert Trial.objects.count() == 1
