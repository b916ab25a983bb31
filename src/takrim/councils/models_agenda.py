"""The agenda: what comes before a body, who raised it, in which order, and through which meetings it was carried."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from takrim.councils.models import Body
from takrim.councils.models_meetings import Meeting
from takrim.orgs.paths import PathField


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def accepted(self) -> AgendaItemQuerySet:
        """What stands on an agenda, in its order."""
        return self.filter(accepted_at__isnull=False).order_by("place", "id")

    def proposed(self) -> AgendaItemQuerySet:
        """What waits for the secretary's word, oldest first."""
        return self.filter(accepted_at=None, declined_at=None).order_by("proposed_at", "id")


class AgendaItem(models.Model):
    """One item. Without a meeting it waits for the next one; a place has what was accepted.

    `dealt_place` is its place in the minutes of a meeting that was held elsewhere and dealt with it in another order.
    `source` says from where it rose by itself, "" that somebody proposed it; `about` is the code of what it is about.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="items")
    place = models.IntegerField(null=True)
    dealt_place = models.IntegerField(null=True)
    title = models.TextField()
    # Where the words are the system's own: in English too.
    title_en = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    text_en = models.TextField(default="", blank=True)
    length = models.IntegerField()
    source = models.TextField(default="", blank=True)
    about = models.TextField(default="", blank=True)
    proposed_by = models.TextField()
    proposed_name = models.TextField(default="", blank=True)
    proposed_unit = PathField(default="", blank=True)
    proposed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_why = models.TextField(default="", blank=True)
    # The item of the earlier meeting that was not finished there, and why not.
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="carried_to")
    carried_why = models.TextField(default="", blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, place=None)
                | Q(accepted_at__isnull=False, place__isnull=False, meeting__isnull=False, declined_at=None),
                name="agenda_item_accepted_has_meeting_and_place",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_why="") | (Q(declined_at__isnull=False) & ~Q(declined_why="")),
                name="agenda_item_declined_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(length__gte=1, length__lte=480), name="agenda_item_takes_some_minutes"),
            models.CheckConstraint(condition=Q(source="") | ~Q(about=""), name="agenda_item_risen_is_about_something"),
            models.UniqueConstraint(
                fields=["meeting", "about"], condition=~Q(source=""), name="agenda_item_rises_once_at_a_meeting"
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "place"], name="agenda_in_its_order"),
            models.Index(fields=["body"], condition=Q(meeting=None), name="agenda_items_that_wait"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
