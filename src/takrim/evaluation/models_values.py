"""What one office did in one indicator of a round: counted, declared, assessed, final; how it changed; objections."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models
from django.db.models import Q

from takrim.duties.models import Duty
from takrim.evaluation.models_entrants import Entrant
from takrim.proofs.models import Action


class Column(StrEnum):
    """Where a value can be written; each has its own text in a Value."""

    AUTOMATIC = auto()
    DECLARED = auto()
    ASSESSED = auto()
    SECOND = auto()
    FINAL = auto()


class Value(models.Model):
    """All that is said of one indicator of one office, as exact text (amounts.py): "17/23" is 17 of 23.

    "" says nothing. `cases` is how many stand behind the automatic value, `low` and `high` hold a quantile with 95 in
    100. `note` belongs to the declared value, `why` to the assessed one, `second_why` to the blind one.
    """

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="values", db_index=False)
    indicator = models.TextField()
    automatic = models.TextField(default="", blank=True)
    cases = models.BigIntegerField(null=True)
    low = models.TextField(default="", blank=True)
    high = models.TextField(default="", blank=True)
    declared = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    assessed = models.TextField(default="", blank=True)
    why = models.TextField(default="", blank=True)
    second = models.TextField(default="", blank=True)
    second_why = models.TextField(default="", blank=True)
    final = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entrant", "indicator"], name="value_once_an_indicator")]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.indicator}"

    @property
    def subject(self) -> str:
        """What its files are about."""
        return f"value:{self.pk}"

    @property
    def seen(self) -> tuple[str, str]:
        """What the first and the second assessor found: what was counted, where they said nothing else."""
        return self.assessed or self.automatic, self.second or self.automatic


class ValueProof(models.Model):
    """An accepted action (`proofs`) that proves what an office declared; its own files hang on the value's subject."""

    value = models.ForeignKey(Value, models.PROTECT, related_name="proofs", db_index=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="+", db_index=False)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "action"], name="value_proven_once_by_an_action")]

    def __str__(self) -> str:
        return f"{self.value_id} {self.action_id}"


class Outcome(StrEnum):
    """What became of an objection; nothing yet: it waits."""

    WAITING = ""
    UPHELD = auto()
    PARTLY = auto()
    REFUSED = auto()


class Objection(models.Model):
    """An office objects to one value of the preliminary result: `asked` is what it should be, `given` what it is."""

    code = models.TextField(unique=True)
    value = models.ForeignKey(Value, models.PROTECT, related_name="objections")
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    text = models.TextField()
    asked = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    outcome = models.TextField(default=Outcome.WAITING, blank=True)
    given = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(default="", blank=True)
    decided_name = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="objection_gives_its_reason"),
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="objection_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, reason="")
                | ~Q(outcome="") & Q(decided_at__isnull=False) & ~Q(reason="") & ~Q(decided_by=""),
                name="objection_decided_says_by_whom_and_why",
            ),
            models.UniqueConstraint(
                fields=["value"], condition=Q(outcome=""), name="objection_one_at_a_time_against_a_value"
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.code}"

    @property
    def subject(self) -> str:
        """Its name in the journal, in duties and in evidence."""
        return f"objection:{self.code}"


class ValueChange(models.Model):
    """A value became another: who, when, why, from what to what. Rows are added and never changed."""

    value = models.ForeignKey(Value, models.PROTECT, related_name="changes", db_index=False)
    column = models.TextField()
    was = models.TextField(default="", blank=True)
    became = models.TextField(default="", blank=True)
    why = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    objection = models.ForeignKey(Objection, models.PROTECT, null=True, related_name="changes", db_index=False)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(column__in=list(Column)), name="value_change_column_is_known")
        ]
        indexes = [models.Index(fields=["value", "id"], name="value_change_of_a_value")]

    def __str__(self) -> str:
        return f"{self.value_id} {self.column}: {self.was} → {self.became}"


class Improvement(models.Model):
    """One thing an office does to be better in the next round, owed as a duty; and who said last that it was done."""

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="improvements", db_index=False)
    number = models.IntegerField()
    indicator = models.TextField()
    text = models.TextField()
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    reported_by = models.TextField(default="", blank=True)
    reported_name = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="improvement_says_something"),
            models.UniqueConstraint(fields=["entrant", "number"], name="improvement_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id}/{self.number}"

    @property
    def subject(self) -> str:
        """What its duty and the files that prove it are about."""
        return self.duty.about
