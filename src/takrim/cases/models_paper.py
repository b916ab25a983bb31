"""What the papers of an office carry at their head."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class Letterhead(models.Model):
    """Address and telephone of an office, as they stand at the head of its papers."""

    unit_path = PathField(unique=True)
    address = models.TextField(default="", blank=True)
    telephone = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(address="", telephone=""), name="letterhead_says_something")]

    def __str__(self) -> str:
        return self.unit_path
