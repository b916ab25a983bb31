"""What people say about those who served them: an officer praised after a good mark."""

from __future__ import annotations

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
