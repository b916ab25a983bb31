"""Proof of action: what was done, its files, and what it proves."""

from __future__ import annotations

from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from takrim.evidence.models import Evidence
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import PathField
from takrim.proofs import models_judging, models_pictures

# Named so that they are read with these.
MORE_MODELS = (models_judging, models_pictures)


class State(StrEnum):
    DRAFT = auto()
    SENT = auto()
    ACCEPTED = auto()
    RETURNED = auto()
    REFUSED = auto()
    WITHDRAWN = auto()


# Somebody has looked at it and said so.
JUDGED = (State.ACCEPTED, State.RETURNED, State.REFUSED)
# The office may still change it.
IN_HAND = (State.DRAFT, State.RETURNED)


class Manner(StrEnum):
    """How people were reached."""

    IN_PERSON = auto()
    ONLINE = auto()
    BOTH = auto()


class FileKind(StrEnum):
    """What an attachment shows."""

    PHOTO = auto()
    LETTER = auto()
    MINUTES = auto()
    TABLE = auto()
    NOTICE = auto()
    ATTENDANCE = auto()
    LINK = auto()


class ActionQuerySet(models.QuerySet["Action"]):
    def waiting(self) -> ActionQuerySet:
        """Those that a secretary has to judge; in the words of the index that finds them."""
        return self.filter(sent_at__isnull=False, judged_at=None)

    def public(self) -> ActionQuerySet:
        """Those that a secretary lets everybody see."""
        return self.filter(public_at__isnull=False)

    def known(self) -> ActionQuerySet:
        """Those that their office has handed in, whatever became of them since."""
        return self.filter(sent_at__isnull=False).exclude(state=State.WITHDRAWN)


class Action(models.Model):
    """One thing that an office did. It waits for its judgement while it was sent and not judged.

    `person` is who wrote it down at `post`; colleagues of the same office may go on with it. `chain` is its province.
    `reason` is what the secretary wrote when it was last returned or refused. `public_at`: people may see it since.
    """

    code = models.TextField(unique=True)
    title = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    done_on = models.DateField(null=True)
    done_until = models.DateField(null=True)
    place = models.TextField(default="", blank=True)
    manner = models.TextField(default=Manner.IN_PERSON)
    audience = models.TextField(default="", blank=True)
    people = models.IntegerField(null=True)
    women = models.IntegerField(null=True)
    men = models.IntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    chain = PathField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_name = models.TextField()
    state = models.TextField(default=State.DRAFT)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    judge_name = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    public_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="action_state_is_known"),
            models.CheckConstraint(condition=Q(manner__in=list(Manner)), name="action_manner_is_known"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judge=None) | Q(judged_at__isnull=False, judge__isnull=False),
                name="action_judge_and_time_come_together",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, sent_at=None)
                | Q(state=State.SENT, sent_at__isnull=False, judged_at=None)
                | Q(state__in=JUDGED, sent_at__isnull=False, judged_at__isnull=False)
                | Q(state=State.WITHDRAWN),
                name="action_state_and_its_times_agree",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | (~Q(title="") & Q(done_on__isnull=False)),
                name="action_sent_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=Q(done_until=None) | Q(done_on=None) | Q(done_until__gte=F("done_on")),
                name="action_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.RETURNED, State.REFUSED)) | ~Q(reason=""),
                name="action_returned_or_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(public_at=None) | Q(state=State.ACCEPTED), name="action_public_is_accepted"
            ),
        ]
        indexes = [
            models.Index(
                fields=["chain", "sent_at", "id"],
                condition=Q(sent_at__isnull=False, judged_at=None),
                name="action_that_waits",
            ),
            models.Index(fields=["unit", "state", "-id"], name="action_of_unit"),
            models.Index(fields=["chain", "state", "-judged_at", "-id"], name="action_of_chain"),
            # What everybody sees, newest first; few of all.
            models.Index(
                fields=["-done_on", "-id", "unit_path"], condition=Q(public_at__isnull=False), name="action_public"
            ),
        ]

    def __str__(self) -> str:
        return f"proof {self.code} ({self.state})"

    @property
    def subject(self) -> str:
        """What its files, its duties and its lines in the journal are about."""
        return f"{SUBJECT}{self.code}"


SUBJECT = "proof:"


class ActionFile(models.Model):
    """One attachment by its number: a file, or a link. What the picture itself says of time and place is for judges."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="files", db_index=False)
    number = models.IntegerField()
    kind = models.TextField()
    title = models.TextField(default="", blank=True)
    evidence = models.OneToOneField(Evidence, models.PROTECT, null=True, related_name="+")
    url = models.TextField(default="", blank=True)
    taken_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    camera = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="action_file_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=list(FileKind)), name="action_file_kind_is_known"),
            models.CheckConstraint(
                condition=Q(evidence=None, kind=FileKind.LINK) & ~Q(url="")
                | Q(evidence__isnull=False, url="") & ~Q(kind=FileKind.LINK),
                name="action_file_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="action_file_place_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}/{self.number} {self.kind}"


class Proves(models.Model):
    """What an action proves: the code of one thing of a kind (provable.py). One action may prove several."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="proves", db_index=False)
    kind = models.TextField()
    code = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "kind", "code"], name="action_proves_a_thing_once")]
        indexes = [models.Index(fields=["kind", "code", "-action"], name="proofs_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.kind}:{self.code}"
