"""At the review a person is told of another service that such words are mostly about; they decide."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from takrim.cards.queries import card_on
from takrim.cases import learning
from takrim.cases.models import Case
from tests.pages.citizen.conftest import Send, Write
from tests.people import MakeCase

WAGES = {"text": "کارفرما سه ماه است که حقوق و مزد ما را پرداخت نکرده است"}


@pytest.fixture
def learned(cards: None, make_case: MakeCase, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wages are about petitions, plans of buildings about plans, loans about home jobs."""
    monkeypatch.setattr(learning, "LEAST", 10)
    words = {
        "labour-petition": "حقوق و مزد ماه {n} پرداخت نشده و کارفرما نمی‌دهد",
        "building-plan": "نقشهٔ ساختمان کارگاه شمارهٔ {n} تأیید نشده است",
        "cooperative-licence": "پروانهٔ تعاونی {n} نفره صادر نشده است",
        "worker-sport": "مسابقهٔ ورزشی کارگران دور {n} برگزار نشد",
    }
    for n in range(6):
        for code, text in words.items():
            make_case(card=card_on(code, now.date()), text=text.format(n=n))
    learning.learn_all(now)


def test_a_likelier_service_is_told_and_can_be_chosen(browser: Client, learned: None, write: Write) -> None:
    write(what={"card": "hazardous-jobs"}, details=WAGES)
    page = browser.get("/file/review/").content.decode()
    assert "?card=labour-petition" in page
    assert 'value="labour-petition" selected' in browser.get("/file/what/?card=labour-petition").content.decode()


def test_the_person_decides(learned: None, send: Send) -> None:
    send(what={"card": "hazardous-jobs"}, details=WAGES)
    card = Case.objects.latest("id").card
    assert card is not None and card.card.code == "hazardous-jobs"


def test_nothing_is_said_where_the_choice_is_likely(browser: Client, learned: None, write: Write) -> None:
    write(what={"card": "labour-petition"}, details=WAGES)
    assert "?card=" not in browser.get("/file/review/").content.decode()


def test_nothing_is_said_where_nothing_was_learned(browser: Client, cards: None, write: Write) -> None:
    write(what={"card": "hazardous-jobs"}, details=WAGES)
    assert "?card=" not in browser.get("/file/review/").content.decode()
