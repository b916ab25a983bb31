"""How a case ends and comes back: closed, objected to, refused, repeated, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cases.actions_answer import ReasonMissing, Words, answer_at_once
from takrim.cases.actions_end import (
    OBJECTION_TIME,
    NotItself,
    TooLateToObject,
    close,
    mark_duplicate,
    object_to,
    refuse,
    withdraw,
)
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_work import refer
from takrim.cases.models import Case, Objection, State
from takrim.cases.moves import CaseCannotMove, CaseMovedMeanwhile, NotYours
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.people import MakeCase

WORDS = Words(
    outcome="guided",
    text="راهنمایی شد.",
    reason="در صلاحیت تأمین اجتماعی است.",
    next_step="نتیجه تا ده روز در حساب شما دیده می‌شود.",
)


@pytest.fixture
def answered(case: Case, reza: Actor, now: datetime) -> Case:
    answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    return Case.objects.get(pk=case.pk)


def test_an_answer_that_stands_is_closed(answered: Case, reza: Actor, now: datetime) -> None:
    close(case=answered, by=reza, now=now)
    answered.refresh_from_db()
    assert (answered.state, answered.closed_at) == (State.CLOSED, now)
    with pytest.raises(CaseCannotMove):
        close(case=answered, by=reza, now=now)


def test_what_was_not_answered_is_not_closed(case: Case, reza: Actor, now: datetime) -> None:
    with pytest.raises(CaseCannotMove):
        close(case=case, by=reza, now=now)


@pytest.mark.parametrize("closed_first", [False, True])
def test_an_objection_opens_the_case_again_and_is_owed_anew(
    closed_first: bool, answered: Case, reza: Actor, zahra: Actor, now: datetime
) -> None:
    if closed_first:
        close(case=answered, by=reza, now=now)
    later = now + timedelta(days=3)
    object_to(case=answered, text="به پرسش من پاسخ ندادید.", by=zahra, now=later)
    answered.refresh_from_db()
    assert (answered.state, answered.answered_at, answered.closed_at, answered.reopened) == (
        State.REOPENED, None, None, 1,
    )  # fmt: skip
    duty = final_duty(answered)
    assert duty is not None
    assert duty.due_at == calendar_of(duty.unit_path).due(later, Length.parse("15 working_days"))


def test_the_new_answer_has_the_time_of_an_objection_whatever_the_card(
    make_case: MakeCase, card: CardVersion, reza: Actor, zahra: Actor, now: datetime
) -> None:
    case = make_case(card=card)
    answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=now)
    object_to(case=case, text="نپذیرفتم.", by=zahra, now=now)
    duty = final_duty(case)
    assert duty is not None
    assert duty.length == "15 working days"


def test_an_objection_has_words_and_its_time(answered: Case, zahra: Actor, now: datetime) -> None:
    with pytest.raises(ReasonMissing):
        object_to(case=answered, text=" ", by=zahra, now=now)
    with pytest.raises(TooLateToObject):
        object_to(case=answered, text="دیر", by=zahra, now=now + OBJECTION_TIME + timedelta(seconds=1))
    assert object_to(case=answered, text="به‌موقع", by=zahra, now=now + OBJECTION_TIME).pk


def test_one_objects_once_to_one_answer(answered: Case, zahra: Actor, now: datetime) -> None:
    again = Case.objects.get(pk=answered.pk)
    object_to(case=answered, text="نپذیرفتم.", by=zahra, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        object_to(case=again, text="نپذیرفتم.", by=zahra, now=now)
    with pytest.raises(CaseCannotMove):
        object_to(case=answered, text="نپذیرفتم.", by=zahra, now=now)
    assert Objection.objects.count() == 1


def test_what_has_no_answer_is_not_objected_to(case: Case, zahra: Actor, now: datetime) -> None:
    with pytest.raises(CaseMovedMeanwhile):
        object_to(case=case, text="نپذیرفتم.", by=zahra, now=now)


def test_a_refusal_has_a_reason_and_counts_as_done(case: Case, reza: Actor, now: datetime) -> None:
    with pytest.raises(ReasonMissing):
        refuse(case=case, reason="", by=reza, now=now)
    refuse(case=case, reason="موضوع در صلاحیت دادگاه است.", by=reza, now=now)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.reason) == (State.REFUSED, now, "موضوع در صلاحیت دادگاه است.")
    duty = Duty.objects.get(about=case.code)
    assert (duty.state, duty.answered_at) == (DutyState.ACCEPTED, now)


def test_refusing_is_for_heads_of_the_office(case: Case, mina: Actor, omid: Actor, zahra: Actor, now: datetime) -> None:
    for actor, refusal in ((mina, NotAllowed), (zahra, NotAllowed), (omid, NotYours)):
        with pytest.raises(refusal):
            refuse(case=case, reason="چون", by=actor, now=now)
    assert Case.objects.get(pk=case.pk).state == State.REGISTERED


def test_a_repeated_matter_is_answered_in_the_first(make_case: MakeCase, mina: Actor, now: datetime) -> None:
    first, second = make_case(), make_case()
    mark_duplicate(case=second, original=first, by=mina, now=now)
    second.refresh_from_db()
    assert (second.state, second.original) == (State.DUPLICATE, first)
    assert Duty.objects.get(about=second.code).state == DutyState.WITHDRAWN
    assert final_duty(first) is not None


def test_a_case_repeats_neither_itself_nor_a_repeated_one(make_case: MakeCase, mina: Actor, now: datetime) -> None:
    first, second, third = make_case(), make_case(), make_case()
    with pytest.raises(NotItself):
        mark_duplicate(case=first, original=first, by=mina, now=now)
    mark_duplicate(case=second, original=first, by=mina, now=now)
    with pytest.raises(NotItself):
        mark_duplicate(case=third, original=second, by=mina, now=now)


def test_a_withdrawn_matter_is_owed_by_nobody(
    case: Case, mina: Actor, zahra: Actor, units: dict[str, Unit], now: datetime
) -> None:
    refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    withdraw(case=case, reason="مشکل حل شد.", by=zahra, now=now)
    assert not Duty.objects.owed().exists()
    assert set(Duty.objects.values_list("state", flat=True)) == {DutyState.WITHDRAWN}
    assert case.state == State.WITHDRAWN


def test_officers_do_not_withdraw_for_people(case: Case, reza: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        withdraw(case=case, reason="", by=reza, now=now)


def test_an_end_is_told_with_what_the_figures_need(case: Case, reza: Actor, now: datetime) -> None:
    refuse(case=case, reason="مدارک کامل نشد.", by=reza, now=now)
    facts = Entry.objects.get(verb="case.refused").facts
    assert (facts["how"], facts["kind"], facts["unit"]) == ("refused", "complaint", case.unit_path)
    assert "خارج" not in str(facts)
