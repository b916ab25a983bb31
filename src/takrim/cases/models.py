"""What people brought: cases, the people who brought them, notes, answers, objections."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from takrim.cards.models import CardVersion
from takrim.cases import (  # noqa: F401  # read for their models
    models_anonymous,
    models_delivery,
    models_judged,
    models_learned,
    models_paper,
    models_partners,
    models_rights,
    models_templates,
    models_together,
)
from takrim.duties.models import Duty, not_kept_from
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Unit
from takrim.orgs.paths import PathField, under
from takrim.orgs.powers import Power


class State(StrEnum):
    REGISTERED = auto()
    AWAITING_COMPLETION = auto()
    AWAITING_INQUIRY = auto()
    TRANSFERRED = auto()
    REFERRED = auto()
    UNDER_REVIEW = auto()
    DRAFTED = auto()
    AWAITING_APPROVAL = auto()
    APPROVED = auto()
    ANSWERED = auto()
    REOPENED = auto()
    CLOSED = auto()
    REFUSED = auto()
    DUPLICATE = auto()
    WITHDRAWN = auto()


# The office still owes an answer in these.
OPEN_STATES = (
    State.REGISTERED,
    State.AWAITING_COMPLETION,
    State.AWAITING_INQUIRY,
    State.TRANSFERRED,
    State.REFERRED,
    State.UNDER_REVIEW,
    State.DRAFTED,
    State.AWAITING_APPROVAL,
    State.APPROVED,
    State.REOPENED,
)
ENDED_STATES = (State.CLOSED, State.REFUSED, State.DUPLICATE, State.WITHDRAWN)


class Outcome(StrEnum):
    UPHELD = auto()
    NOT_UPHELD = auto()
    PARTLY = auto()
    GUIDED = auto()
    SERVED = auto()
    DENIED = auto()


class Party(models.Model):
    """Who brought a matter: a person, an employer, a cooperative. Known by telephone or national code."""

    kind = models.TextField(default="person")
    name = models.TextField(default="", blank=True)
    national_code = models.TextField(default="", blank=True)
    mobile = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)
    since = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["mobile"], condition=~Q(mobile=""), name="party_by_mobile"),
            models.Index(fields=["national_code"], condition=~Q(national_code=""), name="party_by_national_code"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"


class CaseQuerySet(models.QuerySet["Case"]):
    def seen_by(self, actor: Actor) -> CaseQuerySet:
        """Cases about which an office in the actor's scope owes or owed something, and that are not about the actor."""
        if not actor.unit_path or not actor.may(Power.CASE_SEE):
            return self.none()
        return self.seen_under(actor.unit_path, actor.person)

    def seen_under(self, path: str, person: int) -> CaseQuerySet:
        """Cases about which an office there owes or owed something, or asked for it, as far as the person may know."""
        mine = under(path) | under(path, "judge_path")
        concerned = Exists(Duty.objects.filter(mine, about=OuterRef("code")))
        return self.filter(concerned).open_to(path, person)

    def open_to(self, path: str, person: int) -> CaseQuerySet:
        """Without those that are kept from the office at `path` or from the person."""
        return self.filter(Q(shielded=False) | not_kept_from(path, person, "code"))

    def open(self) -> CaseQuerySet:
        return self.filter(closed_at=None, answered_at=None)


class Case(models.Model):
    """One matter. `unit` is the office that owes the final answer; `nonce` is what its secret is made from."""

    code = models.TextField(unique=True)
    nonce = models.TextField()
    key = models.TextField(unique=True)
    kind = models.TextField()
    channel = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    lang = models.TextField(default="fa")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = PathField()
    card = models.ForeignKey(CardVersion, models.PROTECT, null=True, related_name="+")
    state = models.TextField(default=State.REGISTERED)
    received_at = models.DateTimeField()
    received_by = models.TextField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    original = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    reopened = models.IntegerField(default=0)
    external_system = models.TextField(default="", blank=True)
    external_id = models.TextField(default="", blank=True)
    urgent = models.BooleanField(default=False, db_default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # How the person wants the answer: a code of cases.delivery, or "" where they did not say.
    answer_way = models.TextField(default="", db_default="", blank=True)
    # Somebody stands behind a shield: the case is about them, and kept from them.
    shielded = models.BooleanField(default=False, db_default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="case_state_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=[*OPEN_STATES, State.ANSWERED])
                | Q(closed_at__isnull=False, state__in=list(ENDED_STATES)),
                name="case_is_closed_when_it_has_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False), name="case_answered_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(original=None) | Q(state=State.DUPLICATE), name="case_with_an_original_is_a_duplicate"
            ),
            models.UniqueConstraint(
                fields=["external_system", "external_id"],
                # What a person says of another system may be said of several matters; what is imported is one.
                condition=~Q(external_id="") & Q(channel="imported"),
                name="case_of_another_system_once",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="case_of_party"),
            models.Index(fields=["unit", "-id"], name="case_of_unit"),
            # What a period brought to an office or a province, newest first.
            models.Index(fields=["received_at", "unit_path"], name="case_by_time"),
            models.Index(
                fields=["unit_path"], condition=Q(state=State.AWAITING_APPROVAL), name="case_waiting_for_approval"
            ),
            models.Index(fields=["answered_at"], condition=Q(state=State.ANSWERED), name="case_waiting_to_close"),
            models.Index(fields=["unit_path"], condition=Q(state=State.APPROVED), name="case_waiting_for_delivery"),
            models.Index(fields=["code"], condition=Q(shielded=True), name="case_kept_from_somebody"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def ended_at(self) -> datetime | None:
        return self.answered_at or self.closed_at


class Note(models.Model):
    """What officers tell one another about a case; never shown to the person."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.TextField()
    by_name = models.TextField()
    by_post = models.TextField()
    at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"note {self.pk}"


class Answer(models.Model):
    """One version of the final answer. It lives by its times: drafted, submitted, approved, delivered or sent back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    number = models.IntegerField()
    outcome = models.TextField()
    text = models.TextField()
    reason = models.TextField()
    legal_ground = models.TextField(default="", blank=True)
    next_step = models.TextField(default="", blank=True)
    # The version of a template that it began with.
    begun_with = models.ForeignKey("cases.TemplateVersion", models.PROTECT, null=True, related_name="+", db_index=False)
    drafted_by = models.TextField()
    drafted_name = models.TextField()
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_why = models.TextField(default="", blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.TextField(default="", blank=True)
    approved_name = models.TextField(default="", blank=True)
    approved_post = models.TextField(default="", blank=True)
    # Who has signed so far: [{"by", "name", "post", "at"}], in order; `signed` levels of those needed are reached.
    signed = models.IntegerField(default=0)
    signatures = models.JSONField(default=list)
    # Its place in the register of the office, and the number as it stands on the letter. They stay with the version:
    # sent back after it was signed, its number is cancelled, and why it was sent back is the reason.
    register_path = PathField(default="", blank=True)
    register_year = models.IntegerField(null=True)
    serial = models.IntegerField(null=True)
    letter_number = models.TextField(default="", blank=True)
    # SHA-256 over number and words, printed on the paper.
    fingerprint = models.TextField(default="", blank=True)
    # A head let it through although the gate had refused it, and says why.
    let_through_by = models.TextField(default="", blank=True)
    let_through_why = models.TextField(default="", blank=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_how = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="answer_numbered_once"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="") | (Q(approved_at__isnull=False) & ~Q(approved_by="")),
                name="answer_approval_and_approver_come_together",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(approved_at__isnull=False), name="answer_is_approved_before_delivery"
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at=None) | ~Q(sent_back_why=""), name="answer_sent_back_has_its_reason"
            ),
            models.UniqueConstraint(
                fields=["register_path", "register_year", "serial"], name="answer_number_is_drawn_once"
            ),
            models.CheckConstraint(
                condition=Q(serial=None, register_year=None, letter_number="")
                | (Q(serial__isnull=False, register_year__isnull=False) & ~Q(letter_number="") & ~Q(register_path="")),
                name="answer_number_and_its_place_come_together",
            ),
            models.CheckConstraint(
                condition=Q(serial=None) | Q(approved_at__isnull=False) | Q(sent_back_at__isnull=False),
                name="answer_with_a_number_is_signed_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(let_through_by="", let_through_why="") | (~Q(let_through_by="") & ~Q(let_through_why="")),
                name="answer_let_through_says_by_whom_and_why",
            ),
        ]
        indexes = [
            # The last answers of one clerk, which a new one may not repeat.
            models.Index(fields=["drafted_by", "-id"], name="answer_of_a_clerk"),
            models.Index(fields=["begun_with"], condition=Q(begun_with__isnull=False), name="answer_by_template"),
            models.Index(fields=["fingerprint"], condition=~Q(fingerprint=""), name="answer_by_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"answer {self.case_id}/{self.number}"


class Register(models.Model):
    """The numbers of one office in one Jalali year: the last that was drawn, and the pattern of those to come."""

    unit_path = PathField()
    year = models.IntegerField()
    pattern = models.TextField()
    last = models.IntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_path", "year"], name="register_once_a_year_and_office")]

    def __str__(self) -> str:
        return f"{self.unit_path} {self.year}"


class Objection(models.Model):
    """The person does not accept the answer; another officer answers again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="objection")
    text = models.TextField()
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(default="", blank=True)
    decided_name = models.TextField(default="", blank=True)
    upheld = models.BooleanField(null=True)
    why = models.TextField(default="", blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None, why="", decided_by="")
                | (Q(decided_at__isnull=False, upheld__isnull=False) & ~Q(why="") & ~Q(decided_by="")),
                name="objection_decision_has_its_reason_and_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class ObjectionDays(models.Model):
    """How many days people have to object to answers of an office and of those below it that set none themselves."""

    path = PathField(unique=True)
    days = models.IntegerField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=90), name="objection_days_are_from_1_to_90")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.days}"


class SavedView(models.Model):
    """A choice of filters that a member of staff has given a name; `query` is what its address holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.TextField()
    query = models.TextField()
    at = models.DateTimeField()
    # From how many cases on its owner is told, at which post they look, and whether it has been told of this crossing.
    warn_from = models.IntegerField(null=True)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, related_name="+")
    passed_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_named_once"),
            models.CheckConstraint(
                condition=Q(warn_from=None, holding=None, passed_at=None)
                | Q(warn_from__gte=1, warn_from__isnull=False, holding__isnull=False),
                name="saved_view_warns_at_a_number_and_a_post",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(warn_from__isnull=False), name="saved_view_that_warns")]

    def __str__(self) -> str:
        return f"view {self.pk}"


class SearchDoc(models.Model):
    """One searchable text of a case. Its words are in the database's own full-text index, under the same id."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"doc {self.pk}"
