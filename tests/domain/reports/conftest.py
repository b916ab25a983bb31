"""Leyla writes the reports of Alborz; half a year in which Nazarabad became slower than a year before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from takrim.base.period import Period
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.reports import actions, actions_make
from takrim.reports.build import build
from takrim.reports.models import Report
from tests.matters import answered, judged
from tests.people import NOW, Hire, MakeCase

HALF = Period.parse("1405-h1")
# Mondays of two summers.
SUMMER = datetime(2026, 7, 6, 6, 30, tzinfo=UTC)
LAST_SUMMER = datetime(2025, 7, 7, 6, 30, tzinfo=UTC)


@pytest.fixture
def leyla(hire: Hire) -> Actor:
    return hire("leyla", "لیلا نادری", "secretary", "alborz")


@pytest.fixture
def slower(make_case: MakeCase) -> None:
    """Last year all twenty were answered on time; this year Nazarabad answered half of its twenty late."""
    for place in ("nazarabad", "karaj"):
        for number in range(10):
            answered(make_case(unit=place, at=LAST_SUMMER), LAST_SUMMER + timedelta(days=2, minutes=number))
    for place, late in (("nazarabad", 10), ("karaj", 0)):
        for number in range(20):
            days = 40 if number < late else 2
            case = answered(make_case(unit=place, at=SUMMER), SUMMER + timedelta(days=days, minutes=number))
            if number >= 8:
                judged(case, 5 if number % 2 else 2, SUMMER + timedelta(days=41))


def counted(report: Report, now: datetime = NOW) -> Report:
    """The report with the figures of a moment, as the worker puts them in."""
    leader = system("test")
    making = actions_make.ask_figures(report=report, by=leader, now=now)
    actions_make.take_figures(making=making, built=build(report.unit_path, report.about, now), by=leader, now=now)
    report.refresh_from_db()
    return report


@pytest.fixture
def report(units: dict[str, Unit], leyla: Actor, slower: None) -> Report:
    """Leyla's draft about Alborz with its figures."""
    return counted(actions.begin(unit=units["alborz"], period=HALF, by=leyla, now=NOW))
