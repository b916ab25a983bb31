"""What people answered about how they were served."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value

from takrim.orgs.paths import PathField, lineage, under


class ResponseQuerySet(models.QuerySet["Response"]):
    def with_words(self) -> ResponseQuerySet:
        """Those with a comment."""
        return self.exclude(comment="")

    def open_to(self, path: str) -> ResponseQuerySet:
        """What an office may read of itself and those below it: not what blames somebody of its own by name."""
        return self.filter(under(path)).filter(~Q(kept_from__in=lineage(path)))


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
    # A comment that blames somebody by name: from which office it is kept with all below it, and whom it names.
    kept_from = PathField(default="", db_default="", blank=True)
    named = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    at = models.DateTimeField()

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "occasion"], name="survey_answered_once"),
            models.CheckConstraint(condition=Q(overall__gte=1, overall__lte=5), name="survey_overall_is_on_the_scale"),
        ]
        indexes = [models.Index(fields=["unit_path", "-id"], name="survey_of_unit")]

    def __str__(self) -> str:
        return f"response {self.subject}/{self.occasion}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def to_read(self) -> ReplyQuerySet:
        """Those that gave no answer to a survey and that nobody has put away."""
        return self.filter(_NOT_TAKEN, seen_at=None)


_NOT_TAKEN = Q(mark=None) | Q(subject="")


class Reply(models.Model):
    """An SMS that came back. `mark` is what was understood, `subject` and `occasion` the survey that it belongs to.

    Only what gave no answer keeps its sender and its text, to be read by the operator; `ref` is the provider's number.
    """

    ref = models.TextField(unique=True)
    sender = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    mark = models.IntegerField(null=True)
    subject = models.TextField(default="", blank=True)
    occasion = models.IntegerField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__gte=1, mark__lte=5), name="reply_mark_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(subject="", occasion=None) | (~Q(subject="") & Q(occasion__isnull=False)),
                name="reply_names_a_case_and_its_answer",
            ),
            models.CheckConstraint(condition=_NOT_TAKEN | Q(sender="", text=""), name="reply_taken_keeps_no_words"),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=_NOT_TAKEN & Q(seen_at=None), name="reply_to_read"),
            models.Index(fields=["at"], name="reply_by_age"),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
