"""A duty: what an office owes, about what, by when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import PathField, under


class State(StrEnum):
    OPEN = auto()
    ANSWERED = auto()
    RETURNED = auto()
    ACCEPTED = auto()
    WITHDRAWN = auto()


class Difficulty(StrEnum):
    """How much work something is, beside others of its kind."""

    EASY = auto()
    NORMAL = auto()
    HARD = auto()


# In these states the office still owes something, or somebody still has to judge what it gave.
OWED = (State.OPEN, State.RETURNED)


class ShieldQuerySet(models.QuerySet["Shield"]):
    def against(self, path: str, person: int) -> ShieldQuerySet:
        """Those that stand before somebody of the office at `path`; `person` is their number, 0 for nobody's."""
        return self.filter(Q(path__lte=path, past__gt=path) | Q(person_id=person))


class Shield(models.Model):
    """Whom something is about, and from whom it is therefore kept: an office with all below it, and a person.

    `past` is the first text behind all paths at or below `path`. `said` is how the person who complained has put it.
    """

    about = models.TextField()
    path = PathField()
    past = PathField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    said = models.TextField(default="", blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    objects = ShieldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(path__lt=F("past")), name="shield_ends_behind_its_office"),
        ]
        indexes = [models.Index(fields=["about"], name="shield_about")]

    def __str__(self) -> str:
        return f"{self.about} kept from {self.path}"


def not_kept_from(path: str, person: int, about: str = "about") -> Q:
    """The condition of every list: nothing keeps the row from somebody. `about` is the column with its code."""
    return ~Q(Exists(Shield.objects.against(path, person).filter(about=OuterRef(about))))


class DutyQuerySet(models.QuerySet["Duty"]):
    def open_to(self, path: str, person: int) -> DutyQuerySet:
        """Without those about a matter that is kept from the office at `path` or from the person."""
        return self.filter(not_kept_from(path, person))

    def seen_by(self, actor: Actor) -> DutyQuerySet:
        """What offices in the actor's scope owe or owed, without what is kept from the actor."""
        if not actor.unit_path:
            return self.none()
        return self.filter(under(actor.unit_path)).open_to(actor.unit_path, actor.person)

    def asked_by(self, actor: Actor) -> DutyQuerySet:
        """What offices in the actor's scope have asked of others, without what is kept from the actor."""
        if not actor.unit_path:
            return self.none()
        return self.filter(under(actor.unit_path, "judge_path")).open_to(actor.unit_path, actor.person)

    def owed(self) -> DutyQuerySet:
        return self.filter(settled_at=None)

    def given_to(self, post_id: int | None) -> DutyQuerySet:
        """What one post has to do; without a post, what nobody has been given."""
        return self.filter(assignee_id=post_id)

    def overdue(self, now: datetime) -> DutyQuerySet:
        return self.owed().filter(due_at__lt=now)


class Duty(models.Model):
    """One thing owed by one unit. `about` is the code of what it is about; `settled_at` ends it.

    `about_kind` is the kind of message where it is about a case, "" otherwise; a case never changes its kind.
    `length` is how the time was given ("20 working_days"); with `opened_at` and the office's calendar it explains
    `due_at`. Without a length the date came from elsewhere (an imported file), or there is none.
    `answered_at` is when the unit did its part; on time means `answered_at <= due_at`.
    `assignee` is the post in the unit that does it, and `weight` what it adds to the load there; substitutes act there.
    `clocks` are all clocks that run for it (`clocks.py`), `due_at` the nearest end among those that people outside were
    promised, `rung_at` the moment at which somebody must be told next. All three follow from the journal.
    `calendar_path` is the office whose calendar counts, where another owes it now: a duty that is handed over keeps the
    calendar by which it was promised.
    `judge_path` is the office that asked and judges the reply; empty where nobody does. `parent` is the referral that
    was referred onward as this one.
    """

    kind = models.TextField()
    about = models.TextField()
    about_kind = models.TextField(default="", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    judge_path = PathField(default="", blank=True)
    calendar_path = PathField(default="", db_default="", blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    task = models.TextField(default="", blank=True)
    state = models.TextField(default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    length = models.TextField(default="", blank=True)
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    assigned_at = models.DateTimeField(null=True)
    difficulty = models.TextField(default=Difficulty.NORMAL, db_default=Difficulty.NORMAL)
    weight = models.IntegerField(default=0, db_default=0)
    clocks = models.JSONField(default=list)
    rung_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="duty_state_is_known"),
            models.CheckConstraint(
                condition=Q(settled_at=None, state__in=[State.OPEN, State.RETURNED, State.ANSWERED])
                | Q(settled_at__isnull=False, state__in=[State.ACCEPTED, State.WITHDRAWN]),
                name="duty_is_settled_when_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED, State.ACCEPTED]) | Q(answered_at__isnull=False),
                name="duty_answered_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(assignee=None, assigned_at=None) | Q(assignee__isnull=False, assigned_at__isnull=False),
                name="duty_assignee_and_time_come_together",
            ),
            models.CheckConstraint(condition=Q(difficulty__in=list(Difficulty)), name="duty_difficulty_is_known"),
            models.CheckConstraint(
                condition=Q(length="") | Q(due_at__gte=F("opened_at")), name="duty_with_a_length_is_due_after_it_opens"
            ),
        ]
        indexes = [
            models.Index(fields=["about"], name="duty_about"),
            # The cartable of one office, and of a whole province: what is due next.
            models.Index(fields=["unit", "due_at"], condition=Q(settled_at=None), name="duty_owed_by_unit"),
            # The same of one kind of message: a rare one is not to be looked for among thousands of others.
            models.Index(
                fields=["unit", "about_kind", "due_at"], condition=Q(settled_at=None), name="duty_owed_by_kind"
            ),
            models.Index(fields=["due_at", "unit_path"], condition=Q(settled_at=None), name="duty_owed_by_due"),
            # What an office has asked of others and not yet got, or not yet judged.
            models.Index(fields=["judge_path", "due_at"], condition=Q(settled_at=None), name="duty_asked_by_office"),
            # Whose time has come to be told of.
            models.Index(
                fields=["rung_at"], condition=Q(settled_at=None, rung_at__isnull=False), name="duty_to_tell_of"
            ),
            # What an office has done lately.
            models.Index(
                fields=["unit", "settled_at"], condition=Q(settled_at__isnull=False), name="duty_done_by_unit"
            ),
            # What a period gave to people, newest first.
            models.Index(
                fields=["answered_at", "unit_path"],
                condition=Q(kind="final_answer", state="accepted"),
                name="duty_given_by_time",
            ),
            # What one post has to do.
            models.Index(
                fields=["assignee", "due_at"],
                condition=Q(settled_at=None, assignee__isnull=False),
                name="duty_owed_by_post",
            ),
            # What a change of the calendar touches though others owe it now.
            models.Index(
                fields=["calendar_path"],
                condition=Q(settled_at=None) & ~Q(calendar_path=""),
                name="duty_counted_elsewhere",
            ),
            # What an office had, newest first.
            models.Index(fields=["unit", "kind", "-id"], name="duty_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} ({self.state})"

    @property
    def counted_at(self) -> str:
        """The office whose calendar counts: where it was opened, whoever owes it now."""
        return self.calendar_path or self.unit_path

    @property
    def owed(self) -> bool:
        return self.settled_at is None

    def on_time(self, now: datetime) -> bool:
        """Whether it was answered by its date, or still can be."""
        return self.due_at is None or (self.answered_at or now) <= self.due_at


class Way(StrEnum):
    """How an office shares its work out."""

    BY_HAND = auto()
    IN_TURN = auto()
    BY_LOAD = auto()


class Sharing(models.Model):
    """How one office shares its work out: the way its head chose, and what a matter of each kind weighs."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    way = models.TextField(default=Way.BY_HAND)
    weights = models.JSONField(default=dict)
    # Whose turn it was last.
    last_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    chosen_at = models.DateTimeField()
    chosen_by = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(way__in=list(Way)), name="sharing_way_is_known")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.way}"


class Capacity(models.Model):
    """How much of a full share of work a post takes, in per cent; 0: none is given to it by itself."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="+")
    share = models.IntegerField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=200), name="capacity_is_between_none_and_double"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.share} %"


class TimeNote(models.Model):
    """Why the time of a duty stands or was made longer, in the words of who did it. The fact is in the journal."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="time_notes")
    what = models.TextField()
    why = models.TextField()
    by = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["pause", "extension"]), name="time_note_is_of_a_known_deed"),
            models.CheckConstraint(condition=~Q(why=""), name="time_note_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.duty_id}"


class Sweep(models.Model):
    """A calendar was changed: the dates it touches are counted anew, from the first duty to the last.

    It is another calendar from the day `since` on. `cursor` is the last duty that had its turn.
    """

    path = PathField()
    since = models.DateField()
    by_name = models.TextField()
    began_at = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    total = models.IntegerField()
    seen = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.path} {self.since} {self.seen}/{self.total}"


class SweepCause(models.Model):
    """What changed the calendar before a sweep: several changes may wait for one. `on` is such as `closure:12`."""

    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="causes")
    verb = models.TextField()
    on = models.TextField()
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["on"], name="sweep_cause_on")]

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"


class MovedDate(models.Model):
    """The date of one duty before and after a sweep."""

    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="dates", db_index=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", db_index=False)
    before = models.DateTimeField(null=True)
    after = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sweep", "duty"], name="moved_date_once_a_sweep")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.before} → {self.after}"
