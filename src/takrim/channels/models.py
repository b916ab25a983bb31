"""What is not a case yet: a matter that is still being written, a telephone that is still being proven."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class Draft(models.Model):
    """A matter that somebody is writing on the web. `token` is in their browser; `key` becomes the case's own key.

    `fields` is what was typed, right or wrong, by the names of the forms. It is emptied when the matter is filed.
    """

    token = models.TextField(unique=True)
    key = models.TextField(unique=True)
    fields = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    code = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def is_filed(self) -> bool:
        return bool(self.code)

    def typed(self, name: str) -> Any:
        """What was typed into a field, "" if nothing."""
        return self.fields.get(name, "")


class MobileCode(models.Model):
    """A short-lived number sent to a telephone. It is not kept: it follows from the nonce and the signing key."""

    mobile = models.TextField()
    nonce = models.TextField(unique=True)
    sent_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.IntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(mobile=""), name="mobile_code_has_its_mobile")]
        indexes = [models.Index(fields=["until"], name="mobile_code_by_age")]

    def __str__(self) -> str:
        return f"mobile code {self.pk}"


class QuestionSheet(models.Model):
    """What a province asks before filing, as its office wrote it; the highest number holds, the others stay."""

    path = PathField()
    number = models.IntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "number"], name="question_sheet_numbered_once")]

    def __str__(self) -> str:
        return f"questions of {self.path} {self.number}"
