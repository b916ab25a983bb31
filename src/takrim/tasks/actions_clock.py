"""Leases, signs of life, what runs by the clock: conditional updates, so that of many workers one succeeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from takrim.tasks.models import Lease, Periodic, Worker


def take(*, name: str, worker: str, now: datetime, length: timedelta) -> bool:
    """Take or keep a lease; False while another worker has it."""
    free = Lease.objects.filter(Q(worker=worker) | Q(until__lte=now), name=name)
    if free.update(worker=worker, until=now + length):
        return True
    # Nobody ever had it, or another has it now: then the insert does nothing.
    Lease.objects.bulk_create([Lease(name=name, worker=worker, until=now + length)], ignore_conflicts=True)
    return Lease.objects.filter(name=name, worker=worker, until__gt=now).exists()


def give_back(*, worker: str) -> None:
    """Free every lease of a worker that stops or has been killed."""
    Lease.objects.filter(worker=worker).delete()


@transaction.atomic
def run_if_due(*, name: str, now: datetime, after: Callable[[datetime], datetime], run: Callable[[], object]) -> bool:
    """Call `run` if `name` is due and move its clock on, both in one transaction. What is seen first is due next.

    Runs missed while nobody worked are made up for by one.
    """
    row = Periodic.objects.filter(name=name).first()
    if row is None:
        Periodic.objects.bulk_create([Periodic(name=name, next_at=after(now))], ignore_conflicts=True)
        return False
    if row.next_at > now:
        return False
    if Periodic.objects.filter(name=name, next_at=row.next_at).update(next_at=after(now), last_at=now) != 1:
        return False
    run()
    return True


def begin(*, worker: str, now: datetime) -> None:
    """A worker begins, or the successor of a killed one takes its name."""
    if not Worker.objects.filter(name=worker).update(started_at=now, seen_at=now):
        alive(worker=worker, now=now)


def alive(*, worker: str, now: datetime) -> None:
    """Leave a sign of life."""
    if not Worker.objects.filter(name=worker).update(seen_at=now):
        Worker.objects.bulk_create([Worker(name=worker, started_at=now, seen_at=now)], ignore_conflicts=True)


def gone(*, worker: str) -> None:
    """The worker has stopped in good order."""
    Worker.objects.filter(name=worker).delete()


def forget_silent(*, before: datetime) -> None:
    """Remove workers and leases that nobody has heard of for long."""
    Worker.objects.filter(seen_at__lt=before).delete()
    Lease.objects.filter(until__lt=before).delete()
