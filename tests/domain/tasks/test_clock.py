"""What runs by the clock runs once, and what one worker holds no other has."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from takrim.site.worker import run_one
from takrim.tasks import actions_clock, health, schedule
from takrim.tasks.job import JOBS, Job
from takrim.tasks.models import Lease, Periodic, Work, Worker
from tests.domain.tasks import sample

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """One job, hourly; the moments at which it ran."""
    times: list[datetime] = []
    monkeypatch.setattr(schedule, "JOBS", {"hourly": Job(title="Hourly", every=HOUR, run=times.append)})
    return times


def test_a_job_is_due_at_round_moments() -> None:
    job = Job(title="", every=timedelta(minutes=10), run=print)
    assert job.after(datetime(2026, 11, 24, 6, 30, tzinfo=UTC)) == datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
    assert job.after(datetime(2026, 11, 24, 6, 33, 7, tzinfo=UTC)) == datetime(2026, 11, 24, 6, 40, tzinfo=UTC)


def test_a_daily_job_is_due_by_tehrans_clock() -> None:
    job = Job(title="", at=time(3, 30), run=print)
    assert job.after(datetime(2026, 11, 23, 23, 0, tzinfo=UTC)) == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert job.after(datetime(2026, 11, 24, 0, 0, tzinfo=UTC)) == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def test_a_job_has_either_a_rhythm_or_an_hour() -> None:
    with pytest.raises(ValueError, match="either"):
        Job(title="", run=print)
    with pytest.raises(ValueError, match="either"):
        Job(title="", run=print, every=HOUR, at=time(1))


def test_a_job_runs_once_however_often_the_scheduler_looks(
    now: datetime, runs: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schedule.enqueue_due(now) == 0
    due = Periodic.objects.get(name="hourly").next_at
    assert [schedule.enqueue_due(due) for _ in range(3)] == [1, 0, 0]
    monkeypatch.setattr("takrim.base.clock.now", lambda: due)
    while run_one("a"):
        pass
    assert runs == [due]


def test_two_schedulers_that_saw_the_same_clock_start_one_run(now: datetime, runs: list[datetime]) -> None:
    schedule.enqueue_due(now)
    due = Periodic.objects.get(name="hourly").next_at
    hourly = Job(title="Hourly", every=HOUR, run=lambda now: None)
    asked: list[int] = []

    def look() -> bool:
        return actions_clock.run_if_due(name="hourly", now=due, after=hourly.after, run=lambda: asked.append(look()))

    assert look()
    assert asked == [False]


def test_missed_runs_are_made_up_for_by_one(now: datetime, runs: list[datetime]) -> None:
    schedule.enqueue_due(now)
    assert schedule.enqueue_due(now + 50 * HOUR) == 1
    assert schedule.enqueue_due(now + 50 * HOUR) == 0
    assert Periodic.objects.get(name="hourly").next_at > now + 50 * HOUR


def test_a_job_that_still_waits_is_not_enqueued_twice(now: datetime, runs: list[datetime]) -> None:
    schedule.enqueue_due(now)
    schedule.enqueue_due(now + HOUR)
    schedule.enqueue_due(now + 2 * HOUR)
    assert Work.objects.count() == 1


def test_a_run_that_cannot_be_enqueued_is_due_again(now: datetime) -> None:
    def broken() -> None:
        raise RuntimeError

    actions_clock.run_if_due(name="x", now=now, after=lambda at: at + HOUR, run=broken)
    with pytest.raises(RuntimeError):
        actions_clock.run_if_due(name="x", now=now + HOUR, after=lambda at: at + HOUR, run=broken)
    assert Periodic.objects.get(name="x").next_at == now + HOUR


def test_looking_at_the_clock_costs_one_query(
    now: datetime, runs: list[datetime], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    schedule.enqueue_due(now)
    with django_assert_num_queries(1):
        schedule.enqueue_due(now)


def test_every_job_knows_what_it_is_called() -> None:
    assert {"close_answered", "forget_old"} <= set(JOBS)
    assert all(str(job.title) for job in JOBS.values())


def test_a_lease_has_one_holder_until_it_runs_out(now: datetime) -> None:
    minute = timedelta(minutes=1)

    def take(worker: str, at: datetime) -> bool:
        return actions_clock.take(name="follow:letters", worker=worker, now=at, length=minute)

    assert take("a", now)
    assert not take("b", now)
    assert take("a", now + minute / 2)
    assert not take("b", now + minute)
    assert take("b", now + 2 * minute)
    actions_clock.give_back(worker="b")
    assert take("a", now + 2 * minute)


def test_a_worker_is_alive_while_it_gives_signs_of_life(now: datetime) -> None:
    assert not health.worker_is_alive(now)
    actions_clock.alive(worker="a", now=now)
    actions_clock.alive(worker="a", now=now + timedelta(seconds=5))
    assert health.worker_is_alive(now + timedelta(seconds=10))
    assert not health.worker_is_alive(now + timedelta(minutes=1))
    actions_clock.gone(worker="a")
    assert not Worker.objects.exists()


def test_the_long_silent_are_forgotten(now: datetime) -> None:
    actions_clock.alive(worker="a", now=now)
    actions_clock.take(name="x", worker="a", now=now, length=HOUR)
    actions_clock.forget_silent(before=now + timedelta(days=1))
    assert not Worker.objects.exists()
    assert not Lease.objects.exists()


def test_the_queue_says_how_it_stands(now: datetime) -> None:
    sample.note.enqueue("a", now=now)
    sample.note.using(run_after=now + HOUR).enqueue("b", now=now)
    standing = health.queue(now)
    assert (standing.waiting, standing.running, standing.dead, standing.oldest) == (2, 0, 0, now)
