"""The offices in a round, who assesses them and who answers their objections, and where they stand in the end."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from takrim.evaluation.models_rounds import Round
from takrim.orgs.models import Person, Unit
from takrim.orgs.paths import PathField


class Entrant(models.Model):
    """One office in a round, by the names it had then. `group`: the word of its peers, where the plan goes by one.

    `sizes` are the columns of the table beside the indicators, as exact text. `declared_at` is when it handed its
    self-assessment in; `second` that it was drawn to be assessed twice. `stale` is set where its province runs alone
    and had not handed over all figures when the values were frozen: the last month received (lateness.py).
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="entrants", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    name_fa = models.TextField()
    name_en = models.TextField()
    group = models.TextField(default="", blank=True)
    sizes = models.JSONField(default=dict)
    declared_at = models.DateTimeField(null=True)
    declared_by = models.TextField(default="", blank=True)
    declared_name = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    second = models.BooleanField(default=False)
    stale = models.TextField(db_default="", default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="entrant_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(declared_at=None, declared_by="") | (Q(declared_at__isnull=False) & ~Q(declared_by="")),
                name="entrant_declared_and_by_whom_come_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.unit_path}"

    @property
    def subject(self) -> str:
        """What happens to it in the round is about this, in the journal and in duties."""
        return f"{self.round.subject}/{self.pk}"

    @property
    def name(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name_fa


class Assessor(models.Model):
    """Who assesses in a round, and the office they belonged to when they were appointed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessors", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit_path = PathField()
    name = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="assessor_once_in_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.name}"


class Referee(models.Model):
    """Who answers objections in a round that names persons instead of a committee."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="referees", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit_path = PathField()
    name = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="referee_once_in_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.name}"


class Assessment(models.Model):
    """One assessor's look at one office; `blind`: the second, who sees nothing of the first."""

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="assessments", db_index=False)
    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="assessments")
    blind = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entrant", "blind"], name="assessment_one_first_and_one_second"),
            models.UniqueConstraint(fields=["entrant", "assessor"], name="assessment_by_different_people"),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} by {self.assessor_id}"


class ResultOf(StrEnum):
    """Which result: the one that may be objected to, or the last."""

    PRELIMINARY = auto()
    FINAL = auto()


class Result(models.Model):
    """Where one office stands. `score` is exact (a fraction, or a float with twelve digits), `rounded` what is ranked.

    `low` and `high` hold its score, `best` and `worst` its rank, with the plan's level; `band_from` to `band_to` are
    the bands it belongs to; none of them where the plan draws no intervals. `points` has a line for each indicator, in
    the order of the plan: code, verdict, value, score, points, lost (exact text, "" where there is none).
    """

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="results", db_index=False)
    which = models.TextField()
    place = models.IntegerField()
    score = models.TextField(default="", blank=True)
    rounded = models.TextField(default="", blank=True)
    rank = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    group = models.TextField(default="", blank=True)
    why = models.TextField(default="", blank=True)
    low = models.TextField(default="", blank=True)
    high = models.TextField(default="", blank=True)
    best = models.IntegerField(null=True)
    worst = models.IntegerField(null=True)
    band_from = models.IntegerField(null=True)
    band_to = models.IntegerField(null=True)
    points = models.JSONField(default=list)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entrant", "which"], name="result_one_of_each"),
            models.CheckConstraint(condition=Q(which__in=list(ResultOf)), name="result_is_known"),
            models.CheckConstraint(
                condition=Q(rank=None) & ~Q(why="") | Q(rank__isnull=False, why="") & ~Q(rounded=""),
                name="result_is_ranked_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.which} {self.entrant_id}: {self.rank}"
