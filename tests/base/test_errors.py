"""A refusal is a sentence for a person, with a code for machines."""

from __future__ import annotations

import pickle

import pytest
from django.utils import translation

from takrim.base.errors import Refusal


class TooLate(Refusal):
    code = "too_late"
    message = "The deadline of {task} was {days} days ago."


def test_a_refusal_tells_its_facts() -> None:
    refusal = TooLate(task="case 12", days=3)
    assert str(refusal) == "The deadline of case 12 was 3 days ago."
    assert refusal.facts == {"task": "case 12", "days": 3}
    assert (refusal.code, refusal.status) == ("too_late", 409)


def test_numbers_in_a_persian_sentence_have_persian_digits_and_codes_do_not() -> None:
    with translation.override("fa"):
        assert str(TooLate(task="A12", days=13)) == "The deadline of A12 was ۱۳ days ago."


def test_braces_in_a_fact_are_only_text() -> None:
    assert str(TooLate(task="{days}", days=1)).startswith("The deadline of {days} was")


def test_a_refusal_without_facts_may_have_braces() -> None:
    class Odd(Refusal):
        message = "Write {so}."

    assert str(Odd()) == "Write {so}."


def test_a_refusal_survives_a_journey_between_processes() -> None:
    back = pickle.loads(pickle.dumps(TooLate(task="x", days=1)))
    assert isinstance(back, TooLate)
    assert back.facts == {"task": "x", "days": 1}


def test_a_refusal_can_be_caught_as_one() -> None:
    with pytest.raises(Refusal):
        raise TooLate(task="x", days=1)
