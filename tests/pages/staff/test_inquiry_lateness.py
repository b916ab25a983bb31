"""What a body outside leaves unanswered is told of that body, never counted as the office's own lateness."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from takrim.base.workdays import Length
from takrim.cases.actions_inquiry import Shown, add_partner, inquire
from takrim.cases.models import Case
from takrim.cases.models_partners import Inquiry
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from tests.people import MakeCase

GOVERNORATE = "فرمانداری ساوجبلاغ"


@pytest.fixture
def asked(make_case: MakeCase, nima: Actor, mina: Actor, now: datetime) -> Inquiry:
    """Asked long ago, gone by since, in a case whose three months by law are over as well."""
    partner = add_partner(name=GOVERNORATE, email="office@example.ir", mobile="", by=nima, now=now)
    ago = now - timedelta(days=120)
    case = make_case(at=ago)
    question = Shown(question="پروانه دارد؟")
    return inquire(case=case, partner=partner, shown=question, length=Length.parse("5 working_days"), by=mina, now=ago)


def test_only_the_answer_counts_as_owed_by_the_office(asked: Inquiry, as_reza: Client) -> None:
    page = as_reza.get("/staff/office/").context
    assert (page["owed"], page["late"]) == (1, 1)
    assert [line.title for line in page["kinds"]] == ["شکایت"]


def test_what_is_late_lies_with_the_body_that_was_asked(asked: Inquiry, as_reza: Client) -> None:
    (row,) = as_reza.get("/staff/office/").context["lates"]
    assert (row.stage, row.at) == ("در انتظار دستگاه دیگر", GOVERNORATE)
    Inquiry.objects.update(over_at=asked.expires_at, how="expired")
    (row,) = as_reza.get("/staff/office/").context["lates"]
    assert row.at == "نظرآباد", "nobody outside is waited for any more"


@pytest.mark.parametrize(
    "address", ["/staff/", "/staff/?scope=free", "/staff/?time=late", "/staff/?tab=due&kind=complaint"]
)
def test_the_cartable_lists_it_as_asked_of_them(address: str, asked: Inquiry, as_reza: Client) -> None:
    owed = as_reza.get(address).context["shown"].rows
    assert [row.badge for row in owed] == [""]
    (row,) = as_reza.get("/staff/?tab=asked").context["shown"].rows
    assert (row.unit, row.due_class, row.badge) == (GOVERNORATE, "due-late", "استعلام")


def test_the_head_above_sees_whom_it_waits_for(asked: Inquiry, as_nima: Client) -> None:
    (row,) = as_nima.get("/staff/?tab=asked&scope=below").context["shown"].rows
    assert row.unit == GOVERNORATE
    assert [row.badge for row in as_nima.get("/staff/?scope=below").context["shown"].rows] == [""]


def test_what_will_be_told_above_names_them(
    case: Case, as_reza: Client, nima: Actor, mina: Actor, now: datetime
) -> None:
    partner = add_partner(name=GOVERNORATE, email="office@example.ir", mobile="", by=nima, now=now)
    inquire(
        case=case, partner=partner, shown=Shown(question="؟"), length=Length.parse("1 working_days"), by=mina, now=now
    )
    assert Duty.objects.get(kind="inquiry").rung_at is not None
    rows = as_reza.get("/staff/escalations/").context["rows"]
    assert {row.unit for row in rows if row.step.startswith("مهلت کار خواسته‌شده")} == {GOVERNORATE}
