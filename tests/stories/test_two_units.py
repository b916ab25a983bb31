"""Wages not paid: two units are asked, a closure is announced meanwhile, and one answer is made of both parts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils import translation
from playwright.sync_api import expect

from takrim.base import clock, jalali
from takrim.web.parts.templatetags.takrim import jdate
from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import Receipt, hands_over, opens
from tests.stories.visitor import DESK, WINDOWS, Visitor

SUBJECT = "مزد دو ماه کارگران کارگاه پرداخت نشده"
TASK = "سابقهٔ مزد و بیمهٔ کارگران این کارگاه را بنویسید."
PARTS = {
    "hadi": "بازرسی انجام شد: مزد مهر و آبان هفت کارگر پرداخت نشده است.",
    "nima": "کارفرما تعهد داد هر دو ماه را تا پایان آذر در دو قسط بپردازد.",
}
ENDS = {
    ("fa", 1366): "اگر قسط نخست نرسید همین‌جا بنویسید.",
    ("fa", 390): "رسید قسط نخست را نگه دارید.",
    ("en", 1366): "قسط دوم با مزد آذر می‌آید.",
    ("en", 390): "بازرس ده روز دیگر دوباره سر می‌زند.",
}
REASON = "فهرست مزد کارگاه و گزارش بازرس با گفتهٔ شما می‌خواند."
NEXT = "اگر تا پایان آذر پرداخت نشد، دادخواست در سامانه جامع روابط کار ثبت کنید."
CLOSED = "قطع برق ساختمان"


@WINDOWS
def test_a_wage_complaint_is_answered_from_two_parts_by_a_date_that_moved(
    meet: Meet, lang: str, size: tuple[int, int]
) -> None:
    def arrive(username: str = "") -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {SUBJECT, TASK, REASON, NEXT, CLOSED, filing.NAME, *PARTS.values(), ENDS[lang, size[0]]}
        return who

    worker = arrive()
    receipt = _files(worker)
    mina, hadi, nima, reza = map(arrive, ("mina", "hadi", "nima", "reza"))
    _asks_two(mina, receipt)
    day, due = _a_day_that_counts(worker, receipt)
    _announces(nima, day)
    _sees_the_date_moved(worker, receipt, day, due)
    _sees_why(mina, receipt, due)
    for who in (hadi, nima):
        _replies(who, receipt)
    _accepts_both(reza, receipt)
    _makes_one_answer(mina, receipt)
    _delivers(reza, receipt)
    _reads(worker, receipt)


def _files(worker: Visitor) -> Receipt:
    worker.go("/file/what/")
    filing.say_what(worker, subject=SUBJECT, card="")
    worker.press("Go on")
    worker.write(text="کارفرما مزد مهر و آبان هفت نفر ما را نداده و حق بیمه را هم واریز نکرده است.")
    worker.press("Go on")
    worker.write(name=filing.NAME, mobile="09351112277")
    worker.press("Go on")
    receipt = filing.send(worker)
    worker.press("Track this case")
    return receipt


def _asks_two(mina: Visitor, receipt: Receipt) -> None:
    opens(mina, receipt)
    mina.press("Refer", within="#work")
    mina.write(to="روابط کار استان البرز", to_second="ir/alborz/", task=TASK)
    mina.look("refer-to-two")
    mina.press("Refer", within="#work")
    mina.is_told("The case was referred.")
    expect(mina.page.locator("#referrals > ul > li")).to_have_count(2)


def _a_day_that_counts(worker: Visitor, receipt: Receipt) -> tuple[date, str]:
    """A working day some days ahead that the count of the date has counted, and the date itself."""
    worker.go(f"/track/{receipt.bare}/count/")
    worker.look("count-before")
    counted = worker.page.locator(".day-counted").all_inner_texts()
    today = clock.local_date(clock.now())
    with translation.override(worker.lang):
        ahead = [today + timedelta(days=n) for n in range(3, 30)]
        day = next(day for day in ahead if any(f" {jdate(day)}" in text for text in counted))
    return day, worker.page.locator(".day-due strong").inner_text()


def _announces(nima: Visitor, day: date) -> None:
    nima.go("/staff/closures/")
    town = "نظرآباد" if nima.lang == "fa" else "Nazarabad"
    office = nima.page.locator("[name=unit] option", has_text=town).first.get_attribute("value")
    nima.choose("unit", office or "")
    nima.write(day=jalali.numeric(day, "fa"), reason_fa=CLOSED, reason_en=CLOSED)
    nima.press("Announce")
    nima.is_told("The closed day was announced. Open dates are being counted anew.")


def _sees_the_date_moved(worker: Visitor, receipt: Receipt, day: date, due: str) -> None:
    """The worker of the product counts anew a moment later; the page then says so, and the count says why."""
    moved = re.compile(re.escape(worker.word("The working calendar changed")[:24]) if worker.lang == "en" else "تقویم")
    for _ in range(60):
        worker.go(f"/track/{receipt.bare}/")
        if worker.page.locator(".timeline").get_by_text(moved).count():
            break
        worker.page.wait_for_timeout(500)
    expect(worker.page.locator(".timeline")).to_contain_text(moved)
    expect(worker.page.locator(".panel-accent strong")).not_to_have_text(due)
    worker.look("date-moved")
    worker.go(f"/track/{receipt.bare}/count/")
    with translation.override(worker.lang):
        closed = worker.page.locator(".day-skipped_closed", has_text=re.compile(rf"\s{jdate(day)}"))
    expect(closed).to_contain_text(CLOSED)
    worker.look("count-after")


def _sees_why(mina: Visitor, receipt: Receipt, due: str) -> None:
    opens(mina, receipt)
    expect(mina.page.locator(".timeline")).to_contain_text(due.split(" ", maxsplit=1)[0])
    mina.look("staff-date-moved")


def _replies(who: Visitor, receipt: Receipt) -> None:
    name = next(name for name in PARTS if name in who.own)
    opens(who, receipt)
    who.sees(TASK)
    who.press("Reply to the referral", within="#referrals")
    who.write(text=PARTS[name])
    who.press("Send the reply")
    who.is_told("The reply was sent to the office that asked.")


def _accepts_both(reza: Visitor, receipt: Receipt) -> None:
    opens(reza, receipt)
    for part in PARTS.values():
        reza.sees(part)
    reza.look("two-parts")
    for _ in PARTS:
        reza.press("Accept the reply", within="#referrals")
        reza.is_told("The reply was accepted.")


def _makes_one_answer(mina: Visitor, receipt: Receipt) -> None:
    opens(mina, receipt)
    mina.press("Write the answer", within="#work")
    mina.page.locator("#work a[href*='replies=1']").click()
    mina.settle()
    begun = mina.page.locator("#work [name=text]").input_value()
    assert all(part in begun for part in PARTS.values()), begun
    mina.write(text=f"{begun}\n\n{ENDS[mina.lang, mina.size[0]]}", reason=REASON, next_step=NEXT)
    mina.choose("outcome", "upheld")
    mina.look("one-of-two", closely=mina.size == DESK)
    mina.press("Save and hand in for approval")
    mina.is_told("The draft was handed in for approval.")


def _delivers(reza: Visitor, receipt: Receipt) -> None:
    opens(reza, receipt)
    reza.press("Approve", within="#work")
    hands_over(reza)
    reza.is_told("The answer was delivered. What your office owed is done.")


def _reads(worker: Visitor, receipt: Receipt) -> None:
    worker.go(f"/track/{receipt.bare}/")
    for words in (*PARTS.values(), ENDS[worker.lang, worker.size[0]]):
        worker.sees(words)
    worker.look("answer-of-two-parts")
