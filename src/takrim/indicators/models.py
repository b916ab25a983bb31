"""Figures kept ready: tallies by office and period, and what is owed by due moment; made from the journal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from takrim.orgs.paths import PathField


class Tally(models.Model):
    """What was counted for an office with all below it, in one period, in all or of one kind, channel or card.

    The total (`by` is "") is kept for months, seasons, halves and years, the breakdowns for months. `hours` is a
    histogram of the times answers took, `scores` the survey's marks; both as text that their readers understand.
    """

    path = PathField()
    period = models.TextField()
    by = models.TextField()
    value = models.TextField()
    received = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    dropped = models.BigIntegerField(default=0)
    closed = models.BigIntegerField(default=0)
    reopened = models.BigIntegerField(default=0)
    on_time = models.BigIntegerField(default=0)
    late = models.BigIntegerField(default=0)
    dropped_late = models.BigIntegerField(default=0)
    fell_due = models.BigIntegerField(default=0)
    missed = models.BigIntegerField(default=0)
    responses = models.BigIntegerField(default=0)
    satisfied = models.BigIntegerField(default=0)
    proofs_judged = models.BigIntegerField(default=0)
    proofs_accepted = models.BigIntegerField(default=0)
    proofs_returned = models.BigIntegerField(default=0)
    hours = models.TextField(default="")
    scores = models.TextField(default="")

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "period", "by", "value"], name="tally_one_row_a_key")]

    def __str__(self) -> str:
        return f"{self.path} {self.period} {self.by} {self.value}"


class CardDay(models.Model):
    """How long the answers of one day took that were about one service, in an office with all below it.

    `hours` as in a tally. Only the last months are kept: they say how long a service takes these days.
    """

    path = PathField()
    day = models.DateField()
    card = models.TextField()
    hours = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "day", "card"], name="card_day_one_row_a_key")]
        indexes = [models.Index(fields=["day"], name="card_day_by_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.day} {self.card}"


class Owed(models.Model):
    """How many answers an office with all below it owes, by the time they fall due, in three grains.

    A due moment is counted in its half hour, its day of 48 half hours and its block of 32 days; so what is overdue at
    a moment is the sum of the blocks before, the days before in this block and the half hours before in this day.
    What has no due moment is counted in a block of its own.
    """

    path = PathField()
    grain = models.TextField()
    slot = models.BigIntegerField()
    n = models.BigIntegerField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grain__in=["block", "day", "half"]), name="owed_grain_is_known"),
            models.UniqueConstraint(fields=["path", "grain", "slot"], name="owed_one_row_a_key"),
        ]
        indexes = [models.Index(fields=["path"], condition=Q(n=0), name="owed_nothing")]

    def __str__(self) -> str:
        return f"{self.path} {self.grain} {self.slot}: {self.n}"


class Piece(models.Model):
    """The part and the whole of one indicator for an office with all below it in one month.

    Readers add months up to longer periods. `value` tells sorts apart where an indicator counts by them.
    """

    path = PathField()
    period = models.TextField()
    code = models.TextField()
    value = models.TextField()
    part = models.BigIntegerField(default=0)
    whole = models.BigIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "period", "code", "value"], name="piece_one_row_a_key")]

    def __str__(self) -> str:
        return f"{self.path} {self.period} {self.code} {self.value}: {self.part}/{self.whole}"


class Awaited(models.Model):
    """How much of an indicator's whole is still to be done, by its day: until that has passed nothing is missing."""

    path = PathField()
    code = models.TextField()
    day = models.DateField()
    n = models.BigIntegerField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "code", "day"], name="awaited_one_row_a_key")]
        indexes = [models.Index(fields=["path"], condition=Q(n=0), name="awaited_nothing")]

    def __str__(self) -> str:
        return f"{self.path} {self.code} {self.day}: {self.n}"


class SavedTable(models.Model):
    """A table of figures that somebody keeps under a name; `query` is what its address holds.

    `path` is the office it is about: a shared one is there for all who see that office.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    path = PathField()
    name = models.TextField()
    query = models.TextField()
    shared = models.BooleanField(default=False)
    by_name = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_table_named_once")]
        indexes = [models.Index(fields=["path"], condition=Q(shared=True), name="saved_table_shared")]

    def __str__(self) -> str:
        return f"table {self.pk}"


class Freshness(models.Model):
    """A number that grows whenever a figure of the office, or of one below it, changes: pages keep what they drew."""

    path = PathField(primary_key=True)
    number = models.BigIntegerField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.path} {self.number}"


class Turn(models.Model):
    """One row that whoever writes figures updates first, so that one writes at a time; counts the writings."""

    number = models.BigIntegerField(default=0)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"turn {self.number}"
