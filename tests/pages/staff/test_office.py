"""The head's page: what is owed, by when, and what holds what is late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases.actions_answer import Words, answer_at_once, approve, draft, submit
from takrim.cases.actions_end import object_to
from takrim.cases.actions_intake import ask_completion
from takrim.cases.actions_work import note, refer, reply, take_up
from takrim.cases.models import Case
from takrim.cases.office import Stage, late_and_why, next_saturday
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase

WORDS = Words(
    outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)
LONG_AGO = timedelta(days=60)


def test_what_is_owed_is_counted_by_kind_and_week(make_case: MakeCase, as_reza: Client, now: datetime) -> None:
    make_case(at=now - LONG_AGO)
    make_case()
    make_case(kind="question")
    make_case(unit="karaj")
    page = as_reza.get("/staff/office/").context
    assert (page["owed"], page["late"]) == (3, 1)
    lines = {line.title: [count for count, _ in line.cells] for line in page["kinds"]}
    assert lines["شکایت"] == [1, 0, 0, 1, 0]
    assert sum(lines["سؤال"]) == 1
    assert page["offices"] == []


def test_a_director_sees_each_office_below(make_case: MakeCase, as_nima: Client, now: datetime) -> None:
    make_case(unit="karaj", at=now - LONG_AGO)
    make_case(unit="nazarabad")
    make_case(unit="alborz")
    make_case(unit="qom")
    offices = as_nima.get("/staff/office/").context["offices"]
    assert offices[0].title == "کرج", "the latest first"
    assert sorted(line.title for line in offices) == sorted(["کرج", "نظرآباد", "البرز"])


def test_who_sees_no_cases_sees_their_number(make_case: MakeCase, as_tara: Client, now: datetime) -> None:
    make_case(text="متن محرمانه", at=now - LONG_AGO)
    page = as_tara.get("/staff/office/")
    assert page.context["late"] == 1
    assert "متن محرمانه" not in page.content.decode()
    assert "/staff/?scope" not in page.content.decode()


def test_nothing_owed_is_said_kindly(as_reza: Client) -> None:
    assert "خسته نباشید" in as_reza.get("/staff/office/").content.decode()


def late(make_case: MakeCase, now: datetime) -> Case:
    return make_case(at=now - LONG_AGO)


def stage_of(case: Case, now: datetime) -> tuple[Stage, tuple[str, ...]]:
    held = next(
        row for row in late_and_why(Duty.objects.filter(kind="final_answer"), now, 10) if row.case["code"] == case.code
    )
    return held.stage, held.at


OURS = ("ir/alborz/nazarabad/",)


def test_the_page_says_what_holds_a_late_case(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, hadi: Actor, reza: Actor, zahra: Actor, now: datetime
) -> None:
    case = late(make_case, now)
    assert stage_of(case, now) == (Stage.NOT_TAKEN_UP, OURS)
    duty = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert stage_of(case, now) == (Stage.OTHER_OFFICES, ("ir/alborz/karaj/",))
    reply(case=case, duty=duty, text="دارد.", by=hadi, now=now)
    assert stage_of(case, now) == (Stage.UNDER_REVIEW, OURS)
    case.refresh_from_db()
    ask_completion(case=case, what="قرارداد", by=mina, now=now)
    assert stage_of(case, now) == (Stage.APPLICANT, OURS)
    answer = draft(case=case, words=WORDS, by=mina, now=now)
    assert stage_of(case, now) == (Stage.DRAFT_KEPT, OURS)
    submit(answer=answer, by=mina, now=now)
    assert stage_of(case, now) == (Stage.APPROVAL, OURS)
    approve(answer=answer, by=reza, now=now)
    assert stage_of(case, now) == (Stage.DELIVERY, OURS)
    other = make_case(at=now - LONG_AGO)
    answer_at_once(case=other, words=WORDS, how="phone", by=reza, now=now - LONG_AGO)
    object_to(case=other, text="نه", by=zahra, now=now - LONG_AGO)
    assert stage_of(other, now) == (Stage.OBJECTED_TO, OURS)
    take_up(case=other, by=mina, now=now)
    assert stage_of(other, now)[0] == Stage.UNDER_REVIEW


def test_a_late_referral_lies_with_who_was_asked_or_who_judges(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, hadi: Actor, now: datetime
) -> None:
    case = late(make_case, now)
    duty = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now - LONG_AGO)
    referrals = Duty.objects.filter(kind="referral")
    assert [(row.stage, row.at) for row in late_and_why(referrals, now, 5)] == [(Stage.REPLY, ("ir/alborz/karaj/",))]
    reply(case=case, duty=duty, text="دارد.", by=hadi, now=now)
    assert [(row.stage, row.at) for row in late_and_why(referrals, now, 5)] == [(Stage.JUDGMENT, OURS)]


def test_since_when_nothing_happened(make_case: MakeCase, mina: Actor, now: datetime) -> None:
    case = late(make_case, now)
    note(case=case, text="تماس گرفته شد.", by=mina, now=now - timedelta(days=4))
    assert late_and_why(Duty.objects.all(), now, 5)[0].since == now - timedelta(days=4)


@pytest.mark.parametrize(("day", "saturday"), [(24, 28), (27, 28), (28, 5)])
def test_the_week_begins_on_saturday(day: int, saturday: int, now: datetime) -> None:
    assert next_saturday(now.replace(day=day)).day == saturday


def test_the_number_of_queries_does_not_grow(make_case: MakeCase, as_nima: Client, now: datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_nima.get("/staff/office/").status_code == 200
        return len(captured)

    as_nima.get("/staff/office/")
    late(make_case, now)
    few = queries()
    for _ in range(30):
        late(make_case, now)
    assert queries() == few <= 3 + 9
