"""Finding one's way: the first page, service cards, offices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.cards.actions import CardText, publish_version
from takrim.cards.queries import card_on
from takrim.cases.actions_answer import Words, answer_at_once
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor, system
from takrim.web.parts.card_times import ENOUGH
from tests.people import NOW, MakeCase

ANSWER = Words(
    outcome="guided", text="کارت عضویت صادر شد.", reason="سابقه بیمه کافی است.", next_step="به مجموعه بروید."
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards")]

PLACES = [
    "/",
    "/services/",
    "/services/labour-petition/",
    "/offices/",
    "/offices/alborz/",
    "/offices/alborz/nazarabad/",
]


@pytest.mark.parametrize("address", [*PLACES, "/file/", "/file/before/danger/", "/track/", "/my/"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_everybody_may_look_around_in_both_languages(browser: Client, address: str, language: str) -> None:
    browser.cookies["language"] = language
    page = browser.get(address)
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("address", [*PLACES, "/services/found/", "/file/", "/file/offices/"])
def test_pages_that_only_show_take_nothing(browser: Client, address: str) -> None:
    assert browser.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/services/no-such-service/",
        "/services/labour-petition/?version=7",
        "/offices/atlantis/",
        "/file/before/nothing/",
        "/file/before/other/",
    ],
)
def test_what_is_not_there_is_not_found(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_words_find_a_service_and_its_questions(browser: Client) -> None:
    page = browser.get("/services/", {"q": "عیدی ندادند"}).content.decode()
    assert "/services/labour-petition/" in page
    fragment = browser.get("/services/found/", {"q": "بیم"}, headers={"HX-Request": "true"}).content.decode()
    assert "/services/unemployment-insurance/" in fragment
    assert "<html" not in fragment


def test_words_that_find_nothing_lead_to_filing(browser: Client) -> None:
    assert 'href="/file/"' in browser.get("/services/found/", {"q": "زرافه"}).content.decode()


@pytest.mark.parametrize("q", ["\x00", "\u202e" * 50, "😀", "x" * 5000, '"><script>', "NEAR("])
def test_strange_words_do_no_harm(browser: Client, q: str) -> None:
    page = browser.get("/services/", {"q": q})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_a_card_shows_all_that_a_standard_card_has(browser: Client) -> None:
    browser.cookies["language"] = "en"
    page = browser.get("/services/foreign-permit/").content.decode()
    for said in (
        "20 working days",
        "10011034100",
        "Passport",
        "passport",
        "Labour Law",
        "eakh.mcls.gov.ir",
        "residence",
    ):
        assert said.lower() in page.lower()
    assert "/file/what/?card=foreign-permit" in page


def test_a_card_with_a_common_mistake_is_explained_first(browser: Client) -> None:
    assert "/file/before/employer/" in browser.get("/services/labour-petition/").content.decode()


def test_an_old_version_says_that_it_is_old(browser: Client) -> None:
    browser.cookies["language"] = "en"
    says = CardText(title_fa="ورزش", title_en="Sport", promise="3 working_days")
    publish_version(code="worker-sport", says=says, by=system("test"), now=NOW)
    assert "3 working days" in browser.get("/services/worker-sport/").content.decode()
    old = browser.get("/services/worker-sport/?version=1").content.decode()
    assert "This version held" in old
    assert "10 working days" in old


def test_an_office_shows_its_hours_and_leads_to_filing_there(browser: Client) -> None:
    page = browser.get("/offices/alborz/nazarabad/").content.decode()
    assert "۰۷:۳۰–۱۴:۳۰" in page
    assert "place=ir/alborz/nazarabad/" in page


def test_pages_of_many_offices_ask_no_more_than_of_few(
    browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in PLACES:
        browser.get(address)
        with django_assert_max_num_queries(6):
            browser.get(address)


def test_the_chosen_office_is_carried_from_card_to_form(browser: Client) -> None:
    place, asked = "ir/alborz/nazarabad/", "?place=ir/alborz/nazarabad/"
    assert f'/services/worker-sport/{asked}"' in browser.get("/offices/alborz/nazarabad/").content.decode()
    assert f'/services/worker-sport/{asked}"' in browser.get(f"/services/{asked}").content.decode()
    found = browser.get("/services/found/", {"q": "ورزش", "place": place}).content.decode()
    assert f'/services/worker-sport/{asked}"' in found
    card = browser.get(f"/services/worker-sport/{asked}").content.decode()
    assert f"/file/what/?card=worker-sport&amp;place={place}" in card
    assert f'/services/{asked}"' in card
    form = browser.get("/file/what/", {"card": "worker-sport", "place": place}).content.decode()
    # Back by the bar of steps or by the link at the foot: the office stays.
    assert form.count(f'"/file/{asked}"') == 2


def test_an_office_that_answers_nobody_is_not_carried(browser: Client) -> None:
    assert (
        "place=ir/atlantis"
        not in browser.get("/services/worker-sport/?place=ir/atlantis/").content.decode().split("<main")[1]
    )


def test_times_are_told_from_ten_answers_on_and_of_the_office_that_was_chosen(
    browser: Client, make_case: MakeCase, reza: Actor
) -> None:
    asked = card_on("worker-sport", NOW.date())
    for n in range(ENOUGH):
        at = NOW - timedelta(days=40, hours=n)
        case = make_case(card=asked, at=at)
        answer_at_once(case=case, words=ANSWER, how="phone", by=reza, now=at + timedelta(minutes=50), anyway="گروهی")
        if n == ENOUGH - 2:
            catch_up(READER)
            assert "پاسخ‌ها هنوز کم است (۹ پاسخ در نود روز)" in browser.get("/services/worker-sport/").content.decode()
    catch_up(READER)
    here = browser.get("/services/worker-sport/", {"place": "ir/alborz/nazarabad/"}).content.decode()
    assert "تا ۵۰ دقیقه" in here
    assert "از ۱۰ پاسخ" in here
    assert "در عمل نیمی از پاسخ‌ها تا ۵۰ دقیقه" in browser.get("/services/").content.decode()
    elsewhere = browser.get("/services/worker-sport/", {"place": "ir/alborz/karaj/"}).content.decode()
    assert "در نود روز پاسخی داده نشده" in elsewhere
