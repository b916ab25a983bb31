"""Suggestions on the pages where a matter is written down or referred; a person decides."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from takrim.cases import learning
from takrim.cases.actions_work import refer
from takrim.cases.models import Case
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase, SignIn

WAGES, LOANS = "حقوق ماه {n} پرداخت نشده و کارفرما مزد نمی‌دهد", "وام و تسهیلات خوداشتغالی برای کارگاه {n} می‌خواهم"


@pytest.fixture
def learned(
    make_case: MakeCase, units: dict[str, Unit], nima: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loans come to Karaj, wages to Nazarabad, which asks Karaj about them."""
    monkeypatch.setattr(learning, "LEAST", 10)
    for n in range(8):
        refer(case=make_case(text=WAGES.format(n=n)), to=units["karaj"], task="نظر", length=None, by=nima, now=now)
        refer(
            case=make_case(unit="karaj", text=LOANS.format(n=n)),
            to=units["nazarabad"],
            task="نظر",
            length=None,
            by=nima,
            now=now,
        )
    learning.learn_all(now)


def test_offices_are_suggested_while_a_case_is_written_down(as_sara: Client, learned: None, now: datetime) -> None:
    part = as_sara.post("/staff/new/suggest/", {"text": "تسهیلات و وام"}).content.decode()
    assert part.index("کرج") < part.index("نظرآباد")
    page = as_sara.post("/staff/new/", {"text": "تسهیلات و وام", "suggest": "1"}).content.decode()
    assert "use_unit" in page and "تسهیلات و وام" in page
    chosen = as_sara.post("/staff/new/", {"text": "تسهیلات و وام", "use_unit": "ir/alborz/karaj/"})
    assert 'value="اداره شهرستان کرج"' in chosen.content.decode()
    assert Case.objects.count() == 16


def test_without_history_nothing_is_suggested(as_sara: Client, as_omid: Client, learned: None) -> None:
    assert "use_" not in as_omid.post("/staff/new/suggest/", {"text": "تسهیلات و وام"}).content.decode()
    assert "use_" not in as_sara.post("/staff/new/suggest/", {"text": ""}).content.decode()


def test_only_those_who_file_are_given_suggestions(as_tara: Client, as_sara: Client) -> None:
    assert as_tara.post("/staff/new/suggest/", {"text": "وام"}).status_code == 403
    assert as_sara.get("/staff/new/suggest/").status_code == 405
    assert Client().post("/staff/new/suggest/", {"text": "وام"}).status_code == 302


def test_an_office_is_suggested_for_a_referral(as_mina: Client, learned: None, make_case: MakeCase) -> None:
    case = make_case(text=WAGES.format(n="مهر"))
    page = as_mina.get(f"/staff/cases/{case.code}/?do=refer").content.decode()
    assert "use_referral" in page
    typed = {"use_referral": "ir/alborz/karaj/", "task": "بررسی کنید", "days": "7"}
    chosen = as_mina.post(f"/staff/cases/{case.code}/refer/", typed).content.decode()
    assert 'value="اداره شهرستان کرج"' in chosen and "بررسی کنید" in chosen and 'value="۷"' in chosen
    case.refresh_from_db()
    assert case.state == "registered"


def test_an_office_is_suggested_for_a_transfer(as_reza: Client, learned: None, make_case: MakeCase) -> None:
    case = make_case(text=LOANS.format(n="مهر"))
    assert (
        'name="use_unit" value="ir/alborz/karaj/"'
        in as_reza.get(f"/staff/cases/{case.code}/?do=transfer").content.decode()
    )
    typed = {"use_unit": "ir/alborz/karaj/", "reason": "کار آن دفتر است"}
    chosen = as_reza.post(f"/staff/cases/{case.code}/transfer/", typed).content.decode()
    assert 'value="اداره شهرستان کرج"' in chosen and "کار آن دفتر است" in chosen
    case.refresh_from_db()
    assert case.unit_path == "ir/alborz/nazarabad/"


def test_the_operator_sees_how_often_suggestions_were_right(sign_in: SignIn, kian: Actor, learned: None) -> None:
    operator = sign_in(kian)
    page = operator.get("/operator/suggestions/").content.decode()
    assert "۱۰۰٪" in page
    assert operator.post("/operator/suggestions/learn/").status_code == 302


def test_only_the_operator_sees_the_page(as_reza: Client) -> None:
    assert as_reza.get("/operator/suggestions/").status_code == 403
    assert as_reza.post("/operator/suggestions/learn/").status_code == 403
