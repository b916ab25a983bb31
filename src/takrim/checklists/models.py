"""What was ticked, by whom and when."""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """One item that is done. `occasion` counts the answers objected to: each new answer goes through the list anew."""

    subject = models.TextField()
    occasion = models.IntegerField()
    checklist = models.TextField()
    item = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()
    by_post = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "occasion", "checklist", "item"], name="tick_of_an_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.occasion} {self.checklist}.{self.item}"
