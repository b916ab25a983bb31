"""The number that proves a telephone travels in a letter and lies in no table."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from takrim.cases.actions_mobile import MOST_IN_AN_HOUR, TooManyNumbers, prove, send_number
from takrim.cases.models import Case
from takrim.channels.models import MobileCode
from takrim.letters.carry import carry_waiting
from takrim.letters.kind import filled
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_the_number_is_sent_and_proves_the_telephone(case: Case, zahra: Actor) -> None:
    sent = send_number(mobile="09121234567", lang="fa", by=zahra, now=NOW)
    letter = Letter.objects.get(kind="mobile_number")
    found = re.search(r"\b[0-9]{6}\b", filled(letter))
    assert found
    assert found[0] not in letter.body
    assert found[0] not in str(MobileCode.objects.values().get())
    assert prove(number_id=sent.pk, typed=found[0], by=zahra, now=NOW) == "09121234567"


def test_an_unknown_telephone_gets_no_message(case: Case, zahra: Actor) -> None:
    send_number(mobile="09350000000", lang="fa", by=zahra, now=NOW)
    assert not Letter.objects.exists()


def test_a_number_that_is_spent_is_not_carried_any_more(case: Case, zahra: Actor) -> None:
    send_number(mobile="09121234567", lang="fa", by=zahra, now=NOW)
    carry_waiting(NOW + timedelta(minutes=6))
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.gave_up_at) == (None, NOW + timedelta(minutes=6))


@pytest.mark.parametrize("mobile", ["09121234567", "09350000000"])
def test_a_telephone_is_not_flooded_and_a_strange_one_is_treated_alike(case: Case, zahra: Actor, mobile: str) -> None:
    for minutes in range(MOST_IN_AN_HOUR):
        send_number(mobile=mobile, lang="fa", by=zahra, now=NOW + timedelta(minutes=minutes))
    with pytest.raises(TooManyNumbers):
        send_number(mobile=mobile, lang="fa", by=zahra, now=NOW + timedelta(minutes=50))
    assert send_number(mobile=mobile, lang="fa", by=zahra, now=NOW + timedelta(minutes=61))
