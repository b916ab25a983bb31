"""Reports: begun for an office and a period, written chapter by chapter, reviewed, signed and frozen."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.db import models
from django.db.models import Q

from takrim.base.period import Period
from takrim.evidence.models import StoredFile
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import PathField, lineage, under


class State(StrEnum):
    """Signed is frozen: nothing of it changes any more."""

    DRAFT = auto()
    REVIEWED = auto()
    SIGNED = auto()


class ReportQuerySet(models.QuerySet["Report"]):
    def seen_by(self, actor: Actor) -> ReportQuerySet:
        """Those of the actor's office and of those below it, and the signed ones of the offices above."""
        if not actor.unit_path:
            return self.none()
        above = Q(unit_path__in=lineage(actor.unit_path), state=State.SIGNED)
        return self.filter(under(actor.unit_path) | above)

    def signed(self, path: str, period: Period) -> Report | None:
        """The newest signed report of an office about a period."""
        found = self.filter(unit_path=path, period=period.code, state=State.SIGNED)
        return found.order_by("-edition").first()


class Report(models.Model):
    """One report; corrected after it was signed, it gets another edition.

    `figures` are all chapters' figures as they were at `built_at`, `figures_hash` is made over them, and `position` is
    how far the journal had been read: {chain: [number, hash]}. `seal` is made over figures and words: what was signed.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    period = models.TextField()
    edition = models.IntegerField(default=1)
    state = models.TextField(default=State.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.TextField()
    begun_name = models.TextField()
    figures = models.JSONField(default=dict)
    figures_hash = models.TextField(default="", blank=True)
    position = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.TextField(default="", blank=True)
    reviewed_name = models.TextField(default="", blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.TextField(default="", blank=True)
    signed_name = models.TextField(default="", blank=True)
    signed_post = models.TextField(default="", blank=True)
    seal = models.TextField(default="", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="report_state_is_known"),
            models.UniqueConstraint(fields=["unit", "period", "edition"], name="report_edition_once"),
            models.UniqueConstraint(
                fields=["unit", "period"], condition=~Q(state=State.SIGNED), name="report_one_at_work"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, reviewed_at=None)
                | (Q(state__in=[State.REVIEWED, State.SIGNED], reviewed_at__isnull=False) & ~Q(reviewed_by="")),
                name="report_reviewed_has_its_reviewer",
            ),
            models.CheckConstraint(
                condition=(~Q(state=State.SIGNED) & Q(signed_at=None, seal=""))
                | (Q(state=State.SIGNED, signed_at__isnull=False) & ~Q(signed_by="") & ~Q(seal="")),
                name="report_signed_has_its_signer_and_seal",
            ),
            models.CheckConstraint(
                condition=Q(built_at=None, figures_hash="") | (Q(built_at__isnull=False) & ~Q(figures_hash="")),
                name="report_figures_and_their_hash_come_together",
            ),
        ]
        indexes = [models.Index(fields=["unit_path", "-id"], name="report_of_unit")]

    def __str__(self) -> str:
        return f"report {self.unit_path} {self.period} ({self.state})"

    @property
    def about(self) -> Period:
        return Period.parse(self.period)

    @property
    def subject(self) -> str:
        """How the journal calls it."""
        return f"report:{self.pk}"

    def is_stale(self, since: datetime) -> bool:
        """Whether its figures are older than a moment, or not there yet."""
        return self.built_at is None or self.built_at < since


class ReportText(models.Model):
    """What the secretary wrote for one chapter in one language. `version` grows with each keeping."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="texts")
    chapter = models.TextField()
    lang = models.TextField()
    text = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)
    by = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "chapter", "lang"], name="report_text_once_a_chapter")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.chapter} {self.lang}"


class Remark(models.Model):
    """Why a report was sent back to its writer."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="remarks")
    text = models.TextField()
    by = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="report_remark_says_something")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at}"


class Making(models.Model):
    """Something the worker makes of a report: its figures, a file, a comparison with what is counted today.

    `what` is "figures", "check", or a form and a language such as "pdf:fa"; `of` is the hash of what it is made of, so
    that the same is not made twice. `found` holds what a comparison came to.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="makings")
    what = models.TextField()
    of = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    failed = models.TextField(default="", blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", db_index=False)
    found = models.JSONField(default=dict)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "what"], condition=Q(finished_at=None), name="report_makes_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["report", "what", "-id"], name="report_made_last")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.what}"
