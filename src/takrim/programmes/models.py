"""Planned actions of offices in the weeks of the year, and the programmes that provinces add of their own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import models
from django.db.models import F, Q

from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import PathField, under


class Kind(StrEnum):
    """What an action is about."""

    CULTURAL = auto()
    SPORT = auto()
    SOCIAL = auto()
    SERVICE = auto()


class OwnProgramme(models.Model):
    """A programme that a province keeps beside those of the catalogue, or instead of one of the same code."""

    path = PathField()
    code = models.TextField()
    title_fa = models.TextField()
    title_en = models.TextField()
    about = models.TextField(default="", blank=True)
    from_month = models.IntegerField()
    from_day = models.IntegerField()
    until_month = models.IntegerField()
    until_day = models.IntegerField()
    kept_at = models.DateTimeField()
    kept_by = models.TextField()
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "code"], condition=Q(ended_at=None), name="own_programme_once"),
            models.CheckConstraint(
                condition=Q(from_month__gte=1, from_month__lte=12, until_month__gte=1, until_month__lte=12),
                name="own_programme_months_exist",
            ),
            models.CheckConstraint(
                condition=Q(from_day__gte=1, from_day__lte=31, until_day__gte=1, until_day__lte=31),
                name="own_programme_days_exist",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.code}"


class PlannedQuerySet(models.QuerySet["Planned"]):
    def seen_by(self, actor: Actor) -> PlannedQuerySet:
        """What the offices in the actor's scope plan."""
        return self.filter(under(actor.unit_path)) if actor.unit_path else self.none()

    def of_year(self, code: str, year: int) -> PlannedQuerySet:
        return self.filter(programme=code, year=year)

    def standing(self) -> PlannedQuerySet:
        """Without what was called off."""
        return self.filter(cancelled_at=None)

    def open_to_people(self, since: datetime) -> PlannedQuerySet:
        """What anybody may come to and is not over at a moment, the called off included: calendars must learn of it."""
        return self.filter(is_open=True, ends_at__gte=since)


class Planned(models.Model):
    """One action that an office plans for a programme in a year; its duty is owed by the day after it ends.

    `people` and `online` are how many are expected there and reached from afar; how many really came is in the proofs.
    `version` grows with each change, so that calendars change the entry they have.
    """

    code = models.TextField(unique=True)
    programme = models.TextField()
    year = models.IntegerField()
    kind = models.TextField()
    title = models.TextField()
    text = models.TextField(default="", blank=True)
    audience = models.TextField()
    people = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    place = models.TextField(default="", blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_open = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.TextField()
    planned_name = models.TextField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(default="", blank=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="planned_kind_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="planned_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(people__gte=0, online__gte=0), name="planned_numbers_are_counts"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why="")),
                name="planned_called_off_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "programme", "unit_path"], name="planned_of_programme"),
            models.Index(fields=["ends_at", "unit_path"], condition=Q(is_open=True), name="planned_open_to_people"),
        ]

    def __str__(self) -> str:
        return f"planned {self.code} {self.programme} {self.year}"


# What its duty and its lines in the journal are about.
SUBJECT = "programme:"
