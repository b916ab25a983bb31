"""After the answer: judged on a tablet, by SMS and on the telephone; and what an office changes on quiet days."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count

from playwright.sync_api import expect

from takrim.base import clock, jalali
from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import Receipt, answers_at_once, opens
from tests.stories.product import REPLIES
from tests.stories.visitor import DESK, PHONE, WINDOWS, Visitor

SUBJECT = "پرسش از زمان صدور کارت"
ANSWERS = {
    ("fa", 1366): "کارت شما چاپ شد و فردا در میز خدمت آماده است.",
    ("fa", 390): "نوبت چاپ به پرونده شما رسید؛ پنجشنبه با پیامک خبر می‌دهیم.",
    ("en", 1366): "نشانی پستی درست بود و بسته دیروز به پست سپرده شد.",
    ("en", 390): "عکس تازه رسید و جای عکس ناخوانا نشست؛ دیگر کاری نمانده است.",
}
REASON = "مدارک روز دوم کامل شد و بازبین همان روز تأیید کرد."
NEXT = "با کارت ملی به میز خدمت بیایید؛ روزهای کاری تا ساعت دو."
# What the office writes into its card and its hours.
CARD, NOTE, HOURS = "worker-sport", "ساعت تابستانی نظرآباد", "07:00-13:00"
_SMS = count(1)
_LAST = ("en", PHONE)


@WINDOWS
def test_people_judge_in_every_way_and_the_office_goes_on(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    def arrive(username: str = "") -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {SUBJECT, ANSWERS[lang, size[0]], REASON, NEXT, NOTE, filing.NAME, "takrim"}
        return who

    receipt = _is_answered(arrive(), arrive("reza"))
    _judges_on_the_tablet(arrive("sara"), arrive, receipt)
    _answers_by_sms(arrive("operator"))
    _is_called(arrive("pari"))
    nima = arrive("nima")
    _changes_a_card(nima)
    _sets_hours(nima)


def _is_answered(worker: Visitor, reza: Visitor) -> Receipt:
    worker.go("/file/what/")
    filing.say_what(worker, kind="question", subject=SUBJECT, card="")
    worker.press("Go on")
    worker.write(text="کارت مهارت من کی صادر می‌شود؟ دو هفته پیش مدارک را آوردم.")
    worker.press("Go on")
    worker.write(name=filing.NAME, mobile="09351112299")
    worker.press("Go on")
    receipt = filing.send(worker)
    opens(reza, receipt)
    answers_at_once(reza, text=ANSWERS[reza.lang, reza.size[0]], reason=REASON, next_step=NEXT)
    return receipt


def _judges_on_the_tablet(sara: Visitor, arrive: Meet, receipt: Receipt) -> None:
    """Sara sets it up; on a device of its own somebody types a wrong number, then their own, and answers."""
    sara.go("/staff/tablet/")
    sara.look("tablet-set-up")
    address = sara.page.locator(".long-address a").get_attribute("href") or ""
    tablet = arrive()
    tablet.go(address)
    tablet.write(code="05-0000-0000-0")
    tablet.press("Begin")
    tablet.look("tablet-unknown-number")
    tablet.write(code=receipt.code)
    tablet.press("Begin")
    for screen in range(20):
        faces = tablet.page.locator("button.face")
        if not faces.count():
            break
        if screen == 0:
            tablet.look("tablet-question")
        faces.last.click()
        tablet.settle()
    tablet.look("tablet-objection")
    tablet.press("No, I am done")
    tablet.is_told("Your opinion is recorded without your name and counts in the evaluation of this office.")
    tablet.look("tablet-thanks")
    tablet.press("Next person")
    tablet.write(code=receipt.code)
    tablet.press("Begin")
    expect(tablet.page.locator("#unknown")).to_be_visible()


def _answers_by_sms(operator: Visitor) -> None:
    """Somebody whom a survey was sent to sends one number back; somebody else sends what nobody understands."""
    before = _not_understood(operator)
    mobile = _judged_by_sms(operator, before)
    _sends(operator, mobile="09350000000", text="سلام خسته نباشید")
    assert _not_understood(operator) == before + 1
    operator.sees("سلام خسته نباشید")
    operator.look("replies")
    operator.press("Read")
    assert mobile not in operator.reads("/operator/replies/")[1]


def _judged_by_sms(operator: Visitor, before: int) -> str:
    """Of the surveys in the outbox one is unanswered yet: a reply to it is not listed as not understood."""
    for address in _surveys(operator):
        found = re.search(r"\b09\d{9}\b", operator.reads(address)[1])
        if found is None:
            continue
        _sends(operator, mobile=found[0], text="۴")
        if _not_understood(operator) == before:
            return found[0]
        operator.press("Read")
    raise AssertionError("no survey waits for an answer")


def _surveys(operator: Visitor) -> list[str]:
    """The addresses of the surveys in the outbox, the newest first."""
    found: list[str] = []
    path: str | None = "/operator/outbox/"
    while path:
        operator.go(path)
        kind = operator.page.get_by_text(operator.word("Survey"), exact=True)
        links = operator.page.locator("main tbody th").filter(has=kind).locator("a").all()
        found += [link.get_attribute("href") or "" for link in links]
        further = operator.page.locator("a[rel=next]")
        path = further.get_attribute("href") if further.count() else None
    return found


def _sends(operator: Visitor, *, mobile: str, text: str) -> None:
    """The provider hands in what came from a telephone."""
    sent: dict[str, str | float | bool] = {
        "id": f"{operator.lang}-{operator.size[0]}-{next(_SMS)}",
        "from": mobile,
        "text": text,
    }
    address = f"{operator.product.address}/sms/received/"
    answer = operator.context.request.post(address, form=sent, headers={"X-Takrim-Key": REPLIES})
    assert answer.status == 204


def _not_understood(operator: Visitor) -> int:
    operator.go("/operator/replies/")
    return operator.page.locator("main tbody tr").count()


def _is_called(pari: Visitor) -> None:
    """One call waits in the small demonstration: looked at in every window, answered in the last."""
    pari.go("/staff/calls/")
    pari.look("calls")
    taken = pari.thing("Go on with the call you have taken")
    if not taken.count() and not pari.thing("Take the next call").count():
        return
    pari.press("Go on with the call you have taken" if taken.count() else "Take the next call")
    pari.own |= {pari.page.locator("main .page-head").inner_text()}
    pari.look("call")
    if (pari.lang, pari.size) != _LAST:
        return
    for scale in pari.page.locator(".field-scale").all():
        scale.locator("input").nth(1).check()
    pari.press("Keep the answers")
    pari.is_told("The answers are kept. The thanks go by SMS, after a bad mark with the objection.")


def _changes_a_card(nima: Visitor) -> None:
    """What is typed wrongly is said beside it; what is kept is shown word by word, and thrown away again."""
    nima.go(f"/staff/cards/{CARD}/edit/")
    nima.look("card-form", closely=nima.size == DESK)
    nima.write(title_fa="")
    nima.press("Keep the draft and show what it changes")
    nima.is_told("What you typed is kept.")
    nima.write(title_fa="ورزش کارگران")
    nima.press("Keep the draft and show what it changes")
    expect(nima.page.locator("dl.changes ins, dl.changes del").first).to_be_visible()
    nima.look("card-draft")
    nima.press("Throw the draft away")
    expect(nima.page.locator("dl.changes")).to_have_count(0)


def _sets_hours(nima: Visitor) -> None:
    """Hours of one office for some days to come, and their withdrawal with a reason."""
    since = clock.local_date(clock.now()) + timedelta(days=100)
    nima.go("/staff/calendar/weeks/")
    town = "نظرآباد" if nima.lang == "fa" else "Nazarabad"
    office = nima.page.locator("[name=unit] option", has_text=town).first.get_attribute("value")
    nima.choose("unit", office or "")
    nima.write(since=jalali.numeric(since, "fa"), until=jalali.numeric(since + timedelta(days=5), "fa"))
    nima.write(note_fa=NOTE, note_en=NOTE)
    for day in nima.page.locator("main fieldset input").all()[:5]:
        day.fill(HOURS)
    nima.press("Set opening hours")
    nima.is_told("The opening hours were set. Open dates are being counted anew.")
    nima.look("dates-that-moved")
    nima.go("/staff/calendar/weeks/")
    nima.sees(NOTE)
    nima.look("weeks")
    nima.page.locator("li", has_text=NOTE).locator("a[href*=withdraw]").first.click()
    nima.write(why="بخشنامه لغو شد.")
    nima.look("withdraw-hours")
    nima.press("Withdraw it")
    nima.go("/staff/calendar/")
    nima.look("year")
