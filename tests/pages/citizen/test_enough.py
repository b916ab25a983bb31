"""Was this enough? One press without an account, counted once a visit; offers before filing; filed all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from takrim.cards.answers import WHOLE, Helped, answers_of, helped
from takrim.cards.queries import card_on
from takrim.web.citizen.limits import MOST_FAILURES
from takrim.web.citizen.marks import COOKIES
from tests.pages.citizen.conftest import Write
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards")]

CODE, PLACE = "worker-sport", "ir/alborz/nazarabad/"
ONE = f"/services/{CODE}/"


def key() -> str:
    found = card_on(CODE, NOW.date())
    assert found is not None
    return answers_of(found)[0]["key"]


def counted(question: str = WHOLE, house: str = "") -> Helped:
    return helped(["1405-09"], house).get((CODE, question), Helped())


def press(browser: Client, said: str = "yes", **more: Any) -> Any:
    return browser.post(f"{ONE}enough/", {"enough": said, "question": "", **more}, headers={"HX-Request": "true"})


def test_one_press_is_counted_once_a_visit(browser: Client) -> None:
    assert "یک مراجعه کم شد" in press(browser, place=PLACE).content.decode()
    for said in ("yes", "no"):
        assert "پیش‌تر گفته‌اید" in press(browser, said, place=PLACE).content.decode()
    assert counted() == counted(house="ir/alborz/") == Helped(shown=1, enough=1)
    press(Client(), "no")
    assert counted() == Helped(shown=2, enough=1, not_enough=1)


def test_an_answer_is_marked_by_itself(browser: Client) -> None:
    assert browser.post(f"{ONE}shown/", {"question": key()}).status_code == 204
    browser.post(f"{ONE}shown/", {"question": key()})
    press(browser, question=key())
    assert counted(key()) == Helped(shown=1, enough=1)
    assert counted() == Helped(shown=1)


def test_without_a_script_the_press_leads_to_a_page(browser: Client) -> None:
    page = browser.post(f"{ONE}enough/", {"enough": "no", "question": "", "filing": "1"})
    assert "<html" in page.content.decode()
    assert "/file/details/" in page.content.decode()


@pytest.mark.parametrize("address", [f"{ONE}enough/", f"{ONE}shown/"])
def test_marks_are_about_what_is_there(browser: Client, address: str) -> None:
    assert browser.post(address, {"question": "nothing"}).status_code == 404
    assert browser.post(address.replace(CODE, "no-such-service")).status_code == 404
    assert browser.get(address).status_code == 405


def test_the_cookie_is_signed_and_goes_nowhere_else(browser: Client) -> None:
    page = press(browser)
    assert {name: page.cookies[name]["path"] for name in COOKIES} == COOKIES
    assert not any(page.cookies[name]["max-age"] or page.cookies[name]["expires"] for name in COOKIES)
    for name in COOKIES:
        browser.cookies[name] = "forged"
    assert "یک مراجعه کم شد" in press(browser).content.decode()


def test_a_shared_computer_forgets_it(browser: Client) -> None:
    press(browser)
    page = browser.post("/file/leave/")
    assert all(page.cookies[name].value == "" for name in COOKIES)


def test_many_presses_from_one_address_are_thanked_for_and_not_counted(browser: Client) -> None:
    for _n in range(MOST_FAILURES + 1):
        page = press(Client())
    assert page.status_code == 200
    assert "شمرده نشد" in page.content.decode()
    assert counted().enough == MOST_FAILURES


def test_the_card_asks_where_it_holds_and_an_old_version_does_not(browser: Client) -> None:
    page = browser.get(ONE).content.decode()
    assert page.count(f'action="{ONE}enough/"') == 1 + page.count("toggle once") > 2
    assert f'hx-post="{ONE}shown/"' in page


def test_what_is_written_is_answered_before_it_is_filed(browser: Client) -> None:
    typed = {"subject": "کارت ورزش کارگري", "card": "", "province": "ir/alborz/", "office": ""}
    page = browser.post("/file/offers/", typed).content.decode()
    assert "شاید پاسخ شما همین باشد" in page
    assert f'action="{ONE}enough/"' in page
    assert browser.post("/file/offers/", {"subject": " "}).content.strip() == b""
    chosen = browser.post("/file/offers/", {"card": CODE, "office": "ir/atlantis/"}).content.decode()
    assert key() in chosen


def test_the_chosen_service_answers_on_the_next_page_too(browser: Client) -> None:
    what = {"kind": "question", "card": CODE, "province": "ir/alborz/", "office": PLACE, "subject": ""}
    browser.post("/file/what/", what)
    page = browser.get("/file/details/").content.decode()
    assert key() in page
    left = press(browser, question=key(), place=PLACE, filing="1").content.decode()
    assert "/file/drop/" in left
    assert counted(key(), "ir/alborz/").enough == 1


def test_who_files_all_the_same_is_counted_once(browser: Client, write: Write) -> None:
    browser.post(f"{ONE}shown/", {"question": ""})
    browser.post(f"{ONE}shown/", {"question": key()})
    write(what={"card": CODE})
    draft = browser.get("/file/review/").context["draft"]
    for _n in range(2):
        browser.post("/file/review/", {"key": draft.key})
    # It was read without a place, and is owed in Alborz.
    assert counted() == Helped(shown=1, filed=1)
    assert counted(key(), "ir/alborz/") == Helped(filed=1)


def test_who_read_nothing_before_is_not_counted(browser: Client, write: Write) -> None:
    write(what={"card": CODE})
    browser.post("/file/review/", {"key": browser.get("/file/review/").context["draft"].key})
    assert counted() == Helped()
