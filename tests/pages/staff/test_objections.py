"""Deciding an objection on the case page, and the days in which people may object."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_end import object_to
from takrim.cases.models import Case, ObjectionDays
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit

WORDS = Words(
    outcome="partly",
    text="با بخشی از درخواست موافقت شد.",
    reason="سابقه کافی نیست.",
    next_step="مدارک تکمیلی را به همین اداره بیاورید.",
)
DAYS = "/staff/office/objections/"


@pytest.fixture
def objected(case: Case, reza: Actor, zahra: Actor, now: datetime) -> Case:
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    object_to(case=case, text="سند من را ندیده‌اید.", by=zahra, now=now)
    return case


def test_the_level_above_is_offered_the_decision_and_nobody_else(
    objected: Case, as_nima: Client, as_reza: Client
) -> None:
    address = f"/staff/cases/{objected.code}/"
    offered, not_offered = (one.get(address).content.decode() for one in (as_nima, as_reza))
    assert "?do=uphold" in offered
    assert "?do=refuse_objection" in offered
    assert "?do=uphold" not in not_offered
    # Nothing is answered while the objection waits.
    assert "?do=at_once" not in offered + not_offered
    assert as_reza.post(f"{address}uphold/", {"why": "چون"}).status_code == 409


def test_the_decision_and_its_reason_stand_beside_the_answer(objected: Case, as_nima: Client) -> None:
    address = f"/staff/cases/{objected.code}/"
    assert as_nima.post(f"{address}refuse_objection/", {"why": ""}).status_code == 422
    page = as_nima.post(f"{address}refuse_objection/", {"why": "سند به دوره دیگری مربوط است."}, follow=True)
    assert "سند به دوره دیگری مربوط است." in page.content.decode()
    objected.refresh_from_db()
    assert objected.state == "answered"


def test_the_director_sets_the_days_of_an_office(units: dict[str, Unit], as_nima: Client, as_reza: Client) -> None:
    unit = units["nazarabad"].pk
    assert as_nima.post(DAYS, {"unit": unit, "days": "۱۵"}, follow=True).status_code == 200
    assert ObjectionDays.objects.get().days == 15
    assert "۱۵" in as_nima.get(DAYS).content.decode()
    for wrong in ({"unit": unit, "days": "0"}, {"unit": units["qom"].pk, "days": "5"}, {}):
        assert as_nima.post(DAYS, wrong).status_code == 422
    assert as_reza.get(DAYS).status_code == 403
    assert as_nima.delete(DAYS).status_code == 405
    assert ObjectionDays.objects.get().days == 15
