"""What will be told to those above in three days: seen by who answers for the office, and nobody else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases.actions_shield import keep_from
from takrim.cases.conflict import Subject
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from tests.people import MakeCase

PAGE = "/staff/escalations/"


@pytest.mark.parametrize(
    ("lang", "step", "whom"),
    [("fa", "مهلت وعده‌داده‌شده", "رئیس اداره"), ("en", "Promised time: 80% has gone by", "head of the office")],
)
def test_each_coming_step_says_when_which_and_whom(
    make_case: MakeCase, as_reza: Client, now: datetime, lang: str, step: str, whom: str
) -> None:
    case = make_case(at=now - timedelta(days=17))
    make_case()
    as_reza.cookies["language"] = lang
    page = as_reza.get(PAGE).content.decode()
    assert case.code in page
    assert step in page
    assert whom in page


def test_what_comes_first_stands_first_though_one_case_has_several_steps(
    make_case: MakeCase, as_reza: Client, now: datetime
) -> None:
    for days in (17, 10, 14):
        make_case(at=now - timedelta(days=days))
    coming = [row.at for row in as_reza.get(PAGE).context["rows"]]
    assert coming == sorted(coming)
    assert len(coming) > 1


def test_what_is_about_the_office_itself_is_not_listed(
    make_case: MakeCase, as_reza: Client, reza: Actor, nima: Actor, now: datetime
) -> None:
    case = make_case(at=now - timedelta(days=17))
    keep_from(case=case, subject=Subject(path=reza.unit_path), by=nima, now=now)
    assert case.code not in as_reza.get(PAGE).content.decode()


def test_nothing_to_come_is_said_kindly(as_reza: Client) -> None:
    assert "چیزی به مقام بالاتر اعلام نخواهد شد" in as_reza.get(PAGE).content.decode()


def test_a_long_list_goes_on_without_losing_a_case(
    make_case: MakeCase, as_nima: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("takrim.web.staff.escalations.PAGE", 3)
    made = {make_case(at=now - timedelta(days=17, hours=number // 2)).code for number in range(7)}
    seen: list[str] = []
    address: str | None = PAGE
    while address:
        text = as_nima.get(address).content.decode()
        seen += dict.fromkeys(re.findall(r"/staff/cases/(\d{11})/", text))
        found = re.search(r'rel="next" href="([^"]+)"', text)
        address = PAGE + found[1].replace("&amp;", "&") if found else None
    assert sorted(seen) == sorted(made)
    assert as_nima.get(f"{PAGE}?after=x~y").status_code == 404


def test_a_page_costs_the_same_however_much_comes(make_case: MakeCase, as_reza: Client, now: datetime) -> None:
    asked = []
    for many in (2, 9):
        for _ in range(many):
            make_case(at=now - timedelta(days=17))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_reza.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert Duty.objects.count() == 11


def test_another_province_sees_nothing_of_it_and_an_expert_has_no_such_page(
    make_case: MakeCase, as_omid: Client, as_mina: Client, now: datetime
) -> None:
    case = make_case(at=now - timedelta(days=17))
    assert case.code not in as_omid.get(PAGE).content.decode()
    assert as_mina.get(PAGE).status_code == 403
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
    assert as_omid.post(PAGE).status_code == 405
