"""A directive is taken in, registered, changed; its clauses and what it does to earlier ones are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import PeriodKind
from takrim.base.workdays import Length
from takrim.directives import events
from takrim.directives.models import (
    BEFORE_ISSUE,
    Addressee,
    Clause,
    ClauseKind,
    Directive,
    DirectiveVersion,
    How,
    Relation,
    Source,
    State,
    Whom,
)
from takrim.directives.search import words_of
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change as change_row
from takrim.orgs.units import house_of


class NotYourDirective(Refusal):
    code = "not_your_directive"
    status = 403
    message = _("Another house registered this directive. Only there can it be changed.")


class NumberTaken(Refusal):
    code = "directive_number_taken"
    message = _("A directive of this issuer with the number {number} is registered already. Look for it in the list.")


class DatedAhead(Refusal):
    code = "directive_dated_ahead"
    status = 422
    message = _("The date of the directive lies in the future. Look at the paper and correct it.")


class ChangedMeanwhile(Refusal):
    code = "directive_changed_meanwhile"
    message = _("A colleague has changed this directive meanwhile. Look at the newest version and change it again.")


class IssuedAlready(Refusal):
    code = "directive_issued_already"
    message = _(
        "The directive has been issued, so its clauses stand. Register one that amends or supersedes it instead."
    )


class WhyChanged(Refusal):
    code = "directive_why_changed"
    status = 422
    message = _("The directive has been issued: say in a sentence why its words change. Every head reads it anew.")


class NoText(Refusal):
    code = "directive_no_text"
    status = 422
    message = _("Write the text of the directive.")


class DueUnclear(Refusal):
    code = "clause_due_unclear"
    status = 422
    message = _("Say by when: either a day, or a length of time after the directive is issued.")


class DueBefore(Refusal):
    code = "clause_due_before"
    status = 422
    message = _("The day by which it is due has passed. Choose a later one.")


class NoPeriod(Refusal):
    code = "clause_no_period"
    status = 422
    message = _("Choose how often the clause is owed: every month, season, half-year or year.")


class DaysOutOfRange(Refusal):
    code = "clause_days_out_of_range"
    status = 422
    message = _("A report is due between 0 and 60 days after the end of its period.")


class NobodyAddressed(Refusal):
    code = "clause_nobody_addressed"
    status = 422
    message = _("Choose at least one office or post that has to carry the clause out.")


class OutOfHouse(Refusal):
    code = "addressee_out_of_house"
    status = 422
    message = _("A directive can only be addressed to offices of your own house and those below it.")


class NotEarlier(Refusal):
    code = "directive_not_earlier"
    status = 422
    message = _("Choose another directive that has been issued: one cannot supersede or amend itself or a draft.")


class RelatedAlready(Refusal):
    code = "directive_related_already"
    message = _("It is noted already what this directive does to that one. Take that back first.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands on the paper."""

    source: str
    number: str
    dated: date
    issuer: str
    subject: str
    text: str = ""


@dataclass(frozen=True)
class To:
    """To whom a clause is addressed."""

    whom: Whom
    unit: Unit
    post: Post | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a clause demands, and by when; see the model."""

    text: str
    kind: str
    proof: str = ""
    every: str = ""
    due_on: date | None = None
    length: str = ""
    days_after: int = 0
    until: date | None = None


def require_keeper(directive: Directive, by: Actor) -> None:
    """Raise unless the actor may change, issue and end this directive."""
    by.require(Power.DIRECTIVE_ISSUE)
    if house_of(by.unit_path) != directive.unit_path:
        raise NotYourDirective


def note(directive: Directive, event: Event, by: Actor, now: datetime) -> None:
    """One line in the journal of a directive."""
    record(event, on=directive.code, unit_path=directive.unit_path, by=by, at=now)


@transaction.atomic
def register(*, words: Words, by: Actor, now: datetime) -> Directive:
    """Take a directive in, or register it when its text is there. It belongs to the house of who does it."""
    by.require(Power.DIRECTIVE_ISSUE)
    _check(words, now)
    house = house_of(by.unit_path)
    directive = Directive(
        unit_path=house,
        state=State.REGISTERED if words.text else State.RECEIVED,
        words=_found_by(words),
        changed_at=now,
        registered_at=now,
        registered_by=by.code,
        registered_by_name=by.name,
        **asdict(words),
    )
    _keep_once(lambda: directive.save(force_insert=True), words)
    _keep_version(directive, words, "", by, now)
    event: Event = (
        events.Registered(unit=house, directive=directive.pk, version=1)
        if words.text
        else events.Received(unit=house, directive=directive.pk)
    )
    note(directive, event, by, now)
    return directive


@transaction.atomic
def change(*, directive: Directive, words: Words, seen: int, why: str, by: Actor, now: datetime) -> Directive:
    """Keep a new version; the earlier ones stay. `seen` is the version that was changed.

    After it was issued a reason is needed, and every head is asked to read it anew.
    """
    require_keeper(directive, by)
    _check(words, now)
    issued = directive.state not in BEFORE_ISSUE
    if directive.ended_at is not None:
        raise IssuedAlready
    if issued and not why.strip():
        raise WhyChanged
    if issued and not words.text:
        raise NoText
    state = directive.state if issued else (State.REGISTERED if words.text else State.RECEIVED)
    clauses = list(directive.clauses.order_by("number").values_list("text", flat=True))
    to = {
        **asdict(words),
        "words": _found_by(words, clauses),
        "version": seen + 1,
        "state": state,
        "changed_at": now,
    }
    still = {"version": seen, "state": directive.state}

    def keep() -> None:
        if not change_row(directive, still=still, to=to):
            raise ChangedMeanwhile

    _keep_once(keep, words)
    _keep_version(directive, words, why.strip(), by, now)
    note(
        directive, events.Changed(unit=directive.unit_path, directive=directive.pk, version=directive.version), by, now
    )
    return directive


def _check(words: Words, now: datetime) -> None:
    if words.dated > local_date(now):
        raise DatedAhead
    if words.source == Source.INTERNAL and not words.text:
        raise NoText


def _found_by(words: Words, clauses: Sequence[str] = ()) -> str:
    return words_of([words.subject, words.number, words.issuer, words.text, *clauses])


def _keep_once(keep: Any, words: Words) -> None:
    try:
        with transaction.atomic():
            keep()
    except IntegrityError as error:
        raise NumberTaken(number=words.number) from error


def _keep_version(directive: Directive, words: Words, why: str, by: Actor, now: datetime) -> None:
    said = {**asdict(words), "dated": words.dated.isoformat()}
    DirectiveVersion.objects.create(
        directive=directive, number=directive.version, said=said, why=why, by=by.code, by_name=by.name, at=now
    )


@transaction.atomic
def add_file(*, directive: Directive, upload: Upload, by: Actor, now: datetime) -> Evidence:
    """The paper itself, or what came with it."""
    require_keeper(directive, by)
    return attach(subject=directive.code, unit_path=directive.unit_path, upload=upload, by=by, now=now)


@transaction.atomic
def keep_clause(
    *, directive: Directive, clause: Clause | None, terms: Terms, whom: Sequence[To], by: Actor, now: datetime
) -> Clause:
    """Write a clause down, or change one; only before it is issued."""
    require_keeper(directive, by)
    _require_draft(directive)
    _check_terms(terms, now)
    _check_addressees(directive, whom)
    if clause is None:
        last = directive.clauses.order_by("-number").values_list("number", flat=True).first() or 0
        clause = Clause.objects.create(directive=directive, number=last + 1, **asdict(terms))
    else:
        change_row(clause, still={"directive_id": directive.pk}, to=asdict(terms))
        Addressee.objects.filter(clause=clause).delete()
    rows = {(one.whom, one.unit.pk, one.post.pk if one.post else 0): one for one in whom}
    Addressee.objects.bulk_create(
        Addressee(clause=clause, whom=one.whom, unit=one.unit, post=one.post) for one in rows.values()
    )
    _index_anew(directive)
    event = events.ClauseKept(unit=directive.unit_path, directive=directive.pk, number=clause.number)
    note(directive, event, by, now)
    return clause


@transaction.atomic
def drop_clause(*, clause: Clause, by: Actor, now: datetime) -> None:
    """Take a clause out; only before it is issued. Those behind it move up."""
    directive = clause.directive
    require_keeper(directive, by)
    _require_draft(directive)
    number = clause.number
    Addressee.objects.filter(clause=clause).delete()
    Clause.objects.filter(pk=clause.pk).delete()
    for later in directive.clauses.filter(number__gt=number).order_by("number"):
        change_row(later, still={"number": later.number}, to={"number": later.number - 1})
    _index_anew(directive)
    note(directive, events.ClauseDropped(unit=directive.unit_path, directive=directive.pk, number=number), by, now)


def _require_draft(directive: Directive) -> None:
    """Held until the end: whoever issues it at the same moment waits, and finds what was kept."""
    row = Directive.objects.select_for_update().get(pk=directive.pk)
    if row.state not in BEFORE_ISSUE:
        raise IssuedAlready


def _check_terms(terms: Terms, now: datetime) -> None:
    today = local_date(now)
    if terms.kind == ClauseKind.PERIODIC:
        if terms.every not in set(PeriodKind):
            raise NoPeriod
        if not 0 <= terms.days_after <= 60:
            raise DaysOutOfRange
    ways = (terms.due_on is not None) + bool(terms.length)
    if ways > 1 or (terms.kind == ClauseKind.ONCE and ways == 0):
        raise DueUnclear
    if any(day is not None and day < today for day in (terms.due_on, terms.until)):
        raise DueBefore
    if terms.length:
        Length.parse(terms.length)


def _check_addressees(directive: Directive, whom: Sequence[To]) -> None:
    if not whom:
        raise NobodyAddressed
    if not all(is_under(one.unit.path, directive.unit_path) for one in whom):
        raise OutOfHouse


def _index_anew(directive: Directive) -> None:
    clauses = list(directive.clauses.order_by("number").values_list("text", flat=True))
    words = words_of([directive.subject, directive.number, directive.issuer, directive.text, *clauses])
    Directive.objects.filter(pk=directive.pk).update(words=words)


@transaction.atomic
def relate(*, directive: Directive, older: Directive, how: How, by: Actor, now: datetime) -> Relation:
    """Note that it supersedes, amends or follows an earlier one; what follows of that comes when it is issued."""
    require_keeper(directive, by)
    _require_draft(directive)
    draft = older.state in BEFORE_ISSUE
    if older.pk == directive.pk or draft or not is_under(directive.unit_path, older.unit_path):
        raise NotEarlier
    if how == How.SUPERSEDES:
        require_keeper(older, by)
    try:
        with transaction.atomic():
            relation = Relation.objects.create(newer=directive, older=older, how=how)
    except IntegrityError as error:
        raise RelatedAlready from error
    event = events.Related(unit=directive.unit_path, directive=directive.pk, older=older.pk, how=how)
    note(directive, event, by, now)
    return relation


@transaction.atomic
def unrelate(*, relation: Relation, by: Actor, now: datetime) -> None:
    """It was noted by mistake; only before it is issued."""
    directive = relation.newer
    require_keeper(directive, by)
    _require_draft(directive)
    Relation.objects.filter(pk=relation.pk).delete()
    event = events.Unrelated(unit=directive.unit_path, directive=directive.pk, older=relation.older_id)
    note(directive, event, by, now)
