"""My cases: a telephone is proven by a number sent to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.base import clock
from takrim.cases.actions_mobile import MOST_IN_AN_HOUR, MOST_TRIES, number_of
from takrim.cases.letters import mobile_number
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.channels.models import MobileCode
from takrim.letters.kind import KINDS, filled
from takrim.letters.models import Letter
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db

MOBILE = "09121234567"


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "mobile_number", mobile_number.PLUGIN)


def ask(browser: Client, mobile: str = MOBILE) -> Any:
    return browser.post("/my/", {"mobile": mobile})


def newest() -> str:
    return number_of(MobileCode.objects.latest("id"))


def wrong() -> str:
    return f"{(int(newest()) + 1) % 10**6:06}"


def test_a_proven_telephone_opens_its_cases_and_no_others(browser: Client, case: Case, make_case: MakeCase) -> None:
    other = make_case(sender=Sender(name="امید", mobile="09351234567"))
    assert ask(browser, "+98 912 123 45 67")["Location"] == "/my/number/"
    page = browser.post("/my/number/", {"number": newest()}, follow=True).content.decode()
    assert f"/track/{case.code}/" in page
    assert other.code not in page
    assert browser.get(f"/track/{case.code}/").status_code == 200
    assert browser.get(f"/track/{other.code}/").status_code == 404
    # What was proven is the telephone, not the secret.
    assert browser.get(f"/receipt/{case.code}/")["Location"] == f"/track/{case.code}/"


def test_the_number_is_sent_by_message_and_lies_in_no_table(browser: Client, case: Case) -> None:
    ask(browser)
    letter = Letter.objects.get()
    assert (letter.way, letter.to) == ("sms", MOBILE)
    assert newest() not in letter.body
    assert newest() in filled(letter)
    assert newest() not in str(MobileCode.objects.values())


def test_an_unknown_telephone_gets_the_same_answer_but_no_message(browser: Client, case: Case) -> None:
    known, unknown = ask(browser), ask(Client(), "09361234567")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in Letter.objects.all()] == [MOBILE]


def test_persian_digits_and_blanks_are_read(browser: Client, case: Case) -> None:
    ask(browser)
    typed = newest().translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert browser.post("/my/number/", {"number": f" {typed[:3]} {typed[3:]}"}).status_code == 302


def test_a_wrong_number_is_refused_and_after_five_even_the_right_one(browser: Client, case: Case) -> None:
    ask(browser)
    for _n in range(MOST_TRIES):
        assert browser.post("/my/number/", {"number": wrong()}).status_code == 422
    page = browser.post("/my/number/", {"number": newest()})
    assert page.status_code == 422
    assert "دیگر معتبر نیست" in page.content.decode()


def test_a_number_is_good_for_five_minutes(browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(browser)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))
    assert browser.post("/my/number/", {"number": newest()}).status_code == 422


def test_a_number_is_good_once(browser: Client, case: Case) -> None:
    ask(browser)
    thief = Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert browser.post("/my/number/", {"number": newest()}).status_code == 302
    # The session has got a new name, so who knew the old one has nothing.
    assert thief.get("/my/cases/")["Location"] == "/my/"
    assert MobileCode.objects.get().used_at == NOW


def test_a_telephone_is_not_flooded(browser: Client, case: Case) -> None:
    for _n in range(MOST_IN_AN_HOUR):
        assert ask(Client()).status_code == 302
    page = ask(Client())
    assert page.status_code == 429
    assert MOBILE in page.content.decode()
    assert Letter.objects.count() == MOST_IN_AN_HOUR


@pytest.mark.parametrize("typed", ["", "0912", "۰۹۱۲۳۴۵۶۷۸۹۰۱", "زهرا"])
def test_what_is_no_mobile_is_refused_and_kept(browser: Client, typed: str) -> None:
    page = ask(browser, typed)
    assert page.status_code == 422
    assert typed in page.content.decode()


def test_nobody_gets_past_the_door(browser: Client) -> None:
    assert browser.get("/my/number/")["Location"] == "/my/"
    assert browser.get("/my/cases/")["Location"] == "/my/"
    assert browser.post("/my/cases/").status_code == 405


def test_the_list_asks_the_same_of_few_and_of_many(
    browser: Client, case: Case, make_case: MakeCase, django_assert_num_queries: Any
) -> None:
    ask(browser)
    browser.post("/my/number/", {"number": newest()}, follow=True)
    with django_assert_num_queries(3):
        browser.get("/my/cases/")
    for _n in range(20):
        make_case()
    browser.get("/my/cases/")
    with django_assert_num_queries(3):
        browser.get("/my/cases/")
