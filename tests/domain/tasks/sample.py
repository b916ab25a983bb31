"""Tasks for the tests of the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from takrim.base.errors import Refusal
from takrim.tasks.result import Context
from takrim.tasks.task import task

DONE: list[str] = []


class NotToday(Refusal):
    code = "not_today"


@task
def note(word: str, *, now: datetime) -> str:
    DONE.append(word)
    return word.upper()


@task(attempts=3, wait=timedelta(seconds=10))
def fail(secret: str, *, now: datetime) -> None:
    raise ValueError(f"the person behind {secret}")


@task(attempts=1)
def refuse(*, now: datetime) -> None:
    raise NotToday


@task(takes_context=True)
def count(context: Context, total: int, *, now: datetime) -> int:
    for number in range(total):
        context.progress(number + 1, total, "counting")
    return context.attempt


@task(attempts=2, lease=timedelta(seconds=1))
def once(*, now: datetime) -> str:
    return now.isoformat()
