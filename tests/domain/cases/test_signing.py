"""Who signs which answer, in which order, and which number it gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from takrim.cases.actions_answer import (
    ReasonMissing,
    Words,
    answer_at_once,
    approve,
    deliver,
    draft,
    draft_and_submit,
    let_through,
    send_back,
    submit,
)
from takrim.cases.actions_number import NotYourRegister, PatternUnclear, set_pattern
from takrim.cases.actions_sign import HigherSignature, SignedAlready
from takrim.cases.gate import TooEmpty
from takrim.cases.models import Answer, Case, Register, State
from takrim.cases.moves import CaseCannotMove
from takrim.cases.signing import BadApprovals, levels, read
from takrim.cases.substance import Fault
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from tests.people import Hire, MakeCase

WORDS = Words(
    outcome="upheld",
    text="حق بیمه وصول شد.",
    reason="بازرسی انجام شد.",
    next_step="از شنبه در سابقه شما دیده می‌شود.",
)
DENIED = replace(WORDS, outcome="denied", legal_ground="ماده ۷ قانون بیمه بیکاری")


@pytest.fixture
def dara(hire: Hire) -> Actor:
    """The deputy of the directorate of Alborz."""
    return hire("dara", "دارا یزدانی", "deputy", "alborz")


def handed_in(case: Case, by: Actor, now: datetime, words: Words = WORDS) -> Answer:
    return draft_and_submit(case=case, words=replace(words, text=f"{words.text} {case.code}"), by=by, now=now)


def test_refusals_need_a_higher_signature_than_ordinary_answers() -> None:
    assert levels("request", "served") == ("head",)
    assert levels("request", "denied") == ("head", "deputy")
    assert levels("complaint", "not_upheld") == ("head", "deputy")
    assert levels("suggestion", "not_upheld") == ("head",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[[rule]]\nkinds = ["request"]\nlevels = ["head"]',
        '[[rule]]\nlevels = ["deputy", "head"]',
        '[[rule]]\nlevels = ["expert"]',
        "[[rule]]\nlevels = []",
    ],
)
def test_a_file_of_approvals_that_leaves_something_open_is_not_taken(text: str) -> None:
    with pytest.raises(BadApprovals):
        read(text)


def test_levels_sign_in_their_order_and_the_last_gives_the_number(
    case: Case, mina: Actor, reza: Actor, dara: Actor, now: datetime
) -> None:
    answer = handed_in(case, mina, now, DENIED)
    approve(answer=answer, by=reza, now=now)
    assert (case.state, answer.approved_at, answer.letter_number) == (State.AWAITING_APPROVAL, None, "")
    with pytest.raises(SignedAlready):
        approve(answer=answer, by=reza, now=now)
    approve(answer=answer, by=dara, now=now)
    assert (case.state, answer.approved_name, answer.approved_post) == (State.APPROVED, "دارا یزدانی", "معاون")
    assert [one["name"] for one in answer.signatures] == ["رضا کریمی", "دارا یزدانی"]
    assert answer.letter_number == "۱/ش/۱۴۰۵"
    verbs = Entry.objects.filter(subject=case.code).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["case.endorsed", "case.approved"]


def test_a_second_head_cannot_sign_for_the_deputy(
    case: Case, mina: Actor, reza: Actor, hire: Hire, now: datetime
) -> None:
    answer = handed_in(case, mina, now, DENIED)
    approve(answer=answer, by=reza, now=now)
    with pytest.raises(HigherSignature, match="معاون"):
        approve(answer=answer, by=hire("sima", "سیما راد", "head", "nazarabad"), now=now)


def test_who_stands_higher_signs_once_for_all(case: Case, mina: Actor, nima: Actor, now: datetime) -> None:
    answer = approve(answer=handed_in(case, mina, now, DENIED), by=nima, now=now)
    assert (case.state, answer.signed, len(answer.signatures)) == (State.APPROVED, 2, 1)


def test_a_head_does_not_refuse_at_once_alone(case: Case, reza: Actor, nima: Actor, now: datetime) -> None:
    with pytest.raises(HigherSignature):
        answer_at_once(case=case, words=DENIED, how="in_person", by=reza, now=now)
    assert not Answer.objects.exists()
    assert answer_at_once(case=case, words=DENIED, how="in_person", by=nima, now=now).letter_number


def test_a_substitute_signs_at_the_post_and_it_is_told(case: Case, mina: Actor, hire: Hire, now: datetime) -> None:
    sima = replace(hire("sima", "سیما راد", "head", "nazarabad"), substitute_for="رضا کریمی")
    answer = approve(answer=handed_in(case, mina, now), by=sima, now=now)
    assert answer.signatures[0]["for"] == "رضا کریمی"


def test_an_office_counts_its_answers_without_a_gap_by_year(
    make_case: MakeCase, mina: Actor, reza: Actor, nima: Actor, now: datetime
) -> None:
    def number(at: datetime, unit: str = "nazarabad", kind: str = "complaint") -> str:
        case = make_case(unit=unit, kind=kind)
        words = replace(WORDS, text=f"{WORDS.text} {case.code}")
        return answer_at_once(case=case, words=words, how="phone", by=nima, now=at).letter_number

    assert [number(now), number(now, kind="request"), number(now, "karaj")] == ["۱/ش/۱۴۰۵", "۲/د/۱۴۰۵", "۱/ش/۱۴۰۵"]
    assert number(now + timedelta(days=150)) == "۱/ش/۱۴۰۶"
    assert number(now) == "۳/ش/۱۴۰۵"


def test_a_deed_that_fails_takes_no_number(case: Case, make_case: MakeCase, nima: Actor, now: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_at=now)
    case.refresh_from_db()
    with pytest.raises(CaseCannotMove):
        answer_at_once(case=case, words=WORDS, how="phone", by=nima, now=now)
    assert answer_at_once(case=make_case(), words=WORDS, how="phone", by=nima, now=now).serial == 1


def test_a_number_that_was_cancelled_keeps_its_row_and_reason(
    case: Case, mina: Actor, reza: Actor, now: datetime
) -> None:
    first = approve(answer=handed_in(case, mina, now), by=reza, now=now)
    send_back(answer=first, why="ماه خرداد نادرست است.", by=reza, now=now)
    second = draft_and_submit(case=case, words=replace(WORDS, text="حق بیمه تیر وصول شد."), by=mina, now=now)
    approve(answer=second, by=reza, now=now)
    first.refresh_from_db()
    assert (first.letter_number, first.sent_back_why) == ("۱/ش/۱۴۰۵", "ماه خرداد نادرست است.")
    assert second.letter_number == "۲/ش/۱۴۰۵"


def test_the_database_gives_no_number_twice(case: Case, mina: Actor, reza: Actor, now: datetime) -> None:
    answer = approve(answer=handed_in(case, mina, now), by=reza, now=now)
    fields = {"case": case, "number": 9, "outcome": "served", "text": "x", "reason": "x", "drafted_at": now}
    place = {"register_path": answer.register_path, "register_year": 1405, "serial": 1, "letter_number": "x"}
    signed = {"approved_at": now, "approved_by": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(**fields, **place, **signed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(**fields, **{**place, "serial": 7})


def test_the_pattern_of_an_office_holds_for_those_below_and_from_then_on(
    case: Case, make_case: MakeCase, mina: Actor, reza: Actor, nima: Actor, now: datetime
) -> None:
    set_pattern(unit_path="ir/alborz/", pattern="{number}/{subject}/ص/البرز/{year}", by=nima, now=now)
    assert approve(answer=handed_in(case, mina, now), by=reza, now=now).letter_number == "۱/ش/ص/البرز/۱۴۰۵"
    set_pattern(unit_path="ir/alborz/nazarabad/", pattern="ن-{year}-{number}", by=reza, now=now)
    second = make_case()
    assert approve(answer=handed_in(second, mina, now), by=reza, now=now).letter_number == "ن-۱۴۰۵-۲"
    assert Register.objects.get(unit_path="ir/alborz/nazarabad/").last == 2


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{number}",
        "{year}",
        "{number}/{year}/{sender}",
        "{number:>9}/{year}",
        "{number}/{year",
        "{number}{year}" * 9,
    ],
)
def test_a_pattern_without_number_and_year_is_refused(pattern: str, reza: Actor, now: datetime) -> None:
    with pytest.raises(PatternUnclear, match=r"\{number\}"):
        set_pattern(unit_path="ir/alborz/nazarabad/", pattern=pattern, by=reza, now=now)


def test_a_pattern_is_set_by_who_may_for_their_own_office(mina: Actor, reza: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        set_pattern(unit_path="ir/alborz/nazarabad/", pattern="{number}/{year}", by=mina, now=now)
    with pytest.raises(NotYourRegister):
        set_pattern(unit_path="ir/alborz/", pattern="{number}/{year}", by=reza, now=now)


def test_the_gate_refuses_and_says_all_that_is_missing(case: Case, mina: Actor, now: datetime) -> None:
    answer = draft(case=case, words=replace(WORDS, text="بررسی شد.", next_step=""), by=mina, now=now)
    with pytest.raises(TooEmpty) as refused:
        submit(answer=answer, by=mina, now=now)
    assert refused.value.faults == (Fault.NO_NEXT_STEP, Fault.BOILERPLATE)
    assert "گام بعدی" in str(refused.value)
    assert Case.objects.get(pk=case.pk).state == State.DRAFTED


def test_the_same_text_again_is_refused_to_the_same_clerk(
    case: Case, make_case: MakeCase, mina: Actor, reza: Actor, now: datetime
) -> None:
    draft_and_submit(case=case, words=WORDS, by=mina, now=now)
    second = make_case()
    with pytest.raises(TooEmpty):
        draft_and_submit(case=second, words=WORDS, by=mina, now=now)
    assert not second.answers.exists()
    second.refresh_from_db()
    draft_and_submit(case=second, words=replace(WORDS, shared=True), by=mina, now=now)
    answer_at_once(case=make_case(), words=WORDS, how="phone", by=reza, now=now)


def test_a_head_lets_it_through_and_says_why(
    case: Case, make_case: MakeCase, mina: Actor, reza: Actor, now: datetime
) -> None:
    draft_and_submit(case=case, words=WORDS, by=mina, now=now)
    second = make_case()
    answer = draft(case=second, words=WORDS, by=mina, now=now)
    with pytest.raises(NotAllowed):
        let_through(answer=answer, why="همان کارگاه", by=mina, now=now)
    with pytest.raises(ReasonMissing):
        let_through(answer=answer, why=" ", by=reza, now=now)
    let_through(answer=answer, why="همان کارگاه، همان حکم", by=reza, now=now)
    assert (second.state, answer.let_through_by) == (State.AWAITING_APPROVAL, reza.code)
    assert Entry.objects.get(verb="case.let_through").facts["faults"] == "same_text"
    assert approve(answer=answer, by=reza, now=now).approved_at == now


def test_at_once_too_only_with_a_reason(case: Case, reza: Actor, now: datetime) -> None:
    empty = replace(WORDS, text="اقدام شد.")
    with pytest.raises(TooEmpty):
        answer_at_once(case=case, words=empty, how="phone", by=reza, now=now)
    answer = answer_at_once(case=case, words=empty, how="phone", by=reza, now=now, anyway="پای تلفن گفته شد.")
    assert answer.let_through_why == "پای تلفن گفته شد."


def test_what_was_answered_elsewhere_is_written_down_without_number_or_judgement(case: Case, now: datetime) -> None:
    words = replace(WORDS, text="انجام شد.", next_step="")
    answer = answer_at_once(case=case, words=words, how="imported", by=system("import"), now=now)
    assert (answer.serial, answer.letter_number, answer.delivered_at) == (None, "", now)


def test_the_fingerprint_changes_with_every_word(case: Case, make_case: MakeCase, nima: Actor, now: datetime) -> None:
    prints = set()
    for text in ("حق بیمه وصول شد.", "حق بیمه وصول نشد."):
        words = replace(WORDS, text=text)
        prints.add(answer_at_once(case=make_case(), words=words, how="phone", by=nima, now=now).fingerprint)
    assert len(prints) == 2
    assert all(len(one) == 64 for one in prints)


def test_signed_in_full_nobody_signs_again(case: Case, mina: Actor, reza: Actor, nima: Actor, now: datetime) -> None:
    answer = approve(answer=handed_in(case, mina, now), by=reza, now=now)
    with pytest.raises(CaseCannotMove):
        approve(answer=answer, by=nima, now=now)
    assert deliver(answer=answer, how="in_person", by=reza, now=now).serial == 1
