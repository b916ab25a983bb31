"""Many cases at once: each by the deeds of one, each once, whatever is killed in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from takrim.cases import actions_bulk, bulk
from takrim.cases.actions_bulk import NothingChosen, TooManyChosen, Wish
from takrim.cases.actions_checklist import tick
from takrim.cases.actions_end import refuse
from takrim.cases.checking import checklist_of
from takrim.cases.models import Case, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.models_together import Bulk, Result
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Holding, Unit
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.matters import answered
from tests.people import MakeCase

ANSWER = {"outcome": "upheld", "text": "حق بیمه وصول شد.", "reason": "بازرسی شد.", "next_step": "تا ده روز."}
Ask = Callable[..., Bulk]


@pytest.fixture
def ask(now: datetime) -> Ask:
    def go(by: Actor, deed: str, cases: list[Case], facts: dict[str, object] | None = None, key: str = "k") -> Bulk:
        holding = Holding.objects.get(person_id=by.person_id)
        numbers = [case.pk for case in cases]
        wish = Wish(deed=deed, facts=facts or {}, cases=numbers, key=key, holding_id=holding.pk)
        return bulk.ask(wish=wish, by=by, now=now)

    return go


def run(asked: Bulk, now: datetime) -> list[tuple[str, str]]:
    """(result, why) of each case."""
    bulk.run.func(Context(None), asked.pk, now=now)
    return list(asked.items.order_by("pk").values_list("result", "why"))


def test_each_case_is_answered_by_itself(make_case: MakeCase, reza: Actor, ask: Ask, now: datetime) -> None:
    cases = [make_case(), make_case()]
    assert run(ask(reza, "answer", cases, ANSWER), now) == [("done", ""), ("done", "")]
    for case in cases:
        case.refresh_from_db()
        # Signed: no carrier is set up here, so somebody delivers it by hand.
        assert case.state == State.APPROVED
        assert case.answers.get().text == ANSWER["text"]
        assert Entry.objects.filter(subject=case.code, verb="case.approved").count() == 1
    assert Bulk.objects.get().finished_at == now


def test_what_can_be_sent_is_sent_and_waits_for_its_carrier(
    make_case: MakeCase, reza: Actor, ask: Ask, now: datetime, settings: Any
) -> None:
    settings.SMS_TEMPLATE = "sms.toml"
    case = make_case()
    assert run(ask(reza, "answer", [case], ANSWER), now) == [("done", "")]
    attempt = Attempt.objects.get(answer__case=case)
    assert (attempt.way, attempt.reached_at, attempt.failed_at) == ("sms", None, None)


def test_who_may_not_approve_hands_the_drafts_in(make_case: MakeCase, mina: Actor, ask: Ask, now: datetime) -> None:
    case = make_case()
    assert run(ask(mina, "answer", [case], ANSWER), now) == [("done", "")]
    case.refresh_from_db()
    assert case.state == State.AWAITING_APPROVAL


def test_a_checklist_that_is_not_gone_through_leaves_its_case_out_and_no_other(
    make_case: MakeCase, reza: Actor, ask: Ask, now: datetime
) -> None:
    listed, other, ticked = make_case(kind="suggestion"), make_case(), make_case(kind="suggestion")
    checklist = checklist_of(ticked)
    assert checklist is not None
    tick(case=ticked, items=[item.code for item in checklist.items], by=reza, now=now)
    (first, why), *others = run(ask(reza, "answer", [listed, other, ticked], ANSWER), now)
    assert (first, others) == ("refused", [("done", ""), ("done", "")])
    assert all(item.text.in_("fa") in why for item in checklist.items if item.required)


def test_a_case_that_cannot_move_says_why_and_holds_up_no_other(
    make_case: MakeCase, reza: Actor, ask: Ask, now: datetime
) -> None:
    ended, open_ = make_case(), make_case()
    refuse(case=ended, reason="در صلاحیت دادگاه است.", by=reza, now=now)
    results = run(ask(reza, "answer", [ended, open_], ANSWER), now)
    assert [result for result, _why in results] == [Result.REFUSED, Result.DONE]
    assert "پرونده" in results[0][1], "the reason is in the language of who asked"
    assert ended.answers.count() == 0


def test_many_are_referred(make_case: MakeCase, reza: Actor, units: dict[str, Unit], ask: Ask, now: datetime) -> None:
    facts = {"to": units["karaj"].pk, "task": "نظر خود را بنویسید.", "days": 3}
    assert run(ask(reza, "refer", [make_case(), make_case()], facts), now) == [("done", ""), ("done", "")]
    assert set(Case.objects.values_list("state", flat=True)) == {State.REFERRED}


def test_many_are_closed(make_case: MakeCase, reza: Actor, ask: Ask, now: datetime) -> None:
    case, fresh = answered(make_case(), now), make_case()
    assert [result for result, _ in run(ask(reza, "close", [case, fresh]), now)] == ["done", "refused"]


def test_killed_in_between_it_goes_on_and_does_nothing_twice(
    make_case: MakeCase, reza: Actor, ask: Ask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [make_case() for _ in range(3)]
    asked = ask(reza, "answer", cases, ANSWER)
    do_one, turns = actions_bulk.do_one, iter((True, False))

    def killed(**given: Any) -> bool:
        if next(turns):
            return do_one(**given)
        raise KeyboardInterrupt

    monkeypatch.setattr(actions_bulk, "do_one", killed)
    with pytest.raises(KeyboardInterrupt):
        run(asked, now)
    assert asked.items.filter(done_at=None).count() == 2
    monkeypatch.setattr(actions_bulk, "do_one", do_one)
    assert run(asked, now) == run(asked, now) == [("done", "")] * 3
    assert Entry.objects.filter(verb="case.approved").count() == 3


def test_asked_twice_it_is_done_once(make_case: MakeCase, reza: Actor, ask: Ask) -> None:
    case = make_case()
    assert ask(reza, "answer", [case], ANSWER) == ask(reza, "answer", [case], ANSWER)
    assert Work.objects.filter(task=bulk.run.name).count() == 1


def test_others_cases_are_not_there(make_case: MakeCase, omid: Actor, ask: Ask, now: datetime) -> None:
    case = make_case()
    assert run(ask(omid, "answer", [case], ANSWER), now)[0][0] == Result.REFUSED
    case.refresh_from_db()
    assert case.state == State.REGISTERED


def test_a_post_given_up_meanwhile_does_nothing(make_case: MakeCase, reza: Actor, ask: Ask, now: datetime) -> None:
    asked = ask(reza, "answer", [make_case()], ANSWER)
    Holding.objects.filter(person_id=reza.person_id).update(until=date(2026, 11, 1))
    assert run(asked, now)[0][0] == Result.REFUSED


def test_no_case_too_many_cases_and_no_power_are_refused(
    make_case: MakeCase, reza: Actor, mina: Actor, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NothingChosen):
        ask(reza, "close", [])
    with pytest.raises(NotAllowed):
        ask(mina, "close", [make_case()])
    monkeypatch.setattr(actions_bulk, "MOST", 1)
    with pytest.raises(TooManyChosen):
        ask(reza, "close", [make_case(), make_case()])
