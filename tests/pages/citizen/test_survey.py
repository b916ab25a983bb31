"""The questionnaire behind a signed link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from takrim.cases import actions_answer as answers
from takrim.cases.models import Case
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.surveys import links
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.people import NOW

pytestmark = pytest.mark.django_db

WORDS = answers.Words(
    outcome="served",
    text="مقرری واریز شد.",
    reason="مدارک کامل بود.",
    next_step="واریز تا ده روز.",
)


@pytest.fixture
def link(browser: Client, case: Case, reza: Actor) -> str:
    """The address in Zahra's message, after her case was answered."""
    answer = answers.answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=NOW)
    return f"/survey/{links.make(case.code, answer.number)}/"


def full() -> dict[str, str]:
    return {item.code: "4" for item in questionnaire().items} | {"comment": "سپاس"}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_questions_are_asked_without_signing_in(link: str, language: str) -> None:
    browser = Client()
    browser.cookies["language"] = language
    page = browser.get(link)
    assert page.status_code == 200
    for item in questionnaire().items:
        assert escape(item.text.in_(language)) in page.content.decode()


def test_an_answered_questionnaire_is_kept_and_thanked_for(browser: Client, link: str, case: Case) -> None:
    page = browser.post(link, full())
    assert page.status_code == 200
    response = Response.objects.get()
    assert (response.subject, response.overall, response.comment) == (case.code, 4, "سپاس")


def test_the_figures_are_told_when_the_judged_answer_was_served(browser: Client, link: str) -> None:
    browser.post(link, full())
    assert Entry.objects.get(verb="survey.answered").facts["answered"] == NOW.isoformat()


def test_only_the_question_about_the_whole_must_be_answered(browser: Client, link: str) -> None:
    page = browser.post(link, {"comment": "نظر بلند من"})
    assert page.status_code == 422
    assert "نظر بلند من" in page.content.decode()
    assert browser.post(link, {questionnaire().overall: "2"}).status_code == 200
    assert Response.objects.get().scores == {questionnaire().overall: 2}


def test_it_is_answered_once(browser: Client, link: str) -> None:
    browser.post(link, full())
    page = browser.post(link, full())
    assert page.status_code == 409
    assert Response.objects.count() == 1


@pytest.mark.parametrize("spoil", [lambda token: token[:-2], lambda token: "x", lambda token: token.upper()])
def test_a_forged_link_is_told_politely(browser: Client, link: str, spoil: Callable[[str], str]) -> None:
    token = link.strip("/").split("/")[1]
    assert browser.get(f"/survey/{spoil(token)}/").status_code == 410


def test_a_link_for_an_answer_that_was_never_served_asks_nothing(browser: Client, case: Case) -> None:
    assert browser.get(f"/survey/{links.make(case.code, 1)}/").status_code == 410
    assert browser.get(f"/survey/{links.make('05000000000', 1)}/").status_code == 410


def test_a_score_off_the_scale_is_refused(browser: Client, link: str) -> None:
    assert browser.post(link, {questionnaire().overall: "9"}).status_code == 422
    assert Response.objects.count() == 0


def test_a_bad_mark_offers_the_objection_with_one_touch(browser: Client, link: str, case: Case) -> None:
    page = browser.post(link, {questionnaire().overall: "2", "comment": "سند من را ندیدند."})
    assert f'action="{link}object/"' in page.content.decode()
    assert page.content.decode().count("سند من را ندیدند.") == 1
    refused = browser.post(f"{link}object/", {"object-text": ""})
    assert refused.status_code == 422
    assert browser.post(f"{link}object/", {"object-text": "سند من را ندیدند."}).status_code == 200
    case.refresh_from_db()
    assert (case.state, case.objections.get().text) == ("reopened", "سند من را ندیدند.")
    assert browser.post(f"{link}object/", {"object-text": "دوباره"}).status_code == 422


def test_a_good_mark_offers_no_objection(browser: Client, link: str) -> None:
    assert "/object/" not in browser.post(link, full()).content.decode()


def test_a_forged_link_objects_to_nothing(browser: Client, link: str) -> None:
    assert browser.post("/survey/forged/object/", {"object-text": "نه"}).status_code == 410
    assert browser.get(f"{link}object/").status_code == 405
