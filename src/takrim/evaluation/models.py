"""What watches found, and what became of it; when somebody had offices looked at."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models
from django.db.models import Q

from takrim.base.period import Period
from takrim.evaluation import models_entrants, models_feeds, models_plans, models_rounds, models_trial, models_values
from takrim.orgs.paths import PathField, under

# Named so that they are read with these.
MORE_MODELS = (models_feeds, models_plans, models_rounds, models_entrants, models_values, models_trial)


class State(StrEnum):
    NEW = auto()
    LOOKED_AT = auto()
    EXPLAINED = auto()
    UPHELD = auto()


DECIDED = (State.EXPLAINED, State.UPHELD)


class Watching(models.Model):
    """One look at the offices at and below `path` in a period. `cursor`: the last province that had its turn."""

    path = PathField()
    period = models.TextField()
    asked_by = models.TextField()
    asked_name = models.TextField()
    asked_at = models.DateTimeField()
    cursor = PathField(default="", blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField()
    found = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "period"], condition=Q(finished_at=None), name="watching_runs_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="watching_is_not_more_than_done"),
        ]

    def __str__(self) -> str:
        return f"watching {self.path} {self.period} {self.done}/{self.total}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def of(self, path: str) -> FindingQuerySet:
        """About offices at `path` and below."""
        return self.filter(under(path))


class Finding(models.Model):
    """What one watch found in one office in one period. It lives by its times, and never touches a score.

    `numbers` fill the watch's sentence, `limits` are those of that day; `unusual` is the exact multiple of what the
    rule lets pass, `thousandths` the same for sorting. `cases` are codes, as many as can be looked at.
    """

    watch = models.TextField()
    period = models.TextField()
    unit_path = PathField()
    key = models.TextField(default="", blank=True)
    numbers = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    unusual = models.TextField()
    thousandths = models.BigIntegerField()
    cases = models.JSONField(default=list)
    found_at = models.DateTimeField()
    watching = models.ForeignKey(Watching, models.PROTECT, related_name="findings", db_index=False)
    state = models.TextField(default=State.NEW)
    looked_at = models.DateTimeField(null=True)
    looked_name = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(default="", blank=True)
    decided_name = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "unit_path", "watch", "key"], name="finding_is_kept_once"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="finding_state_is_known"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by="", reason="", state__in=[State.NEW, State.LOOKED_AT])
                | (Q(decided_at__isnull=False, state__in=list(DECIDED)) & ~Q(decided_by="") & ~Q(reason="")),
                name="finding_decision_has_its_reason_and_decider",
            ),
            models.CheckConstraint(
                condition=Q(state=State.NEW, looked_at=None) | ~Q(state=State.NEW),
                name="finding_is_new_until_somebody_looks",
            ),
        ]
        indexes = [models.Index(fields=["-thousandths", "-id"], name="finding_by_weight")]

    def __str__(self) -> str:
        return f"finding {self.pk} {self.watch} {self.unit_path} {self.period}"

    @property
    def of_period(self) -> Period:
        return Period.parse(self.period)
