"""Referring to several at once, to a post, onward and back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.base.workdays import Length
from takrim.cases.actions_route import (
    Addressee,
    NoSuchPost,
    RoundAndRound,
    chain_of,
    give_back,
    pass_on,
    refer_on,
    refer_to,
)
from takrim.cases.actions_work import AlreadyThere, NothingSaid, NotToItself, accept_reply, reply, return_reply
from takrim.cases.models import Case, State
from takrim.cases.moves import NotYours
from takrim.duties.actions import NotYourDuty, run_of
from takrim.duties.actions_clocks import extend, recompute
from takrim.duties.clocks import plain
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.duties.moves import DutyCannotMove
from takrim.duties.replay import replay
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.people import Hire

FIVE, TWO = Length.parse("5 working_days"), Length.parse("2 working_days")


@pytest.fixture
def leila(hire: Hire) -> Actor:
    return hire("leila", "لیلا نوری", "head", "karaj")


@pytest.fixture
def asked(case: Case, units: dict[str, Unit], mina: Actor, now: datetime) -> Duty:
    """Nazarabad has asked Karaj."""
    return refer_to(case=case, to=[Addressee(units["karaj"])], task="سابقه", length=FIVE, by=mina, now=now)[0]


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_several_are_asked_at_once_and_the_case_waits_for_all(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, omid: Actor, now: datetime
) -> None:
    to = [Addressee(units["karaj"]), Addressee(units["qom"]), Addressee(units["karaj"])]
    karaj, qom = refer_to(case=case, to=to, task="سابقه", length=FIVE, by=mina, now=now)
    reply(case=case, duty=karaj, text="دارد.", by=hadi, now=now)
    assert state(case) == State.REFERRED
    reply(case=case, duty=qom, text="ندارد.", by=omid, now=now)
    assert state(case) == State.UNDER_REVIEW


def test_when_one_cannot_be_asked_none_is(case: Case, units: dict[str, Unit], mina: Actor, now: datetime) -> None:
    with pytest.raises(NotToItself):
        to = [Addressee(units["karaj"]), Addressee(units["nazarabad"])]
        refer_to(case=case, to=to, task="", length=FIVE, by=mina, now=now)
    assert not Duty.objects.filter(kind="referral").exists()
    assert state(case) == State.REGISTERED


def test_a_post_is_asked_by_its_role(
    case: Case, units: dict[str, Unit], mina: Actor, leila: Actor, now: datetime
) -> None:
    to = [Addressee(units["karaj"], "head")]
    duty = refer_to(case=case, to=to, task="", length=FIVE, by=mina, now=now)[0]
    assert duty.assignee is not None
    assert (duty.assignee.role, duty.assignee.unit_id) == ("head", units["karaj"].pk)
    with pytest.raises(NoSuchPost, match="کهک"):
        refer_to(case=case, to=[Addressee(units["kahak"], "head")], task="", length=FIVE, by=mina, now=now)


def test_onward_our_own_reply_stays_owed_and_we_judge_theirs(
    case: Case, asked: Duty, units: dict[str, Unit], leila: Actor, omid: Actor, reza: Actor, now: datetime
) -> None:
    to = Addressee(units["qom"])
    onward = refer_on(case=case, duty=asked, to=to, task="سوابق قم", length=TWO, by=leila, now=now)
    assert [duty.unit_path for duty in chain_of(onward)] == ["ir/qom/", "ir/alborz/karaj/"]
    assert onward.judge_path == "ir/alborz/karaj/"
    assert {asked.about_kind, onward.about_kind} == {case.kind}
    asked.refresh_from_db()
    assert asked.state == DutyState.OPEN
    reply(case=case, duty=onward, text="دارد.", by=omid, now=now)
    assert state(case) == State.REFERRED
    with pytest.raises(NotYours):
        return_reply(case=case, duty=onward, reason="کامل نیست", by=reza, now=now)
    assert accept_reply(case=case, duty=onward, by=leila, now=now).state == DutyState.ACCEPTED
    reply(case=case, duty=asked, text="در قم دارد.", by=leila, now=now)
    assert state(case) == State.UNDER_REVIEW
    facts = Entry.objects.get(verb="case.referred_on").facts
    assert (facts["from_unit"], facts["to_unit"], facts["passed"]) == ("ir/alborz/karaj/", "ir/qom/", 0)


def test_passed_on_the_other_replies_in_our_place_by_the_same_date(
    case: Case, asked: Duty, units: dict[str, Unit], leila: Actor, omid: Actor, reza: Actor, now: datetime
) -> None:
    onward = pass_on(case=case, duty=asked, to=Addressee(units["qom"]), task="همه", by=leila, now=now)
    asked.refresh_from_db()
    assert onward.about_kind == case.kind
    assert (asked.state, onward.due_at, onward.judge_path) == (DutyState.WITHDRAWN, asked.due_at, asked.judge_path)
    reply(case=case, duty=onward, text="دارد.", by=omid, now=now)
    assert state(case) == State.UNDER_REVIEW
    assert accept_reply(case=case, duty=onward, by=reza, now=now).state == DutyState.ACCEPTED


def test_passed_on_the_clock_goes_on_with_closures_and_more_time(
    case: Case, asked: Duty, units: dict[str, Unit], leila: Actor, reza: Actor, now: datetime
) -> None:
    later = now + timedelta(hours=30)
    onward = pass_on(case=case, duty=asked, to=Addressee(units["qom"]), task="همه", by=leila, now=later)
    (clock,) = run_of(onward).clocks
    assert (clock.start, clock.length, clock.stopped) == (asked.opened_at, asked.length, None)
    assert (onward.counted_at, onward.length) == (asked.unit_path, asked.length)
    before = onward.due_at
    two = Length.parse("2 working days")
    extend(duty=onward, regime="task", length=two, reason="بازدید", by=reza, now=later)
    assert before is not None and onward.due_at == calendar_of(asked.unit_path).due(before, two)
    assert plain(replay(onward), onward.opened_at) == onward.clocks
    assert not recompute(duty=onward, by=reza, now=later)


def test_what_is_late_is_passed_on_as_late(
    case: Case, asked: Duty, units: dict[str, Unit], leila: Actor, now: datetime
) -> None:
    assert asked.due_at is not None
    onward = pass_on(
        case=case, duty=asked, to=Addressee(units["qom"]), task="همه", by=leila, now=asked.due_at + timedelta(days=1)
    )
    assert (onward.due_at, onward.length) == (asked.due_at, "")
    assert plain(replay(onward), onward.opened_at) == onward.clocks


def test_it_does_not_go_round_in_a_circle(
    case: Case, asked: Duty, units: dict[str, Unit], leila: Actor, omid: Actor, hadi: Actor, now: datetime
) -> None:
    onward = refer_on(case=case, duty=asked, to=Addressee(units["qom"]), task="", length=TWO, by=leila, now=now)
    with pytest.raises(RoundAndRound):
        refer_on(case=case, duty=onward, to=Addressee(units["karaj"]), task="", length=TWO, by=omid, now=now)
    with pytest.raises(NotToItself):
        refer_on(case=case, duty=onward, to=Addressee(units["nazarabad"]), task="", length=TWO, by=omid, now=now)
    with pytest.raises(AlreadyThere):
        refer_on(case=case, duty=asked, to=Addressee(units["qom"]), task="", length=TWO, by=hadi, now=now)
    with pytest.raises(NotYourDuty):
        refer_on(case=case, duty=asked, to=Addressee(units["kahak"]), task="", length=TWO, by=omid, now=now)


def test_given_back_with_its_reason_the_case_goes_on(
    case: Case, asked: Duty, hadi: Actor, omid: Actor, units: dict[str, Unit], now: datetime
) -> None:
    with pytest.raises(NothingSaid):
        give_back(case=case, duty=asked, reason=" ", by=hadi, now=now)
    with pytest.raises(NotYourDuty):
        give_back(case=case, duty=asked, reason="نداریم", by=omid, now=now)
    give_back(case=case, duty=asked, reason="این کارگاه نزد ما پرونده‌ای ندارد.", by=hadi, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == (DutyState.WITHDRAWN, None)
    assert asked.answer == "این کارگاه نزد ما پرونده‌ای ندارد."
    assert state(case) == State.UNDER_REVIEW
    with pytest.raises(DutyCannotMove):
        refer_on(case=case, duty=asked, to=Addressee(units["qom"]), task="", length=TWO, by=hadi, now=now)
