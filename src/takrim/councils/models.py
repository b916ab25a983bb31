"""Bodies: committees, councils, headquarters, working groups; who sits in them, on which subjects, how often."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, auto

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language

from takrim.cases.models_partners import Partner
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Post, Unit
from takrim.orgs.paths import PathField, under
from takrim.orgs.powers import Power


class Role(StrEnum):
    """As what somebody sits in a body. An observer is invited and heard, but not counted."""

    CHAIR = auto()
    SECRETARY = auto()
    MEMBER = auto()
    OBSERVER = auto()


class QuorumRule(StrEnum):
    """How many of those who vote must be there."""

    MORE_THAN_HALF = auto()
    TWO_THIRDS = auto()
    NUMBER = auto()
    ANY = auto()


class Tie(StrEnum):
    """What holds when as many are for it as against."""

    CHAIR_DECIDES = auto()
    FALLS = auto()


class BodyQuerySet(models.QuerySet["Body"]):
    def seen_by(self, actor: Actor, on: date) -> BodyQuerySet:
        """Those of the offices in the actor's scope, and those in which the actor sits on a day."""
        seats = Membership.objects.valid(on).of(actor).filter(body=OuterRef("pk"))
        seen = Q(Exists(seats))
        if actor.unit_path and actor.may(Power.COUNCIL_SEE):
            seen |= under(actor.unit_path)
        return self.filter(seen)

    def at_work(self, on: date) -> BodyQuerySet:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on), since__lte=on)


class Body(models.Model):
    """One body of one office. `version` grows with every change, so that two who change it at once are told.

    The quorum, the rhythm (`rhythm_times` meetings in each `rhythm_period`, by its day `rhythm_by_day` or its last) and
    what breaks a tie are its own; a new body takes them from its kind. `source` is its name in a file it came from.
    """

    code = models.TextField(unique=True)
    kind = models.TextField()
    name_fa = models.TextField()
    name_en = models.TextField(default="", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="groups")
    legal_basis = models.TextField(default="", blank=True)
    purpose = models.TextField(default="", blank=True)
    place = models.TextField(default="", blank=True)
    since = models.DateField()
    closed_on = models.DateField(null=True)
    quorum = models.TextField(default=QuorumRule.MORE_THAN_HALF)
    quorum_number = models.IntegerField(null=True)
    quorum_chair = models.BooleanField(default=False)
    rhythm_period = models.TextField(default="", blank=True)
    rhythm_times = models.IntegerField(default=1)
    rhythm_by_day = models.IntegerField(null=True)
    votes = models.BooleanField(default=False)
    tie = models.TextField(default=Tie.CHAIR_DECIDES)
    source = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_fa=""), name="body_has_a_name"),
            models.CheckConstraint(condition=Q(quorum__in=list(QuorumRule)), name="body_quorum_is_known"),
            models.CheckConstraint(
                condition=Q(quorum=QuorumRule.NUMBER, quorum_number__gte=1) | ~Q(quorum=QuorumRule.NUMBER),
                name="body_quorum_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(rhythm_period__in=["", "month", "season", "half", "year"], rhythm_times__gte=1),
                name="body_rhythm_is_known",
            ),
            models.CheckConstraint(condition=Q(tie__in=list(Tie)), name="body_tie_is_known"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("since")), name="body_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["unit", "name_fa"], condition=Q(closed_on=None), name="body_named_once_in_its_office"
            ),
            models.UniqueConstraint(fields=["unit", "source"], condition=~Q(source=""), name="body_imported_once"),
        ]
        indexes = [models.Index(fields=["unit_path", "name_fa"], name="body_by_office")]

    def __str__(self) -> str:
        return f"body {self.code}"

    @property
    def subject(self) -> str:
        """Its name in the journal, in duties and in evidence."""
        return f"body:{self.code}"

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "fa")

    def name_in(self, lang: str) -> str:
        """Its name in "fa" or "en"; the Persian one where nobody has written another."""
        return (self.name_en if lang == "en" else "") or self.name_fa


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, on: date) -> MembershipQuerySet:
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)

    def of(self, actor: Actor) -> MembershipQuerySet:
        """The seats the actor may take: by person or post, as the member or as their named substitute."""
        mine = Q(pk__in=[])
        if actor.person_id is not None:
            mine |= Q(person_id=actor.person_id) | Q(substitute_person_id=actor.person_id)
        if actor.post_id is not None:
            mine |= Q(post_id=actor.post_id) | Q(substitute_post_id=actor.post_id)
        return self.filter(mine)

    def voting(self) -> MembershipQuerySet:
        return self.filter(votes=True)


class Membership(models.Model):
    """A seat in a body: of whoever holds a post, or of a person. `until` is its last day.

    An organisation that has no office here sends a person, whose account sees this body only. `title` is what stands
    beside the name where the post does not say it («نماینده کارگران»).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    role = models.TextField(default=Role.MEMBER)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.TextField(default="", blank=True)
    votes = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True)
    substitute_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    substitute_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(post=None, person__isnull=False) | Q(post__isnull=False, person=None),
                name="membership_is_of_a_post_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(person__isnull=False), name="membership_from_outside_is_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(substitute_post=None) | Q(substitute_person=None), name="membership_has_one_substitute"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(role=Role.OBSERVER) | Q(votes=False), name="observer_has_no_vote"),
            models.UniqueConstraint(
                fields=["body", "post"], condition=Q(until=None, post__isnull=False), name="membership_once_a_post"
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(until=None, person__isnull=False),
                name="membership_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["body"], condition=Q(until=None, role=Role.CHAIR), name="membership_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Subject(models.Model):
    """What a body deals with; its secretary, where it has one. Never persons' dress, belief or union work."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="subjects")
    name_fa = models.TextField()
    name_en = models.TextField(default="", blank=True)
    secretary = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="subjects")
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name_fa"], condition=Q(ended_at=None), name="subject_named_once_in_its_body"
            ),
            models.CheckConstraint(condition=~Q(name_fa=""), name="subject_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"subject {self.pk}"

    @property
    def name(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name_fa


class DueMeeting(models.Model):
    """A body must meet `needed` times in a Jalali period ("1405-s3"), the last time by `due_on`: owed as a duty."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="due_meetings")
    period = models.TextField()
    due_on = models.DateField()
    needed = models.IntegerField(default=1)
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="due_meeting")

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "period"], name="due_meeting_once_a_period"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="due_meeting_is_at_least_one"),
        ]
        indexes = [models.Index(fields=["due_on"], name="due_meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.period}"
