"""The page that says how cards helped: own province or the whole country, in so many months."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.cards.actions_help import Mark, count_help
from takrim.cards.answers import WHOLE, Helped, answers_of
from takrim.cards.queries import card_on
from takrim.cards.seed import seed
from takrim.orgs.actor import holder
from tests.people import NOW

pytestmark = pytest.mark.django_db

PAGE = "/staff/card-help/"


@pytest.fixture(autouse=True)
def key(units: object) -> str:
    seed(NOW)
    card = card_on("worker-sport", NOW.date())
    assert card is not None
    return answers_of(card)[0]["key"]


def press(mark: Mark, place: str, question: str = WHOLE, days: int = 0) -> None:
    now = NOW - timedelta(days=days)
    count_help(card="worker-sport", question=question, mark=mark, place=place, by=holder(), now=now)


def test_a_card_counts_the_visits_that_any_of_its_answers_saved(as_nima: Client, key: str) -> None:
    press(Mark.SHOWN, "ir/alborz/")
    press(Mark.ENOUGH, "ir/alborz/")
    press(Mark.ENOUGH, "ir/alborz/karaj/", key)
    press(Mark.ENOUGH, "ir/qom/", key)
    (line,) = as_nima.get(PAGE).context["lines"]
    assert line.helped == Helped(shown=1, enough=2)
    assert [answer.helped for answer in line.answers] == [Helped(enough=1)]
    (line,) = as_nima.get(PAGE, {"of": "all"}).context["lines"]
    assert line.helped.enough == 3


def test_the_months_are_chosen(as_nima: Client) -> None:
    press(Mark.ENOUGH, "ir/alborz/", days=40)
    assert as_nima.get(PAGE, {"months": "1"}).context["lines"] == []
    assert "چیزی نشان‌گذاری نشده" in as_nima.get(PAGE, {"months": "1"}).content.decode()
    for months in ("3", "12", "many"):
        assert as_nima.get(PAGE, {"months": months}).context["total"].enough == 1


def test_where_most_say_no_it_is_told(as_tara: Client, key: str) -> None:
    for n in range(5):
        press(Mark.ENOUGH if n == 0 else Mark.NOT_ENOUGH, "ir/alborz/", key)
    assert "بیشتر گفته‌اند نه" in as_tara.get(PAGE).content.decode()


def test_heads_see_it_and_clerks_do_not(as_reza: Client, as_mina: Client) -> None:
    assert as_reza.get(PAGE).status_code == 200
    assert as_mina.get(PAGE).status_code == 403


def test_the_page_reads_no_more_for_more_marks(
    as_nima: Client, key: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(30):
        press(Mark.ENOUGH, "ir/alborz/", key)
    as_nima.get(PAGE)
    with django_assert_num_queries(4):
        as_nima.get(PAGE)
