"""Letters: what we write to people and offices, kept until it is carried."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import models
from django.db.models import Q

from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.paths import PathField
from takrim.orgs.powers import Power


class Way(StrEnum):
    SMS = auto()
    EMAIL = auto()


class LetterQuerySet(models.QuerySet["Letter"]):
    def seen_by(self, actor: Actor) -> LetterQuerySet:
        """Whoever runs the system; officers see in the timeline of a case what they need to know of its letters."""
        return self if actor.may(Power.OPERATE) else self.none()

    def unfinished(self) -> LetterQuerySet:
        """Not handed over and not given up."""
        return self.filter(sent_at=None, gave_up_at=None)

    def due(self, now: datetime) -> LetterQuerySet:
        """Those whose next try has come."""
        return self.unfinished().filter(next_try_at__lte=now)

    def held(self) -> LetterQuerySet:
        """Letters to an e-mail address that nobody has confirmed yet."""
        return self.unfinished().filter(next_try_at=None)

    def given_up(self) -> LetterQuerySet:
        return self.filter(gave_up_at__isnull=False)


class Letter(models.Model):
    """One message to one person. It lives by its times: written, sent, delivered or given up.

    `next_try_at` is when a carrier takes it next; without it an unfinished letter waits for its address to be
    confirmed. `until` is when it is no longer worth carrying. `body` may hold marks that are filled in while it is
    carried, so that secrets do not lie here.
    """

    kind = models.TextField()
    subject = models.TextField()
    occasion = models.TextField(default="", blank=True)
    unit_path = PathField(default="", blank=True)
    way = models.TextField()
    to = models.TextField()
    # An office entered the address, not whoever wrote in: it needs no confirmation.
    trusted = models.BooleanField()
    lang = models.TextField()
    title = models.TextField()
    body = models.TextField()
    written_at = models.DateTimeField()
    until = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    carrier = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    provider_ref = models.TextField(default="", blank=True)
    delivered_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "occasion"], name="letter_once_an_occasion"),
            models.CheckConstraint(condition=~Q(to=""), name="letter_has_its_address"),
            models.CheckConstraint(
                condition=Q(next_try_at=None) | Q(sent_at=None, gave_up_at=None),
                name="letter_is_tried_only_while_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(sent_at__isnull=False), name="letter_is_sent_before_it_is_delivered"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="letter_to_carry"),
            models.Index(fields=["until"], condition=Q(sent_at=None, gave_up_at=None), name="letter_by_end"),
            models.Index(fields=["-gave_up_at"], condition=Q(gave_up_at__isnull=False), name="letter_given_up"),
            models.Index(fields=["provider_ref"], condition=~Q(provider_ref=""), name="letter_by_reference"),
            models.Index(fields=["to", "sent_at"], name="letter_to_an_address"),
            models.Index(fields=["carrier", "-id"], name="letter_of_a_carrier"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ConfirmedAddress(models.Model):
    """An e-mail address whose owner said that letters may come."""

    address = models.TextField(unique=True)
    at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"address {self.pk}"


class Telling(models.Model):
    """A person is told that a duty has reached a step of its ladder, once; `letter_at` is when that went into a letter.

    `rung` names the regime and its step: "statute day 75". What is not urgent waits for the digest of the day.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    duty_id = models.BigIntegerField()
    rung = models.TextField()
    urgent = models.BooleanField()
    at = models.DateTimeField()
    letter_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty_id", "rung", "person"], name="telling_once_a_step")]
        indexes = [models.Index(fields=["at", "person"], condition=Q(letter_at=None), name="telling_for_a_digest")]

    def __str__(self) -> str:
        return f"{self.rung} {self.duty_id}"
