"""Directives: what circulars demand, of whom, by when; who has read them, and what each office owes of them."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models
from django.db.models import Exists, OuterRef, Q

from takrim.base.period import PeriodKind
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import PathField, under
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of


class Source(StrEnum):
    """Where a directive comes from."""

    INCOMING = auto()
    INTERNAL = auto()


class State(StrEnum):
    RECEIVED = auto()
    REGISTERED = auto()
    ISSUED = auto()
    CARRIED_OUT = auto()
    SUPERSEDED = auto()
    CANCELLED = auto()


# Nobody but those who write it sees it in these; what it demands can still be changed.
BEFORE_ISSUE = (State.RECEIVED, State.REGISTERED)


class How(StrEnum):
    """What a directive does to an earlier one."""

    SUPERSEDES = auto()
    AMENDS = auto()
    FOLLOWS = auto()


class ClauseKind(StrEnum):
    ONCE = auto()
    PERIODIC = auto()
    ALWAYS = auto()


class Whom(StrEnum):
    """To whom a clause is addressed: one office, one post, or all offices of a kind, or of any, at or below a place."""

    UNIT = auto()
    POST = auto()
    COUNTIES = auto()
    DIRECTORATES = auto()
    PROVINCE = auto()


# What offices these mean changes as offices are opened.
WIDE = (Whom.COUNTIES, Whom.DIRECTORATES, Whom.PROVINCE)


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def seen_by(self, actor: Actor) -> DirectiveQuerySet:
        """Those of the actor's offices and those addressed to them; drafts only for who may issue them."""
        if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
            return self.none()
        if not actor.may(Power.DIRECTIVE_ISSUE):
            return self.shown_below(actor.unit_path)
        return self.of_house(house_of(actor.unit_path))

    def shown_below(self, path: str) -> DirectiveQuerySet:
        """The issued ones of the offices at or below a place, and those addressed to them."""
        asked = Exists(Reading.objects.filter(under(path), directive=OuterRef("pk")))
        return self.filter(~Q(state__in=BEFORE_ISSUE) & (under(path) | asked))

    def of_house(self, house: str) -> DirectiveQuerySet:
        """The same of a whole house, with its own drafts."""
        asked = Exists(Reading.objects.filter(under(house), directive=OuterRef("pk")))
        return self.filter(Q(unit_path=house) | (~Q(state__in=BEFORE_ISSUE) & (under(house) | asked)))

    def kept_by(self, actor: Actor) -> DirectiveQuerySet:
        """Those that the actor's house has registered and may change, issue and end."""
        if not actor.unit_path or not actor.may(Power.DIRECTIVE_ISSUE):
            return self.none()
        return self.filter(unit_path=house_of(actor.unit_path))


class Directive(models.Model):
    """A circular or an order, as its newest version says. `unit_path` is the house that registered it.

    `words` holds the words of its search, each once between blanks.
    """

    unit_path = PathField()
    source = models.TextField()
    number = models.TextField()
    dated = models.DateField()
    issuer = models.TextField()
    subject = models.TextField()
    text = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    state = models.TextField(default=State.REGISTERED)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    registered_by = models.TextField()
    registered_by_name = models.TextField(default="", blank=True)
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="", blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="directive_state_is_known"),
            models.CheckConstraint(condition=Q(source__in=list(Source)), name="directive_source_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[*BEFORE_ISSUE, State.CANCELLED]) | Q(issued_at__isnull=False),
                name="directive_issued_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=[*BEFORE_ISSUE, State.ISSUED])
                | Q(ended_at__isnull=False, state__in=[State.CARRIED_OUT, State.SUPERSEDED, State.CANCELLED]),
                name="directive_ends_when_carried_out_or_replaced",
            ),
            models.UniqueConstraint(
                fields=["unit_path", "source", "issuer", "number"], name="directive_number_once_a_house"
            ),
        ]
        indexes = [models.Index(fields=["unit_path", "-dated", "-id"], name="directive_by_date")]

    def __str__(self) -> str:
        return f"directive {self.pk}"

    @property
    def code(self) -> str:
        """What the journal, files and proofs call it."""
        return f"directive:{self.pk}"


class DirectiveVersion(models.Model):
    """One version of a directive as it was kept: `said` holds all that stood in it."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    said = models.JSONField()
    why = models.TextField(default="", blank=True)
    by = models.TextField()
    by_name = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "number"], name="directive_version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.directive_id}/{self.number}"


class Relation(models.Model):
    """A directive says that it supersedes, amends or follows an earlier one."""

    newer = models.ForeignKey(Directive, models.PROTECT, related_name="earlier")
    older = models.ForeignKey(Directive, models.PROTECT, related_name="later")
    how = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=list(How)), name="relation_is_known"),
            models.CheckConstraint(condition=~Q(newer=models.F("older")), name="relation_is_to_another"),
            models.UniqueConstraint(fields=["newer", "older"], name="relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} {self.how} {self.older_id}"


class Clause(models.Model):
    """One demand of a directive. `every` is the Jalali period of a periodic one.

    Due on `due_on`, or `length` after it was issued; a periodic one at the end of each period, or `days_after` later,
    for the last time in the period in which `until` lies. One that always holds may have neither.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="clauses")
    number = models.IntegerField()
    text = models.TextField()
    proof = models.TextField(default="", blank=True)
    kind = models.TextField()
    every = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True)
    length = models.TextField(default="", blank=True)
    days_after = models.IntegerField(default=0)
    until = models.DateField(null=True)
    # The last period whose duties were opened.
    opened_for = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ClauseKind)), name="clause_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=ClauseKind.PERIODIC, every__in=list(PeriodKind), due_on=None, length="")
                | Q(~Q(kind=ClauseKind.PERIODIC), every="", days_after=0, until=None),
                name="clause_period_belongs_to_periodic_ones",
            ),
            models.CheckConstraint(condition=Q(due_on=None) | Q(length=""), name="clause_is_due_in_one_way"),
            models.CheckConstraint(
                condition=~Q(kind=ClauseKind.ONCE) | Q(due_on__isnull=False) | ~Q(length=""),
                name="clause_done_once_has_a_date",
            ),
            models.UniqueConstraint(fields=["directive", "number"], name="clause_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"clause {self.pk}"


class Addressee(models.Model):
    """To whom a clause is addressed; which offices that means is resolved when it is issued."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="addressees")
    whom = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(whom__in=list(Whom)), name="addressee_kind_is_known"),
            models.CheckConstraint(
                condition=Q(whom=Whom.POST, post__isnull=False) | Q(~Q(whom=Whom.POST), post=None),
                name="addressee_post_when_to_a_post",
            ),
            models.UniqueConstraint(
                fields=["clause", "whom", "unit", "post"], name="addressee_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whom} {self.unit_id}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def unread(self) -> ReadingQuerySet:
        return self.filter(read_at=None, dropped_at=None)


class Reading(models.Model):
    """The head of an office is asked to read a version of a directive, and says when they have.

    `dropped_at`: nobody need read it any more, since a newer version was given or it ended.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="readings")
    version = models.IntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.TextField(default="", blank=True)
    read_by_name = models.TextField(default="", blank=True)
    dropped_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by="") | Q(Q(read_at__isnull=False), ~Q(read_by="")),
                name="reading_has_its_reader",
            ),
            models.UniqueConstraint(
                fields=["directive", "version", "unit", "post"], name="reading_asked_once", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit_path", "asked_at"], condition=Q(read_at=None, dropped_at=None), name="reading_unread"
            ),
            models.Index(fields=["unit_path", "directive"], name="reading_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} @ {self.unit_path}"


class DemandQuerySet(models.QuerySet["Demand"]):
    def seen_by(self, actor: Actor) -> DemandQuerySet:
        """What offices in the actor's scope owe or owed."""
        if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
            return self.none()
        place = house_of(actor.unit_path) if actor.may(Power.DIRECTIVE_ISSUE) else actor.unit_path
        return self.filter(under(place))


class Demand(models.Model):
    """What one office, or one post in it, owes of a clause in a period: its duty, its plan, its report.

    `code` is what the duty, files and proofs call it; it is made of the clause, the office, the post and the period,
    so that none is opened twice.
    """

    code = models.TextField(unique=True)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="demands")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="demands")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    period = models.TextField(default="", blank=True)
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    plan = models.TextField(default="", blank=True)
    planned_at = models.DateTimeField(null=True)
    planned_by_name = models.TextField(default="", blank=True)
    reported_by = models.TextField(default="", blank=True)
    reported_by_name = models.TextField(default="", blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.TextField(default="", blank=True)
    judged_by_name = models.TextField(default="", blank=True)
    judged_why = models.TextField(default="", blank=True)
    # How many actions that were handed in as its proof stand: sent or accepted.
    proofs = models.IntegerField(default=0, db_default=0)

    objects = DemandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_by="") | ~Q(judged_by=models.F("reported_by")),
                name="demand_is_not_judged_by_its_doer",
            ),
        ]
        indexes = [models.Index(fields=["unit_path", "directive"], name="demand_by_unit")]

    def __str__(self) -> str:
        return self.code


class PlanStep(models.Model):
    """One step of an office's plan of action: what, until when, by whom."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    text = models.TextField()
    due_on = models.DateField()
    responsible = models.TextField()
    done_at = models.DateTimeField(null=True)
    done_by_name = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "number"], name="plan_step_numbered_once")]

    def __str__(self) -> str:
        return f"{self.demand_id}/{self.number}"
