"""Service cards: what a directorate does for people, step by step, with a promised time; versions with dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from takrim.base.workdays import Length
from takrim.orgs.paths import ROOT, PathField


class Card(models.Model):
    """One service, named by a code that never changes; what it says is in its versions."""

    code = models.TextField(unique=True)
    national_code = models.TextField(default="", blank=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return self.code


class CardVersionQuerySet(models.QuerySet["CardVersion"]):
    def valid(self, on: date) -> CardVersionQuerySet:
        """What holds on a day: the ministry's version of a card, and that of each province that has its own."""
        return self.standing().filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)

    def standing(self) -> CardVersionQuerySet:
        """Without those that were withdrawn before their day came."""
        return self.filter(withdrawn_at=None)

    def of(self, path: str) -> CardVersionQuerySet:
        """The ministry's and those of one province."""
        return self.filter(path__in={ROOT, path})


class CardVersion(models.Model):
    """What a card said from a day to a day. `content` has the fields of the standard card, texts in fa and en.

    `path` is whose version it is: the ministry's, which holds in every province, or that of a province for itself.
    """

    card = models.ForeignKey(Card, models.PROTECT, related_name="versions")
    path = PathField(default=ROOT)
    number = models.IntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    title_fa = models.TextField()
    title_en = models.TextField()
    promise = models.TextField()
    content = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = CardVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="card_version_numbered_once"),
            models.UniqueConstraint(
                fields=["card", "path"],
                condition=Q(valid_until=None, withdrawn_at=None),
                name="card_has_one_version_without_an_end",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="card_version_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_until"], name="card_version_by_day")]

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number}"

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fa

    @property
    def length(self) -> Length:
        """The promised time."""
        return Length.parse(self.promise)

    def text(self, field: str) -> Any:
        """A field of the content in the current language; lists keep their order, a missing field is ""."""
        return _in_language(self.content.get(field, ""), "en" if get_language() == "en" else "fa")


class CardDraft(models.Model):
    """What a card is to say once it is published; one draft a card and house. `says` is all of it, as CardText has it.

    `number` grows with each keeping, `base` is the version it was begun from: who comes second learns of it.
    """

    code = models.TextField()
    path = PathField()
    number = models.IntegerField(default=1)
    base = models.IntegerField(default=0)
    says = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()
    saved_by_name = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "path"], name="card_draft_one_a_house")]

    def __str__(self) -> str:
        return f"{self.code} {self.path} draft {self.number}"


class HelpCount(models.Model):
    """How often a card ("" as the question) or one of its answers helped, in a month and a house. Nobody is named."""

    path = PathField()
    card = models.TextField()
    question = models.TextField(default="", blank=True)
    period = models.TextField()
    shown = models.IntegerField(default=0)
    enough = models.IntegerField(default=0)
    not_enough = models.IntegerField(default=0)
    filed = models.IntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "path", "card", "question"], name="card_help_one_row_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.card} {self.question} {self.period} {self.path}"


def _in_language(value: Any, lang: str) -> Any:
    if isinstance(value, list):
        return [_in_language(item, lang) for item in value]
    if isinstance(value, dict):
        if {"fa", "en"} <= set(value):
            return value[lang]
        return {key: _in_language(item, lang) for key, item in value.items()}
    return value
