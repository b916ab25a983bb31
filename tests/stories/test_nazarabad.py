"""From a complaint in Nazarabad to the league table: everything between a worker's words and an office's rank."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import NAZARABAD, Receipt, answers_at_once, hands_over, latin, opens
from tests.stories.visitor import WINDOWS, Visitor

TASK = "فهرست واریزی‌های دو ماه گذشته این بیمه‌شده را بفرستید."
REPLY = "حکم برقراری صادر شده ولی به بانک نرسیده بود؛ امروز فرستاده شد."
# Each window has its own words: the same clerk may not give one answer to several people.
ANSWERS = {
    ("fa", 1366): "مقرری دو ماه گذشته شما در لیست واریز این هفته است و تا پنجشنبه به حساب شما می‌رسد.",
    ("fa", 390): "حکم برقراری شما امروز به بانک رفت؛ هر دو ماه یکجا تا پایان هفته پرداخت می‌شود.",
    ("en", 1366): "بانک نبودن فایل شما را تأیید کرد. فایل تازه فرستاده شد و پول پس‌فردا در حساب است.",
    ("en", 390): "دو قسط عقب‌مانده بیمه بیکاری را در پرداخت فوری گذاشتیم؛ شنبه آینده آن را می‌بینید.",
}
REASON = "حکم برقراری مقرری صادر شده بود، ولی فایل واریز به بانک نرسیده بود."
LAW = "ماده ۷ قانون بیمه بیکاری"
OBJECTION = "پول فقط برای یک ماه واریز شد؛ ماه دیگر چه می‌شود؟"
SECONDS = {
    ("fa", 1366): "ماه دوم نیز امروز واریز شد؛ شماره پیگیری بانک در درگاه دیده می‌شود.",
    ("fa", 390): "بانک قسط جامانده را پیدا کرد و همین ساعت به حسابتان ریخت.",
    ("en", 1366): "کسری پرداخت جبران شد؛ رسید آن پیوست پرونده شماست.",
    ("en", 390): "اشتباه از ما بود: باقیمانده پول صبح امروز منتقل شد.",
}
NEXT = "واریز را در پیامک بانک ببینید؛ اگر تا شنبه نرسید، با تلفن همین اداره بگویید."
UPHELD = "فایل واریز ماه دوم جا مانده بود؛ اعتراض وارد است."
WORDS = {NEXT, UPHELD, filing.SUBJECT, filing.NAME, TASK, REPLY, REASON, LAW, OBJECTION, "نامه.jpg"}
WORDS |= {*ANSWERS.values(), *SECONDS.values()}


@WINDOWS
def test_from_a_complaint_in_nazarabad_to_the_league_table(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    def arrive(username: str = "") -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= WORDS
        return who

    worker, sara, hadi, mina, reza, nima = arrive(), *map(arrive, ("sara", "hadi", "mina", "reza", "nima"))
    before = _received(reza)
    _finds_the_card(worker)
    receipt = _files(worker)
    _tracks(arrive(), receipt)
    _refers(sara, receipt)
    _replies(hadi, receipt)
    _accepts_the_reply(reza, receipt)
    _drafts(mina, receipt)
    _approves_and_delivers(reza, receipt)
    _objects(worker, receipt)
    _upholds_and_answers_again(nima, receipt)
    _judges(worker, receipt)
    _until(lambda: _received(reza) == before + 1)
    reza.look("figures-desk")
    _reads_the_figures(worker)


def _finds_the_card(worker: Visitor) -> None:
    worker.look("home")
    worker.page.locator("#q").press_sequentially("بیمه بیکاری", delay=20)
    found = worker.page.locator("#found a").first
    expect(found).to_be_visible()
    worker.look("found", closely=False)
    found.click()
    worker.look("service")
    worker.press("File about this service")


def _files(worker: Visitor) -> Receipt:
    worker.look("before")
    worker.page.locator("main a[href*='/file/what/']").click()
    worker.press("Go on")
    worker.look("what-refused")
    filing.say_what(worker)
    worker.look("what", closely=False)
    worker.press("Go on")
    worker.write(text=filing.TEXT)
    worker.page.locator("[name=papers]").set_input_files([filing.photo()])
    worker.look("details")
    worker.press("Go on")
    worker.is_told("How do we reach you?")
    worker.page.go_back()
    expect(worker.page.locator("[name=text]")).to_have_value(filing.TEXT)
    worker.page.go_forward()
    _is_refused_and_keeps_what_was_typed(worker)
    worker.look("review")
    receipt = filing.send(worker)
    expect(worker.page.locator("img.qr")).to_be_visible()
    worker.look("receipt")
    worker.page.emulate_media(media="print")
    worker.look("receipt-print", closely=False)
    expect(worker.page.locator("nav.top-nav")).to_be_hidden()
    worker.page.emulate_media(media="screen")
    return receipt


def _is_refused_and_keeps_what_was_typed(worker: Visitor) -> None:
    worker.write(name=filing.NAME, mobile="0912", national_code="1234567890")
    worker.press("Go on")
    expect(worker.page.locator("[name=mobile]")).to_have_value("0912")
    expect(worker.page.locator("[name=name]")).to_have_value(filing.NAME)
    worker.look("contact-refused")
    worker.write(mobile="۰۹۱۲۱۲۳۴۵۶۷", national_code=filing.NATIONAL_CODE)
    worker.press("Go on")
    worker.is_told("Is everything right?")
    worker.sees(filing.SUBJECT)


def _tracks(stranger: Visitor, receipt: Receipt) -> None:
    """From another browser, with the paper in the hand."""
    stranger.go("/track/")
    stranger.look("track")
    stranger.write(code=receipt.code, secret="AAAA-AAAA")
    stranger.press("Show the case")
    expect(stranger.page.locator("[name=code]")).not_to_have_value("")
    stranger.look("track-refused", closely=False)
    stranger.write(code=receipt.code, secret=receipt.secret)
    stranger.press("Show the case")
    stranger.sees(filing.SUBJECT)
    stranger.look("case-registered")


def _refers(sara: Visitor, receipt: Receipt) -> None:
    sara.go("/staff/")
    sara.look("cartable")
    opens(sara, receipt)
    sara.look("staff-case")
    sara.press("Refer", within="#work")
    sara.write(to="روابط کار استان البرز", task=TASK)
    sara.look("refer")
    sara.press("Refer", within="#work")
    sara.is_told("The case was referred.")


def _replies(hadi: Visitor, receipt: Receipt) -> None:
    opens(hadi, receipt)
    hadi.sees(TASK)
    hadi.press("Reply to the referral", within="#referrals")
    hadi.write(text=REPLY)
    hadi.look("reply")
    hadi.press("Send the reply")
    hadi.is_told("The reply was sent to the office that asked.")


def _accepts_the_reply(reza: Visitor, receipt: Receipt) -> None:
    opens(reza, receipt)
    reza.sees(REPLY)
    reza.look("reply-to-judge")
    reza.press("Accept the reply")
    reza.is_told("The reply was accepted.")


def _drafts(mina: Visitor, receipt: Receipt) -> None:
    opens(mina, receipt)
    mina.press("Write the answer", within="#work")
    mina.choose("outcome", "upheld")
    mina.write(text=ANSWERS[mina.lang, mina.size[0]], reason=REASON)
    mina.write(legal_ground=LAW, next_step=NEXT)
    mina.look("draft")
    mina.press("Save and hand in for approval")
    mina.is_told("The draft was handed in for approval.")
    mina.look("handed-in", closely=False)


def _approves_and_delivers(reza: Visitor, receipt: Receipt) -> None:
    opens(reza, receipt)
    reza.look("to-approve", closely=False)
    reza.press("Approve", within="#work")
    reza.is_told("You signed the answer. With the last signature it has its number and can be delivered.")
    hands_over(reza, look="deliver")
    reza.is_told("The answer was delivered. What your office owed is done.")


def _objects(worker: Visitor, receipt: Receipt) -> None:
    worker.page.emulate_media(color_scheme="dark")
    worker.press("Track this case")
    worker.sees(ANSWERS[worker.lang, worker.size[0]])
    worker.sees(LAW)
    worker.look("case-answered-dark")
    worker.page.emulate_media(color_scheme="light")
    worker.look("case-answered", closely=False)
    worker.page.locator("#object summary").click()
    worker.page.locator("#object textarea").fill(OBJECTION)
    worker.press("Object", within="#object")
    expect(worker.page.locator("#answer, main").first).to_be_visible()
    worker.look("case-objected")


def _upholds_and_answers_again(nima: Visitor, receipt: Receipt) -> None:
    """The office's answer was objected to: the level above decides, and answers this time."""
    opens(nima, receipt)
    nima.look("objected")
    nima.press("Uphold the objection", within="#work")
    nima.write(why=UPHELD)
    nima.look("upholding")
    nima.press("Uphold the objection", within="#work")
    nima.is_told("The objection was upheld. Another officer writes the new answer; you sign it.")
    second = SECONDS[nima.lang, nima.size[0]]
    answers_at_once(nima, look="at-once", text=second, reason=REASON, next_step=NEXT)


def _judges(worker: Visitor, receipt: Receipt) -> None:
    worker.go(f"/track/{receipt.bare}/")
    worker.sees(SECONDS[worker.lang, worker.size[0]])
    worker.press("How were you served?")
    worker.look("survey")
    for scale in worker.page.locator("main .field-scale").all():
        scale.locator("input[type=radio]").nth(3).check(force=True)
    worker.write(comment="پاسخ دوم روشن بود.")
    worker.press("Send")
    worker.look("survey-thanks")


def _received(reza: Visitor) -> int:
    """What the figures of his office say came in."""
    reza.go("/figures/office/")
    title = reza.page.locator(".stat", has_text=reza.word("Received")).first
    return int(latin(title.locator(".stat-value").inner_text()))


def _until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """The figures follow the journal a moment later."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "the figures did not follow"
        time.sleep(0.5)


def _reads_the_figures(worker: Visitor) -> None:
    worker.go("/figures/")
    worker.look("figures")
    worker.go(f"/figures/{NAZARABAD}")
    worker.look("figures-nazarabad")
    worker.go("/figures/ir/alborz/ranking/")
    worker.page.locator("#how summary").click()
    worker.look("ranking-alborz")
    worker.go("/figures/ranking/")
    worker.look("ranking-provinces")
    worker.go("/figures/ir/alborz/nazarabad/score/")
    worker.look("score-nazarabad")
