"""Registers prove that no number was reused or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from takrim.cases import registers
from takrim.cases.actions_answer import Words, answer_at_once, send_back
from takrim.cases.models import Answer, Register
from takrim.orgs.actor import Actor
from tests.people import MakeCase

WORDS = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


def answers(make_case: MakeCase, by: Actor, now: datetime, many: int) -> list[Answer]:
    return [
        answer_at_once(
            case=(case := make_case()), words=replace(WORDS, text=f"{WORDS.text} {case.code}"), how="", by=by, now=now
        )
        for _turn in range(many)
    ]


def test_a_number_that_was_taken_back_stays_with_its_reason(make_case: MakeCase, reza: Actor, now: datetime) -> None:
    _one, two, _three = answers(make_case, reza, now, 3)
    send_back(answer=two, why="نام کارگاه نادرست است.", by=reza, now=now)
    register = Register.objects.get()
    sheet = registers.sheet(register)
    assert (sheet.last, sheet.issued, sheet.cancelled, sheet.missing, sheet.is_whole) == (3, 2, 1, (), True)
    assert [one.sent_back_why for one in registers.cancelled(register)] == ["نام کارگاه نادرست است."]
    assert registers.sheets([register]) == [sheet]
    assert [one.serial for one in registers.numbers(register, None, 2)] == [3, 2]
    assert [one.serial for one in registers.numbers(register, 2, 2)] == [1]


def test_a_number_that_stands_nowhere_is_named(make_case: MakeCase, reza: Actor, now: datetime) -> None:
    answers(make_case, reza, now, 2)
    Register.objects.update(last=5)
    sheet = registers.sheet(Register.objects.get())
    assert (sheet.missing, sheet.is_whole) == ((3, 4, 5), False)
    assert not registers.sheets(Register.objects.all())[0].is_whole


def test_a_pattern_is_shown_on_the_next_numbers(make_case: MakeCase, reza: Actor, now: datetime) -> None:
    answers(make_case, reza, now, 2)
    shown = registers.examples("{year}-{subject}-{number}", "ir/alborz/nazarabad/", now)
    assert shown[0] == "۱۴۰۵-ش-۳"
    assert len(set(shown)) == 3
