"""Many cases at once, and people who share one: bulk work, notices, who is looking, letters of the same wording."""

from __future__ import annotations

from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import Q

from takrim.orgs.models import Holding
from takrim.orgs.paths import PathField


class Result(StrEnum):
    """What became of one case of a bulk: the deed was done, or it was refused."""

    DONE = auto()
    REFUSED = auto()


class Bulk(models.Model):
    """One deed over many cases, asked for once by a person at a post. `facts` is what the deed's form held."""

    key = models.TextField(unique=True)
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deed = models.TextField()
    facts = models.JSONField(default=dict)
    lang = models.TextField(default="fa")
    total = models.IntegerField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="bulk_of_person")]

    def __str__(self) -> str:
        return f"bulk {self.pk} ({self.deed})"


class BulkItem(models.Model):
    """One case of a bulk. It is written in the transaction of the deed itself: done once, or not at all."""

    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    result = models.TextField(default="", blank=True)
    why = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "case"], name="bulk_has_a_case_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, result="") | Q(done_at__isnull=False, result__in=list(Result)),
                name="bulk_item_result_and_its_time_come_together",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.REFUSED) | Q(why=""), name="bulk_item_says_why_only_when_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"bulk {self.bulk_id} case {self.case_id}"


class Notice(models.Model):
    """Something a member of staff should see on their cartable. `case` is what it is about, if one case."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    occasion = models.TextField()
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.TextField(default="", blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "occasion"], name="notice_once_an_occasion"),
        ]
        indexes = [models.Index(fields=["person", "-id"], condition=Q(seen_at=None), name="notice_not_seen")]

    def __str__(self) -> str:
        return f"notice {self.pk} ({self.kind})"


class Presence(models.Model):
    """Somebody has a case open: a row that lives for a minute and is renewed by the page."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    post = models.TextField()
    seen_at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="presence_of_a_person_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_by_age")]

    def __str__(self) -> str:
        return f"{self.person_id} at case {self.case_id}"


class Campaign(models.Model):
    """Letters of nearly the same wording in one province; `first` is the one the others are held against."""

    chain = PathField()
    first = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    members = models.IntegerField(default=1)
    last_at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["chain", "-last_at"], name="campaign_of_chain")]

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class Wording(models.Model):
    """What is remembered of a letter's words: which campaign it belongs to, if any. One row a case that was read."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="wordings")

    objects = models.Manager()

    def __str__(self) -> str:
        return f"wording {self.case_id}"


class WordingBand(models.Model):
    """One band of a letter's min-hash: letters that share one are held against each other. Kept for a season."""

    value = models.BigIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["value", "-case"], name="wording_alike"),
            models.Index(fields=["at"], name="wording_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.case_id}"
