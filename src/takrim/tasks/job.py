"""A job: what runs by the clock. The jobs themselves are handed down at start-up by the layer that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils.functional import Promise

from takrim.base.clock import TEHRAN, local

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)

JOBS: dict[str, Job] = {}


@dataclass(frozen=True, kw_only=True)
class Job:
    """`every` so long (counted from midnight UTC, so restarts do not shift it), or daily `at` a time in Tehran."""

    title: str | Promise
    run: Callable[[datetime], object]
    every: timedelta | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.at is None):
            raise ValueError("a job has either every= or at=")

    def after(self, now: datetime) -> datetime:
        """The first moment behind `now` at which the job is due."""
        if self.every is not None:
            return _EPOCH + ((now - _EPOCH) // self.every + 1) * self.every
        assert self.at is not None
        today = local(now).date()
        due = datetime.combine(today, self.at, TEHRAN)
        return (due if due > now else datetime.combine(today + timedelta(days=1), self.at, TEHRAN)).astimezone(UTC)


def introduce(jobs: Iterable[tuple[str, Job]]) -> None:
    """Make jobs known under their codes."""
    JOBS.update(jobs)
