"""Proofs: one stored file per hash, and who gave it, when, about what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class StoredFile(models.Model):
    """The bytes, kept once however often they are handed in. `preview` is the hash of a picture without metadata."""

    hash = models.TextField(unique=True)
    size = models.BigIntegerField()
    kind = models.TextField()
    preview = models.TextField(default="", blank=True)
    stored_at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty")]

    def __str__(self) -> str:
        return self.hash


class Evidence(models.Model):
    """A file handed in about a subject. `from_party` files came from the person who brought the matter."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    subject = models.TextField()
    unit_path = PathField()
    name = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    from_party = models.BooleanField()
    # Whether the person who brought the matter may see it; an officer's working paper is not shown.
    shown_to_party = models.BooleanField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_party=False) | Q(shown_to_party=True), name="evidence_of_the_party_is_shown_to_it"
            )
        ]
        indexes = [models.Index(fields=["subject", "id"], name="evidence_of_a_subject")]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
