"""Some accepted proofs are judged by a second person, who was drawn: neither the first, nor of the office."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.base.period import Period
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Holding
from takrim.proofs.actions_judge import NoReason, accept, return_proof
from takrim.proofs.actions_sample import LookNotYours, agree, disagree, draw_sample
from takrim.proofs.models import Action, State
from takrim.proofs.models_judging import Draw, SecondLook
from takrim.proofs.queries import Support, support_of
from takrim.proofs.sampling import codes_from_journal, judges_of, sampled
from tests.people import Hire
from tests.proving import Accounts, given

MONTH = Period.parse("1405-09")
IN_DEY = timedelta(days=40)


@pytest.fixture
def drawn(shirin: Actor, nima: Actor, mina: Actor, hadi: Actor, hire: Hire, thing: Accounts, now: datetime) -> Draw:
    """Twenty proofs of which Shirin accepted all and took one back; a secretary each of Karaj and Nazarabad besides."""
    hire("vida", "ویدا رستمی", "secretary", "karaj")
    hire("zari", "زری امینی", "secretary", "nazarabad")
    actions = [given(by, now, seed=n) for n in range(10) for by in (mina, hadi)]
    for action in actions:
        accept(action=action, by=shirin, now=now)
    return_proof(action=actions[0], reason="ناقص است.", by=shirin, now=now + timedelta(days=1))
    draw = draw_sample(chain="ir/alborz/", period=MONTH, by=system("test"), now=now + IN_DEY)
    assert draw
    return draw


def _second(look: SecondLook) -> Actor:
    from takrim.orgs.seats import actor_at

    return actor_at(Holding.objects.select_related("person", "post__unit").get(person_id=look.second_id))


def test_the_second_is_neither_the_first_nor_of_the_office(drawn: Draw, shirin: Actor) -> None:
    assert (drawn.candidates, drawn.number) == (19, 2)
    for look in drawn.looks.select_related("action"):
        assert look.first_id == shirin.person_id
        assert look.second_id != shirin.person_id
        assert _second(look).unit_path != look.action.unit_path


def test_anyone_can_draw_it_anew_from_the_journal(drawn: Draw, now: datetime) -> None:
    facts = Entry.objects.get(verb="proofs.drawn").facts
    codes = codes_from_journal(drawn)
    assert len(codes) == facts["candidates"] == 19
    again = sampled(codes, facts["seed"])
    assert [line.split(":")[0] for line in facts["drawn"]] == again
    assert {look.action.code for look in drawn.looks.select_related("action")} == set(again)


def test_a_month_is_drawn_once_and_each_province_for_itself(drawn: Draw, now: datetime) -> None:
    by = system("test")
    assert draw_sample(chain="ir/alborz/", period=MONTH, by=by, now=now + IN_DEY) is None
    assert draw_sample(chain="ir/qom/", period=MONTH, by=by, now=now + IN_DEY) is None
    assert Draw.objects.count() == 1


def test_who_agrees_leaves_it_accepted(drawn: Draw, now: datetime) -> None:
    look = drawn.looks.select_related("action").first()
    assert look
    agree(look=look, by=_second(look), now=now + IN_DEY)
    assert Action.objects.get(pk=look.action_id).state == State.ACCEPTED
    with pytest.raises(LookNotYours):
        agree(look=look, by=_second(look), now=now + IN_DEY)


def test_who_does_not_agree_sends_it_back_to_the_queue(drawn: Draw, thing: Accounts, now: datetime) -> None:
    look = drawn.looks.select_related("action").first()
    assert look
    told = len(thing.changed)
    with pytest.raises(NoReason):
        disagree(look=look, reason="", by=_second(look), now=now + IN_DEY)
    disagree(look=look, reason="تاریخ عکس پیش از مصوبه است.", by=_second(look), now=now + IN_DEY)
    action = Action.objects.get(pk=look.action_id)
    assert (action.state, action.judged_at, action.reason) == (State.SENT, None, "تاریخ عکس پیش از مصوبه است.")
    assert list(Action.objects.all().waiting()) == [action]
    assert support_of("thing", ["1"])["1"] == Support(accepted=18, sent=1, returned=1)
    assert len(thing.changed) == told + 1


def test_what_was_put_right_meanwhile_stays_so(drawn: Draw, shirin: Actor, now: datetime) -> None:
    look = drawn.looks.first()
    assert look
    return_proof(action=Action.objects.get(pk=look.action_id), reason="ناقص است.", by=shirin, now=now + IN_DEY)
    look = SecondLook.objects.select_related("action").get(pk=look.pk)
    disagree(look=look, reason="ناقص است.", by=_second(look), now=now + IN_DEY)
    assert Action.objects.get(pk=look.action_id).state == State.RETURNED


def test_only_who_was_drawn_looks(drawn: Draw, shirin: Actor, now: datetime) -> None:
    look = drawn.looks.select_related("action").first()
    assert look
    with pytest.raises(LookNotYours):
        agree(look=look, by=shirin, now=now + IN_DEY)


def test_judges_of_a_house_are_those_who_hold_such_a_post(
    drawn: Draw, shirin: Actor, nima: Actor, omid: Actor, now: datetime
) -> None:
    names = {judge.name for judge in judges_of("ir/alborz/", now)}
    assert names == {shirin.name, nima.name, "ویدا رستمی", "زری امینی"}
    assert judges_of("ir/qom/", now) == []
