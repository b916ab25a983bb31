"""What a new house starts with: its tree, its weeks, its holidays; and started again it adds nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime

import pytest

from takrim.base.jalali import JalaliDate
from takrim.orgs import stamps
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Closure, Unit, Week
from takrim.orgs.paths import lineage
from takrim.orgs.seed import seed


@pytest.fixture
def seeded(db: None, now: datetime) -> int:
    added = seed(now)
    stamps.forget()
    return added


def test_started_again_it_adds_nothing(seeded: int, now: datetime) -> None:
    assert seeded > 40
    assert seed(now) == 0


def test_the_tree_has_every_province_and_no_orphan(seeded: int) -> None:
    paths = set(Unit.objects.values_list("path", flat=True))
    assert Unit.objects.filter(kind="directorate").count() == 31
    assert all(above in paths for path in paths for above in lineage(path))
    counties = Unit.objects.filter(kind="county")
    assert counties.filter(path__startswith="ir/alborz/").count() == 7
    assert counties.filter(path__startswith="ir/qom/").count() == 3


def test_holidays_are_closed_days_of_the_whole_country(seeded: int) -> None:
    nowruz = date(2026, 3, 21)
    assert Week.objects.exists()
    assert Closure.objects.filter(path="ir/", day=nowruz).exists()
    for path in ("ir/", "ir/alborz/karaj/", "ir/qom/"):
        assert not calendar_of(path).is_open(nowruz), path


# Official holidays on which three sources agree, by Jalali year, and a hash over all their days in order.
AGREED = dict(zip(range(1390, 1406), (27, 27, 27, 27, 27, 28, 27, 27, 26, 28, 28, 27, 29, 27, 33, 26), strict=True))
AGREED_DAYS = "8b03e9eae3cbdec1edaaea0422b37733e3951131f712b932305261b273a66e28"


def test_sixteen_years_of_holidays_are_those_that_were_agreed_on(seeded: int) -> None:
    days = Closure.objects.filter(path="ir/").order_by("day").values_list("day", flat=True)
    past = [day for day in days if JalaliDate.from_date(day).year in AGREED]
    assert Counter(JalaliDate.from_date(day).year for day in past) == AGREED
    assert hashlib.sha256("\n".join(day.isoformat() for day in past).encode()).hexdigest() == AGREED_DAYS


def test_fridays_are_closed_everywhere(seeded: int, now: datetime) -> None:
    for unit in Unit.objects.all():
        assert not calendar_of(unit.path).is_open(date(2026, 11, 27)), unit.path
