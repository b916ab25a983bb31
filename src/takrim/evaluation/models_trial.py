"""A ranking put to the test: what chance and other weights would have made of it, computed once and kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from takrim.orgs.paths import PathField


class Trial(models.Model):
    """The offices that a plan compares below `path` in a period, put to the test once for all who look at it.

    `results`: unit → what bundles write of intervals and of sensitivity; empty until it is done for the first time.
    `step` counts what is done of the present attempt.
    """

    plan = models.TextField()
    path = PathField()
    period = models.TextField()
    asked_by = models.TextField()
    asked_name = models.TextField()
    asked_at = models.DateTimeField()
    step = models.SmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    results = models.JSONField(default=dict, blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "path", "period"], name="trial_is_kept_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("asked_at")), name="trial_ends_after_it_was_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"trial {self.plan} {self.path} {self.period}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None
