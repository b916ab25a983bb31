"""What people say about those who served them: praise after a good mark, and the calls that ask for a mark."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class Praise(models.Model):
    """Somebody did especially well. `hand` is what they did for the case; `named` the name that the person typed.

    `officer` is who is meant, None where the typed name is nobody's that is known; then the head reads it alone.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="praises")
    number = models.IntegerField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    unit_path = PathField()
    hand = models.TextField(default="", blank=True)
    named = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="praise_once_an_answer"),
            models.CheckConstraint(
                condition=Q(officer__isnull=False) | ~Q(named=""), name="praise_means_somebody_or_says_a_name"
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "-id"], name="praise_of_officer"),
            models.Index(fields=["unit_path", "-id"], name="praise_of_unit"),
        ]

    def __str__(self) -> str:
        return f"praise {self.pk}"


class Outcome(StrEnum):
    """How a call ended for good."""

    ANSWERED = auto()
    DECLINED = auto()
    NO_REPLY = auto()
    WRONG_NUMBER = auto()
    # Meanwhile they judged in another way.
    JUDGED = auto()


class CallDraw(models.Model):
    """The sample of one month. `seed` and `offices` ({path: [candidates, drawn]}) show how it was drawn."""

    period = models.TextField(unique=True)
    seed = models.TextField()
    offices = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"draw {self.period}"


class CallQuerySet(models.QuerySet["Call"]):
    def waiting(self, now: datetime) -> CallQuerySet:
        """Those that may be called now."""
        return self.filter(closed_at=None, next_at__lte=now, until__gt=now)

    def free(self, now: datetime) -> CallQuerySet:
        """Those that nobody is calling at this moment."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lte=now))


class Call(models.Model):
    """Somebody drawn to be asked by telephone about an answer. `tried` are the tries: [{"at", "by", "what"}]."""

    draw = models.ForeignKey(CallDraw, models.PROTECT, related_name="calls")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    number = models.IntegerField()
    unit_path = PathField()
    next_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.IntegerField(default=0)
    tried = models.JSONField(default=list)
    outcome = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    taken_by = models.TextField(default="", blank=True)
    taken_until = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="call_once_an_answer"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False, outcome__in=list(Outcome)),
                name="call_outcome_and_its_end_come_together",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(closed_at=None), name="call_that_waits")]

    def __str__(self) -> str:
        return f"call {self.pk}"
