"""Finding a service card by the words of people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from takrim.cards.queries import find_cards, questions_of, valid_cards
from takrim.cards.seed import seed
from takrim.orgs import stamps

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _cards() -> None:
    seed(MONDAY)


def first(text: str) -> str:
    found = find_cards(text, on=TODAY)
    return found[0].card.card.code if found else ""


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("بیمه بیکاری", "unemployment-insurance"),
        ("بيمه بيكاري", "unemployment-insurance"),
        ("بیمه‌ی بیکاریم", "unemployment-insurance"),
        ("عیدی ندادند", "labour-petition"),
        ("تاخیر اداره", "office-conduct"),
        ("استخر", "worker-sport"),
        ("۱۰۰۱۱۰۳۴۱۰۰", "foreign-permit"),
        ("work permit renewal", "foreign-permit"),
        ("دهک", "decile-objection"),
    ],
)
def test_the_card_is_found_by_the_words_of_people(typed: str, card: str) -> None:
    assert first(typed) == card


def test_a_word_still_being_typed_finds_what_it_begins() -> None:
    assert first("بیم") == "unemployment-insurance"


def test_some_of_the_words_are_enough_when_no_card_has_all() -> None:
    found = find_cards("یارانه ام قطع شده چکار کنم", on=TODAY)
    assert found[0].card.card.code == "decile-objection"
    assert not found[0].all_words


@pytest.mark.parametrize("typed", ["", "   ", "!؟", "زرافه"])
def test_nothing_is_found_where_nothing_is(typed: str) -> None:
    assert find_cards(typed, on=TODAY) == []


def test_the_questions_that_were_met_come_along_in_the_language_of_the_page() -> None:
    found = next(found for found in find_cards("employer changes", on=TODAY) if found.questions)
    with override("en"):
        assert "employer" in questions_of(found)[0]["q"]


def test_what_the_office_says_is_the_same_is_found_too() -> None:
    assert find_cards("شیکایت", on=TODAY) == []
    assert find_cards("شیکایت", on=TODAY, synonyms={"شیکایت": {"شکایت"}})


def test_cards_come_in_the_order_of_the_alphabet_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However busy the machine is, the stamps are not looked at again in between.
    monkeypatch.setattr(stamps, "PATIENCE", 3600.0)
    titles = [card.title_fa for card in valid_cards(TODAY)]
    with django_assert_num_queries(0):
        assert [card.title_fa for card in valid_cards(TODAY)] == titles
