"""Judging many proofs at once, and judging some of them a second time."""

from __future__ import annotations

from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from takrim.orgs.models import Holding
from takrim.orgs.paths import PathField


class Result(StrEnum):
    """What became of one proof of a judging: it was judged, or that was refused."""

    DONE = auto()
    REFUSED = auto()


class Judging(models.Model):
    """One verdict over many proofs, asked for once by a person at a post."""

    key = models.TextField(unique=True)
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    verdict = models.TextField()
    reason = models.TextField(default="", blank=True)
    lang = models.TextField(default="fa")
    total = models.IntegerField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="judging_of_person")]

    def __str__(self) -> str:
        return f"judging {self.pk} ({self.verdict})"


class JudgingItem(models.Model):
    """One proof of a judging. It is written in the transaction of the verdict itself: judged once, or not at all."""

    judging = models.ForeignKey(Judging, models.PROTECT, related_name="items", db_index=False)
    action = models.ForeignKey("proofs.Action", models.PROTECT, related_name="+", db_index=False)
    result = models.TextField(default="", blank=True)
    why = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judging", "action"], name="judging_has_a_proof_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, result="") | Q(done_at__isnull=False, result__in=list(Result)),
                name="judging_item_result_and_its_time_come_together",
            ),
        ]

    def __str__(self) -> str:
        return f"judging {self.judging_id} proof {self.action_id}"


class Draw(models.Model):
    """The proofs of one month that are judged a second time. What it was drawn from follows from the journal."""

    chain = PathField()
    period = models.TextField()
    seed = models.TextField()
    candidates = models.IntegerField()
    number = models.IntegerField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "period"], name="draw_once_a_month")]

    def __str__(self) -> str:
        return f"draw {self.chain} {self.period}"


class SecondLook(models.Model):
    """One proof that a second person judges: drawn, and never who judged first. `agrees` is what they say of it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="looks", db_index=False)
    action = models.ForeignKey("proofs.Action", models.PROTECT, related_name="looks")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    second_name = models.TextField()
    agrees = models.BooleanField(null=True)
    reason = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "action"], name="second_look_once_a_draw"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="second_look_is_by_another"),
            models.CheckConstraint(
                condition=Q(done_at=None, agrees=None) | Q(done_at__isnull=False, agrees__isnull=False),
                name="second_look_and_its_time_come_together",
            ),
            models.CheckConstraint(
                condition=Q(agrees=None) | Q(agrees=True) | ~Q(reason=""), name="second_look_that_differs_says_why"
            ),
        ]
        indexes = [models.Index(fields=["second", "id"], condition=Q(done_at=None), name="second_look_that_waits")]

    def __str__(self) -> str:
        return f"second look {self.pk}"
