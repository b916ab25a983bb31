"""The caller's pages: a list without names, a script, and each way in which a call ends."""

from __future__ import annotations

import pytest

from takrim.base import clock
from takrim.cases.models import Case
from takrim.cases.models_judged import Call
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.domain.cases.test_calls import LATER, draw, pari
from tests.matters import answered
from tests.people import NOW, SignIn

__all__ = ["pari"]
pytestmark = pytest.mark.django_db
SHORT = questionnaire().short


@pytest.fixture(autouse=True)
def waits(case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Zahra was answered in Azar and drawn in Dey."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    answered(case, NOW)
    draw()
    return case


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_list_names_nobody(waits: Case, pari: Actor, sign_in: SignIn, language: str) -> None:
    browser = sign_in(pari)
    browser.cookies["language"] = language
    page = browser.get("/staff/calls/")
    body = page.content.decode()
    assert len(page.context["rows"]) == 1
    for hidden in (waits.party.name, waits.party.mobile, waits.code, waits.subject):
        assert hidden not in body


def test_the_script_is_read_with_office_and_date(waits: Case, pari: Actor, sign_in: SignIn) -> None:
    browser = sign_in(pari)
    sent = browser.post("/staff/calls/next/")
    page = browser.get(sent.headers["Location"]).content.decode()
    assert "اداره شهرستان نظرآباد روز ۳ آذر ۱۴۰۵ به کار شما پاسخ داده است" in page
    assert waits.party.name in page
    assert waits.text not in page
    assert [item.text.fa in page for item in SHORT] == [True] * len(SHORT)
    assert Look.objects.get().page == "call"


def test_answers_are_written_down(waits: Case, pari: Actor, sign_in: SignIn) -> None:
    browser = sign_in(pari)
    address = browser.post("/staff/calls/next/").headers["Location"]
    short = browser.post(address, {"conduct": "4", "comment": "گفت دیر شد"})
    assert short.status_code == 422
    assert "گفت دیر شد" in short.content.decode()
    assert browser.post(address, {"overall": "3", "conduct": "4", "comment": "گفت دیر شد"}).status_code == 302
    response = Response.objects.get()
    assert (response.way, response.overall, response.scores["conduct"]) == ("call", 3, 4)
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("end", "outcome"), [("declined", "declined"), ("wrong_number", "wrong_number"), ("no_reply", "")]
)
def test_a_call_ends_in_other_ways(pari: Actor, sign_in: SignIn, end: str, outcome: str) -> None:
    browser = sign_in(pari)
    address = browser.post("/staff/calls/next/").headers["Location"]
    assert browser.post(address, {"end": end}).status_code == 302
    call = Call.objects.get()
    assert (call.outcome, call.tries) == (outcome, 1)
    assert browser.post("/staff/calls/next/").headers["Location"] == "/staff/calls/"


def test_a_call_that_is_not_ones_own_is_not_there(pari: Actor, mina: Actor, sign_in: SignIn) -> None:
    number = Call.objects.get().pk
    assert sign_in(pari).get(f"/staff/calls/{number}/").status_code == 404
    assert sign_in(mina).get(f"/staff/calls/{number}/").status_code == 403
    assert sign_in(mina).get("/staff/calls/").status_code == 403


def test_the_response_rate_stands_beside_the_sample(pari: Actor, sign_in: SignIn) -> None:
    browser = sign_in(pari)
    address = browser.post("/staff/calls/next/").headers["Location"]
    browser.post(address, {"overall": "3"})
    assert browser.get("/staff/calls/").context["rate"] == "۱۰۰٪"


def test_signing_in_leads_a_caller_to_the_calls(pari: Actor, sign_in: SignIn) -> None:
    assert sign_in(pari).get("/staff/").headers["Location"] == "/staff/calls/"
