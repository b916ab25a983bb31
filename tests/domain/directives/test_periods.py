"""Clauses that are owed every period open their duties by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from takrim.directives.actions import Terms
from takrim.directives.actions_issue import cancel
from takrim.directives.actions_periods import due_clauses, open_periods
from takrim.directives.models import ClauseKind, Demand, Directive, State
from takrim.duties.models import Duty
from takrim.jobs.catalogue.open_clauses import run
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from tests.directives import MakeDirective, due_day, once, owed
from tests.people import NOW

# 2 Dey 1405: the next month.
DEY = datetime(2026, 12, 23, 6, 0, tzinfo=UTC)


def monthly(**changes: Any) -> Terms:
    return once(**{"kind": ClauseKind.PERIODIC, "length": "", "every": "month", **changes})


def test_the_running_period_is_owed_at_once_until_its_end(make_directive: MakeDirective) -> None:
    directive = make_directive(monthly(), monthly(days_after=10))
    first, second = owed(directive, "karaj"), owed(directive, "karaj", 2)
    assert first.period == second.period == "1405-09"
    assert (due_day(first.duty), first.duty.length) == (date(2026, 12, 21), "end of month")
    assert due_day(second.duty) == date(2027, 1, 2)


def test_the_next_period_is_opened_once_however_often_the_job_runs(make_directive: MakeDirective) -> None:
    directive = make_directive(monthly())
    assert run(NOW + timedelta(days=1)) == 0
    assert run(DEY) == 2
    assert run(DEY) == 0
    periods = Demand.objects.filter(directive=directive, unit_path="ir/alborz/karaj/").order_by("period")
    assert list(periods.values_list("period", flat=True)) == ["1405-09", "1405-10"]
    assert Entry.objects.filter(verb="directive.period_opened").count() == 1


def test_two_workers_at_once_open_it_once(make_directive: MakeDirective) -> None:
    make_directive(monthly())
    (pk,) = due_clauses(DEY)
    assert open_periods(clause_id=pk, by=system("one"), now=DEY) == 2
    assert open_periods(clause_id=pk, by=system("other"), now=DEY) == 0


def test_periods_that_were_missed_are_opened_late_and_not_forgotten(make_directive: MakeDirective) -> None:
    directive = make_directive(monthly())
    assert run(DEY + timedelta(days=60)) == 6
    late = Demand.objects.get(directive=directive, unit_path="ir/alborz/karaj/", period="1405-10").duty
    assert due_day(late) == date(2027, 1, 20)


def test_a_closed_office_owes_no_new_period(make_directive: MakeDirective, units: dict[str, Unit]) -> None:
    make_directive(monthly())
    Unit.objects.filter(path="ir/alborz/karaj/").update(closed_on=date(2026, 12, 1))
    assert run(DEY) == 1


def test_a_clause_ends_with_its_last_period(make_directive: MakeDirective, leila: Actor) -> None:
    directive = make_directive(monthly(until=date(2026, 12, 10)))
    assert run(DEY) == 0
    Duty.objects.update(state="accepted", settled_at=DEY, answered_at=DEY)
    run(DEY)
    assert Directive.objects.get(pk=directive.pk).state == State.CARRIED_OUT
    Duty.objects.filter(about=owed(directive, "karaj").code).update(state="answered", settled_at=None)
    run(DEY)
    assert Directive.objects.get(pk=directive.pk).state == State.ISSUED


def test_a_cancelled_directive_opens_nothing_more(make_directive: MakeDirective, leila: Actor) -> None:
    directive = make_directive(monthly())
    cancel(directive=directive, why="دیگر لازم نیست", by=leila, now=NOW)
    assert run(DEY) == 0


@pytest.mark.parametrize(("every", "period"), [("season", "1405-s3"), ("half", "1405-h2"), ("year", "1405")])
def test_every_jalali_period_is_known(make_directive: MakeDirective, every: str, period: str) -> None:
    assert owed(make_directive(monthly(every=every)), "karaj").period == period
