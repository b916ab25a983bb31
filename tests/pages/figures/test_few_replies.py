"""A score never stands alone: its response rate beside it, and below ten replies there is none, on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from takrim.indicators.follow import rebuild
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.actor import Actor
from takrim.surveys.questionnaire import questionnaire
from tests.matters import answered, judged
from tests.people import NOW, MakeCase, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]
PAGES = ("/figures/", "/figures/ir/alborz/", "/figures/ir/alborz/nazarabad/", "/figures/ir/alborz/ranking/")
FORM = "/figures/ir/alborz/nazarabad/score/"
ITEMS = {item.code.replace("-", "_"): 5 for item in questionnaire().items if not item.overall}


def judge(make_case: MakeCase, many: int, *, silent: int = 10, **marks: int) -> None:
    """So many people judged Nazarabad, and so many were answered and said nothing."""
    for number in range(many + silent):
        case = answered(make_case(), NOW - timedelta(hours=2))
        if number < many:
            judged(case, 5, NOW - timedelta(hours=1), **marks)
    rebuild()


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("page", [*PAGES, FORM])
def test_the_response_rate_stands_beside_the_score(make_case: MakeCase, page: str, language: str) -> None:
    judge(make_case, FEWEST_REPLIES)
    browser = Client()
    browser.cookies["language"] = language
    body = browser.get(page).content.decode()
    assert ("نرخ پاسخ ۵۰٪" if language == "fa" else "response rate 50%") in body
    assert ("۱۰۰٪" if language == "fa" else "100%") in body


@pytest.mark.parametrize("page", PAGES)
def test_below_ten_replies_there_is_no_score(make_case: MakeCase, page: str) -> None:
    judge(make_case, FEWEST_REPLIES - 1)
    body = Client().get(page).content.decode()
    assert "کمتر از ۱۰" in body
    assert "نرخ پاسخ ۴" not in body


def test_the_office_sees_it_in_the_same_way(make_case: MakeCase, reza: Actor, sign_in: SignIn) -> None:
    judge(make_case, FEWEST_REPLIES - 1)
    assert "کمتر از ۱۰" in sign_in(reza).get("/figures/office/").content.decode()


def test_a_dimension_with_few_replies_has_no_mean(make_case: MakeCase) -> None:
    judge(make_case, FEWEST_REPLIES - 1, **ITEMS)
    for _one in range(3):
        judged(answered(make_case(), NOW - timedelta(hours=2)), 5, NOW - timedelta(hours=1))
    rebuild()
    page = Client().get("/figures/ir/alborz/nazarabad/").content.decode()
    title = dict(questionnaire().dimensions)
    assert f'<th scope="row">{title["overall"].fa}</th>' in page
    assert f'<th scope="row">{title["time"].fa}</th>' not in page
