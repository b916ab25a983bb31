"""Somebody reports without a name, answers a question and is answered twice; nothing kept could tell who it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import NAZARABAD, Receipt, answers_at_once, hands_over, opens
from tests.stories.product import kept_in
from tests.stories.visitor import DESK, PHONE, Visitor

TEXT = "در انبار کارگاه دو کارگر زیر پانزده سال بار خالی می‌کنند."
QUESTION = "در کدام روز و ساعت آنجا هستند؟"
REPLY = "شنبه‌ها تا دوشنبه‌ها از ساعت شش صبح تا ظهر."
ANSWERS = {
    "fa": "بازرس شنبه به کارگاه رفت و دو نوجوان را از کار بیرون آورد.",
    "en": "کارگاه بازدید شد؛ کار نوجوانان متوقف و پرونده به دادسرا فرستاده شد.",
}
REASON = "بازرسی ماده ۷۹ قانون کار: کار کمتر از پانزده سال ممنوع است."
NEXT = "اگر دوباره دیدید با همین رسید بنویسید."
OBJECTION = "یکی از آن دو دوشنبه باز آنجا بود."
SECONDS = {
    "fa": "بازرس دوشنبه سرزده رفت؛ کارفرما جریمه شد و انبار تا رسیدگی بسته ماند.",
    "en": "بازدید دوم انجام شد و کارفرما این بار به دادگاه معرفی شد.",
}
UPHELD = "بازدید نخست کافی نبود."


@pytest.mark.parametrize(("lang", "size"), [("fa", PHONE), ("en", DESK)], ids=["fa-390", "en-1366"])
def test_a_reporter_stays_unknown_and_is_answered_twice(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    other = DESK if size == PHONE else PHONE

    def arrive(username: str = "") -> Visitor:
        who = meet(username, lang=lang, size=other if username else size)
        who.own |= {TEXT, QUESTION, REPLY, REASON, NEXT, OBJECTION, UPHELD, ANSWERS[lang], SECONDS[lang], NAZARABAD}
        return who

    reporter = arrive()
    receipt = _reports(reporter)
    mina, reza, nima = map(arrive, ("mina", "reza", "nima"))
    case = _asks(mina)
    # Another place, another browser: only the receipt in the hand.
    later = arrive()
    _replies(later, receipt)
    _answers(mina, reza, case)
    _objects(later, receipt)
    _answers_again(nima, case)
    _opens_box(later, receipt)
    for words in (ANSWERS[lang], SECONDS[lang]):
        later.sees(words)
    later.look("report-answered-twice")
    held = kept_in(later.product)
    for who in (reporter, later):
        assert who.address not in held
    for secret in (receipt, receipt.replace("-", "")):
        assert secret not in held
    assert TEXT in held, "the whole was looked through"


def _reports(reporter: Visitor) -> str:
    reporter.go("/report/")
    reporter.look("report")
    reporter.press("Send the report")
    reporter.is_told("Write in a few words what your matter is.")
    reporter.choose("office", NAZARABAD)
    reporter.write(text=TEXT)
    reporter.page.locator("[name=papers]").set_input_files([filing.photo()])
    reporter.press("Send the report")
    reporter.is_told("Your report is registered")
    reporter.look("report-receipt")
    receipt = reporter.page.locator("#receipt").inner_text()
    assert len(receipt.replace("-", "")) == 16
    return receipt


def _asks(mina: Visitor) -> Receipt:
    """It stands in the cartable like any other; what it lacks is asked by the receipt."""
    mina.go("/staff/search/?channel=anonymous")
    mina.page.locator("table.table-cases a[href^='/staff/cases/']").first.click()
    mina.sees(TEXT)
    case = Receipt(mina.page.url.rstrip("/").split("/")[-1], "")
    mina.look("staff-report")
    mina.press("Messages with the person")
    mina.write(text=QUESTION)
    mina.press("Send")
    mina.sees(QUESTION)
    mina.look("messages")
    return case


def _opens_box(reporter: Visitor, receipt: str) -> None:
    reporter.go("/report/box/")
    reporter.write(receipt=receipt)
    reporter.press("Open the report")


def _replies(reporter: Visitor, receipt: str) -> None:
    reporter.go("/report/box/")
    reporter.write(receipt="AAAA-BBBB-CCCC-DDDD")
    reporter.press("Open the report")
    reporter.is_told("No report has this receipt. Check each letter of it.")
    reporter.look("report-door")
    _opens_box(reporter, receipt)
    reporter.sees(QUESTION)
    reporter.page.locator("[name=back-text]").fill(REPLY)
    reporter.press("Send")
    reporter.sees(REPLY)
    reporter.look("report-box")


def _answers(mina: Visitor, reza: Visitor, case: Receipt) -> None:
    opens(mina, case)
    mina.page.get_by_role("link", name=mina.word("Messages with the person")).click()
    mina.sees(REPLY)
    opens(mina, case)
    mina.press("Write the answer", within="#work")
    mina.choose("outcome", "upheld")
    mina.write(text=ANSWERS[mina.lang], reason=REASON, next_step=NEXT)
    mina.press("Save and hand in for approval")
    opens(reza, case)
    reza.press("Approve", within="#work")
    hands_over(reza, look="deliver-to-nobody")
    reza.is_told("The answer was delivered. What your office owed is done.")


def _objects(reporter: Visitor, receipt: str) -> None:
    _opens_box(reporter, receipt)
    reporter.sees(ANSWERS[reporter.lang])
    reporter.look("report-answered")
    reporter.page.locator("[name=back-text]").fill(OBJECTION)
    reporter.press("I do not accept the answer")
    reporter.is_told("Your objection is registered. The level above the office decides on it.")
    expect(reporter.page.locator("main [role=status]")).to_be_visible()


def _answers_again(nima: Visitor, case: Receipt) -> None:
    opens(nima, case)
    nima.press("Uphold the objection", within="#work")
    nima.write(why=UPHELD)
    nima.press("Uphold the objection", within="#work")
    answers_at_once(nima, look="second-answer-to-nobody", text=SECONDS[nima.lang], reason=REASON, next_step=NEXT)
