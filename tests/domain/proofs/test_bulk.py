"""One verdict over many proofs: each as it would be alone, each once, whatever is killed in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding
from takrim.proofs import actions_bulk, bulk
from takrim.proofs.actions_bulk import NothingChosen, TooManyChosen, Wish
from takrim.proofs.actions_judge import NoReason, Verdict, accept
from takrim.proofs.models import Action, State
from takrim.proofs.models_judging import Judging, Result
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.proving import Accounts, given

Ask = Callable[..., Judging]


@pytest.fixture
def ask(shirin: Actor, now: datetime) -> Ask:
    def go(actions: list[Action], verdict: Verdict = Verdict.ACCEPT, reason: str = "", key: str = "k") -> Judging:
        holding = Holding.objects.get(person_id=shirin.person_id)
        numbers = [action.pk for action in actions]
        wish = Wish(verdict=verdict, reason=reason, actions=numbers, key=key, holding_id=holding.pk)
        return bulk.ask(wish=wish, by=shirin, now=now)

    return go


def results(judging: Judging) -> list[tuple[str, str]]:
    return list(judging.items.order_by("pk").values_list("result", "why"))


def test_a_few_are_judged_at_once(mina: Actor, thing: Accounts, ask: Ask, now: datetime) -> None:
    judging = ask([given(mina, now, seed=1), given(mina, now, seed=2)])
    assert judging.finished_at == now
    assert results(judging) == [("done", ""), ("done", "")]
    assert set(Action.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert not Work.objects.filter(task__contains="proofs").exists()


def test_each_is_returned_with_the_reason(mina: Actor, thing: Accounts, ask: Ask, now: datetime) -> None:
    ask([given(mina, now, seed=1), given(mina, now, seed=2)], Verdict.RETURN, "فهرست حاضران را پیوست کنید.")
    assert set(Action.objects.values_list("state", "reason")) == {(State.RETURNED, "فهرست حاضران را پیوست کنید.")}


def test_one_that_cannot_be_judged_says_why_and_holds_up_no_other(
    mina: Actor, nima: Actor, shirin: Actor, thing: Accounts, ask: Ask, now: datetime
) -> None:
    own, done, fresh = given(nima, now, seed=1), given(mina, now, seed=2), given(mina, now, seed=3)
    accept(action=done, by=shirin, now=now)
    judging = ask([own, done, fresh])
    assert [result for result, _why in results(judging)] == [Result.REFUSED, Result.REFUSED, Result.DONE]
    assert all("مستند" in why for result, why in results(judging) if result == Result.REFUSED)


def test_many_are_judged_by_the_worker_which_goes_on_where_it_was_killed(
    mina: Actor, thing: Accounts, ask: Ask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = ask([given(mina, now, seed=n) for n in range(bulk.AT_ONCE + 2)])
    assert judging.finished_at is None
    assert Work.objects.filter(task="takrim.proofs.bulk.run").count() == 1
    judge_one, turns = actions_bulk.judge_one, iter((True, True, False))

    def killed(**given: Any) -> bool:
        if next(turns):
            return judge_one(**given)
        raise KeyboardInterrupt

    monkeypatch.setattr(actions_bulk, "judge_one", killed)
    with pytest.raises(KeyboardInterrupt):
        bulk.run.func(Context(None), judging.pk, now=now)
    monkeypatch.setattr(actions_bulk, "judge_one", judge_one)
    bulk.run.func(Context(None), judging.pk, now=now)
    bulk.run.func(Context(None), judging.pk, now=now)
    assert results(judging) == [("done", "")] * 12
    assert Entry.objects.filter(verb="proof.accepted").count() == 12


def test_asked_twice_it_is_done_once(mina: Actor, thing: Accounts, ask: Ask, now: datetime) -> None:
    action = given(mina, now)
    assert ask([action]) == ask([action])
    assert Entry.objects.filter(verb="proofs.judging_asked").count() == 1


def test_a_post_that_is_held_no_longer_judges_nothing(
    mina: Actor, shirin: Actor, thing: Accounts, ask: Ask, now: datetime
) -> None:
    actions = [given(mina, now, seed=n) for n in range(bulk.AT_ONCE + 1)]
    judging = ask(actions)
    Holding.objects.filter(person_id=shirin.person_id).update(until="2026-01-01")
    bulk.run.func(Context(None), judging.pk, now=now)
    assert {result for result, _why in results(judging)} == {Result.REFUSED}


def test_nothing_too_many_and_no_reason_are_refused(
    mina: Actor, thing: Accounts, ask: Ask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = given(mina, now)
    with pytest.raises(NothingChosen):
        ask([])
    with pytest.raises(NoReason):
        ask([action], Verdict.REFUSE)
    monkeypatch.setattr(actions_bulk, "MOST", 0)
    with pytest.raises(TooManyChosen):
        ask([action])
