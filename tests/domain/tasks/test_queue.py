"""Work waits in the queue, is taken once, is tried again, and is given up at last."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from takrim.site.worker import run_one
from takrim.tasks import actions
from takrim.tasks.models import Status, Work
from takrim.tasks.result import TaskResult
from takrim.tasks.task import TASKS, UnknownTask, find, task
from tests.domain.tasks import sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    sample.DONE.clear()


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker's clock stand at a moment."""
    monkeypatch.setattr("takrim.base.clock.now", lambda: moment)


@pytest.fixture
def clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    at(now, monkeypatch)
    return monkeypatch


def test_a_worker_does_what_waits_and_keeps_the_result(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.note.enqueue("hello", now=now)
    assert (result.status, result.is_finished) == (Status.READY, False)
    assert run_one("a")
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (Status.SUCCESSFUL, "HELLO", 1)
    assert sample.DONE == ["hello"]
    assert not run_one("a")


def test_a_task_is_called_at_once_when_called(now: datetime) -> None:
    assert sample.note.call("hello", now=now) == "HELLO"
    assert sample.count.call(3, now=now) == 1


def test_a_rollback_takes_the_task_back(now: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sample.note.enqueue("hello", now=now)
        raise RuntimeError
    assert not Work.objects.exists()


def test_what_is_meant_for_later_waits(now: datetime, clock: pytest.MonkeyPatch) -> None:
    sample.note.using(run_after=now + timedelta(hours=1)).enqueue("later", now=now)
    assert not run_one("a")
    at(now + timedelta(hours=1), clock)
    assert run_one("a")


def test_the_more_important_goes_first(now: datetime, clock: pytest.MonkeyPatch) -> None:
    sample.note.enqueue("second", now=now)
    sample.note.using(priority=5).enqueue("first", now=now)
    sample.note.using(priority=-1).enqueue("last", now=now)
    while run_one("a"):
        pass
    assert sample.DONE == ["first", "second", "last"]


def test_a_worker_may_do_some_queues_only(now: datetime, clock: pytest.MonkeyPatch) -> None:
    sample.note.using(queue_name="slow").enqueue("slow", now=now)
    assert not run_one("a", queues=["default"])
    assert run_one("a", queues=["slow"])


def test_what_has_one_key_waits_once(now: datetime, clock: pytest.MonkeyPatch) -> None:
    first = sample.note.using(key="k").enqueue("one", now=now)
    again = sample.note.using(key="k").enqueue("two", now=now)
    assert again.id == first.id
    assert sample.note.using(key="other").enqueue("three", now=now).id != first.id
    run_one("a")
    assert sample.note.using(key="k").enqueue("four", now=now).id != first.id


def test_of_calls_with_one_key_only_the_last_success_is_remembered(now: datetime, clock: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        sample.note.using(key="k").enqueue("again", now=now)
        sample.note.enqueue("once", now=now)
        while run_one("a"):
            pass
    assert Work.objects.filter(key="k").count() == 1
    assert Work.objects.filter(key="").count() == 3


def test_two_workers_do_not_take_the_same(now: datetime) -> None:
    sample.note.enqueue("one", now=now)
    lease = timedelta(seconds=30)
    assert actions.claim(worker="a", now=now, lease=lease) is not None
    assert actions.claim(worker="b", now=now, lease=lease) is None


def test_a_silent_worker_loses_its_task_to_another(now: datetime) -> None:
    sample.note.enqueue("one", now=now)
    first = actions.claim(worker="a", now=now, lease=timedelta(seconds=30))
    second = actions.claim(worker="b", now=now + timedelta(seconds=31), lease=timedelta(seconds=30))
    assert first and second
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert not actions.succeed(row=first, result=None, now=now)
    assert not actions.renew(row=first, until=now + timedelta(days=1))
    assert actions.succeed(row=second, result=None, now=now)


def test_a_lease_that_is_renewed_is_kept(now: datetime) -> None:
    sample.note.enqueue("one", now=now)
    row = actions.claim(worker="a", now=now, lease=timedelta(seconds=30))
    assert row
    assert actions.renew(row=row, until=now + timedelta(seconds=90))
    assert actions.claim(worker="b", now=now + timedelta(seconds=60), lease=timedelta(seconds=30)) is None


def test_a_successor_takes_back_what_was_held(now: datetime) -> None:
    sample.note.enqueue("one", now=now)
    actions.claim(worker="host:1:worker", now=now, lease=timedelta(seconds=30))
    assert actions.release(worker="host:1:worker", now=now) == 1
    assert actions.claim(worker="host:1:worker", now=now, lease=timedelta(seconds=30)) is not None


def test_a_failed_task_is_tried_again_later_and_later_and_then_given_up(
    now: datetime, clock: pytest.MonkeyPatch
) -> None:
    result = sample.fail.enqueue("0912", now=now)
    moment, pauses = now, []
    for _ in range(3):
        at(moment, clock)
        assert run_one("a")
        assert not run_one("a")
        result.refresh()
        pauses.append(result.row.next_at - moment)
        moment = result.row.next_at
    assert result.status is Status.FAILED
    assert result.is_finished
    assert pauses[0] >= timedelta(seconds=10)
    assert pauses[1] >= timedelta(seconds=20)
    assert [error.exception_class_path for error in result.errors] == ["builtins.ValueError"] * 3


def test_what_is_kept_of_an_error_names_the_place_but_nobody(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.fail.enqueue("0912", now=now)
    run_one("a")
    result.refresh()
    assert "sample.py" in result.errors[0].traceback
    assert "behind" not in str(result.row.errors)


def test_a_refusal_is_told_by_its_code(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.refuse.enqueue(now=now)
    run_one("a")
    result.refresh()
    assert (result.status, result.errors[0].exception_class_path) == (Status.FAILED, "Refusal not_today")
    with pytest.raises(ValueError, match="not succeeded"):
        _ = result.return_value


def test_a_task_whose_workers_all_die_is_given_up(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.once.enqueue(now=now)
    for number in range(2):
        moment = now + timedelta(minutes=number)
        assert actions.claim(worker=f"w{number}", now=moment, lease=timedelta(seconds=1))
    at(now + timedelta(hours=1), clock)
    assert run_one("a")
    result.refresh()
    assert (result.status, result.errors[-1].exception_class_path) == (Status.FAILED, "WorkerLost")


def test_a_dead_task_can_be_started_again_once(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.refuse.enqueue(now=now)
    run_one("a")
    result.refresh()
    actions.retry(row=result.row, now=now)
    with pytest.raises(actions.NotDead):
        actions.retry(row=result.row, now=now)
    result.refresh()
    assert (result.status, result.attempts, len(result.errors)) == (Status.READY, 0, 1)


def test_a_dead_task_does_not_come_back_beside_its_successor(now: datetime, clock: pytest.MonkeyPatch) -> None:
    dead = sample.refuse.using(key="k").enqueue(now=now)
    run_one("a")
    sample.refuse.using(key="k").enqueue(now=now)
    dead.refresh()
    with pytest.raises(actions.NotDead):
        actions.retry(row=dead.row, now=now)


def test_progress_is_seen_from_outside(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.count.enqueue(3, now=now)
    run_one("a")
    result.refresh()
    assert (result.row.done, result.row.total, result.row.note) == (3, 3, "counting")


def test_a_task_that_this_version_does_not_know_is_given_up(now: datetime, clock: pytest.MonkeyPatch) -> None:
    result = sample.note.enqueue("x", now=now)
    Work.objects.filter(pk=result.id).update(task="takrim.gone.away")
    run_one("a")
    row = Work.objects.get(pk=result.id)
    assert row.status == Status.FAILED


def test_tasks_are_found_by_name_and_nothing_else_is_imported() -> None:
    assert find(sample.note.name) is sample.note
    assert find("takrim.tasks.schedule.run_job").name in TASKS
    for name in ("os.system", "takrim.nothing.here", "takrim.tasks.models.Work"):
        with pytest.raises(UnknownTask):
            find(name)


def test_a_result_is_found_by_its_number(now: datetime) -> None:
    result = sample.note.enqueue("x", now=now)
    assert sample.note.get_result(result.id).id == result.id
    with pytest.raises(LookupError):
        sample.fail.get_result(result.id)
    with pytest.raises(LookupError):
        TaskResult.of(-1, sample.note.name)


def test_a_task_must_take_now() -> None:
    def timeless(word: str) -> None: ...

    with pytest.raises(TypeError, match="now="):
        task(timeless)


def test_old_finished_work_is_forgotten_and_waiting_work_is_not(now: datetime, clock: pytest.MonkeyPatch) -> None:
    sample.note.enqueue("old", now=now)
    sample.refuse.enqueue(now=now)
    while run_one("a"):
        pass
    waiting = sample.note.enqueue("waits", now=now)
    day = timedelta(days=1)
    assert actions.forget(successful_before=now + day, failed_before=now - day) == 1
    assert set(Work.objects.values_list("status", flat=True)) == {Status.FAILED, Status.READY}
    assert actions.forget(successful_before=now + day, failed_before=now + day) == 1
    assert list(Work.objects.values_list("pk", flat=True)) == [waiting.id]


def test_the_database_refuses_a_finished_task_that_still_waits(now: datetime) -> None:
    result = sample.note.enqueue("x", now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.filter(pk=result.id).update(status=Status.SUCCESSFUL)
