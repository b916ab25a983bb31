"""Minutes: written live field by field, sealed, signed by those present, issued; later only corrected."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Invitation, Meeting
from takrim.evidence.models import StoredFile
from takrim.orgs.paths import PathField


class Minutes(models.Model):
    """The minutes of one meeting. `content` and `hash` are there while they are sealed: what is signed is exactly that.

    The number is drawn when they are sealed first, and stays with them.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    unit_path = PathField()
    begun_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    begun_by = models.TextField()
    # Shown to those present for their comments.
    shown_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    content = models.JSONField(default=dict)
    hash = models.TextField(default="", blank=True)
    number = models.TextField(default="", blank=True)
    year = models.IntegerField(null=True)
    serial = models.IntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.TextField(default="", blank=True)
    issued_name = models.TextField(default="", blank=True)
    # Why they were issued although somebody who was present has not signed.
    unsigned_why = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(sealed_at=None, hash="") | (Q(sealed_at__isnull=False) & ~Q(hash="") & ~Q(number=""))),
                name="minutes_sealed_have_hash_and_number",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by="")
                | (Q(issued_at__isnull=False, sealed_at__isnull=False) & ~Q(issued_by="")),
                name="minutes_issued_are_sealed",
            ),
            models.CheckConstraint(
                condition=Q(number="", year=None, serial=None)
                | (Q(year__isnull=False, serial__isnull=False) & ~Q(number="")),
                name="minutes_number_is_whole",
            ),
            models.UniqueConstraint(
                fields=["unit_path", "year", "serial"], condition=~Q(number=""), name="minutes_numbered_once"
            ),
        ]
        indexes = [models.Index(fields=["hash"], condition=~Q(hash=""), name="minutes_by_their_hash")]

    def __str__(self) -> str:
        return f"minutes {self.pk}"


class MinutesBook(models.Model):
    """The last number of minutes that an office has drawn in a Jalali year."""

    unit_path = PathField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_path", "year"], name="minutes_book_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_path} {self.year}"


class DraftDecision(models.Model):
    """A decision as it is being written; its words are passages. Dropped, it keeps its words and loses its place."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    place = models.IntegerField()
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "place"], name="draft_decision_has_its_place")]

    def __str__(self) -> str:
        return f"draft decision {self.pk}"


class Passage(models.Model):
    """One field of minutes, with the number of its version: whoever writes says which version they saw."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="passages")
    name = models.TextField()
    text = models.TextField(default="", blank=True)
    version = models.IntegerField(default=0)
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "name"], name="passage_once_in_its_minutes")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.name}"


class OtherText(models.Model):
    """What somebody wrote in a passage that another had changed at the same place: kept until a person has chosen."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="others")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["passage"], condition=Q(settled_at=None), name="other_texts_to_be_settled")]

    def __str__(self) -> str:
        return f"other text {self.pk}"


class Vote(models.Model):
    """What one member said about a decision."""

    decision = models.ForeignKey(DraftDecision, models.PROTECT, related_name="votes")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    choice = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "invitation"], name="vote_once_on_a_decision")]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Dissent(models.Model):
    """Who does not agree with a decision, by name and in their words."""

    decision = models.ForeignKey(DraftDecision, models.PROTECT, related_name="dissents")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    text = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "invitation"], name="dissent_once_on_a_decision")]

    def __str__(self) -> str:
        return f"dissent {self.pk}"


class Comment(models.Model):
    """What somebody who was there says about the draft, and what the secretary made of it."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="comments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    by_post = models.TextField(default="", blank=True)
    reply = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, reply="") | (Q(settled_at__isnull=False) & ~Q(reply="")),
                name="comment_settled_has_its_reply",
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class MinutesSignature(models.Model):
    """One signature under one hash; void where the minutes were opened again afterwards."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    hash = models.TextField()
    by = models.TextField()
    name = models.TextField()
    title = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "invitation"], condition=Q(void_at=None), name="minutes_signed_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Erratum(models.Model):
    """A correction of issued minutes: written by the secretary, in force once the chair has signed its hash."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="errata")
    place = models.IntegerField()
    wrong = models.TextField()
    right = models.TextField()
    why = models.TextField()
    hash = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.TextField(default="", blank=True)
    signed_name = models.TextField(default="", blank=True)
    signed_post = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "place"], name="erratum_numbered_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by="") | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="erratum_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"erratum {self.pk}"


class MinutesTemplate(models.Model):
    """The Word file from which an office's minutes are written; offices below use it too. The newest holds."""

    unit_path = PathField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_path"], condition=Q(ended_at=None), name="minutes_template_one_an_office"
            )
        ]

    def __str__(self) -> str:
        return f"template of {self.unit_path}"
