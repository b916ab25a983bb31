"""Meetings of bodies: when and where, who was invited, what they replied, who came."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, auto

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from takrim.councils.models import Body, Membership, Role
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.paths import PathField

GUEST = "guest"


class State(StrEnum):
    """The life of a meeting; its table is in moves.py."""

    PLANNED = auto()
    INVITED = auto()
    HELD = auto()
    NOT_CONSTITUTED = auto()
    DRAFTED = auto()
    SIGNING = auto()
    ISSUED = auto()
    CANCELLED = auto()


# It still lies ahead.
AHEAD = (State.PLANNED, State.INVITED)
# It took place with its quorum, however far its minutes are.
TOOK_PLACE = (State.HELD, State.DRAFTED, State.SIGNING, State.ISSUED)


class Reply(StrEnum):
    NONE = ""
    ACCEPTED = auto()
    DECLINED = auto()
    SUBSTITUTE = auto()


class Attendance(StrEnum):
    """Who has nothing written yet has not come so far; the rest is written when the meeting is over."""

    NONE = ""
    PRESENT = auto()
    REMOTE = auto()
    EXCUSED = auto()
    ABSENT = auto()


HERE = (Attendance.PRESENT, Attendance.REMOTE)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def seen_by(self, actor: Actor, on: date) -> MeetingQuerySet:
        """Meetings of bodies that the actor sees, and those the actor was invited to or stands in at."""
        seen = Q(body__in=Body.objects.all().seen_by(actor, on))
        if actor.person_id is not None:
            mine = Invitation.objects.filter(Q(person_id=actor.person_id) | Q(substitute_person_id=actor.person_id))
            seen |= Q(pk__in=mine.filter(invited_at__isnull=False).values("meeting_id"))
        return self.filter(seen)

    def ahead(self) -> MeetingQuerySet:
        return self.filter(state__in=AHEAD)

    def took_place(self) -> MeetingQuerySet:
        return self.filter(state__in=TOOK_PLACE)


class Meeting(models.Model):
    """One meeting. `number` counts within its body and is never given twice.

    `sequence` grows with each change that calendars must hear of. `opened_at` and `closed_at` are when it really began
    and ended; the three numbers of the quorum are those that held when it was opened, or found not to be constituted.
    `door_nonce` makes the code at the door unlike those of other meetings. `source` is its number in an imported file.
    """

    code = models.TextField(unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    unit_path = PathField()
    number = models.IntegerField()
    title = models.TextField(default="", blank=True)
    state = models.TextField(default=State.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    place = models.TextField(default="", blank=True)
    online_url = models.TextField(default="", blank=True)
    sequence = models.IntegerField(default=0)
    planned_at = models.DateTimeField()
    planned_by = models.TextField()
    invited_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(default="", blank=True)
    quorum_needed = models.IntegerField(null=True)
    quorum_present = models.IntegerField(null=True)
    quorum_voters = models.IntegerField(null=True)
    door_nonce = models.TextField()
    source = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="meeting_state_is_known"),
            models.UniqueConstraint(fields=["body", "number"], name="meeting_number_once_in_its_body"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELLED) | Q(cancelled_at__isnull=False) & ~Q(cancelled_why=""),
                name="meeting_cancelled_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False) | ~Q(state__in=TOOK_PLACE), name="meeting_held_has_its_beginning"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="meeting_closes_after_it_opens"
            ),
            models.UniqueConstraint(fields=["body", "source"], condition=~Q(source=""), name="meeting_imported_once"),
        ]
        indexes = [
            models.Index(fields=["body", "-starts_at"], name="meeting_of_body"),
            models.Index(fields=["unit_path", "starts_at"], name="meeting_by_office"),
            models.Index(fields=["starts_at"], name="meeting_by_time"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.code}"

    @property
    def subject(self) -> str:
        """Its name in the journal, in duties and in evidence."""
        return f"meeting:{self.code}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def in_order(self) -> InvitationQuerySet:
        """As they stand in minutes: the chair first, guests last."""
        return self.order_by("place", "pk")

    def here(self) -> InvitationQuerySet:
        return self.filter(attendance__in=HERE)

    def of(self, actor: Actor) -> InvitationQuerySet:
        """Those that the actor may reply to: their own, and those of the seats they have."""
        mine = Q(person_id=actor.person) | Q(membership__in=Membership.objects.of(actor))
        return self.filter(mine)


class Invitation(models.Model):
    """One seat at one meeting: who was invited, what they replied, whether they came.

    Name, title and organisation are those of the day, since posts change hands. A guest has no membership. `place` is
    the order of the list. `substitute_…` is who comes instead; `by_substitute` says that they did.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    title_fa = models.TextField(default="", blank=True)
    title_en = models.TextField(default="", blank=True)
    organisation_fa = models.TextField(default="", blank=True)
    organisation_en = models.TextField(default="", blank=True)
    role = models.TextField(default=Role.MEMBER)
    votes = models.BooleanField(default=False)
    place = models.IntegerField(default=0)
    invited_at = models.DateTimeField(null=True)
    reply = models.TextField(default=Reply.NONE, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_note = models.TextField(default="", blank=True)
    substitute_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    substitute_name = models.TextField(default="", blank=True)
    substitute_title = models.TextField(default="", blank=True)
    attendance = models.TextField(default=Attendance.NONE, blank=True)
    by_substitute = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    noted_how = models.TextField(default="", blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="invitation_has_a_name"),
            models.CheckConstraint(condition=Q(role__in=[*Role, GUEST]), name="invitation_role_is_known"),
            models.CheckConstraint(condition=~Q(role=GUEST) | Q(votes=False), name="guest_has_no_vote"),
            models.CheckConstraint(condition=Q(reply__in=list(Reply)), name="invitation_reply_is_known"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | ~Q(reply="") & Q(replied_at__isnull=False),
                name="invitation_reply_and_its_time_come_together",
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.SUBSTITUTE) | ~Q(substitute_name=""), name="invitation_names_the_substitute"
            ),
            models.CheckConstraint(condition=Q(attendance__in=list(Attendance)), name="attendance_is_known"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="attendance_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(noted_how__in=["", "hand", "door", "remote", "import"]),
                name="attendance_is_noted_in_a_known_way",
            ),
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(membership__isnull=False),
                name="invitation_once_a_membership",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="invitation_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def title(self) -> str:
        """The post, as it was called on the day."""
        return (self.title_en if get_language() == "en" else "") or self.title_fa

    @property
    def organisation(self) -> str:
        return (self.organisation_en if get_language() == "en" else "") or self.organisation_fa

    @property
    def is_here(self) -> bool:
        return self.attendance in HERE

    @property
    def who_came(self) -> str:
        """The name of who sat there: the substitute where they came."""
        return self.substitute_name if self.by_substitute else self.name

    @property
    def who_came_id(self) -> int | None:
        """The number of the person who sat there, where they have an account."""
        return self.substitute_person_id if self.by_substitute else self.person_id


class Feed(models.Model):
    """The secret address at which somebody's calendar programme reads their meetings. A new nonce closes the old."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    nonce = models.TextField()
    made_at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"feed {self.person_id}"
