"""Tasks for the tests that start real worker processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

from takrim.tasks.result import Context
from takrim.tasks.task import task


@task(takes_context=True, attempts=5, lease=timedelta(seconds=1))
def stuck_at_first(context: Context, folder: str, *, now: datetime) -> None:
    """Its first attempt never ends; the second one does at once."""
    Path(folder, f"attempt-{context.attempt}").touch()
    if context.attempt == 1:
        sleep(60)


@task
def nothing(*, now: datetime) -> None:
    """Done as soon as it is begun."""
