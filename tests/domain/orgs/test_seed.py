"""What a new house starts with: its tree, its weeks, its holidays; and started again it adds nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

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


def test_fridays_are_closed_everywhere(seeded: int, now: datetime) -> None:
    for unit in Unit.objects.all():
        assert not calendar_of(unit.path).is_open(date(2026, 11, 27)), unit.path
