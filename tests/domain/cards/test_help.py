"""Counting how cards help: in numbers by month and house, by whoever presses, with nothing about them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from takrim.cards.actions_help import Mark, count_help
from takrim.cards.answers import WHOLE, Helped, answers_of, has_answer, helped, key_of
from takrim.cards.models import CardVersion, HelpCount
from takrim.orgs.actor import Actor, NotAllowed, holder
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

AZAR, DEY = "1405-09", "1405-10"
FAQ = [{"q": {"fa": "چه‌قدر طول می‌کشد؟", "en": "How long?"}, "a": {"fa": "یک هفته.", "en": "A week."}}]


def press(mark: Mark, place: str = "ir/alborz/nazarabad/", question: str = WHOLE, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    count_help(card="worker-sport", question=question, mark=mark, place=place, by=holder(), now=now)


def test_marks_are_numbers_by_month_and_house() -> None:
    for mark in (Mark.SHOWN, Mark.SHOWN, Mark.ENOUGH, Mark.FILED):
        press(mark)
    press(Mark.NOT_ENOUGH, question="abc")
    press(Mark.SHOWN, place="")
    press(Mark.SHOWN, place="ir/qom/")
    press(Mark.SHOWN, days=30)
    assert helped([AZAR], "ir/alborz/") == {
        ("worker-sport", WHOLE): Helped(2, 1, 0, 1),
        ("worker-sport", "abc"): Helped(not_enough=1),
    }
    assert helped([AZAR])["worker-sport", WHOLE].shown == 4
    assert helped([AZAR, DEY], "ir/alborz/")["worker-sport", WHOLE].shown == 3
    assert set(HelpCount.objects.values_list("path", flat=True)) == {"ir/", "ir/alborz/", "ir/qom/"}


def test_a_thousand_marks_are_read_as_one_row(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _n in range(20):
        press(Mark.ENOUGH)
    assert HelpCount.objects.count() == 1
    with django_assert_num_queries(1):
        assert helped([AZAR])["worker-sport", WHOLE].enough == 20


def test_nothing_says_who_pressed() -> None:
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, "cards_helpcount")}
    assert columns == {"id", "path", "card", "question", "period", "shown", "enough", "not_enough", "filed"}


def test_only_who_may_bring_a_matter_is_counted() -> None:
    with pytest.raises(NotAllowed):
        count_help(card="x", question="", mark=Mark.ENOUGH, place="", by=Actor(code="nobody"), now=NOW)


def test_a_question_is_known_by_its_wording() -> None:
    card = CardVersion(content={"faq": FAQ})
    key = key_of(FAQ[0])
    assert answers_of(card) == [{"key": key, "q": "چه‌قدر طول می‌کشد؟", "a": "یک هفته."}]
    assert key_of({"q": {"fa": "چه قدر طول می‌كشد؟", "en": "?"}}) == key_of({"q": {"fa": "چه قدر طول می‌کشد؟", "en": ""}})
    assert has_answer(card, key)
    assert has_answer(card, WHOLE)
    assert not has_answer(card, "other")
