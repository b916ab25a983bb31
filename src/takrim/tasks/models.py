"""Work that waits, who does it, and what runs by the clock: three small tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import models
from django.db.models import Q


class Status(StrEnum):
    """Where a task stands; the words are those of Django's own tasks."""

    READY = auto()
    RUNNING = auto()
    SUCCESSFUL = auto()
    FAILED = auto()


class WorkQuerySet(models.QuerySet["Work"]):
    def unfinished(self) -> WorkQuerySet:
        return self.filter(finished_at=None)

    def claimable(self, now: datetime) -> WorkQuerySet:
        """What a worker may take now: work whose time has come, and work whose worker has gone silent."""
        return self.filter(finished_at=None, next_at__lte=now)

    def dead(self) -> WorkQuerySet:
        """Given up after its last attempt; it waits for a person to look at it."""
        return self.filter(status=Status.FAILED)


class Work(models.Model):
    """One call of a task. `next_at` is when it may be taken: its start, its next attempt, or the end of its lease."""

    task = models.TextField()
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.TextField(default="default")
    priority = models.IntegerField(default=0)
    key = models.TextField(default="", blank=True)
    status = models.TextField(default=Status.READY)
    next_at = models.DateTimeField()
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    most_attempts = models.IntegerField()
    worker = models.TextField(default="", blank=True)
    errors = models.JSONField(default=list)
    result = models.JSONField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    note = models.TextField(default="", blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="work_status_is_known"),
            models.CheckConstraint(
                condition=Q(finished_at=None, status__in=[Status.READY, Status.RUNNING])
                | Q(finished_at__isnull=False, status__in=[Status.SUCCESSFUL, Status.FAILED]),
                name="work_is_finished_when_it_has_ended",
            ),
            models.UniqueConstraint(
                fields=["task", "key"], condition=~Q(key="") & Q(finished_at=None), name="work_of_a_key_waits_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-priority", "next_at", "id"], condition=Q(finished_at=None), name="work_to_be_taken"),
            models.Index(fields=["status", "finished_at"], name="work_that_ended"),
            models.Index(fields=["task", "key"], condition=~Q(key=""), name="work_of_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk} {self.status}"


class Lease(models.Model):
    """Something only one worker does at a time, such as reading the journal for one follower."""

    name = models.TextField(primary_key=True)
    worker = models.TextField()
    until = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} {self.worker}"


class Periodic(models.Model):
    """When something that runs by the clock is due next. Moving `next_at` on is what makes a run happen once."""

    name = models.TextField(primary_key=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} {self.next_at}"


class Worker(models.Model):
    """A worker's sign of life."""

    name = models.TextField(primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return self.name
