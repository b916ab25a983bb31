"""What happens to a case is written to the person it belongs to: once, in their language, without secrets on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from takrim.base.codes import pretty, pretty_secret
from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_end import mark_duplicate, object_to, refuse, withdraw
from takrim.cases.actions_intake import ask_completion, complete, secret_of
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.journal.follow import catch_up, rewind
from takrim.journal.models import Entry
from takrim.letters.kind import filled
from takrim.letters.models import Letter, Way
from takrim.letters.write import READER
from takrim.orgs.actor import Actor, system
from takrim.surveys import links
from tests.domain.letters.conftest import Written
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db
WORDS = Words(
    outcome="upheld",
    text="حقوق شما پرداخت شد.",
    reason="مدارک کامل بود.",
    next_step="نتیجه تا ده روز در حساب شما دیده می‌شود.",
    legal_ground="ماده ۳۷",
)
BY_MAIL = Sender(name="زهرا اکبری", email="zahra@example.ir")


def answer(case: Case, *, at: Any = NOW) -> None:
    answer_at_once(case=case, words=WORDS, how="phone", by=system("test"), now=at)


def test_a_receipt_carries_number_secret_and_date(case: Case, written: Written) -> None:
    (receipt,) = written()
    said = filled(receipt)
    assert (receipt.kind, receipt.way, receipt.to, receipt.lang) == ("receipt", Way.SMS, "09121234567", "fa")
    assert pretty(case.code) in said
    assert pretty_secret(secret_of(case)) in said
    assert "پاسخ تا" in said
    assert f"https://takrim.example.ir/track/?code={case.code}" in said


def test_the_secret_lies_in_no_table(case: Case, written: Written) -> None:
    (receipt,) = written()
    secret = secret_of(case)
    kept = str(vars(receipt)) + str([entry.facts for entry in Entry.objects.all()])
    assert secret not in kept
    assert pretty_secret(secret) not in kept


def test_a_letter_speaks_the_language_of_its_reader(make_case: MakeCase, written: Written) -> None:
    make_case(lang="en")
    (receipt,) = written()
    assert "your case is registered" in receipt.body
    assert receipt.body.isascii() or "⟦" in receipt.body


def test_reading_the_journal_again_writes_no_second_letter(case: Case, mina: Actor, written: Written) -> None:
    answer(case)
    before = [(letter.pk, letter.body) for letter in written()]
    rewind(READER)
    catch_up(READER)
    assert [(letter.pk, letter.body) for letter in Letter.objects.order_by("id")] == before


def test_who_left_no_address_is_not_written_to(make_case: MakeCase, written: Written) -> None:
    make_case(kind="report", sender=Sender())
    make_case(sender=Sender(name="زهرا", address="کرج، خیابان بهار"))
    assert written() == []


def test_imported_matters_were_told_elsewhere(make_case: MakeCase, written: Written) -> None:
    answer(make_case(channel="imported"))
    assert written() == []


def test_an_answer_is_told_and_a_day_later_judged(case: Case, written: Written) -> None:
    answer(case)
    (told,), (survey,) = written("answer"), written("survey")
    assert (told.kind, told.next_try_at) == ("answer", NOW)
    assert "می‌توانید اعتراض کنید" in told.body
    assert (survey.kind, survey.next_try_at) == ("survey", NOW + timedelta(days=1))
    token = survey.body.rsplit("/survey/", 1)[1].strip("/")
    assert links.read(token) == (case.code, 1)


def test_the_words_of_the_answer_go_by_mail_and_never_by_sms(make_case: MakeCase, written: Written) -> None:
    for sender in (BY_MAIL, Sender(mobile="09121234567")):
        answer(make_case(sender=sender))
    mail, sms = written("answer")
    assert all(part in mail.body for part in (WORDS.text, WORDS.reason, "ماده ۳۷", "وارد دانسته شد"))
    assert WORDS.text not in sms.body


def test_a_second_answer_is_a_second_occasion(case: Case, zahra: Actor, written: Written) -> None:
    answer(case)
    object_to(case=case, text="قبول ندارم", by=zahra, now=NOW + timedelta(hours=1))
    written()
    answer(case, at=NOW + timedelta(days=2))
    kinds = [letter.kind for letter in written()]
    assert kinds.count("answer") == kinds.count("survey") == 2
    assert kinds.count("reopened") == 1
    tokens = [letter.body.rsplit("/survey/", 1)[1].strip("/") for letter in written("survey")]
    assert [links.read(token) for token in tokens] == [(case.code, 1), (case.code, 2)]


def test_what_is_missing_is_told_while_it_is_missing(make_case: MakeCase, mina: Actor, written: Written) -> None:
    case = make_case(sender=BY_MAIL)
    ask_completion(case=case, what="تصویر قرارداد", by=mina, now=NOW)
    (asked,) = written("completion_asked")
    assert "تصویر قرارداد" in asked.body


def test_what_was_completed_before_the_letter_was_written_is_not_asked_for(
    case: Case, mina: Actor, zahra: Actor, written: Written
) -> None:
    ask_completion(case=case, what="تصویر قرارداد", by=mina, now=NOW)
    complete(case=case, text="فرستادم", by=zahra, now=NOW)
    assert written("completion_asked") == []


def test_a_refusal_tells_its_reason(make_case: MakeCase, reza: Actor, written: Written) -> None:
    refuse(case=make_case(sender=BY_MAIL), reason="این دعوا در صلاحیت دادگاه است", by=reza, now=NOW)
    (told,) = written("refused")
    assert "این دعوا در صلاحیت دادگاه است" in told.body


def test_a_repetition_does_not_name_the_other_case(make_case: MakeCase, mina: Actor, written: Written) -> None:
    first, second = make_case(), make_case(sender=Sender(mobile="09350000000"))
    mark_duplicate(case=second, original=first, by=mina, now=NOW)
    (told,) = written("duplicate")
    assert (told.to, told.subject) == ("09350000000", second.code)
    assert first.code not in told.body
    assert pretty(first.code) not in told.body


def test_who_withdraws_needs_no_letter(case: Case, zahra: Actor, written: Written) -> None:
    withdraw(case=case, reason="حل شد", by=zahra, now=NOW)
    assert [letter.kind for letter in written()] == ["receipt"]


@pytest.mark.parametrize("name", ["زهرا\r\nBcc: all@example.ir", "a, b@example.ir", "x\u202ey {secret} ⟦secret⟧"])
def test_a_name_adds_no_header_and_no_words(make_case: MakeCase, written: Written, name: str) -> None:
    answer(make_case(sender=Sender(name=name, email="zahra@example.ir")))
    for letter in written():
        assert "\n" not in letter.to + letter.title
        assert "Bcc" not in letter.body + letter.title
        assert letter.to == "zahra@example.ir"


def test_a_line_break_in_an_address_stays_within_its_line(make_case: MakeCase, written: Written) -> None:
    make_case(sender=Sender(email="zahra@example.ir\r\nBcc: all@example.ir"))
    (letter,) = written()
    assert "\n" not in letter.to
    assert "\r" not in letter.to


def test_braces_of_people_are_only_letters(make_case: MakeCase, mina: Actor, written: Written) -> None:
    case = make_case(sender=BY_MAIL)
    ask_completion(case=case, what="{secret} {0} {code!r} %s", by=mina, now=NOW)
    (asked,) = written("completion_asked")
    assert "{secret} {0} {code!r} %s" in asked.body


def test_a_batch_costs_the_same_for_few_and_for_many(
    make_case: MakeCase, django_assert_num_queries: Any, written: Written
) -> None:
    written()
    for size in (2, 30):
        for _ in range(size):
            make_case()
        with django_assert_num_queries(15, exact=False):
            catch_up(READER)
    assert Letter.objects.count() == 32


def test_neither_words_nor_addresses_are_in_a_letters_name(case: Case, written: Written) -> None:
    (receipt,) = written()
    assert str(receipt) == f"receipt {receipt.pk}"
    assert "0912" not in repr(receipt)
