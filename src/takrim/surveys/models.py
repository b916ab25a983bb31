"""What people answered about how they were served."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class Response(models.Model):
    """One answered questionnaire about one answer to a case. `scores`: 1 to 5 by item; items left out are absent."""

    questionnaire = models.TextField()
    subject = models.TextField()
    occasion = models.IntegerField()
    unit_path = PathField()
    way = models.TextField()
    scores = models.JSONField(default=dict)
    overall = models.IntegerField()
    comment = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "occasion"], name="survey_answered_once"),
            models.CheckConstraint(condition=Q(overall__gte=1, overall__lte=5), name="survey_overall_is_on_the_scale"),
        ]
        indexes = [models.Index(fields=["unit_path", "-id"], name="survey_of_unit")]

    def __str__(self) -> str:
        return f"response {self.subject}/{self.occasion}"
