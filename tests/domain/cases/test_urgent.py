"""Danger at a workplace goes to the labour inspection at once, on the shortest clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.cases.actions_intake import EmptyMatter, final_duty
from takrim.cases.actions_urgent import report_danger
from takrim.cases.models import Case
from takrim.orgs import stamps
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit

KEY = "urgent:abcdefghijklmnopqrstuvwx"


@pytest.fixture
def inspection(units: dict[str, Unit]) -> Unit:
    names = {"name_fa": "بازرسی کار", "name_en": "Inspection", "short_fa": "بازرسی", "short_en": "Inspection"}
    made = Unit.objects.create(path="ir/alborz/inspection/", kind="department", **names)
    stamps.forget()
    return made


def report(office: Unit, by: Actor, now: datetime, text: str = "داربست در حال ریزش است.") -> Case:
    return report_danger(key=KEY, office=office, text=text, mobile="", lang="fa", by=by, now=now)


def test_it_is_an_urgent_report_owed_by_the_inspection_within_48_hours(
    inspection: Unit, units: dict[str, Unit], zahra: Actor, now: datetime
) -> None:
    case = report(units["nazarabad"], zahra, now)
    assert (case.kind, case.urgent, case.unit_path, case.party) == ("report", True, inspection.path, None)
    duty = final_duty(case)
    assert duty is not None
    assert duty.due_at == now + timedelta(hours=48)


def test_sent_twice_it_is_one_case(inspection: Unit, units: dict[str, Unit], zahra: Actor, now: datetime) -> None:
    assert report(units["nazarabad"], zahra, now) == report(units["nazarabad"], zahra, now)


def test_where_there_is_no_inspection_the_office_itself_owes_it(
    units: dict[str, Unit], zahra: Actor, now: datetime
) -> None:
    assert report(units["kahak"], zahra, now).unit_path == "ir/qom/kahak/"
    with pytest.raises(EmptyMatter):
        report_danger(key="urgent:x", office=units["kahak"], text=" ", mobile="", lang="fa", by=zahra, now=now)
