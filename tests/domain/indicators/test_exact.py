"""Figures counted case by case: worked out by hand, equal to the rollups, as of any moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from takrim.base.period import Period
from takrim.cases.actions_end import mark_duplicate, object_to
from takrim.duties.models import Duty
from takrim.indicators.exact import By, Line, figures_by
from takrim.indicators.figures import figures
from takrim.indicators.follow import READER
from takrim.indicators.increments import Count
from takrim.journal.follow import catch_up
from takrim.orgs.actor import system
from tests.matters import answered
from tests.people import MakeCase

MEHR, ABAN, AZAR = (datetime(2026, month, day, 6, 30, tzinfo=UTC) for month, day in ((10, 2), (11, 1), (12, 1)))


def told(line: Line) -> tuple[Any, ...]:
    return (line.received, line.closed, line.open, line.with_due, line.on_time, line.late, line.overdue)


def test_a_table_worked_out_by_hand(make_case: MakeCase) -> None:
    # Due on 27 Mehr: two in time, one late, one still open and overdue, one just received.
    for hours in (1, 5, 24 * 30):
        answered(make_case(at=MEHR), MEHR + timedelta(hours=hours))
    make_case(at=MEHR)
    make_case(unit="karaj", at=AZAR)
    lines, total = figures_by("ir/alborz/", By.UNIT, AZAR)
    assert [line.key for line in lines] == ["ir/alborz/karaj/", "ir/alborz/nazarabad/"]
    assert told(lines[0]) == (1, 0, 1, 1, 0, 0, 0)
    assert told(lines[1]) == (4, 3, 1, 4, 2, 1, 1)
    assert told(total) == (5, 3, 2, 5, 2, 1, 1)
    assert total.on_time_share == Fraction(2, 3)
    assert [total.median_hours, total.p90_hours] == [5, 720]
    assert [lines[0].on_time_share, lines[0].median_hours] == [None, None]


def test_the_past_is_told_as_it_stood(make_case: MakeCase) -> None:
    case = answered(make_case(at=MEHR), MEHR + timedelta(hours=3))
    object_to(case=case, text="قبول ندارم", by=system("test"), now=MEHR + timedelta(days=5))
    answered(case, AZAR)
    moments = (MEHR - timedelta(1), MEHR, MEHR + timedelta(1), MEHR + timedelta(6), AZAR - timedelta(1), AZAR)
    seen = [told(figures_by("ir/", By.UNIT, at)[1]) for at in moments]
    assert seen == [
        (0, 0, 0, 0, 0, 0, 0),
        (1, 0, 1, 1, 0, 0, 0),
        (1, 1, 0, 1, 1, 0, 0),
        (1, 0, 1, 1, 0, 0, 0),
        (1, 0, 1, 1, 0, 0, 1),
        (1, 1, 0, 1, 0, 1, 0),
    ]


def test_a_duplicate_is_closed_and_a_case_without_a_date_is_never_late(make_case: MakeCase) -> None:
    first, repeat = make_case(at=MEHR), make_case(at=MEHR)
    mark_duplicate(case=repeat, original=first, by=system("test"), now=ABAN)
    Duty.objects.filter(about=first.code).update(due_at=None, length="")
    answered(first, AZAR)
    assert told(figures_by("ir/", By.UNIT, AZAR)[1]) == (2, 2, 0, 1, 0, 1, 0)


def test_lines_may_be_months_channels_or_subjects(make_case: MakeCase) -> None:
    # Half an hour after midnight in Tehran on the first of Aban is still the last evening of Mehr in UTC.
    night = datetime(2026, 10, 22, 21, 0, tzinfo=UTC)
    make_case(at=MEHR, subject="بیمه")
    make_case(at=night, subject="بیمه", channel="phone")
    make_case(at=ABAN, subject="مزد")
    seen = {by: {line.key: line.received for line in figures_by("ir/", by, AZAR)[0]} for by in By}
    assert seen[By.MONTH] == {"1405-07": 1, "1405-08": 2}
    assert seen[By.CHANNEL] == {"phone": 1, "web": 2}
    assert list(seen[By.SUBJECT].items()) == [("بیمه", 2), ("مزد", 1)]
    assert seen[By.UNIT] == {"ir/alborz/nazarabad/": 3}


def test_the_rollups_say_the_same(make_case: MakeCase) -> None:
    for number in range(40):
        at = MEHR + timedelta(hours=number * 23)
        case = make_case(unit=("nazarabad", "karaj", "kahak")[number % 3], at=at)
        if number % 4:
            answered(case, at + timedelta(hours=number * 12))
    catch_up(READER)
    for path in ("ir/", "ir/alborz/", "ir/qom/", "ir/alborz/karaj/"):
        line = figures_by(path, By.UNIT, AZAR)[1]
        kept = figures([path], Period.parse("1405"), AZAR)[path]
        assert (line.received, line.closed, line.on_time, line.late) == (
            kept[Count.RECEIVED],
            kept.ended,
            kept[Count.ON_TIME],
            kept[Count.LATE],
        )
        assert (line.open, line.overdue) == (kept.standing.open, kept.standing.overdue)
        assert kept.hours.quantile(Fraction(1, 2)) == pytest.approx(line.median_hours, rel=1 / 64)


def test_however_many_cases_there_are_one_question_is_asked(
    make_case: MakeCase, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(6):
        make_case(at=MEHR, unit=("nazarabad", "karaj")[number % 2])
    for by in By:
        with django_assert_num_queries(1):
            figures_by("ir/", by, AZAR)
