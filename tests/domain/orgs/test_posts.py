"""Posts, who holds them, who stands in; and what a post allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from takrim.journal.models import Entry
from takrim.orgs.actions_posts import (
    AlreadySubstituted,
    DayHasPassed,
    DaysInWrongOrder,
    HeldShorter,
    NoSuchColleague,
    NotASubstitution,
    OutsideYourOffice,
    OwnSubstitute,
    SubstitutionTooLong,
    Titles,
    UnknownRole,
    appoint,
    colleagues,
    end_substitution,
    name_substitute,
    open_post,
    relieve,
)
from takrim.orgs.actor import Actor, NotAllowed, holder, system
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.powers import ROLE_TITLES, ROLES, Power
from takrim.orgs.seats import actor_at, holdings_of
from tests.people import Hire

EXPERT = Titles(fa="کارشناس روابط کار", en="Labour relations expert")


def person(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def seat(actor: Actor) -> Holding:
    return Holding.objects.select_related("post__unit", "person").get(person_id=actor.person_id, substitute_for=None)


@pytest.fixture
def today(now: datetime) -> date:
    return now.date()


def test_what_a_person_may_do_comes_from_the_post(reza: Actor, mina: Actor, kian: Actor) -> None:
    assert reza.may(Power.CASE_APPROVE)
    assert not mina.may(Power.CASE_APPROVE)
    assert kian.powers == {Power.OPERATE, Power.FIGURES_SEE}
    with pytest.raises(NotAllowed):
        mina.require(Power.CASE_APPROVE)
    assert (mina.unit_path, mina.is_staff, mina.substitute_for) == ("ir/alborz/nazarabad/", True, "")


def test_every_role_has_a_title() -> None:
    assert set(ROLES) == set(ROLE_TITLES)


def test_who_brings_a_matter_and_the_system_are_not_staff() -> None:
    assert not holder(3).is_staff
    assert holder(3).code == "party:3"
    assert system("import").powers == frozenset(Power)


def test_a_head_opens_a_post_and_gives_it(reza: Actor, hadi: Actor, units: dict[str, Unit], now: datetime) -> None:
    post = open_post(unit=units["nazarabad"], role="expert", titles=EXPERT, by=reza, now=now)
    holding = appoint(person=person(hadi), post=post, since=now.date(), by=reza, now=now)
    assert holding in holdings_of(hadi.person_id or 0, now.date())
    relieve(holding=holding, last_day=now.date(), by=reza, now=now)
    assert holding not in holdings_of(hadi.person_id or 0, now.date() + timedelta(days=1))
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["post.opened", "post.appointed", "post.relieved"]
    assert "هادی" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_posts_are_given_within_ones_office(reza: Actor, mina: Actor, units: dict[str, Unit], now: datetime) -> None:
    with pytest.raises(OutsideYourOffice):
        open_post(unit=units["karaj"], role="expert", titles=EXPERT, by=reza, now=now)
    with pytest.raises(NotAllowed):
        open_post(unit=units["nazarabad"], role="expert", titles=EXPERT, by=mina, now=now)
    with pytest.raises(UnknownRole):
        open_post(unit=units["nazarabad"], role="king", titles=EXPERT, by=reza, now=now)


def test_nobody_gives_a_power_they_do_not_have(reza: Actor, units: dict[str, Unit], now: datetime) -> None:
    for role in ("operator", "director_general", "national_officer"):
        with pytest.raises(NotAllowed):
            open_post(unit=units["nazarabad"], role=role, titles=EXPERT, by=reza, now=now)
    post = Post.objects.create(unit=units["nazarabad"], role="operator", title_fa="x", title_en="x")
    with pytest.raises(NotAllowed):
        appoint(person=person(reza), post=post, since=now.date(), by=reza, now=now)


def test_a_post_is_left_after_it_was_taken(reza: Actor, mina: Actor, today: date, now: datetime) -> None:
    with pytest.raises(DaysInWrongOrder):
        relieve(holding=seat(mina), last_day=date(2020, 1, 1), by=reza, now=now)
    with pytest.raises(DaysInWrongOrder):
        appoint(
            person=person(mina), post=seat(mina).post, since=today, until=today - timedelta(days=1), by=reza, now=now
        )


def test_a_post_counts_on_its_days_only(hire: Hire, today: date) -> None:
    actor = hire("dana", "دانا", "expert", "karaj", since=today, until=today)
    assert len(holdings_of(actor.person_id or 0, today)) == 1
    assert not holdings_of(actor.person_id or 0, today - timedelta(days=1))
    assert not holdings_of(actor.person_id or 0, today + timedelta(days=1))


def test_a_substitute_acts_with_the_powers_of_the_post(reza: Actor, mina: Actor, today: date, now: datetime) -> None:
    name_substitute(
        holding=seat(reza), person=person(mina), since=today, until=today + timedelta(days=6), by=reza, now=now
    )
    seats = holdings_of(mina.person_id or 0, today)
    acting = actor_at(seats[1])
    assert [row.substitute_for_id for row in seats] == [None, reza.person_id], "one's own post comes first"
    assert acting.may(Power.CASE_APPROVE)
    assert (acting.code, acting.substitute_for) == (mina.code, "رضا کریمی")
    assert len(holdings_of(mina.person_id or 0, today + timedelta(days=7))) == 1


def test_the_days_of_a_substitution_make_sense(reza: Actor, mina: Actor, today: date, now: datetime) -> None:
    for since, until, refusal in (
        (today + timedelta(days=2), today, DaysInWrongOrder),
        (today - timedelta(days=1), today, DayHasPassed),
        (today, today + timedelta(days=367), SubstitutionTooLong),
    ):
        with pytest.raises(refusal):
            name_substitute(holding=seat(reza), person=person(mina), since=since, until=until, by=reza, now=now)


def test_a_substitution_ends_with_the_post(hire: Hire, mina: Actor, today: date, now: datetime) -> None:
    leaving = hire("dana", "دانا", "expert", "nazarabad", until=today + timedelta(days=2))
    with pytest.raises(HeldShorter):
        name_substitute(
            holding=seat(leaving),
            person=person(mina),
            since=today,
            until=today + timedelta(days=3),
            by=leaving,
            now=now,
        )


def test_one_substitute_at_a_time(reza: Actor, mina: Actor, hadi: Actor, today: date, now: datetime) -> None:
    week = today + timedelta(days=6)
    name_substitute(holding=seat(reza), person=person(mina), since=today, until=week, by=reza, now=now)
    with pytest.raises(AlreadySubstituted):
        name_substitute(holding=seat(reza), person=person(hadi), since=week, until=week, by=reza, now=now)
    after = week + timedelta(days=1)
    assert name_substitute(holding=seat(reza), person=person(hadi), since=after, until=after, by=reza, now=now).pk


def test_a_substitute_is_another_person_of_the_province(
    reza: Actor, omid: Actor, nima: Actor, today: date, now: datetime
) -> None:
    with pytest.raises(OwnSubstitute):
        name_substitute(holding=seat(reza), person=person(reza), since=today, until=today, by=reza, now=now)
    with pytest.raises(NoSuchColleague):
        name_substitute(holding=seat(reza), person=person(omid), since=today, until=today, by=reza, now=now)
    assert set(colleagues("ir/alborz/nazarabad/", today)) == {person(reza), person(nima)}


def test_a_substitute_does_not_pass_the_post_on(
    reza: Actor, mina: Actor, hadi: Actor, today: date, now: datetime
) -> None:
    acting = name_substitute(holding=seat(reza), person=person(mina), since=today, until=today, by=reza, now=now)
    with pytest.raises(OwnSubstitute):
        name_substitute(holding=acting, person=person(hadi), since=today, until=today, by=mina, now=now)


def test_a_colleague_without_power_names_nobody(
    mina: Actor, reza: Actor, nima: Actor, today: date, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        name_substitute(holding=seat(reza), person=person(mina), since=today, until=today, by=mina, now=now)
    assert name_substitute(holding=seat(reza), person=person(mina), since=today, until=today, by=nima, now=now).pk


def test_a_director_of_another_province_names_nobody(
    hire: Hire, reza: Actor, mina: Actor, today: date, now: datetime
) -> None:
    stranger = hire("dana", "دانا", "director_general", "qom")
    with pytest.raises(OutsideYourOffice):
        name_substitute(holding=seat(reza), person=person(mina), since=today, until=today, by=stranger, now=now)


def test_who_is_back_early_ends_the_substitution(reza: Actor, mina: Actor, today: date, now: datetime) -> None:
    acting = name_substitute(
        holding=seat(reza), person=person(mina), since=today, until=today + timedelta(days=9), by=reza, now=now
    )
    later = now + timedelta(days=3)
    end_substitution(holding=acting, by=reza, now=later)
    assert acting.until == today + timedelta(days=2)
    with pytest.raises(NotASubstitution):
        end_substitution(holding=acting, by=reza, now=later)
    with pytest.raises(NotASubstitution):
        end_substitution(holding=seat(reza), by=reza, now=now)


def test_a_substitution_that_never_began_disappears(reza: Actor, mina: Actor, today: date, now: datetime) -> None:
    acting = name_substitute(holding=seat(reza), person=person(mina), since=today, until=today, by=reza, now=now)
    end_substitution(holding=acting, by=reza, now=now)
    assert not Holding.objects.exclude(substitute_for=None).exists()
    assert Entry.objects.filter(verb="post.substitution_ended").count() == 1


def test_an_actor_is_a_value(mina: Actor) -> None:
    assert replace(mina) == mina
