"""Shorter stories: other ways in, other people at work, and what happens when something goes wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from takrim.base import clock, jalali
from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import NAZARABAD
from tests.stories.visitor import PHONE, Visitor


@pytest.fixture(params=["fa", "en"])
def meet(meet: Meet, request: pytest.FixtureRequest) -> Meet:
    """Everybody in a shorter story speaks one language; the story is told in both."""
    return partial(meet, lang=request.param)


NOTE = "با متقاضی تماس گرفته شد؛ فردا با مدارک می‌آید."


def _says_who(who: Visitor, mobile: str) -> None:
    who.write(name=filing.NAME, mobile=mobile)
    who.press("Go on")


def _first_case(officer: Visitor) -> None:
    officer.go("/staff/")
    officer.page.locator("table.table-cases a[href^='/staff/cases/']").first.click()
    expect(officer.page).to_have_url(re.compile(r"/staff/cases/\d+/"))


def test_a_matter_is_filed_and_tracked_without_javascript(meet: Meet) -> None:
    worker = meet(size=PHONE, script=False)
    worker.go("/file/what/?card=unemployment-insurance")
    worker.choose("kind", "question")
    worker.choose("province", "ir/alborz/")
    worker.press("Show the offices of this province")
    worker.choose("office", NAZARABAD)
    worker.write(subject=filing.SUBJECT)
    worker.press("Go on")
    worker.write(text=filing.TEXT)
    worker.press("Go on")
    _says_who(worker, "09351112233")
    receipt = filing.send(worker)
    another = meet(size=PHONE, script=False)
    another.go("/track/")
    another.write(code=receipt.code, secret=receipt.secret)
    another.press("Show the case")
    another.sees(filing.SUBJECT)


class Keyboard:
    """A person without a mouse."""

    def __init__(self, who: Visitor) -> None:
        self.page, self.keys = who.page, who.page.keyboard

    def reach(self, css: str) -> Locator:
        """Press Tab until it has the focus."""
        wanted = self.page.locator(css).first
        expect(wanted).to_be_attached()
        for _ in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return wanted
            self.keys.press("Tab")
        raise AssertionError(f"no way to {css} by Tab")

    def choose(self, css: str, value: str) -> None:
        select = self.reach(css)
        expect(select.locator(f"option[value='{value}']")).to_be_attached()
        for _ in range(80):
            if select.input_value() == value:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"no way to {value} by arrow")

    def write(self, css: str, text: str) -> None:
        self.reach(css)
        self.keys.type(text)

    def press(self, css: str, key: str = "Enter") -> None:
        self.reach(css)
        self.keys.press(key)


def test_a_matter_is_filed_with_the_keyboard_alone(meet: Meet) -> None:
    worker = meet()
    keyboard = Keyboard(worker)
    worker.go("/file/what/?card=unemployment-insurance")
    keyboard.press("[name=kind]", "Space")
    keyboard.choose("[name=province]", "ir/alborz/")
    expect(worker.page.locator(f"option[value='{NAZARABAD}']")).to_be_attached()
    keyboard.choose("[name=office]", NAZARABAD)
    keyboard.write("[name=subject]", "پرسش از صفحه‌کلید")
    keyboard.press("main .actions .btn-primary")
    keyboard.write("[name=text]", "مقرری من کی واریز می‌شود؟")
    keyboard.press("main .actions .btn-primary")
    keyboard.write("[name=name]", filing.NAME)
    keyboard.write("[name=mobile]", "09351112244")
    keyboard.press("main .actions .btn-primary")
    worker.is_told("Is everything right?")
    keyboard.press("main .actions .btn-primary")
    worker.is_told("Your matter is registered")


def test_a_report_is_made_without_a_name(meet: Meet) -> None:
    worker = meet(size=PHONE)
    worker.go("/file/what/")
    filing.say_what(worker, kind="report", subject="کارگاه بی‌حفاظ")
    worker.press("Go on")
    worker.write(text="داربست کارگاه خیابان اصلی حفاظ ندارد.")
    worker.press("Go on")
    worker.page.locator("[name=nameless]").check()
    worker.look("contact-nameless")
    worker.press("Go on")
    worker.is_told("Without a name")
    filing.send(worker)
    expect(worker.page.locator("main")).not_to_contain_text(worker.word("They were also sent to your mobile."))


def test_my_cases_are_shown_by_a_number_sent_to_the_telephone(meet: Meet) -> None:
    worker, operator = meet(size=PHONE), meet("operator")
    worker.go("/file/what/?card=unemployment-insurance")
    filing.say_what(worker)
    worker.press("Go on")
    worker.write(text=filing.TEXT)
    worker.press("Go on")
    mobile = "09351112255" if worker.lang == "fa" else "09351112256"
    _says_who(worker, mobile)
    filing.send(worker)
    lost = meet(size=PHONE)
    lost.go("/my/")
    lost.look("my")
    lost.write(mobile=mobile)
    lost.press("Send me a number")
    lost.look("my-number")
    lost.write(number=_number_in_the_outbox(operator, mobile))
    lost.press("Show my cases")
    lost.sees(filing.SUBJECT)
    lost.look("my-cases")


def _number_in_the_outbox(operator: Visitor, mobile: str) -> str:
    """The six digits sent to this telephone, once the worker has carried them: it does so a moment later."""
    for _ in range(40):
        operator.go("/operator/outbox/")
        operator.page.locator("main tbody a").first.click()
        found = re.search(r"(?<!\d)\d{6}(?!\d)", operator.page.locator("article").inner_text())
        if found and mobile in operator.page.locator("main dl").inner_text():
            operator.look("outbox-letter", closely=False)
            return found[0]
        operator.page.wait_for_timeout(500)
    raise AssertionError("no number came")


def test_a_telephone_call_is_taken_down_with_few_touches(meet: Meet) -> None:
    sara = meet("sara")
    sara.press("New case")
    sara.look("new-case")
    sara.choose("channel", "phone")
    sara.write(mobile="09351112266", name="لیلا کاظمی")
    sara.choose("kind", "question")
    sara.choose("card", "unemployment-insurance")
    sara.write(text="می‌پرسد مقرری این ماه کی واریز می‌شود.")
    if not sara.page.locator("[name=unit]").input_value():
        sara.write(unit="نظرآباد")
    # Seven fields and this button: no wizard, no second page.
    sara.press("Register and give the receipt")
    sara.is_told("Registered")
    sara.look("desk-receipt")


def test_text_outlives_an_expired_session(meet: Meet) -> None:
    mina = meet("mina")
    mina.own.add(NOTE)
    _first_case(mina)
    mina.press("Write a note", within="#work")
    mina.write(text=NOTE)
    mina.context.clear_cookies(name="sessionid")
    mina.press("Keep the note", within="#work")
    mina.write(login="mina", password=mina.product.password)
    mina.press("Sign in")
    mina.is_told("Send it again")
    mina.look("kept-form")
    mina.press("Send")
    mina.sees(NOTE)


def test_twenty_wrong_passwords_close_the_door_for_a_while(meet: Meet) -> None:
    stranger = meet()
    stranger.go("/accounts/login/")
    for number in range(21):
        stranger.write(login="omid", password=f"guess-{number}")
        stranger.press("Sign in")
    stranger.is_told("Too many failed login attempts. Try again later.")
    stranger.look("sign-in-closed")


def test_a_substitute_acts_from_the_seat_of_the_head(meet: Meet) -> None:
    reza = meet("reza")
    reza.look("cartable-head")
    reza.go("/staff/office/")
    reza.look("office")
    reza.go("/staff/me/")
    today = clock.local_date(clock.now())
    person = reza.page.locator("[name=person] option", has_text="سارا محمدی").get_attribute("value")
    reza.choose("person", person or "")
    reza.write(since=_typed(today), until=_typed(today + timedelta(days=3)))
    reza.press("Name the substitute")
    sara = meet("sara")
    sara.go("/staff/me/")
    sara.look("my-posts")
    sara.press("Act from here")
    sara.go("/staff/office/")
    expect(sara.page.locator("h1")).to_be_visible()
    assert "/staff/office/" in sara.page.url
    reza.press("I am back")
    reza.is_told("Nobody is named.")


def _typed(day: date) -> str:
    """A day as people type it: 1405/09/02."""
    return jalali.numeric(day, "fa")


def test_a_closed_day_is_announced_and_the_people_see_it(meet: Meet) -> None:
    nima, worker = meet("nima"), meet(size=PHONE)
    day = clock.local_date(clock.now()) + timedelta(days=9 if nima.lang == "fa" else 10)
    nima.go("/staff/closures/")
    town = "نظرآباد" if nima.lang == "fa" else "Nazarabad"
    office = nima.page.locator("[name=unit] option", has_text=town).first.get_attribute("value")
    nima.choose("unit", office or "")
    reasons = {"fa": "بازسازی ساختمان", "en": "Repairs"}
    reason = reasons[nima.lang]
    nima.write(day=_typed(day), reason_fa=reasons["fa"], reason_en=reasons["en"])
    nima.press("Announce")
    nima.sees(reason)
    nima.look("closures")
    worker.go("/offices/alborz/nazarabad/")
    worker.sees(reason)
    worker.look("office-page")


@pytest.mark.parametrize("page", ["", "tasks/", "letters/", "outbox/"])
def test_the_operator_sees_that_all_is_well(meet: Meet, page: str) -> None:
    operator = meet("operator")
    operator.go(f"/operator/{page}")
    operator.look(f"operator-{page.strip('/') or 'overview'}")
