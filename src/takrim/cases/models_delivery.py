"""How an answer came to its person: every attempt, with what proves how it went."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.evidence.models import Evidence


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def waiting(self) -> AttemptQuerySet:
        """On their way: nobody has said yet how they went."""
        return self.filter(reached_at=None, failed_at=None)

    def failed(self) -> AttemptQuerySet:
        return self.filter(failed_at__isnull=False)


class Attempt(models.Model):
    """One attempt to deliver an answer by one way. It lives by its times: begun, then reached or failed.

    `proof` is the carrier's receipt, the post's number, or who signed for it; `handed_by` who handed it over or spoke
    with the person; `paper` a picture of what was signed.
    """

    answer = models.ForeignKey("cases.Answer", models.PROTECT, related_name="+", db_index=False)
    way = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    proof = models.TextField(default="", blank=True)
    handed_by = models.TextField(default="", blank=True)
    paper = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    reached_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    why = models.TextField(default="", blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_at=None) | (Q(failed_at=None) & (~Q(proof="") | ~Q(handed_by=""))),
                name="attempt_that_reached_has_its_proof",
            ),
            models.CheckConstraint(condition=Q(failed_at=None) | ~Q(why=""), name="attempt_that_failed_says_why"),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(reached_at=None, failed_at=None), name="attempt_waits_once_an_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["answer", "-id"], name="attempt_of_an_answer"),
            models.Index(fields=["way", "id"], condition=Q(reached_at=None, failed_at=None), name="attempt_on_its_way"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"
