"""The page on which the province edits the questions before filing."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cards.seed import seed
from takrim.channels.models import QuestionSheet
from takrim.channels.questions import default_text
from tests.people import NOW

PAGE = "/staff/questions/"


@pytest.fixture(autouse=True)
def _cards(db: None) -> None:
    seed(NOW)


def test_it_shows_every_way_and_the_text(as_nima: Client, as_mina: Client) -> None:
    page = as_nima.get(PAGE)
    assert page.status_code == 200
    assert "درباره یک تعاونی است" in page.content.decode()
    assert as_mina.get(PAGE).status_code == 403


def test_a_good_text_is_kept_and_a_wrong_one_comes_back_with_its_faults(as_nima: Client) -> None:
    wrong = default_text().replace('card = "decile-objection"', 'card = "no-card"')
    page = as_nima.post(PAGE, {"text": wrong, "after": "0"})
    assert page.status_code == 422
    assert "no-card" in str(page.context["form"].errors["text"])
    assert "card = &quot;no-card&quot;" in page.content.decode()
    changed = default_text().replace("دهک یا یارانه", "دهک و یارانه خانوار")
    assert as_nima.post(PAGE, {"text": changed, "after": "0"}).status_code == 302
    assert QuestionSheet.objects.get().number == 1
    assert "دهک و یارانه خانوار" in as_nima.get(PAGE).content.decode()
    assert "دهک یا یارانه" in as_nima.get(f"{PAGE}?default=1").context["form"]["text"].value()
    assert as_nima.post(PAGE, {"text": changed, "after": "0"}).status_code == 409
