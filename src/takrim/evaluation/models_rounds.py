"""A round: offices of one kind compared in one period by one version of a plan, stage by stage."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, auto

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from takrim.base.period import Period
from takrim.councils.models import Body
from takrim.evaluation.models_plans import PlanVersion
from takrim.orgs.paths import PathField


class Stage(StrEnum):
    """How far a round has come; the table of its life is in round_moves.py."""

    DEFINED = auto()
    DECLARING = auto()
    ASSESSING = auto()
    PRELIMINARY = auto()
    FINAL = auto()
    CANCELLED = auto()


class Step(StrEnum):
    """What the worker does for a round."""

    FREEZE = auto()
    PRELIMINARY = auto()
    FINAL = auto()


class Round(models.Model):
    """The offices of the kind `of` at and below `path`, compared in `period`.

    The six days are its calendar. Stages are moved by people; but after `declare_until` and `object_until` offices can
    no longer declare or object. `positions` says up to which entry of each chain of the journal the automatic values
    were counted; `plan_text` is the plan as the engine reads it, with what the catalogue of indicators said then. The
    hashes are SHA-256 of table.csv in the bundle: of the automatic values, and of what each result was made of.
    `second_percent` of the offices, drawn by `seed`, are assessed a second time, blind.
    """

    code = models.TextField(unique=True)
    title_fa = models.TextField()
    title_en = models.TextField(default="", blank=True)
    plan = models.ForeignKey(PlanVersion, models.PROTECT, related_name="rounds")
    path = PathField()
    of = models.TextField()
    period = models.TextField()
    declare_from = models.DateField()
    declare_until = models.DateField()
    assess_until = models.DateField()
    preliminary_on = models.DateField()
    object_until = models.DateField()
    final_on = models.DateField()
    second_percent = models.IntegerField(default=20)
    seed = models.BigIntegerField()
    committee = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    stage = models.TextField(default=Stage.DEFINED)
    defined_at = models.DateTimeField()
    defined_by = models.TextField()
    defined_name = models.TextField(default="", blank=True)
    opened_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    preliminary_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(default="", blank=True)
    positions = models.JSONField(default=dict)
    plan_text = models.TextField(default="", blank=True)
    frozen_hash = models.TextField(default="", blank=True)
    preliminary_hash = models.TextField(default="", blank=True)
    final_hash = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title_fa=""), name="round_has_a_title"),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="round_stage_is_known"),
            models.CheckConstraint(
                condition=Q(
                    declare_until__gte=F("declare_from"),
                    assess_until__gte=F("declare_until"),
                    preliminary_on__gte=F("assess_until"),
                    object_until__gte=F("preliminary_on"),
                    final_on__gte=F("object_until"),
                ),
                name="round_days_follow_one_another",
            ),
            models.CheckConstraint(
                condition=Q(second_percent__gte=0, second_percent__lte=100), name="round_second_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CANCELLED)
                | (
                    (Q(stage=Stage.DEFINED, opened_at=None) | (~Q(stage=Stage.DEFINED) & Q(opened_at__isnull=False)))
                    & (
                        Q(stage__in=[Stage.DEFINED, Stage.DECLARING], frozen_at=None)
                        | (~Q(stage__in=[Stage.DEFINED, Stage.DECLARING]) & Q(frozen_at__isnull=False))
                    )
                    & (
                        Q(stage__in=[Stage.PRELIMINARY, Stage.FINAL], preliminary_at__isnull=False)
                        | (~Q(stage__in=[Stage.PRELIMINARY, Stage.FINAL]) & Q(preliminary_at=None))
                    )
                    & (Q(stage=Stage.FINAL, final_at__isnull=False) | (~Q(stage=Stage.FINAL) & Q(final_at=None)))
                ),
                name="round_stage_and_its_times_agree",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) & ~Q(stage=Stage.CANCELLED)
                | Q(cancelled_at__isnull=False, stage=Stage.CANCELLED) & ~Q(cancelled_why=""),
                name="round_cancelled_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_hash="", plan_text="")
                | Q(frozen_at__isnull=False) & ~Q(frozen_hash="") & ~Q(plan_text=""),
                name="round_frozen_has_its_hash_and_plan",
            ),
            models.CheckConstraint(
                condition=(Q(preliminary_at=None, preliminary_hash="") | ~Q(preliminary_hash=""))
                & (Q(final_at=None, final_hash="") | ~Q(final_hash="")),
                name="round_result_has_its_hash",
            ),
        ]
        indexes = [models.Index(fields=["path", "-id"], name="round_by_office")]

    def __str__(self) -> str:
        return f"round {self.code} ({self.stage})"

    @property
    def subject(self) -> str:
        """Its name in the journal and in duties."""
        return f"round:{self.code}"

    @property
    def title(self) -> str:
        return (self.title_en if get_language() == "en" else "") or self.title_fa

    @property
    def of_period(self) -> Period:
        return Period.parse(self.period)

    @property
    def is_over(self) -> bool:
        return self.stage in {Stage.FINAL, Stage.CANCELLED}

    def can_declare(self, on: date) -> bool:
        return self.stage == Stage.DECLARING and on <= self.declare_until

    def can_object(self, on: date) -> bool:
        return self.stage == Stage.PRELIMINARY and on <= self.object_until


class Run(models.Model):
    """The worker computing one step of a round: who asked, how far it is, and why it could not be done."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    step = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    asked_name = models.TextField(default="", blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=list(Step)), name="run_step_is_known"),
            models.CheckConstraint(
                condition=Q(failure="") | Q(finished_at__isnull=False), name="run_that_failed_is_over"
            ),
            models.UniqueConstraint(fields=["round"], condition=Q(finished_at=None), name="run_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"run {self.step} {self.done}/{self.total}"
