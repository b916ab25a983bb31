"""The questions before filing as people go through them."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.channels.actions_questions import Known, write_questions
from takrim.channels.models import Draft
from takrim.channels.questions import Question, default_text, parse
from takrim.orgs.actor import Actor
from tests.pages.citizen.conftest import Send
from tests.people import NOW

WAYS = list(parse(default_text()).paths())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(question.code for question in way))
@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_path_can_be_gone(browser: Client, cards: None, way: tuple[Question, ...], language: str) -> None:
    browser.cookies["language"] = language
    page = browser.get("/file/").content.decode()
    for question in way:
        address = f"/file/before/{question.code}/" if question.has_page else f"/file/what/?about={question.code}"
        assert address in page
        page = browser.get(address).content.decode()
    last = way[-1]
    if last.urgent:
        assert 'href="/file/urgent/"' in page
    elif last.has_page:
        assert f"/file/what/?about={last.code}" in page
        filing = browser.get(f"/file/what/?about={last.code}")
        assert filing.context["form"].initial.get("card", "") == last.card


def test_the_number_of_the_national_system_goes_with_the_case(browser: Client, cards: None, send: Send) -> None:
    assert browser.post("/file/before/employer/", {"number": " "}).status_code == 422
    assert browser.post("/file/before/employer/", {"number": "1405-77"}).status_code == 302
    assert Draft.objects.get().typed("external_id") == "1405-77"
    send()
    case = Case.objects.get()
    assert case.external_id == "1405-77"
    assert case.external_system
    assert browser.post("/file/before/other/", {"number": "1"}).status_code == 404


def test_two_matters_may_name_the_same_number(browser: Client, cards: None, send: Send) -> None:
    for _matter in range(2):
        browser.post("/file/before/employer/", {"number": "1405-77"})
        assert send().status_code == 302
    assert Case.objects.filter(external_id="1405-77").count() == 2


def test_a_danger_is_reported_on_one_page(browser: Client, cards: None) -> None:
    page = browser.get("/file/urgent/?place=ir/alborz/nazarabad/")
    assert page.context["form"].initial["office"] == "ir/alborz/nazarabad/"
    given = {"key": page.context["key"], "text": "داربست در حال ریزش است.", "office": "ir/alborz/nazarabad/"}
    first = browser.post("/file/urgent/", {**given, "mobile": ""})
    assert first.status_code == 302
    case = Case.objects.get()
    assert case.urgent
    assert first["Location"] == f"/receipt/{case.code}/" == browser.post("/file/urgent/", given)["Location"]
    assert browser.get(first["Location"]).status_code == 200


def test_what_is_wrong_with_a_report_is_said_and_nothing_is_lost(browser: Client, cards: None) -> None:
    page = browser.post("/file/urgent/", {"key": "web:1", "text": "داربست", "office": "", "mobile": "12"})
    assert page.status_code == 422
    assert "داربست" in page.content.decode()
    assert {"office", "mobile"} <= set(page.context["form"].errors)
    assert not Case.objects.exists()


def test_a_province_has_questions_of_its_own(browser: Client, cards: None, nima: Actor) -> None:
    text = default_text().replace("دهک یا یارانه", "دهک و یارانه خانوار")
    known = Known(cards=set(parse(text).often) | {one.card for one in parse(text).questions.values()}, kinds=KINDS)
    write_questions(text=text, after=0, known=known, by=nima, now=NOW)
    assert "دهک و یارانه خانوار" in browser.get("/file/?place=ir/alborz/nazarabad/").content.decode()
    assert "دهک و یارانه خانوار" not in browser.get("/file/").content.decode()


def test_the_office_that_was_named_is_chosen_up_to_the_form(browser: Client, cards: None) -> None:
    place = "ir/alborz/nazarabad/"
    office = browser.get("/offices/alborz/nazarabad/").content.decode()
    assert f'href="/file/?place={place}"' in office
    first = browser.get(f"/file/?place={place}").content.decode()
    assert '<option value="ir/alborz/" selected>' in first
    assert f"/file/before/cooperative/?place={place}" in first
    assert f'href="/file/?place={place}"' in browser.get(f"/file/before/cooperative/?place={place}").content.decode()
    form = browser.get(f"/file/what/?about=decile&place={place}").context["form"]
    assert form["office"].value() == place
    assert place in dict(form.fields["office"].choices)


def test_a_place_that_answers_nobody_is_no_place(browser: Client, cards: None) -> None:
    for path in ("/file/", "/file/urgent/"):
        page = browser.get(f"{path}?place=ir/nowhere/")
        assert page.status_code == 200
        assert page.context["place"] == ""


KINDS = {one.kind for one in parse(default_text()).questions.values()}
