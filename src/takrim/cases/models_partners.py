"""Bodies outside the directorate that are asked for their part, and what each was asked."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from takrim.duties.models import Duty
from takrim.orgs.paths import PathField, lineage


class PartnerQuerySet(models.QuerySet["Partner"]):
    def of(self, path: str) -> PartnerQuerySet:
        """Those that the offices above a place, or it itself, have entered."""
        return self.filter(unit_path__in=lineage(path))

    def at_work(self) -> PartnerQuerySet:
        return self.filter(ended_at=None)


class Partner(models.Model):
    """A governorate, a police office, an insurance branch: reached by e-mail or mobile, without an account here."""

    unit_path = PathField()
    name = models.TextField()
    email = models.TextField(default="", blank=True)
    mobile = models.TextField(default="", blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_path", "name"], condition=Q(ended_at=None), name="partner_named_once_in_its_province"
            ),
            models.CheckConstraint(condition=~Q(email="", mobile=""), name="partner_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"partner {self.pk}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def waiting(self) -> InquiryQuerySet:
        return self.filter(over_at=None)


class Inquiry(models.Model):
    """One question to one partner, answered by a signed link. What the partner sees is here and nowhere else.

    `files` are the numbers of the files that are shown; `person` is what is told of the applicant, empty unless the
    officer chose to tell it. `over_at` ends the link: answered, taken back or expired.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="inquiries")
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="inquiry")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", db_index=False)
    question = models.TextField()
    excerpt = models.TextField(default="", blank=True)
    person = models.TextField(default="", blank=True)
    files = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    how = models.TextField(default="", blank=True)
    answered_by = models.TextField(default="", blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="inquiry_expires_after_it_is_sent"),
            models.CheckConstraint(
                condition=Q(over_at=None, how="")
                | Q(over_at__isnull=False, how__in=["answered", "revoked", "expired", "ended"]),
                name="inquiry_is_over_in_a_known_way",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(over_at=None), name="inquiry_waiting")]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"

    def open_at(self, now: datetime) -> bool:
        """Whether the link opens."""
        return self.over_at is None and now < self.expires_at
