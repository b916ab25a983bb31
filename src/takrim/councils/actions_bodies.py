"""Bodies are founded, changed and ended; their subjects are named."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import PeriodKind
from takrim.base.persian import clean_text
from takrim.base.words import digits
from takrim.councils.actions_rhythm import forget_meetings, owe_meeting, take_due
from takrim.councils.coding import fresh_code
from takrim.councils.kind import kinds
from takrim.councils.models import Body, Membership, QuorumRule, Role, Subject, Tie
from takrim.councils.models_meetings import Meeting
from takrim.councils.queries import require_editor
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actions_posts import require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power

MOST_TIMES = 31
# How many days the longest period of each kind has.
_DAYS = {PeriodKind.MONTH: 31, PeriodKind.SEASON: 93, PeriodKind.HALF: 186, PeriodKind.YEAR: 366}


class BodyUnclear(Refusal):
    """`found`: what is wrong, by the name of the term."""

    code = "body_unclear"
    status = 422
    message = _("The body cannot be kept yet: see what stands beside its terms.")

    def __init__(self, found: dict[str, str]) -> None:
        self.found = found
        super().__init__()

    def __reduce__(self) -> tuple[object, ...]:
        return BodyUnclear, (self.found,)


class BodyNameTaken(Refusal):
    code = "body_name_taken"
    message = _("This office already has a body of this name. Choose another name.")


class BodyChangedMeanwhile(Refusal):
    code = "body_changed_meanwhile"
    message = _("A colleague has changed this body meanwhile. Look at it again and make your change once more.")


class BodyClosed(Refusal):
    code = "body_closed"
    message = _("This body has ended. What it was stays to be read.")


class BodyEndsEarly(Refusal):
    code = "body_ends_early"
    status = 422
    message = _("The last day is before the first day of the body.")


class MeetingsAhead(Refusal):
    code = "meetings_ahead"
    message = _("Meetings of this body lie ahead. Call them off first.")


class SubjectNameTaken(Refusal):
    code = "subject_name_taken"
    message = _("The body already has a subject of this name.")


class NotASecretary(Refusal):
    code = "not_a_secretary"
    status = 422
    message = _("Choose one of the secretaries of this body.")


@dataclass(frozen=True, kw_only=True)
class BodyEvent(Event):
    """Something happened to a body of `unit`."""

    verb: ClassVar[str] = "body"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class BodyFounded(BodyEvent):
    verb = "body.founded"
    sentence = _("{unit} set up a body.")


@dataclass(frozen=True, kw_only=True)
class BodyChanged(BodyEvent):
    verb = "body.changed"
    sentence = _("{unit} changed the terms of a body (version {version}).")
    version: int


@dataclass(frozen=True, kw_only=True)
class BodyEnded(BodyEvent):
    verb = "body.ended"
    sentence = _("{unit} ended a body.")
    last_day: str


@dataclass(frozen=True, kw_only=True)
class SubjectNamed(BodyEvent):
    verb = "body.subject_named"
    sentence = _("A subject of a body of {unit} was named, or given to a secretary.")
    subject: int


@dataclass(frozen=True, kw_only=True)
class SubjectEnded(BodyEvent):
    verb = "body.subject_ended"
    sentence = _("A body of {unit} no longer deals with a subject.")
    subject: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is said of a body: its name, what it rests on, and its rules. Rules left out are those of its kind."""

    kind: str
    name_fa: str
    name_en: str = ""
    legal_basis: str = ""
    purpose: str = ""
    place: str = ""
    quorum: str = QuorumRule.MORE_THAN_HALF
    quorum_number: int | None = None
    quorum_chair: bool = False
    rhythm_period: str = ""
    rhythm_times: int = 1
    rhythm_by_day: int | None = None
    votes: bool = False
    tie: str = Tie.CHAIR_DECIDES

    @classmethod
    def of_kind(cls, kind: str, **said: Any) -> Terms:
        """The terms of a kind, but for what is said."""
        return cls(kind=kind, **{**kinds()[kind].fields(), **said})

    def columns(self) -> dict[str, Any]:
        """As the row keeps them: texts cleaned, numbers only where the rule needs them."""
        told = {name: clean_text(value) if isinstance(value, str) else value for name, value in asdict(self).items()}
        told["quorum_number"] = self.quorum_number if self.quorum == QuorumRule.NUMBER else None
        told["rhythm_times"] = self.rhythm_times if self.rhythm_period else 1
        told["rhythm_by_day"] = self.rhythm_by_day if self.rhythm_period else None
        return told


def _check(terms: Terms) -> None:
    found: dict[str, str] = {}
    if terms.kind not in kinds():
        found["kind"] = str(_("Choose a kind."))
    if not clean_text(terms.name_fa).strip():
        found["name_fa"] = str(_("Write the name."))
    if terms.quorum == QuorumRule.NUMBER and not 1 <= (terms.quorum_number or 0) <= 500:
        found["quorum_number"] = str(_("Write how many must be there, such as 5."))
    if terms.rhythm_period:
        found |= _rhythm_faults(terms)
    if found:
        raise BodyUnclear(found)


def _rhythm_faults(terms: Terms) -> dict[str, str]:
    found: dict[str, str] = {}
    most = _DAYS[PeriodKind(terms.rhythm_period)]
    if not 1 <= terms.rhythm_times <= MOST_TIMES:
        found["rhythm_times"] = str(_("Write a number from 1 to {most}.")).format(most=_digits(MOST_TIMES))
    if terms.rhythm_by_day is not None and not 1 <= terms.rhythm_by_day <= most:
        sentence = str(_("Write a day from 1 to {most}, or leave it empty."))
        found["rhythm_by_day"] = sentence.format(most=_digits(most))
    return found


def _digits(number: int) -> str:
    return digits(number, get_language() or "fa")


@transaction.atomic
def found_body(
    *, unit: Unit, terms: Terms, since: date, parent: Body | None = None, source: str = "", by: Actor, now: datetime
) -> Body:
    """Set up a body of an office. `source` is its name in a file it comes from."""
    require_in_scope(by, Power.BODIES_EDIT, unit.path)
    _check(terms)
    body = Body(
        code=fresh_code(Body.objects, now),
        unit=unit,
        unit_path=unit.path,
        parent=parent,
        since=since,
        source=source,
        **terms.columns(),
    )
    try:
        with transaction.atomic():
            body.save(force_insert=True)
    except IntegrityError as error:
        raise BodyNameTaken from error
    event = BodyFounded(unit=unit.path, kind=body.kind)
    record(event, on=body.subject, unit_path=unit.path, by=by, at=now)
    owe_meeting(body=body, by=by, now=now)
    return body


@transaction.atomic
def change_body(*, body: Body, terms: Terms, seen: int, by: Actor, now: datetime) -> Body:
    """Other terms from now on, for the meetings of the period that runs as well. `seen` is the version changed."""
    require_editor(body, by, local_date(now))
    require_at_work(body)
    _check(terms)
    rows = Body.objects.filter(pk=body.pk, version=seen, closed_on=None)
    try:
        with transaction.atomic():
            changed = rows.update(version=seen + 1, **terms.columns())
    except IntegrityError as error:
        raise BodyNameTaken from error
    if changed != 1:
        raise BodyChangedMeanwhile
    body.refresh_from_db()
    take_due(body.pk)
    event = BodyChanged(unit=body.unit_path, kind=body.kind, version=body.version)
    record(event, on=body.subject, unit_path=body.unit_path, by=by, at=now)
    owe_meeting(body=body, by=by, now=now)
    return body


@transaction.atomic
def end_body(*, body: Body, last_day: date, by: Actor, now: datetime) -> Body:
    """The body ends: it meets no more after that day and owes nothing; what it decided stays owed."""
    require_editor(body, by, local_date(now))
    require_at_work(body)
    if last_day < body.since:
        raise BodyEndsEarly
    if Meeting.objects.ahead().filter(body=body, starts_at__gt=now).exists():
        raise MeetingsAhead
    # `closed_on` is the first day on which it is no more.
    closed_on = last_day + timedelta(days=1)
    if Body.objects.filter(pk=body.pk, closed_on=None).update(closed_on=closed_on, version=F("version") + 1) != 1:
        raise BodyChangedMeanwhile
    body.refresh_from_db()
    take_due(body.pk)
    event = BodyEnded(unit=body.unit_path, kind=body.kind, last_day=last_day.isoformat())
    record(event, on=body.subject, unit_path=body.unit_path, by=by, at=now)
    forget_meetings(body=body, by=by, now=now)
    return body


def require_at_work(body: Body) -> None:
    """Raise BodyClosed where it has ended."""
    if body.closed_on is not None:
        raise BodyClosed


@transaction.atomic
def name_subject(
    *, body: Body, name_fa: str, name_en: str = "", secretary: Membership | None = None, by: Actor, now: datetime
) -> Subject:
    """A subject the body deals with; `secretary` is whose it is, where it is not all secretaries'."""
    require_editor(body, by, local_date(now))
    require_at_work(body)
    called = " ".join(clean_text(name_fa).split())
    if not called:
        raise BodyUnclear({"name_fa": str(_("Write the name."))})
    _check_secretary(body, secretary)
    subject = Subject(body=body, name_fa=called, name_en=clean_text(name_en).strip(), secretary=secretary)
    try:
        with transaction.atomic():
            subject.save(force_insert=True)
    except IntegrityError as error:
        raise SubjectNameTaken from error
    _tell(SubjectNamed, subject, by=by, now=now)
    return subject


@transaction.atomic
def give_subject(*, subject: Subject, secretary: Membership | None, by: Actor, now: datetime) -> Subject:
    """Another secretary has it from now on; None gives it to all of them."""
    require_editor(subject.body, by, local_date(now))
    _check_secretary(subject.body, secretary)
    if Subject.objects.filter(pk=subject.pk, ended_at=None).update(secretary=secretary) != 1:
        raise BodyChangedMeanwhile
    subject.secretary = secretary
    _tell(SubjectNamed, subject, by=by, now=now)
    return subject


@transaction.atomic
def end_subject(*, subject: Subject, by: Actor, now: datetime) -> Subject:
    """The body no longer deals with it; what was decided about it stays."""
    require_editor(subject.body, by, local_date(now))
    if Subject.objects.filter(pk=subject.pk, ended_at=None).update(ended_at=now) == 1:
        _tell(SubjectEnded, subject, by=by, now=now)
    subject.ended_at = subject.ended_at or now
    return subject


def _check_secretary(body: Body, secretary: Membership | None) -> None:
    if secretary is not None and (secretary.body_id != body.pk or secretary.role != Role.SECRETARY):
        raise NotASecretary


def _tell(event: type[SubjectNamed] | type[SubjectEnded], subject: Subject, *, by: Actor, now: datetime) -> None:
    body = subject.body
    told = event(unit=body.unit_path, kind=body.kind, subject=subject.pk)
    record(told, on=body.subject, unit_path=body.unit_path, by=by, at=now)
