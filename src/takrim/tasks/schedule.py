"""The scheduler: puts each job into the queue when it is due, once however many workers call it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from takrim.tasks.actions_clock import run_if_due
from takrim.tasks.job import JOBS
from takrim.tasks.models import Periodic, Work
from takrim.tasks.task import UnknownTask, find, task


class UnknownJob(LookupError):
    """The queue names a job that this version of the code does not have."""


@task(attempts=3)
def run_job(code: str, *, now: datetime) -> None:
    """Do one job."""
    if code not in JOBS:
        raise UnknownJob(code)
    JOBS[code].run(now)


def enqueue_due(now: datetime) -> int:
    """Enqueue the jobs that are due; says how many. One query when none is."""
    clocks = dict(Periodic.objects.values_list("name", "next_at"))
    due = [code for code in JOBS if code not in clocks or clocks[code] <= now]
    # A job that still waits or runs is not enqueued again: that is what its key says.
    return sum(
        run_if_due(
            name=code,
            now=now,
            after=JOBS[code].after,
            run=partial(run_job.using(key=code).enqueue, code, now=now),
        )
        for code in due
    )


def title_of(row: Work) -> str:
    """What a call does, in the reader's language; its bare name when this version of the code does not know it."""
    if row.task == run_job.name and row.args and row.args[0] in JOBS:
        return str(JOBS[row.args[0]].title)
    try:
        return str(find(row.task).title or row.task)
    except UnknownTask:
        return row.task
