"""How each date of a case is counted, for those who work on it: every clock, with what stood, was added and moved."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.base.clock import local_date
from takrim.base.length import Length
from takrim.cases.models import Case
from takrim.duties import sweep
from takrim.duties.actions_clocks import extend, pause, resume
from takrim.duties.models import Duty, Sweep
from takrim.journal.models import Look
from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.tasks.result import Context
from tests.people import MakeCase


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def address(case: Case) -> str:
    return f"/staff/cases/{case.code}/counted/"


@pytest.fixture
def case(make_case: MakeCase) -> Case:
    return make_case()


@pytest.fixture
def duty(case: Case) -> Duty:
    return Duty.objects.get(about=case.code)


def test_every_clock_is_counted_day_by_day(case: Case, duty: Duty, as_mina: Client) -> None:
    page = as_mina.get(address(case))
    lines = page.context["lines"]
    assert len(lines) == len(duty.clocks)
    assert [line.nearest for line in lines].count(True) == 1
    assert all(line.days or line.gone for line in lines)
    assert any(line.internal for line in lines)
    nearest = next(line for line in lines if line.nearest)
    assert nearest.due == duty.due_at
    assert nearest.days[-1].day <= local_date(nearest.due)
    assert "این همان مهلتی است" in text(page)
    assert Look.objects.filter(subject=case.code, page="counted").count() == 1
    assert address(case) in as_mina.get(f"/staff/cases/{case.code}/").content.decode()


def test_what_stood_and_what_was_added_is_told_with_its_reason(
    case: Case, duty: Duty, mina: Actor, nima: Actor, as_mina: Client, now: datetime
) -> None:
    pause(duty=duty, why="person", reason="فیش حقوقی لازم است", by=mina, now=now + timedelta(hours=1))
    stands = text(as_mina.get(address(case)))
    assert "متوقف از" in stands
    assert "مهلت متوقف است" in stands
    resume(duty=duty, by=mina, now=now + timedelta(days=2))
    extend(
        duty=duty,
        regime="promise",
        length=Length.parse("5 working_days"),
        reason="بازرسی لازم است",
        by=nima,
        now=now + timedelta(days=2),
    )
    page = as_mina.get(address(case))
    promise = next(line for line in page.context["lines"] if line.nearest)
    assert [(one.awaits, one.reason) for one in promise.stood] == [("متقاضی", "فیش حقوقی لازم است")]
    assert [(one.reason, one.by) for one in promise.more] == [("بازرسی لازم است", "نیما احمدی")]
    assert "فیش حقوقی لازم است" in text(page)
    assert promise.due == Duty.objects.get(pk=duty.pk).due_at


def test_a_date_that_moved_with_the_calendar_is_told_with_what_changed(
    case: Case, duty: Duty, units: dict[str, Unit], nima: Actor, as_mina: Client, as_nima: Client, now: datetime
) -> None:
    assert duty.due_at is not None
    day = local_date(duty.due_at)
    announce_closure(
        unit=units["alborz"], day=day, hours="", reason=Titles(fa="برف سنگین", en="Snow"), by=nima, now=now
    )
    row = Sweep.objects.get()
    sweep.run.func(Context(None), row.pk, now=now)
    page = as_mina.get(address(case))
    (moved,) = page.context["moved"]
    assert moved.before == duty.due_at
    assert moved.after == Duty.objects.get(pk=duty.pk).due_at
    assert [cause.why for cause in moved.causes] == ["برف سنگین"]
    nearest = next(line for line in page.context["lines"] if line.nearest)
    assert any("برف سنگین" in one.note for one in nearest.days), "the closed day says why"
    change = f"/staff/calendar/changes/{row.pk}/"
    assert change not in page.content.decode(), "that page is for who may change calendars"
    assert change in as_nima.get(address(case)).content.decode()


def test_each_thing_owed_has_its_count_and_no_other_case_s(
    case: Case, make_case: MakeCase, as_mina: Client, as_hadi: Client
) -> None:
    other = Duty.objects.get(about=make_case(unit="qom").code)
    assert as_mina.get(f"{address(case)}?duty={other.pk}").status_code == 404
    assert as_mina.get(f"{address(case)}?duty=x").status_code == 404
    assert as_hadi.get(address(case)).status_code == 404


def test_the_page_asks_as_often_for_one_move_as_for_many(
    case: Case,
    duty: Duty,
    units: dict[str, Unit],
    nima: Actor,
    as_nima: Client,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _again in range(3):
        due = Duty.objects.get(pk=duty.pk).due_at
        assert due is not None
        announce_closure(
            unit=units["alborz"], day=local_date(due), hours="", reason=Titles(fa="برف", en="Snow"), by=nima, now=now
        )
        sweep.run.func(Context(None), Sweep.objects.latest("id").pk, now=now)
    as_nima.get(address(case))
    with django_assert_max_num_queries(16):
        page = as_nima.get(address(case))
    assert len(page.context["moved"]) == 3


def test_a_date_from_elsewhere_is_not_counted(case: Case, duty: Duty, as_mina: Client) -> None:
    Duty.objects.filter(pk=duty.pk).update(clocks=[])
    assert "از جای دیگری آمده است" in text(as_mina.get(address(case)))
