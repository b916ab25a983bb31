"""Templates of answers that an office keeps, each with all its versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField, lineage


class AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    def of(self, path: str) -> AnswerTemplateQuerySet:
        """Those of an office and of all above it that are in use."""
        return self.filter(unit_path__in=lineage(path), ended_at=None)


class AnswerTemplate(models.Model):
    """A template of one office; offices below may use it. Its words are those of its newest version.

    `kind`, `card` and `outcome` say for which answers it is offered; "" stands for all.
    """

    unit_path = PathField()
    title = models.TextField()
    kind = models.TextField(default="", blank=True)
    card = models.TextField(default="", blank=True)
    outcome = models.TextField()
    text = models.TextField()
    reason = models.TextField()
    legal_ground = models.TextField(default="", blank=True)
    next_step = models.TextField()
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_path", "title"], condition=Q(ended_at=None), name="answer_template_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"template {self.pk}"


class TemplateVersion(models.Model):
    """One version of a template as it was kept: `words` holds all that stood in it."""

    template = models.ForeignKey(AnswerTemplate, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    words = models.JSONField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.template_id}/{self.number}"
