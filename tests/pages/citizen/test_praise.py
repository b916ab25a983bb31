"""After the questionnaire: thanks by name after a good mark; blame by name goes to the confidential way only."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cases import actions_answer as answers
from takrim.cases.models import Case
from takrim.cases.models_judged import Praise
from takrim.channels.models import Draft
from takrim.orgs.actor import Actor
from takrim.surveys import links
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.matters import WORDS
from tests.people import NOW

pytestmark = pytest.mark.django_db
OVERALL = questionnaire().overall


@pytest.fixture
def link(browser: Client, case: Case, reza: Actor) -> str:
    answer = answers.answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=NOW)
    return f"/survey/{links.make(case.code, answer.number)}/"


def judge(browser: Client, link: str, mark: str, comment: str = "") -> str:
    return browser.post(link, {OVERALL: mark, "comment": comment}).content.decode()


def test_after_a_good_mark_somebody_may_be_thanked(browser: Client, link: str, reza: Actor) -> None:
    page = judge(browser, link, "5")
    assert "کسی که به کارم رسیدگی کرد" in page
    assert reza.name not in page
    sent = browser.post(f"{link}praise/", {"praise-hand": "wrote", "praise-text": "دست شما درد نکند"})
    assert sent.status_code == 200
    assert Praise.objects.get().officer_id == reza.person_id
    assert "/praise/" not in browser.get(link).content.decode()


def test_thanks_to_nobody_says_what_to_do_and_loses_nothing(browser: Client, link: str) -> None:
    judge(browser, link, "4")
    page = browser.post(f"{link}praise/", {"praise-text": "دست شما درد نکند"})
    assert page.status_code == 422
    assert "بگویید چه کسی خوب کار کرد" in page.content.decode()
    assert "دست شما درد نکند" in page.content.decode()


@pytest.mark.parametrize("mark", ["1", "3"])
def test_other_marks_offer_no_thanks(browser: Client, link: str, mark: str) -> None:
    assert "/praise/" not in judge(browser, link, mark)
    assert browser.post(f"{link}praise/", {"praise-named": "رضا"}).status_code == 422
    assert Praise.objects.count() == 0


def test_before_the_questionnaire_is_answered_nobody_is_thanked(browser: Client, link: str) -> None:
    sent = browser.post(f"{link}praise/", {"praise-named": "رضا"})
    assert (sent.status_code, sent.headers["Location"]) == (302, link)
    assert browser.post("/survey/forged/praise/", {"praise-named": "رضا"}).status_code == 410


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_questionnaire_names_the_confidential_way(browser: Client, link: str, language: str) -> None:
    browser.cookies["language"] = language
    page = browser.get(link).content.decode()
    assert "/file/what/?card=office-conduct&amp;office=ir/alborz/nazarabad/" in page


def test_blame_by_name_is_offered_the_confidential_way_with_its_words(browser: Client, link: str) -> None:
    words = "رضا کریمی بد رفتار کرد"
    page = judge(browser, link, "1", words)
    assert "/file/conduct/" in page
    # The objection is read by the office: it does not begin with these words.
    assert words not in page
    assert Response.objects.get().kept_from == "ir/alborz/nazarabad/"
    token = link.split("/")[2]
    sent = browser.post(f"/file/conduct/{token}/")
    assert sent.headers["Location"] == "/file/what/"
    draft = Draft.objects.get()
    assert (draft.typed("text"), draft.typed("office")) == (words, "ir/alborz/nazarabad/")
    browser.post("/file/what/", {"kind": "complaint", "province": "ir/alborz/", "office": "ir/alborz/nazarabad/"})
    assert words in browser.get("/file/details/").content.decode()


def test_a_draft_that_has_words_of_its_own_keeps_them(browser: Client, link: str) -> None:
    judge(browser, link, "1", "رضا کریمی بد رفتار کرد")
    browser.post("/file/what/", {"kind": "complaint", "province": "ir/alborz/", "office": "ir/alborz/karaj/"})
    browser.post("/file/details/", {"text": "کار دیگری دارم."})
    browser.post(f"/file/conduct/{link.split('/')[2]}/")
    assert Draft.objects.get().typed("text") == "کار دیگری دارم."


def test_an_objection_blames_nobody_by_name(browser: Client, link: str, holding: Client, case: Case) -> None:
    judge(browser, link, "1")
    page = browser.post(f"{link}object/", {"object-text": "رضا کریمی سند را ندید"})
    assert page.status_code == 422
    assert "رضا کریمی سند را ندید" in page.content.decode()
    assert "بدون نام بنویسید" in page.content.decode()
    held = holding.post(f"/track/{case.code}/object/", {"object-text": "رضا کریمی سند را ندید"})
    assert held.status_code == 422
    case.refresh_from_db()
    assert case.state == "answered"
