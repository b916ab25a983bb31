"""Offices of unlike volume in a round: how many officers each had is frozen, and those of like volume are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.evaluation.actions_feeds import accept_key
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.bundle import pack
from takrim.evaluation.bundle_check import check
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Step
from takrim.evaluation.models_values import Column
from takrim.evaluation.round_officers import officers
from takrim.evaluation.round_table import inputs, scored
from takrim.evaluation.signing import public_pem
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Person, Unit
from tests.matters import answered
from tests.people import Hire, MakeCase
from tests.rounds import OPENED, PERIOD, PLAN, Held

BY_VOLUME = PLAN.replace('missing = "drop"\n', 'missing = "drop"\nadjust = { per_officer = [20] }\n', 1)
NAMES = ("nazarabad", "karaj", "fardis")
DAYS = (PERIOD.end() - PERIOD.start()).days


@pytest.fixture
def round_plan(round_plan: PlanVersion) -> PlanVersion:
    PlanVersion.objects.filter(pk=round_plan.pk).update(text=BY_VOLUME)
    round_plan.text = BY_VOLUME
    return round_plan


@pytest.fixture
def round_wish(round_wish: Wish, fardis: Unit, hire: Hire) -> Wish:
    hire("farid", "فرید کاظمی", "head", "fardis")
    return replace(round_wish, units=[*round_wish.units, fardis])


@pytest.fixture
def answers(make_case: MakeCase, units: dict[str, Unit], fardis: Unit) -> None:
    """Of four each, late were one, two and none."""
    start = OPENED - timedelta(days=80)
    for unit, late in zip(NAMES, (1, 2, 0), strict=True):
        for number in range(4):
            case = make_case(unit=unit, at=start + timedelta(hours=number))
            answered(case, start + timedelta(days=60 if number < late else 3))


def test_how_many_officers_an_office_had_is_frozen_and_like_is_compared_with_like(
    answers: None, held: Held, nima: Actor, hire: Hire
) -> None:
    held.step(Step.FREEZE, nima, OPENED + timedelta(days=14))
    assert [held.entrant(name).sizes["officers"] for name in NAMES] == ["1", "1", "1"]
    # Who comes afterwards changes nothing of what is frozen.
    hire("late", "لیلا", "expert", "karaj")
    found = scored(held.round, Column.AUTOMATIC)
    one, units = found.worked["answered_on_time"], found.table.units
    places = [units.index(f"ir/alborz/{name}/") for name in NAMES]
    assert [one.denominated.at(place) for place in places] == [Fraction(3, 4), Fraction(1, 2), 1]
    # All are of one band, so its share is that of all.
    assert [one.adjusted.at(place) for place in places] == [Fraction(3, 4), Fraction(1, 2), 1]
    assert one.moved.all()
    content = pack(
        inputs(held.round, Column.AUTOMATIC).encode(), held.round.plan_text.encode(), Ed25519PrivateKey.generate()
    )
    assert b"officers" in content
    assert check(content).units == 3


def test_an_office_whose_officers_are_not_known_is_no_office_of_none(answers: None, held: Held, nima: Actor) -> None:
    Holding.objects.filter(post__unit__path="ir/alborz/fardis/").update(
        since=date(2020, 1, 1), until=PERIOD.start() - timedelta(days=1)
    )
    held.step(Step.FREEZE, nima, OPENED + timedelta(days=14))
    assert "officers" not in held.entrant("fardis").sizes
    found = scored(held.round, Column.AUTOMATIC)
    one = found.worked["answered_on_time"]
    fardis = found.table.units.index("ir/alborz/fardis/")
    assert (one.adjusted.at(fardis), bool(one.moved[fardis])) == (1, False)
    # Two are left, too few to be compared with one another.
    assert not one.moved.any()
    assert one.adjusted.at(0) == one.denominated.at(0)


def test_officers_are_days_on_which_posts_were_held_with_all_below(units: dict[str, Unit], hire: Hire) -> None:
    start, last = PERIOD.start(), PERIOD.last_day()
    hire("a", "آ", "head", "nazarabad", since=start - timedelta(days=900))
    hire("b", "ب", "expert", "nazarabad", since=start + timedelta(days=10), until=start + timedelta(days=19))
    hire("c", "پ", "expert", "nazarabad", since=last, until=last + timedelta(days=30))
    hire("d", "ت", "expert", "nazarabad", since=start - timedelta(days=9), until=start - timedelta(days=1))
    hire("e", "ث", "expert", "nazarabad", since=PERIOD.end())
    chief = hire("f", "ج", "director_general", "alborz", since=start)
    # A substitute beside the owner: the post counts once, and for a day after the owner.
    own = Holding.objects.get(person__username="b")
    other = Person.objects.get(pk=chief.person_id)
    Holding.objects.create(
        person=other, post=own.post, since=own.since, until=own.since + timedelta(days=10), substitute_for=own.person
    )
    found = officers(["ir/alborz/", "ir/alborz/nazarabad/", "ir/alborz/karaj/"], PERIOD)
    assert found == {
        "ir/alborz/nazarabad/": Fraction(DAYS + 11 + 1, DAYS),
        "ir/alborz/": Fraction(2 * DAYS + 11 + 1, DAYS),
    }


def test_the_officers_of_a_province_that_runs_alone_are_not_known_here(
    units: dict[str, Unit], hire: Hire, tara: Actor
) -> None:
    hire("omid", "امید", "head", "qom")
    assert officers(["ir/qom/"], PERIOD)
    accept_key(path="ir/qom/", pem=public_pem(Ed25519PrivateKey.generate()), by=tara, now=OPENED)
    assert officers(["ir/qom/"], PERIOD) == {}
