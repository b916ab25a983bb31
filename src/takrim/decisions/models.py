"""Decisions of bodies: what was decided, which offices carry it out, what they reported, what it is about."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from takrim.cases.models_partners import Partner
from takrim.councils.models import Body, Membership
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.paths import PathField, under
from takrim.orgs.powers import Power


class State(StrEnum):
    """Of a decision, and of the part that one office has in it; the table of its life is in moves.py."""

    ISSUED = auto()
    IN_HAND = auto()
    REPORTED = auto()
    FULFILLED = auto()
    PARTLY_FULFILLED = auto()
    NOT_FULFILLED = auto()
    STOPPED = auto()
    CANCELLED = auto()


# Something is still to be done, or to be confirmed.
OPEN_STATES = (State.ISSUED, State.IN_HAND, State.REPORTED)
# Whoever says so gives a reason.
WITH_REASON = (State.PARTLY_FULFILLED, State.NOT_FULFILLED, State.STOPPED, State.CANCELLED)

TITLE_LENGTH = 120


def brief(text: str) -> str:
    """The beginning of a text, as lists show it."""
    first = " ".join(text.split())
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1].rstrip() + "…"


_SETTLED = Q(settled_at=None, state__in=OPEN_STATES) | (Q(settled_at__isnull=False) & ~Q(state__in=OPEN_STATES))


class DecisionQuerySet(models.QuerySet["Decision"]):
    def seen_by(self, actor: Actor, on: date) -> DecisionQuerySet:
        """Those of bodies of the offices in the actor's scope or in which they sit, and those carried out there."""
        sits = Membership.objects.valid(on).of(actor).values("body_id")
        seen = Q(body_id__in=sits)
        if actor.unit_path and actor.may(Power.COUNCIL_SEE):
            parts = Share.objects.filter(under(actor.unit_path), decision=OuterRef("pk"))
            seen |= under(actor.unit_path) | Q(Exists(parts))
        return self.filter(seen)

    def kept_by(self, actor: Actor, on: date) -> DecisionQuerySet:
        """Those of bodies whose secretary or chair the actor is."""
        keeps = Membership.objects.valid(on).of(actor).filter(role__in=["chair", "secretary"])
        return self.filter(body_id__in=keeps.values("body_id"))

    def open(self) -> DecisionQuerySet:
        return self.filter(settled_at=None)


class Decision(models.Model):
    """What a body decided. `number` is what is cited, `key` names it in the minutes it came from, once for all.

    `unit_path` is the office of the body, `item` what stood on the agenda when it was taken. Its state follows from its
    parts (`moves.py`). `proof` says in words how it will be proven; `words` are those it is found by.
    """

    code = models.TextField(unique=True)
    number = models.TextField()
    key = models.TextField(default="", blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions", db_index=False)
    unit_path = PathField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="issued")
    text = models.TextField()
    proof = models.TextField(default="", blank=True)
    state = models.TextField(default=State.ISSUED)
    decided_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.TextField()
    issued_by_name = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    words = models.TextField(default="", blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_something"),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="decision_state_is_known"),
            models.CheckConstraint(condition=_SETTLED, name="decision_is_settled_at_its_end"),
            models.UniqueConstraint(fields=["body", "number"], name="decision_number_once_in_its_body"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="decision_adopted_once"),
        ]
        indexes = [
            models.Index(fields=["unit_path", "-id"], name="decision_by_office"),
            models.Index(fields=["body", "-id"], name="decision_of_body"),
            models.Index(fields=["decided_on"], name="decision_by_day"),
        ]

    def __str__(self) -> str:
        return f"decision {self.code}"

    @property
    def subject(self) -> str:
        """Its name in the journal, in links and in evidence."""
        return f"decision:{self.code}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def title(self) -> str:
        """Its words for a list."""
        return brief(self.text)


class ShareQuerySet(models.QuerySet["Share"]):
    def to_do(self) -> ShareQuerySet:
        """Not reported yet, or sent back."""
        return self.filter(state__in=[State.ISSUED, State.IN_HAND])

    def reported(self) -> ShareQuerySet:
        return self.filter(state=State.REPORTED)

    def represented_by(self, actor: Actor, on: date) -> ShareQuerySet:
        """Those of organisations from outside for which the actor sits in the body of the decision."""
        seats = Membership.objects.valid(on).of(actor)
        return self.filter(Exists(seats.filter(body=OuterRef("body"), organisation=OuterRef("organisation"))))


class Share(models.Model):
    """The part of one office in a decision, owed as a duty of its own; `task` says which, where not the whole.

    An `organisation` without an office here does its part itself; the office of the body owes that it is done.

    A part that was stopped and goes on has a new duty; the old one stays with the same subject. `proofs` is how many
    proofs stand for it: sent, or accepted.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="shares")
    place = models.IntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    organisation = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+", db_index=False)
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="share")
    task = models.TextField(default="", blank=True)
    state = models.TextField(default=State.ISSUED)
    reason = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(default="", blank=True)
    returned = models.IntegerField(default=0)
    proofs = models.IntegerField(default=0)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="share_state_is_known"),
            models.CheckConstraint(condition=_SETTLED, name="share_is_settled_at_its_end"),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_REASON) | ~Q(reason=""), name="share_says_why_it_was_not_fulfilled"
            ),
            models.UniqueConstraint(fields=["decision", "place"], name="share_once_a_place"),
        ]
        indexes = [
            # The matrix counts along these without looking at the rows; what is late it asks of the duties.
            models.Index(fields=["body", "unit_path", "state"], name="share_of_body"),
            models.Index(fields=["unit_path", "body", "state"], name="share_by_office"),
            models.Index(fields=["body", "unit_path"], condition=Q(settled_at=None), name="share_open_of_body"),
            models.Index(
                fields=["unit_path", "body", "state", "duty"],
                condition=Q(settled_at=None),
                name="share_open_by_office",
            ),
            models.Index(
                fields=["unit_path", "body", "organisation"],
                condition=Q(organisation__isnull=False),
                name="share_from_outside",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.decision_id}/{self.place}"

    @property
    def subject(self) -> str:
        """Its name in the journal and in duties."""
        return f"{self.decision.subject}/{self.place}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def from_outside(self) -> str:
        """The organisation that carries it out; "" where an office does."""
        return self.organisation.name if self.organisation else ""

    @property
    def title(self) -> str:
        """What the office has to do, for a list."""
        return brief(self.task or self.decision.text)


class Verdict(StrEnum):
    """What was said of a report; nothing yet: it waits."""

    WAITING = ""
    CONFIRMED = auto()
    PARTLY = auto()
    REFUSED = auto()
    RETURNED = auto()


class Report(models.Model):
    """What an office says it has done of its part. Who reported, or for whom they stood in, never confirms it."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="reports", db_index=False)
    number = models.IntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()
    by_post = models.TextField(default="", blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    for_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    verdict = models.TextField(default=Verdict.WAITING, blank=True)
    why = models.TextField(default="", blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "number"], name="report_once_a_number"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="report_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at=None) | (~Q(verdict="") & Q(judged_at__isnull=False)),
                name="report_verdict_and_its_time_come_together",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.share_id}/{self.number}"

    @property
    def subject(self) -> str:
        """Its name in evidence."""
        return f"{self.share.subject}/report:{self.number}"


class Relation(StrEnum):
    """How a decision stands to what it is linked to."""

    ABOUT = auto()
    OPENED = auto()
    REPEATS = auto()
    REPLACES = auto()
    CONTINUES = auto()


class Link(models.Model):
    """What a decision is linked to: the kind of thing and its code, whether or not it is kept here.

    `done_at` is when a case that it opened was answered; until then the decision is not fulfilled.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="links", db_index=False)
    kind = models.TextField()
    code = models.TextField()
    relation = models.TextField(default=Relation.ABOUT)
    at = models.DateTimeField()
    by = models.TextField()
    done_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind", "code"], name="link_once_to_a_thing"),
            models.CheckConstraint(condition=Q(relation__in=list(Relation)), name="link_relation_is_known"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(relation=Relation.OPENED), name="link_done_was_opened_here"
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="link_to_a_thing")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.relation} {self.kind}:{self.code}"
