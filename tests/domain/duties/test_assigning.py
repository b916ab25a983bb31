"""Work is given to colleagues: by hand, in turn, by load; never to who is away, never by who may not."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from takrim.cases.actions_end import object_to
from takrim.cases.models import Case
from takrim.cases.share_out import share_out
from takrim.duties.actions_assign import (
    AlreadyGiven,
    AlreadyTheirs,
    NobodyThere,
    NotOfThisOffice,
    ShareOutOfRange,
    assign,
    choose_sharing,
    give_in_turn,
    take,
)
from takrim.duties.loads import shares_of
from takrim.duties.models import Duty, Sharing, Way
from takrim.duties.moves import DutyMovedMeanwhile
from takrim.journal.models import Entry
from takrim.journal.tell import timeline
from takrim.orgs.actions_absence import announce_absence, end_absence
from takrim.orgs.actions_posts import OutsideYourOffice, name_substitute
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.presence import seats_of
from takrim.orgs.seats import actor_at, holdings_of
from tests.matters import answered
from tests.people import Hire, MakeCase


def duty_of(case: Case) -> Duty:
    return Duty.objects.get(about=case.code, settled_at=None)


def post_of(actor: Actor) -> Post:
    return Post.objects.select_related("unit").get(pk=actor.post_id)


def give(case: Case, to: Actor, by: Actor, now: datetime, difficulty: str = "normal") -> Duty:
    return assign(duty=duty_of(case), post=post_of(to), difficulty=difficulty, kind=case.kind, by=by, now=now)


def given(cases: list[Case]) -> list[int | None]:
    return [duty_of(case).assignee_id for case in cases]


@pytest.fixture
def leila(hire: Hire) -> Actor:
    return hire("leila", "لیلا نصیری", "expert", "nazarabad")


@pytest.fixture
def by_turns(units: dict[str, Unit], reza: Actor, mina: Actor, leila: Actor, now: datetime) -> Sharing:
    return choose_sharing(unit=units["nazarabad"], way=Way.IN_TURN, weights={}, shares={}, by=reza, now=now)


@pytest.fixture
def by_load(units: dict[str, Unit], reza: Actor, mina: Actor, leila: Actor, now: datetime) -> Sharing:
    weights = {"complaint": 3, "thanks": 1}
    return choose_sharing(unit=units["nazarabad"], way=Way.BY_LOAD, weights=weights, shares={}, by=reza, now=now)


def stand_in(absent: Actor, colleague: Actor, now: datetime) -> Actor:
    """The colleague, acting at the post of the absent."""
    holding = Holding.objects.select_related("post__unit").get(person_id=absent.person_id, substitute_for=None)
    person = Person.objects.get(pk=colleague.person_id)
    until = now.date() + timedelta(days=5)
    named = name_substitute(holding=holding, person=person, since=now.date(), until=until, by=absent, now=now)
    assert colleague.person_id is not None
    return next(actor_at(row) for row in holdings_of(colleague.person_id, now.date()) if row.pk == named.pk)


def test_the_head_gives_and_gives_again(case: Case, reza: Actor, mina: Actor, leila: Actor, now: datetime) -> None:
    duty = give(case, mina, reza, now)
    assert (duty.assignee_id, duty.assigned_at, duty.weight) == (mina.post_id, now, 4)
    with pytest.raises(AlreadyTheirs):
        give(case, mina, reza, now)
    assert give(case, leila, reza, now, "hard").weight == 8
    told = Entry.objects.filter(verb="duty.assigned").order_by("id")
    assert [(entry.actor, entry.facts["person"], entry.facts["way"]) for entry in told] == [
        (reza.code, mina.person_id, "by_hand"),
        (reza.code, leila.person_id, "by_hand"),
    ]


def test_only_the_head_gives_and_only_within_the_office(
    case: Case, reza: Actor, mina: Actor, hadi: Actor, sara: Actor, omid: Actor, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        give(case, mina, mina, now)
    with pytest.raises(OutsideYourOffice):
        give(case, mina, omid, now)
    with pytest.raises(NotOfThisOffice):
        give(case, hadi, reza, now)
    assert duty_of(case).assignee_id is None


def test_an_officer_takes_what_nobody_has(case: Case, mina: Actor, leila: Actor, sara: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        take(duty=duty_of(case), kind=case.kind, by=sara, now=now)
    take(duty=duty_of(case), kind=case.kind, by=mina, now=now)
    assert duty_of(case).assignee_id == mina.post_id
    with pytest.raises(AlreadyGiven):
        take(duty=duty_of(case), kind=case.kind, by=leila, now=now)


def test_of_two_who_take_at_once_one_is_told(case: Case, mina: Actor, leila: Actor, now: datetime) -> None:
    seen = duty_of(case)
    take(duty=duty_of(case), kind=case.kind, by=mina, now=now)
    with pytest.raises(DutyMovedMeanwhile):
        take(duty=seen, kind=case.kind, by=leila, now=now)


def test_in_turn_each_gets_one_after_the_other(
    by_turns: Sharing, make_case: MakeCase, mina: Actor, leila: Actor, now: datetime
) -> None:
    cases = [make_case() for _ in range(3)]
    assert share_out(now) == 3
    assert given(cases) == [mina.post_id, leila.post_id, mina.post_id]
    last = make_case()
    share_out(now)
    assert given([last]) == [leila.post_id]
    assert share_out(now) == 0


def test_by_load_hard_and_heavy_matters_weigh_more(
    by_load: Sharing, make_case: MakeCase, reza: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    hard = make_case()
    give(hard, mina, reza, now, "hard")
    light = [make_case(kind="thanks") for _ in range(5)]
    share_out(now)
    assert given(light) == [leila.post_id] * 5
    next_one = make_case()
    share_out(now)
    # Twelve lie with Mina, ten with Leila.
    assert given([next_one]) == [leila.post_id]


def test_half_a_share_gets_half_the_work(
    by_load: Sharing, units: dict[str, Unit], make_case: MakeCase, reza: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    assert leila.post_id is not None
    shares = {leila.post_id: 50}
    choose_sharing(unit=units["nazarabad"], way=Way.BY_LOAD, weights={}, shares=shares, by=reza, now=now)
    cases = [make_case() for _ in range(6)]
    share_out(now)
    assert Counter(given(cases)) == {mina.post_id: 4, leila.post_id: 2}


def test_who_is_away_gets_nothing_until_they_are_back(
    by_turns: Sharing, make_case: MakeCase, reza: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    absence = announce_absence(since=now.date(), until=now.date() + timedelta(days=3), by=mina, now=now)
    cases = [make_case(), make_case()]
    share_out(now)
    assert given(cases) == [leila.post_id] * 2
    with pytest.raises(NobodyThere):
        give(cases[0], mina, reza, now)
    end_absence(absence=absence, by=mina, now=now)
    back = [make_case(), make_case()]
    share_out(now)
    assert mina.post_id in given(back)


def test_where_nobody_is_there_the_work_waits(
    by_turns: Sharing, case: Case, mina: Actor, leila: Actor, now: datetime
) -> None:
    for colleague in (mina, leila):
        announce_absence(since=now.date(), until=now.date(), by=colleague, now=now)
    assert share_out(now) == 0
    assert share_out(now + timedelta(days=1)) == 1


def test_the_work_of_the_absent_goes_to_the_substitute_who_carries_both(
    by_load: Sharing, units: dict[str, Unit], make_case: MakeCase, mina: Actor, leila: Actor, now: datetime
) -> None:
    announce_absence(since=now.date(), until=now.date() + timedelta(days=3), by=mina, now=now)
    stand_in(mina, leila, now)
    seats = {seat.post.pk: seat for seat in seats_of([units["nazarabad"].pk], now.date())}
    assert mina.post_id is not None
    acting = seats[mina.post_id].acting
    assert acting is not None and acting.pk == leila.person_id
    share_out(now)
    case = make_case()
    share_out(now)
    assert given([case])[0] in {mina.post_id, leila.post_id}
    told = Entry.objects.get(verb="duty.assigned")
    assert told.facts["person"] == leila.person_id


def test_the_journal_says_for_whom_a_substitute_acted(
    case: Case, reza: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    acting = stand_in(reza, mina, now)
    assert (acting.substitute_for, acting.substitute_for_id) == (reza.name, reza.person_id)
    give(case, leila, acting, now)
    line = next(line for line in timeline(case.code) if line.verb == "duty.assigned")
    assert mina.name in line.by and reza.name in line.by
    assert next(line for line in timeline(case.code) if line.verb == "case.received").by == ""


def test_whoever_wrote_the_answer_objected_to_does_not_get_it_again(
    by_turns: Sharing, make_case: MakeCase, mina: Actor, leila: Actor, now: datetime
) -> None:
    case = answered(make_case(), now)
    case.answers.update(drafted_by=mina.code)
    object_to(case=case, text="قبول ندارم", by=system("test"), now=now + timedelta(days=1))
    share_out(now + timedelta(days=1))
    assert given([case]) == [leila.post_id]


def test_what_was_done_weighs_no_more(
    by_load: Sharing, units: dict[str, Unit], make_case: MakeCase, now: datetime
) -> None:
    case = make_case()
    share_out(now)
    assert sum(share.load for share in shares_of(units["nazarabad"], now.date())) == 6
    answered(case, now)
    assert sum(share.load for share in shares_of(units["nazarabad"], now.date())) == 0


def test_of_two_workers_at_once_one_gives(
    by_turns: Sharing, units: dict[str, Unit], make_case: MakeCase, now: datetime
) -> None:
    first, second = make_case(), make_case()
    other = Sharing.objects.get(pk=by_turns.pk)
    seat = shares_of(units["nazarabad"], now.date())[0].seat
    give_in_turn(sharing=by_turns, duty=duty_of(first), seat=seat, weight=1, by=system("test"), now=now)
    with pytest.raises(DutyMovedMeanwhile):
        give_in_turn(sharing=other, duty=duty_of(second), seat=seat, weight=1, by=system("test"), now=now)
    assert duty_of(second).assignee_id is None


def test_the_head_chooses_for_the_own_office_alone(
    units: dict[str, Unit], reza: Actor, mina: Actor, hadi: Actor, now: datetime
) -> None:
    nazarabad, karaj = units["nazarabad"], units["karaj"]
    assert hadi.post_id is not None and mina.post_id is not None
    with pytest.raises(NotAllowed):
        choose_sharing(unit=nazarabad, way=Way.IN_TURN, weights={}, shares={}, by=mina, now=now)
    with pytest.raises(OutsideYourOffice):
        choose_sharing(unit=karaj, way=Way.IN_TURN, weights={}, shares={}, by=reza, now=now)
    with pytest.raises(NotOfThisOffice):
        choose_sharing(unit=nazarabad, way=Way.IN_TURN, weights={}, shares={hadi.post_id: 50}, by=reza, now=now)
    for weights, shares in (({"complaint": 0}, {}), ({}, {mina.post_id: 201})):
        with pytest.raises(ShareOutOfRange):
            choose_sharing(unit=nazarabad, way=Way.IN_TURN, weights=weights, shares=shares, by=reza, now=now)
    assert not Sharing.objects.exists()


def test_by_hand_nothing_is_given_by_itself(
    units: dict[str, Unit], case: Case, reza: Actor, mina: Actor, now: datetime
) -> None:
    choose_sharing(unit=units["nazarabad"], way=Way.BY_HAND, weights={}, shares={}, by=reza, now=now)
    assert share_out(now) == 0
