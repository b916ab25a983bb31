"""What is owed about no case stands in the same lists, with its own words, number and page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.base.length import Length
from takrim.cases.escalation import escalate
from takrim.duties import actions
from takrim.duties.actions import Term, open_duty
from takrim.duties.kind import KINDS, DutyKind, Head
from takrim.duties.models import Duty
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Unit
from tests.people import NOW, MakeCase

PAGES = ("/staff/", "/staff/office/", "/staff/escalations/")


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    return {
        duty.pk: Head(
            title=f"کار {duty.task}", number="ک-۱۲", page=f"/council/errands/{duty.pk}/", state="open", note="از شورا"
        )
        for duty in duties
    }


@pytest.fixture(autouse=True)
def _errand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "errand", DutyKind(title="سپرده", length="10 working_days", heads=_heads))


@pytest.fixture
def errand(units: dict[str, Unit], nima: Actor, now: datetime) -> Duty:
    """Asked of Nazarabad so long ago that it is late."""
    return owe(units["nazarabad"], nima, now - timedelta(days=30))


def owe(unit: Unit, by: Actor, at: datetime) -> Duty:
    term = Term(Length.parse("5 working_days"))
    return open_duty(
        kind="errand", about="errand:1", unit=unit, by=by, now=at, term=term, task="نصب تابلو", judge_path=by.unit_path
    )


def test_it_is_listed_beside_cases_and_leads_to_its_own_page(
    errand: Duty, make_case: MakeCase, as_mina: Client
) -> None:
    make_case()
    page = as_mina.get("/staff/").content.decode()
    assert f'href="/council/errands/{errand.pk}/"' in page
    assert "کار نصب تابلو" in page
    assert "سپرده" in page
    assert "/staff/cases/errand" not in page


def test_the_head_sees_that_it_is_late_and_what_holds_it(
    errand: Duty, as_reza: Client, reza: Actor, now: datetime
) -> None:
    page = as_reza.get("/staff/office/")
    assert [row.page for row in page.context["lates"]] == [f"/council/errands/{errand.pk}/"]
    assert page.context["lates"][0].stage == "هنوز گزارشی از آن نرسیده است"
    assert page.context["lates"][0].late_with
    actions.answer(duty=errand, text="نصب شد.", by=reza, now=now)
    held = as_reza.get("/staff/office/").context["lates"][0]
    assert (held.stage, held.at) == ("گزارش شده، هنوز تأیید نشده است", "البرز")


def test_what_is_told_above_of_it_leads_there_too(units: dict[str, Unit], nima: Actor, as_reza: Client) -> None:
    duty = owe(units["nazarabad"], nima, NOW - timedelta(days=3))
    rows = as_reza.get("/staff/escalations/").context["rows"]
    assert {row.page for row in rows} == {f"/council/errands/{duty.pk}/"}
    assert {row.subject for row in rows} == {"کار نصب تابلو"}


def test_letters_name_it_by_its_number_and_kind(errand: Duty, nima: Actor, now: datetime) -> None:
    Person.objects.filter(pk=nima.person_id).update(email="nima@example.ir")
    escalate(now)
    body = Letter.objects.get(kind="escalation", to="nima@example.ir").body
    assert "ک-۱۲ · سپرده · نظرآباد" in body
    assert "errand" not in body


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow(
    units: dict[str, Unit], nima: Actor, as_reza: Client, now: datetime, path: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_reza.get(path).status_code == 200
        return len(captured)

    owe(units["nazarabad"], nima, now - timedelta(days=30))
    as_reza.get(path)
    few = queries()
    for _ in range(20):
        owe(units["nazarabad"], nima, now - timedelta(days=30))
    assert queries() == few
