"""The final answer: drafted, handed in, approved by another, delivered; and the same at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from takrim.cases import search
from takrim.cases.actions_answer import (
    AnswerIncomplete,
    ReasonMissing,
    SameOfficerAgain,
    Words,
    answer_at_once,
    approve,
    deliver,
    draft,
    latest,
    send_back,
    submit,
)
from takrim.cases.actions_end import object_to
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_objection import uphold
from takrim.cases.actions_sign import OwnDraft
from takrim.cases.actions_work import refer, reply
from takrim.cases.models import Answer, Case, State
from takrim.cases.moves import CaseCannotMove, CaseMovedMeanwhile, NotYours
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.orgs.models import Unit

WORDS = Words(
    outcome="upheld",
    text="حق بیمه وصول شد.",
    reason="بازرسی انجام شد.",
    next_step="نتیجه تا ده روز در حساب شما دیده می‌شود.",
    legal_ground="ماده ۱۴۸ قانون کار",
)


@pytest.fixture
def written(case: Case, mina: Actor, now: datetime) -> Answer:
    return draft(case=case, words=WORDS, by=mina, now=now)


@pytest.fixture
def handed_in(written: Answer, mina: Actor, now: datetime) -> Answer:
    return submit(answer=written, by=mina, now=now)


@pytest.fixture
def approved(handed_in: Answer, reza: Actor, now: datetime) -> Answer:
    return approve(answer=handed_in, by=reza, now=now)


def test_an_answer_goes_from_draft_to_the_person(
    case: Case, approved: Answer, sara: Actor, units: dict[str, Unit], now: datetime
) -> None:
    later = now + timedelta(hours=2)
    deliver(answer=approved, how="in_person", by=sara, now=later)
    case.refresh_from_db()
    assert (case.state, case.answered_at, case.outcome, case.closed_at) == (State.ANSWERED, later, "upheld", None)
    duty = Duty.objects.get(about=case.code)
    assert (duty.state, duty.answered_at, duty.settled_at) == (DutyState.ACCEPTED, later, later)
    assert final_duty(case) is None
    assert (approved.delivered_how, approved.approved_name) == ("in_person", "رضا کریمی")
    assert search.find("وصول", unit_id=units["nazarabad"].pk, limit=5)[0][1] == case.pk


def test_each_step_is_told_once(approved: Answer, sara: Actor, now: datetime) -> None:
    deliver(answer=approved, how="in_person", by=sara, now=now)
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith("case.")] == [
        "case.received", "case.drafted", "case.submitted", "case.approved", "case.answered",
    ]  # fmt: skip
    facts = Entry.objects.get(verb="case.answered").facts
    assert (facts["first"], facts["outcome"], facts["how"]) == (1, "upheld", "in_person")
    assert datetime.fromisoformat(facts["received"]) == now


@pytest.mark.parametrize("missing", [{"outcome": "other"}, {"outcome": ""}, {"text": " "}, {"reason": ""}])
def test_an_answer_says_result_text_and_reason(missing: dict[str, Any], case: Case, mina: Actor, now: datetime) -> None:
    with pytest.raises(AnswerIncomplete):
        draft(case=case, words=replace(WORDS, **missing), by=mina, now=now)
    with pytest.raises(NotAllowed):
        answer_at_once(case=case, words=WORDS, how="in_person", by=mina, now=now)
    assert not Answer.objects.exists()


def test_a_second_draft_is_a_second_version(case: Case, written: Answer, mina: Actor, now: datetime) -> None:
    second = draft(case=case, words=replace(WORDS, text="متن بهتر"), by=mina, now=now)
    assert (written.number, second.number) == (1, 2)
    assert latest(case) == second


def test_an_older_draft_is_not_handed_in_by_mistake(case: Case, written: Answer, mina: Actor, now: datetime) -> None:
    draft(case=case, words=WORDS, by=mina, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        submit(answer=written, by=mina, now=now)
    assert Case.objects.get(pk=case.pk).state == State.DRAFTED


def test_nobody_approves_their_own_draft(case: Case, reza: Actor, now: datetime) -> None:
    own = submit(answer=draft(case=case, words=WORDS, by=reza, now=now), by=reza, now=now)
    with pytest.raises(OwnDraft):
        approve(answer=own, by=reza, now=now)


def test_a_draft_that_was_not_handed_in_is_not_approved(
    case: Case, handed_in: Answer, reza: Actor, mina: Actor, now: datetime
) -> None:
    stray = Answer.objects.create(
        case=case,
        number=9,
        outcome="guided",
        text="x",
        reason="x",
        drafted_by="person:0",
        drafted_name="",
        drafted_at=now,
    )
    with pytest.raises(CaseMovedMeanwhile):
        approve(answer=stray, by=reza, now=now)
    assert Case.objects.get(pk=case.pk).state == State.AWAITING_APPROVAL


def test_an_expert_does_not_approve_and_a_stranger_does_not_either(
    handed_in: Answer, mina: Actor, omid: Actor, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        approve(answer=handed_in, by=mina, now=now)
    with pytest.raises(NotYours):
        approve(answer=handed_in, by=omid, now=now)


@pytest.mark.parametrize("step", ["handed_in", "approved"])
def test_a_draft_goes_back_with_its_reason(
    step: str, request: pytest.FixtureRequest, reza: Actor, now: datetime
) -> None:
    answer = request.getfixturevalue(step)
    with pytest.raises(ReasonMissing):
        send_back(answer=answer, why=" ", by=reza, now=now)
    send_back(answer=answer, why="مستند بیاورید.", by=reza, now=now)
    answer.refresh_from_db()
    assert (answer.sent_back_why, answer.approved_at, answer.approved_name) == ("مستند بیاورید.", None, "")
    assert answer.case.state == State.UNDER_REVIEW


def test_what_was_sent_back_is_written_anew(handed_in: Answer, mina: Actor, reza: Actor, now: datetime) -> None:
    send_back(answer=handed_in, why="مستند بیاورید.", by=reza, now=now)
    again = submit(answer=draft(case=handed_in.case, words=WORDS, by=mina, now=now), by=mina, now=now)
    assert approve(answer=again, by=reza, now=now).number == 2


def test_two_heads_approve_at_once(handed_in: Answer, reza: Actor, nima: Actor, now: datetime) -> None:
    first, second = Answer.objects.get(pk=handed_in.pk), Answer.objects.get(pk=handed_in.pk)
    assert second.case.state == State.AWAITING_APPROVAL
    approve(answer=first, by=reza, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        approve(answer=second, by=nima, now=now)
    handed_in.refresh_from_db()
    assert handed_in.approved_name == reza.name


def test_delivered_twice_is_delivered_once(approved: Answer, sara: Actor, now: datetime) -> None:
    again = Answer.objects.get(pk=approved.pk)
    assert again.case.state == State.APPROVED
    deliver(answer=approved, how="in_person", by=sara, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        deliver(answer=again, how="phone", by=sara, now=now)
    with pytest.raises(CaseCannotMove):
        deliver(answer=approved, how="phone", by=sara, now=now)
    assert Entry.objects.filter(verb="case.answered").count() == 1


def test_only_an_approved_answer_is_delivered(handed_in: Answer, sara: Actor, now: datetime) -> None:
    with pytest.raises(CaseCannotMove):
        deliver(answer=handed_in, how="in_person", by=sara, now=now)


def test_an_older_version_is_not_delivered_in_place_of_the_approved(
    case: Case, handed_in: Answer, mina: Actor, reza: Actor, sara: Actor, now: datetime
) -> None:
    send_back(answer=handed_in, why="مستند بیاورید.", by=reza, now=now)
    again = submit(answer=draft(case=handed_in.case, words=WORDS, by=mina, now=now), by=mina, now=now)
    approve(answer=again, by=reza, now=now)
    old = Answer.objects.select_related("case").get(pk=handed_in.pk)
    with pytest.raises(CaseMovedMeanwhile):
        deliver(answer=old, how="in_person", by=sara, now=now)


def test_delivery_ends_what_was_asked_of_others(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, reza: Actor, sara: Actor, now: datetime
) -> None:
    replied = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    silent = refer(case=case, to=units["kahak"], task="", length=None, by=mina, now=now)
    reply(case=case, duty=replied, text="سابقه دارد.", by=hadi, now=now)
    case.refresh_from_db()
    answer = submit(answer=draft(case=case, words=WORDS, by=mina, now=now), by=mina, now=now)
    deliver(answer=approve(answer=answer, by=reza, now=now), how="in_person", by=sara, now=now)
    replied.refresh_from_db()
    silent.refresh_from_db()
    assert (replied.state, silent.state) == (DutyState.ACCEPTED, DutyState.WITHDRAWN)
    assert not Duty.objects.owed().exists()


def test_a_head_answers_at_once(case: Case, reza: Actor, now: datetime) -> None:
    answer = answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    assert (answer.approved_by, answer.delivered_how, answer.delivered_at) == (reza.code, "in_person", now)
    case.refresh_from_db()
    assert (case.state, case.answered_at) == (State.ANSWERED, now)
    assert final_duty(case) is None


def test_two_officers_answer_at_once(case: Case, reza: Actor, nima: Actor, now: datetime) -> None:
    theirs = Case.objects.get(pk=case.pk)
    answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        answer_at_once(case=theirs, words=WORDS, how="phone", by=nima, now=now)
    assert Answer.objects.get().approved_by == reza.code


def test_after_an_objection_another_officer_answers(
    case: Case, reza: Actor, nima: Actor, zahra: Actor, now: datetime
) -> None:
    answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    object_to(case=case, text="وصول نشده است.", by=zahra, now=now)
    with pytest.raises(SameOfficerAgain):
        draft(case=case, words=WORDS, by=reza, now=now)
    with pytest.raises(SameOfficerAgain):
        answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    uphold(case=case, why="وصولی در کار نبوده است.", by=nima, now=now)
    answer_at_once(case=case, words=WORDS, how="phone", by=nima, now=now)
    assert Entry.objects.filter(verb="case.answered").order_by("id").last().facts["first"] == 0


def test_the_system_carries_answers_of_elsewhere_however_often(case: Case, zahra: Actor, now: datetime) -> None:
    answer_at_once(case=case, words=WORDS, how="imported", by=system("import"), now=now)
    object_to(case=case, text="وصول نشده است.", by=zahra, now=now)
    answer_at_once(case=case, words=WORDS, how="imported", by=system("import"), now=now)
    assert Answer.objects.count() == 2
