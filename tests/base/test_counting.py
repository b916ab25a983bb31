"""How a term is counted, told step by step, plainly and by the articles of the law."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from takrim.base.counting import Counting, StepKind, elapsed_hours
from takrim.base.length import Length
from takrim.base.workdays import DEFAULT_WEEK, WorkCalendar
from tests.base.test_workdays import LONG_AGO, PLAIN, moment

HOLIDAYS = WorkCalendar(
    ((LONG_AGO, DEFAULT_WEEK),), {moment(f"1405/09/{day}", "12:00").date(): None for day in (29, 30)}
)


def told(start: str, length: str, counting: Counting = Counting.PLAIN, calendar: WorkCalendar = PLAIN) -> list[str]:
    steps = calendar.explain(moment(start, "10:00"), Length.parse(length), counting)
    day = [f"{moment(start, '10:00').date() + (step.day - moment(start, '10:00').date()):%d}" for step in steps]
    return [f"{on} {step.kind}" for on, step in zip(day, steps, strict=True)]


# 1405/09/02 is Monday 23 November 2026; Thursdays and Fridays (26, 27 November) are closed.
@pytest.mark.parametrize(
    ("length", "counting", "due"),
    [
        ("10 calendar days", Counting.PLAIN, "1405/09/14"),
        ("10 calendar days", Counting.LEGAL, "1405/09/14"),
        ("10 calendar days", Counting.LEGAL_ACT, "1405/09/14"),
        ("9 calendar days", Counting.LEGAL, "1405/09/11"),
        ("9 calendar days", Counting.LEGAL_ACT, "1405/09/14"),
        ("3 months", Counting.LEGAL, "1405/12/02"),
        ("10 working days", Counting.LEGAL, "1405/09/16"),
        ("10 working days", Counting.LEGAL_ACT, "1405/09/17"),
        ("next saturday", Counting.LEGAL, "1405/09/07"),
        ("next friday", Counting.PLAIN, "1405/09/07"),
        ("end of month", Counting.PLAIN, "1405/09/30"),
    ],
)
def test_a_term_ends(length: str, counting: Counting, due: str) -> None:
    assert PLAIN.due(moment("1405/09/02", "10:00"), Length.parse(length), counting) == moment(due, "14:30")


def test_hours_end_on_a_closed_day_only_where_no_law_moves_them_on() -> None:
    start, length = moment("1405/09/03", "10:00"), Length.parse("48 hours")
    assert PLAIN.due(start, length) == moment("1405/09/05", "10:00")
    assert PLAIN.due(start, length, Counting.LEGAL) == moment("1405/09/07", "14:30")


def test_the_end_of_a_period_is_its_last_open_day_and_by_law_the_next_one() -> None:
    start, length = moment("1405/09/02", "10:00"), Length.parse("end of month")
    assert HOLIDAYS.due(start, length) == moment("1405/09/28", "14:30")
    assert HOLIDAYS.due(start, length, Counting.LEGAL) == moment("1405/10/01", "14:30")
    assert HOLIDAYS.due(moment("1405/09/28", "10:00"), length) == moment("1405/10/01", "14:30"), "none is left"


def test_a_count_of_working_days_tells_each_day() -> None:
    steps = PLAIN.explain(moment("1405/09/03", "10:00"), Length.parse("2 working days"))
    assert [(f"{step.day:%d}", step.kind, int(step.count)) for step in steps] == [
        ("24", StepKind.START_DAY, 0),
        ("25", StepKind.COUNTED, 1),
        ("26", StepKind.SKIPPED_CLOSED, 1),
        ("27", StepKind.SKIPPED_CLOSED, 1),
        ("28", StepKind.COUNTED, 2),
        ("28", StepKind.DUE, 2),
    ]
    assert steps[-1].moment == moment("1405/09/07", "14:30")


def test_a_count_of_working_hours_tells_the_hours_of_each_day() -> None:
    steps = PLAIN.explain(moment("1405/09/04", "13:00"), Length.parse("2 working hours"))
    assert [step.kind for step in steps] == ["counted", "skipped_closed", "skipped_closed", "counted", "due"]
    assert steps[0].count == Fraction(3, 2)


def test_a_count_of_hours_tells_the_hours_of_each_day() -> None:
    steps = PLAIN.explain(moment("1405/09/02", "10:00"), Length.parse("48 hours"))
    assert [int(step.count) for step in steps] == [14, 38, 48, 48]


@pytest.mark.parametrize(
    ("length", "counting", "steps"),
    [
        ("2 calendar days", Counting.PLAIN, "24 start_day, 25 counted, 26 counted, 26 moved_on, 27 moved_on, 28 due"),
        (
            "1 calendar day", Counting.LEGAL_ACT,
            "24 start_day, 25 counted, 26 action_day, 26 moved_on, 27 moved_on, 28 due",
        ),
        (
            "1 working day", Counting.LEGAL_ACT,
            "24 start_day, 25 counted, 26 skipped_closed, 27 skipped_closed, 28 action_day, 28 due",
        ),
        ("48 hours", Counting.LEGAL, "24 counted, 25 counted, 26 counted, 26 moved_on, 27 moved_on, 28 due"),
        ("next thursday", Counting.PLAIN, "24 start_day, 26 named_day, 26 moved_on, 27 moved_on, 28 due"),
    ],
)  # fmt: skip
def test_a_count_tells_what_moved_it(length: str, counting: Counting, steps: str) -> None:
    assert ", ".join(told("1405/09/03", length, counting)) == steps


def test_the_end_of_a_period_tells_the_closed_days_it_moved_back_over() -> None:
    steps = HOLIDAYS.explain(moment("1405/09/27", "10:00"), Length.parse("end of month"))
    assert [step.kind for step in steps] == ["start_day", "moved_back", "moved_back", "due"]


def test_a_legal_count_names_its_articles_in_both_languages() -> None:
    steps = PLAIN.explain(moment("1405/09/03", "10:00"), Length.parse("1 month"), Counting.LEGAL)
    with translation.override("fa"):
        assert steps[0].note == "روز آغاز شمرده نمی‌شود. (ماده ۴۴۵ قانون آیین دادرسی مدنی)"
        assert steps[1].note == "هر ماه ۳۰ روز است: ۳۰ روز شمرده می‌شود. (ماده ۴۴۳ قانون آیین دادرسی مدنی)"
    with translation.override("en"):
        assert steps[1].note == "A month is 30 days: 30 days are counted. (Article 443 of the Civil Procedure Code)"
    moved = PLAIN.explain(moment("1405/09/03", "10:00"), Length.parse("2 calendar days"), Counting.LEGAL)[-2]
    with translation.override("en"):
        assert moved.said("Friday") == (
            "Friday: closed, so the deadline moves on. (Article 444 of the Civil Procedure Code)"
        )


def test_a_plain_count_names_no_law() -> None:
    steps = PLAIN.explain(moment("1405/09/03", "10:00"), Length.parse("2 months"))
    assert all(step.rule is None for step in steps)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_each_way_of_counting_has_its_words(lang: str) -> None:
    with translation.override(lang):
        assert len({counting.words for counting in Counting}) == len(Counting)


def test_elapsed_hours_are_exact() -> None:
    start = moment("1405/09/02", "10:00")
    assert elapsed_hours(start, start + timedelta(minutes=20)) == Fraction(1, 3)
    assert elapsed_hours(start, start - timedelta(hours=2)) == -2
