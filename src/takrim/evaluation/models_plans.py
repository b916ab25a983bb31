"""Versions of the plans by which offices are compared; one that a round uses stays as it is for good."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from takrim.orgs.paths import ROOT, PathField


class PlanState(StrEnum):
    """A draft may still change; only a ready one can be taken for a new round."""

    DRAFT = auto()
    READY = auto()
    RETIRED = auto()


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def ready(self) -> PlanVersionQuerySet:
        return self.filter(state=PlanState.READY)


class PlanVersion(models.Model):
    """One version of a plan: `text` is TOML as docs/plans.md describes it, `why` what was changed and for what reason.

    `of` is the kind of office that it compares, `path` the office below which it may be changed. The database refuses
    to change what a round uses (0005).
    """

    code = models.TextField()
    number = models.IntegerField()
    title_fa = models.TextField()
    title_en = models.TextField(default="", blank=True)
    of = models.TextField()
    path = PathField(db_default=ROOT)
    text = models.TextField()
    why = models.TextField(default="", blank=True)
    state = models.TextField(default=PlanState.DRAFT)
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    changed_at = models.DateTimeField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & Q(number__gte=1), name="plan_version_has_code_and_number"),
            models.CheckConstraint(condition=~Q(title_fa=""), name="plan_version_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=list(PlanState)), name="plan_version_state_is_known"),
            models.UniqueConstraint(fields=["code", "number"], name="plan_version_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"plan {self.code} {self.number}"

    @property
    def subject(self) -> str:
        """Its name in the journal."""
        return f"plan:{self.code}/{self.number}"

    @property
    def title(self) -> str:
        return (self.title_en if get_language() == "en" else "") or self.title_fa
