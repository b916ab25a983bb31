"""Feeds: figures that a province running alone hands to the nation, by which key, and what of them counts here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class FeedKey(models.Model):
    """The public key by which a province signs what it hands over; one at a time, the earlier ones are kept."""

    path = PathField()
    pem = models.TextField()
    fingerprint = models.TextField()
    accepted_at = models.DateTimeField()
    accepted_by = models.TextField()
    accepted_name = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=Q(ended_at=None), name="feed_key_one_of_a_province"),
        ]

    def __str__(self) -> str:
        return f"key of {self.path}"


class Feed(models.Model):
    """One file that was received. `seq` is how far the journal of the province had come when it was made.

    `held` are its months, which need not stand in a row; of older files it is empty, and theirs do.
    """

    path = PathField()
    hash = models.TextField(unique=True)
    key = models.ForeignKey(FeedKey, models.PROTECT, related_name="feeds")
    first = models.TextField()
    last = models.TextField()
    seq = models.BigIntegerField()
    proofs = models.IntegerField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    received_by = models.TextField()
    received_name = models.TextField(default="", blank=True)
    held = models.JSONField(default=list)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["path", "-id"], name="feed_of_a_province")]

    def __str__(self) -> str:
        return f"feed of {self.path} {self.first}–{self.last}"

    @property
    def subject(self) -> str:
        """Its name in the journal."""
        return f"feed:{self.pk}"


class FeedMonth(models.Model):
    """What counts here for one month of a province: the lines of the newest feed that has it, as they were signed.

    `values` repeats of them, by office and indicator, what stands in no sum.
    """

    path = PathField()
    month = models.TextField()
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="months")
    lines = models.JSONField(default=list)
    values = models.JSONField(default=dict)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "month"], name="feed_month_counts_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.month}"


class FeedProof(models.Model):
    """The SHA-256 of a file by which an office of a province proved an action that was accepted."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="files")
    unit_path = PathField()
    day = models.DateField()
    hash = models.TextField()

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["hash"], name="feed_proof_by_hash")]

    def __str__(self) -> str:
        return self.hash


class FeedRefusal(models.Model):
    """A file that was refused: what came, when, by whom, and why, in both languages as it was said.

    `path` is the province that the file names, "" where it names none; nobody has proven it.
    """

    path = PathField(blank=True)
    name = models.TextField(blank=True)
    size = models.BigIntegerField()
    hash = models.TextField(blank=True)
    code = models.TextField()
    why = models.JSONField(default=dict)
    advice = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(blank=True)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["hash"], name="feed_refusal_by_hash")]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


class FeedWaiting(models.Model):
    """A long file that was brought: the worker takes or refuses it, and with that the row goes."""

    name = models.TextField(blank=True)
    content = models.BinaryField()
    hash = models.TextField(unique=True)
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(blank=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return self.name


class FeedReplaced(models.Model):
    """A month that a newer file said otherwise: which file took the place of which."""

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="replaced")
    month = models.TextField()
    before = models.ForeignKey(Feed, models.PROTECT, related_name="replaced_by")

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.month}: {self.before_id} → {self.feed_id}"


class HandedMonth(models.Model):
    """Of a province that runs alone: what it last handed over of a month, by a hash over all that was said of it."""

    path = PathField()
    month = models.TextField()
    digest = models.TextField()
    file = models.TextField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "month"], name="handed_month_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.month}"
