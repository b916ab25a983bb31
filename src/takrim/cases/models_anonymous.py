"""Reports of people who stay unknown: the box that a receipt opens, and what is written to and fro in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Box(models.Model):
    """An anonymous report. `locator` is a keyed digest of its receipt; the receipt itself is nowhere."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="box")
    locator = models.TextField(unique=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(locator=""), name="box_has_its_locator")]

    def __str__(self) -> str:
        return f"box {self.pk}"


class Message(models.Model):
    """One message between an office and a person known by a receipt only. Without `by` it is the person's."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="messages")
    text = models.TextField()
    by = models.TextField(default="", blank=True)
    by_name = models.TextField(default="", blank=True)
    by_post = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="message_says_something")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def from_office(self) -> bool:
        return bool(self.by)
