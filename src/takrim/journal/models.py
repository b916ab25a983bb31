"""What happened. Written once, never changed; chained per province."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from takrim.orgs.paths import PathField


class AppendOnly(models.QuerySet[Any]):
    """Rows that can be added and read, and nothing else; a database trigger says the same."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The journal is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The journal is append-only.")


class Entry(models.Model):
    """One line of the journal. It names its subject by code but does not point at it."""

    chain = PathField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    verb = models.TextField()
    subject = models.TextField()
    actor = models.TextField()
    actor_name = models.TextField()
    actor_post = models.TextField()
    unit_path = PathField()
    facts = models.JSONField(default=dict)
    hash = models.BinaryField()

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="journal_one_entry_a_place")]
        indexes = [models.Index(fields=["subject", "id"], name="journal_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.chain}{self.seq} {self.verb} {self.subject}"


class Tail(models.Model):
    """The end of one chain. Every writer of the chain updates it first, so entries commit in their order."""

    chain = PathField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=bytes(32))

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Bookmark(models.Model):
    """How far one reader has read one chain."""

    reader = models.TextField()
    chain = PathField()
    seq = models.BigIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "chain"], name="bookmark_once_a_chain")]

    def __str__(self) -> str:
        return f"{self.reader} {self.chain} {self.seq}"


class Look(models.Model):
    """Somebody looked at personal data: who, when, whose, on which page. Append-only, but not chained."""

    at = models.DateTimeField()
    actor = models.TextField()
    unit_path = PathField()
    subject = models.TextField()
    page = models.TextField()

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="look_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.actor} {self.page} {self.subject}"
