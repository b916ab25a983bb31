"""In a period that goes on, what is not due yet is neither due nor missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from takrim.base.period import Period
from takrim.duties.models import Duty
from takrim.indicators.figures import figures, still_to_come
from takrim.indicators.follow import READER
from takrim.indicators.increments import Count, moment_of, now_slot, slot_of
from takrim.indicators.indicator import Ratio
from takrim.indicators.sums import Sums
from takrim.indicators.tables import By, Wanted, grid
from takrim.indicators.values import values_of
from takrim.journal.follow import catch_up
from tests.matters import answered
from tests.people import NOW, MakeCase

PATH, YEAR = "ir/alborz/nazarabad/", Period.parse("1405")
pytestmark = pytest.mark.usefixtures("units")


def missed(period: Period, now: datetime) -> tuple[int, int]:
    catch_up(READER)
    of = figures([PATH], period, now)[PATH]
    return of[Count.MISSED], of[Count.FELL_DUE]


@pytest.fixture
def due(make_case: MakeCase) -> Callable[[datetime], datetime]:
    """A matter that came at a moment; says when its answer is due."""

    def go(at: datetime) -> datetime:
        case = make_case(at=at)
        found = Duty.objects.get(about=case.code, kind="final_answer").due_at
        assert found is not None
        return found

    return go


def test_nobody_has_missed_what_is_not_due_yet(due: Callable[[datetime], datetime]) -> None:
    moment = due(NOW)
    period = YEAR
    assert NOW < moment < period.bounds()[1]
    assert missed(period, NOW) == (0, 0)
    assert missed(period, moment - timedelta(minutes=31)) == (0, 0)
    assert missed(period, moment + timedelta(minutes=31)) == (1, 1)
    # Nor once it is over, whoever asks and when.
    assert missed(period, moment + timedelta(days=900)) == (1, 1)


def test_what_was_answered_before_its_date_counts_as_kept(make_case: MakeCase) -> None:
    answered(make_case(at=NOW), NOW + timedelta(hours=3))
    make_case(at=NOW)
    assert missed(YEAR, NOW + timedelta(hours=4)) == (0, 1)
    assert values_of([PATH], ["missed"], YEAR, NOW + timedelta(hours=4))[PATH, "missed"] == Ratio(0, 1)


@pytest.mark.parametrize("days", [-40, 0, 3, 29, 77])
def test_any_number_of_dates_is_told_apart(days: int) -> None:
    """However dates lie in half hours, days and blocks: the sum over the grains is the count of each of them."""
    random, begins, ends = Random(days), *(slot_of(moment) for moment in YEAR.bounds())
    now = NOW + timedelta(days=days, minutes=random.randrange(600))
    slots = [random.randrange(begins - 4000, ends + 4000) for _number in range(300)]
    slots += [now_slot(now) + step for step in (-1, 0, 1, 47, 48, 49)] + [ends, ends + 1, begins]
    sums = Sums()
    sums.take(("owed", (PATH, slot), 1) for slot in slots)
    sums.take([("owed", (PATH, None), 5)])
    sums.write()
    wanted = sum(1 for slot in slots if max(now_slot(now), begins) < slot <= ends)
    assert wanted
    assert still_to_come([PATH], YEAR, now) == {PATH: wanted}
    assert still_to_come([PATH], YEAR, moment_of(ends)) == {PATH: 0}


def test_by_sort_it_is_not_told_of_a_period_that_goes_on(make_case: MakeCase) -> None:
    make_case(at=NOW)
    catch_up(READER)
    wanted = Wanted(path="ir/", period=YEAR, rows=By.KINDS, codes=("missed", "received"))
    assert grid(wanted, NOW).not_kept == ["missed"]
    assert grid(wanted, YEAR.bounds()[1]).not_kept == []
