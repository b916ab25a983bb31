"""Whose lateness: beside the clocks of a case, and on the page of the office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from takrim.base import clock
from takrim.base.length import Length
from takrim.cases.actions_intake import secret_of
from takrim.cases.actions_work import refer
from takrim.cases.models import Case
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import SignIn

DAY = timedelta(days=1)


@pytest.fixture
def late(case: Case, units: dict[str, Unit], mina: Actor, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Three days late: two of them with Karaj, which was asked."""
    due = Duty.objects.get().due_at
    assert due is not None
    refer(case=case, to=units["karaj"], task="بررسی", length=Length.parse("40 working days"), by=mina, now=due + DAY)
    monkeypatch.setattr(clock, "now", lambda: due + 3 * DAY)
    return case


def test_the_case_page_says_beside_each_clock_with_whom_it_lay(late: Case, reza: Actor, sign_in: SignIn) -> None:
    page = sign_in(reza).get(f"/staff/cases/{late.code}/").content.decode()
    assert "زمان نزد: <bdi>نظرآباد</bdi>" in page
    assert "تأخیر نزد:</span> <bdi>کرج</bdi> ۲ روز · <bdi>نظرآباد</bdi> ۱ روز" in page


def test_the_person_is_not_told_whose_lateness_it_is(late: Case) -> None:
    client = Client()
    client.post("/track/", {"code": late.code, "secret": secret_of(late)})
    page = client.get(f"/track/{late.code}/count/").content.decode()
    assert "مهلت قانونی سه‌ماهه" in page
    assert "نزد:" not in page


def test_the_office_sees_what_is_late_because_of_it_and_because_of_others(
    late: Case, reza: Actor, nima: Actor, sign_in: SignIn
) -> None:
    page = " ".join(sign_in(reza).get("/staff/office/").content.decode().split())
    assert "تأخیر این پرونده: به سبب ما ۱ روز · به سبب دیگران ۲ روز" in page
    assert "<bdi>کرج</bdi> ۲ روز · <bdi>نظرآباد</bdi> ۱ روز" in page
    above = " ".join(sign_in(nima).get("/staff/office/").content.decode().split())
    assert "به سبب ما ۳ روز" in above
    assert "به سبب دیگران" not in above


def test_what_is_in_time_is_charged_to_nobody(case: Case, reza: Actor, sign_in: SignIn, pages_at_now: object) -> None:
    assert "نزد:" not in sign_in(reza).get(f"/staff/cases/{case.code}/").content.decode()
    assert "به سبب" not in sign_in(reza).get("/staff/office/").content.decode()
