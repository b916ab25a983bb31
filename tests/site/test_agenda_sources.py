"""What rises onto agendas from folders that know nothing of meetings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.councils.source import SOURCES, Asking
from takrim.indicators.increments import Count
from takrim.indicators.models import Tally
from takrim.orgs.models import Unit
from tests.people import NOW

ASKING = Asking(body=1, meeting=1, unit_path="ir/alborz/", at=NOW + timedelta(days=7))
LAST = Period.containing(local_date(NOW), PeriodKind.SEASON).previous()


def replies(path: str, period: Period, *, given: int, content: int) -> None:
    row, _new = Tally.objects.get_or_create(path=path, period=period.code, by="", value="")
    Tally.objects.filter(pk=row.pk).update(**{Count.RESPONSES: given, Count.SATISFIED: content})


def test_a_fall_of_satisfaction_comes_before_the_committee(units: dict[str, Unit]) -> None:
    path = units["nazarabad"].path
    replies(path, LAST.previous(), given=20, content=18)
    replies(path, LAST, given=20, content=11)
    (risen,) = SOURCES["falling_satisfaction"].find(ASKING, NOW)
    assert risen.key == f"satisfaction:{path}:{LAST.code}"
    assert "از ۹۰٪ به ۵۵٪" in risen.note.fa
    assert "from 90% to 55%" in risen.note.en


@pytest.mark.parametrize(("given", "content"), [(20, 18), (20, 19), (9, 1)])
def test_no_fall_and_too_few_replies_say_nothing(units: dict[str, Unit], given: int, content: int) -> None:
    replies(units["nazarabad"].path, LAST.previous(), given=20, content=18)
    replies(units["nazarabad"].path, LAST, given=given, content=content)
    assert SOURCES["falling_satisfaction"].find(ASKING, NOW) == []


def test_of_another_province_nothing_is_told(units: dict[str, Unit]) -> None:
    replies(units["nazarabad"].path, LAST.previous(), given=20, content=18)
    replies(units["nazarabad"].path, LAST, given=20, content=1)
    asking = Asking(body=1, meeting=1, unit_path="ir/qom/", at=NOW)
    assert SOURCES["falling_satisfaction"].find(asking, NOW) == []
