"""Service cards: what a directorate does for people, step by step, with a promised time; versions with dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from takrim.base.workdays import Length


class Card(models.Model):
    """One service, named by a code that never changes; what it says is in its versions."""

    code = models.TextField(unique=True)
    national_code = models.TextField(default="", blank=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return self.code


class CardVersionQuerySet(models.QuerySet["CardVersion"]):
    def valid(self, on: date) -> CardVersionQuerySet:
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)


class CardVersion(models.Model):
    """What a card said from a day to a day. `content` has the fields of the standard card, texts in fa and en."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    title_fa = models.TextField()
    title_en = models.TextField()
    promise = models.TextField()
    content = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    objects = CardVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="card_version_numbered_once"),
            models.UniqueConstraint(
                fields=["card"], condition=Q(valid_until=None), name="card_has_one_version_without_an_end"
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


def _in_language(value: Any, lang: str) -> Any:
    if isinstance(value, list):
        return [_in_language(item, lang) for item in value]
    if isinstance(value, dict):
        if {"fa", "en"} <= set(value):
            return value[lang]
        return {key: _in_language(item, lang) for key, item in value.items()}
    return value
