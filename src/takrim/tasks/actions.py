"""Every change of the queue: enqueue, claim, renew, finish, fail, retry, forget. Same code on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.tasks.models import Status, Work, WorkQuerySet

ERRORS_KEPT = 10


class NotDead(Refusal):
    code = "task_not_dead"
    message = _("This task has not failed for good: somebody has already started it again, or it has succeeded.")


def enqueue(
    *,
    task: str,
    args: list[Any],
    kwargs: dict[str, Any],
    priority: int,
    queue: str,
    run_at: datetime,
    key: str,
    most_attempts: int,
    now: datetime,
) -> Work:
    """Add one call, or find the unfinished one of the same key. Part of the caller's transaction."""
    row = Work(
        task=task,
        args=args,
        kwargs=kwargs,
        priority=priority,
        queue=queue,
        next_at=max(run_at, now),
        key=key,
        most_attempts=most_attempts,
        enqueued_at=now,
    )
    if not key:
        row.save(force_insert=True)
        return row
    # ON CONFLICT DO NOTHING: a clash must not break the caller's transaction on PostgreSQL.
    Work.objects.bulk_create([row], ignore_conflicts=True)
    waiting = Work.objects.unfinished().filter(task=task, key=key).first()
    # None when the clashing one ended between the two statements: then ours goes in.
    return waiting or enqueue(
        task=task,
        args=args,
        kwargs=kwargs,
        priority=priority,
        queue=queue,
        run_at=run_at,
        key=key,
        most_attempts=most_attempts,
        now=now,
    )


@transaction.atomic
def claim(*, worker: str, now: datetime, lease: timedelta, queues: list[str] | None = None) -> Work | None:
    """Take the next call that may run; None when there is none.

    On PostgreSQL the row is locked and rows that others hold are skipped; on SQLite the transaction is IMMEDIATE, so
    only one worker is in here at a time.
    """
    rows = Work.objects.claimable(now)
    if queues:
        rows = rows.filter(queue__in=queues)
    row = rows.select_for_update(skip_locked=True).order_by("-priority", "next_at", "id").first()
    if row is None:
        return None
    row.status, row.worker, row.next_at = Status.RUNNING, worker, now + lease
    row.started_at = row.started_at or now
    row.attempts += 1
    row.save(update_fields=["status", "worker", "next_at", "started_at", "attempts"])
    return row


def _mine(row: Work) -> WorkQuerySet:
    """The row while it is still this worker's attempt: another may have taken it after the lease ran out."""
    return Work.objects.filter(pk=row.pk, status=Status.RUNNING, worker=row.worker, attempts=row.attempts)


def renew(*, row: Work, until: datetime) -> bool:
    """Keep the row longer; False when it is no longer this worker's."""
    return bool(_mine(row).update(next_at=until))


def progress(*, row: Work, done: int, total: int | None, note: str) -> None:
    """How far the work has come."""
    _mine(row).update(done=done, total=total, note=note)


def succeed(*, row: Work, result: Any, now: datetime) -> bool:
    """The call is done; False when the row had been taken over by another worker.

    Of calls with the same key only the last is remembered: a job that runs every few seconds leaves one row.
    """
    mine = bool(_mine(row).update(status=Status.SUCCESSFUL, finished_at=now, result=result))
    if mine and row.key:
        same = Work.objects.filter(task=row.task, key=row.key, status=Status.SUCCESSFUL)
        same.filter(pk__lt=row.pk).delete()
    return mine


def fail(*, row: Work, error: str, where: str, pause: timedelta, now: datetime, for_good: bool = False) -> bool:
    """The attempt failed: again after the pause, or dead after the last attempt."""
    errors = [*row.errors, {"at": now.isoformat(), "class": error, "where": where}][-ERRORS_KEPT:]
    if for_good or row.attempts >= row.most_attempts:
        return bool(_mine(row).update(status=Status.FAILED, finished_at=now, errors=errors))
    return bool(_mine(row).update(status=Status.READY, next_at=now + pause, errors=errors))


def release(*, worker: str, now: datetime) -> int:
    """Put back what a worker of this name held when it was killed; called by its successor."""
    return Work.objects.filter(status=Status.RUNNING, worker=worker).update(next_at=now)


def retry(*, row: Work, now: datetime) -> None:
    """Start a dead call again, with all its attempts before it."""
    mine = Work.objects.filter(pk=row.pk, status=Status.FAILED)
    if _waits_already(row) or mine.update(status=Status.READY, finished_at=None, next_at=now, attempts=0) != 1:
        raise NotDead


def _waits_already(row: Work) -> bool:
    return bool(row.key) and Work.objects.unfinished().filter(task=row.task, key=row.key).exists()


def forget(*, successful_before: datetime, failed_before: datetime, limit: int = 5000) -> int:
    """Remove calls that ended long ago; says how many."""
    total = 0
    for status, before in ((Status.SUCCESSFUL, successful_before), (Status.FAILED, failed_before)):
        old = Work.objects.filter(status=status, finished_at__lt=before).values_list("pk", flat=True)[:limit]
        total += Work.objects.filter(pk__in=list(old)).delete()[0]
    return total
