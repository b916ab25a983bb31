"""A directive is issued, offices join later, a newer one takes its place, it is cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.directives import events
from takrim.directives.actions import ChangedMeanwhile, Words, change, note, require_keeper
from takrim.directives.asking import TermOf, ask_to_read, demand
from takrim.directives.models import (
    BEFORE_ISSUE,
    WIDE,
    Addressee,
    Clause,
    ClauseKind,
    Demand,
    Directive,
    How,
    Reading,
    State,
)
from takrim.directives.resolving import Target, current_period, resolved, term_for, term_of_newcomer
from takrim.duties.actions import withdraw
from takrim.duties.models import State as DutyState
from takrim.journal.record import take_chains
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change as change_row


class NotReady(Refusal):
    code = "directive_not_ready"
    status = 422
    message = _("Before it is issued a directive needs its text and at least one clause with its addressees.")


class NobodyMeant(Refusal):
    code = "directive_nobody_meant"
    status = 422
    message = _("Clause {number} means no office that is open today. Choose its addressees again.")


class NobodyNew(Refusal):
    code = "directive_nobody_new"
    message = _("No office has come that this directive would mean and that does not have it yet.")


class NoReason(Refusal):
    code = "directive_no_reason"
    status = 422
    message = _("Say why: the offices that have it read it.")


class OverAlready(Refusal):
    code = "directive_over_already"
    message = _("The directive is not in force any more.")


def _clauses(directive: Directive) -> list[Clause]:
    rows = directive.clauses.order_by("number").prefetch_related("addressees__unit", "addressees__post")
    clauses = list(rows)
    for clause in clauses:
        clause.directive = directive
    return clauses


@transaction.atomic
def issue(*, directive: Directive, by: Actor, now: datetime) -> Directive:
    """Send it to all whom its clauses mean: each head is asked to read it, each office owes its clauses."""
    require_keeper(directive, by)
    clauses = _clauses(directive)
    if directive.state not in BEFORE_ISSUE:
        raise ChangedMeanwhile
    if not directive.text or not clauses:
        raise NotReady
    today = local_date(now)
    meant = {clause.pk: resolved(clause.addressees.all(), today) for clause in clauses}
    for clause in clauses:
        if not meant[clause.pk]:
            raise NobodyMeant(number=clause.number)
    still = {"state": directive.state, "version": directive.version}
    if not change_row(directive, still=still, to={"state": State.ISSUED, "issued_at": now}):
        raise ChangedMeanwhile
    everybody = _together(meant.values())
    _take_chains(directive, everybody)
    ask_to_read(directive, everybody, by, now)
    for clause in clauses:
        _open(clause, meant[clause.pk], by, now)
    facts = events.Issued(
        unit=directive.unit_path, directive=directive.pk, clauses=len(clauses), offices=len(everybody)
    )
    note(directive, facts, by, now)
    for relation in directive.earlier.filter(how=How.SUPERSEDES).select_related("older").order_by("older_id"):
        _supersede(relation.older, directive, by, now)
    return directive


def _together(groups: Iterable[Sequence[Target]]) -> list[Target]:
    found = {target.key: target for group in groups for target in group}
    return sorted(found.values(), key=lambda target: (target.unit.path, target.key[1]))


def _take_chains(directive: Directive, targets: Iterable[Target]) -> None:
    """Those of all whom it touches, also through the directives whose place it takes; before anything is written."""
    older = directive.earlier.filter(how=How.SUPERSEDES).values("older")
    owed = Demand.objects.filter(directive__in=older, duty__settled_at=None).values_list("unit_path", flat=True)
    houses = Directive.objects.filter(pk__in=older).values_list("unit_path", flat=True)
    take_chains({directive.unit_path, *(target.unit.path for target in targets), *owed, *houses})


def _open(clause: Clause, targets: Sequence[Target], by: Actor, now: datetime, term_of: TermOf = term_for) -> None:
    if clause.kind != ClauseKind.PERIODIC:
        demand(clause, targets, by, now, term_of=term_of)
        return
    period = current_period(clause, local_date(now))
    demand(clause, targets, by, now, period, term_of)
    change_row(clause, still={"opened_for": clause.opened_for}, to={"opened_for": period.code})


def newcomers(directive: Directive, now: datetime) -> dict[int, list[Target]]:
    """Whom the clauses mean today and who does not owe them yet, by the number of the clause's row."""
    known: dict[int, set[tuple[int, int]]] = {}
    rows = Demand.objects.filter(directive=directive).values_list("clause_id", "unit_id", "post_id")
    for clause_id, unit, post in rows:
        known.setdefault(clause_id, set()).add((unit, post or 0))
    today = local_date(now)
    fresh = {
        clause.pk: [
            target
            for target in resolved(clause.addressees.all(), today)
            if target.key not in known.get(clause.pk, set())
        ]
        for clause in _clauses(directive)
    }
    return {pk: targets for pk, targets in fresh.items() if targets}


def waiting_for_newcomers(now: datetime) -> list[Directive]:
    """Those in force that mean an office which does not have them yet."""
    wide = Addressee.objects.filter(whom__in=WIDE).values("clause__directive")
    rows = Directive.objects.filter(state=State.ISSUED, pk__in=wide).order_by("pk")
    return [directive for directive in rows if newcomers(directive, now)]


@transaction.atomic
def join(*, directive: Directive, by: Actor, now: datetime) -> int:
    """Let offices that were opened since owe its clauses too; says how many. The system does so by night."""
    if by.is_staff:
        require_keeper(directive, by)
    if directive.state not in {State.ISSUED, State.CARRIED_OUT}:
        raise OverAlready
    fresh = newcomers(directive, now)
    if not fresh:
        raise NobodyNew
    everybody = _together(fresh.values())
    take_chains({directive.unit_path, *(target.unit.path for target in everybody)})
    asked = set(
        Reading.objects.filter(directive=directive, version=directive.version).values_list("unit_id", "post_id")
    )
    unasked = [target for target in everybody if (target.unit.pk, target.post and target.post.pk) not in asked]
    ask_to_read(directive, unasked, by, now)
    for clause in _clauses(directive):
        if clause.pk in fresh:
            _open(clause, fresh[clause.pk], by, now, term_of_newcomer)
    if directive.state == State.CARRIED_OUT:
        change_row(directive, still={"state": directive.state}, to={"state": State.ISSUED, "ended_at": None})
    event = events.Joined(unit=directive.unit_path, directive=directive.pk, offices=len(everybody))
    note(directive, event, by, now)
    return len(everybody)


@transaction.atomic
def change_issued(*, directive: Directive, words: Words, seen: int, why: str, by: Actor, now: datetime) -> Directive:
    """New words of a directive that is in force: every head is asked to read them."""
    rows = Reading.objects.filter(directive=directive, version=seen).select_related("unit", "post")
    targets = [Target(row.unit, row.post) for row in rows.order_by("unit_path", "pk")]
    take_chains({directive.unit_path, *(target.unit.path for target in targets)})
    change(directive=directive, words=words, seen=seen, why=why, by=by, now=now)
    Reading.objects.filter(directive=directive, version__lte=seen).unread().update(dropped_at=now)
    ask_to_read(directive, targets, by, now)
    return directive


def _supersede(older: Directive, newer: Directive, by: Actor, now: datetime) -> None:
    if older.ended_at is not None and older.state != State.CARRIED_OUT:
        return
    to = {"state": State.SUPERSEDED, "ended_at": now}
    if not change_row(older, still={"state": older.state, "version": older.version}, to=to):
        raise ChangedMeanwhile
    ended = _end_duties(older, by, now)
    note(older, events.Superseded(unit=older.unit_path, directive=older.pk, newer=newer.pk, ended=ended), by, now)


def _end_duties(directive: Directive, by: Actor, now: datetime) -> int:
    """What nobody has reported yet is not owed any more; what was reported is still judged."""
    open_states = (DutyState.OPEN, DutyState.RETURNED)
    rows = Demand.objects.filter(directive=directive, duty__settled_at=None, duty__state__in=open_states)
    duties = [row.duty for row in rows.select_related("duty").order_by("duty_id")]
    for duty in duties:
        withdraw(duty=duty, by=by, now=now, power=Power.DIRECTIVE_ISSUE)
    Reading.objects.filter(directive=directive).unread().update(dropped_at=now)
    return len(duties)


@transaction.atomic
def cancel(*, directive: Directive, why: str, by: Actor, now: datetime) -> Directive:
    """It does not hold any more, and nothing takes its place."""
    require_keeper(directive, by)
    if directive.ended_at is not None:
        raise OverAlready
    if not why.strip():
        raise NoReason
    owed = Demand.objects.filter(directive=directive, duty__settled_at=None).values_list("unit_path", flat=True)
    take_chains({directive.unit_path, *owed})
    to = {"state": State.CANCELLED, "ended_at": now, "ended_why": why.strip()}
    if not change_row(directive, still={"state": directive.state, "version": directive.version}, to=to):
        raise ChangedMeanwhile
    ended = _end_duties(directive, by, now)
    note(directive, events.Cancelled(unit=directive.unit_path, directive=directive.pk, ended=ended), by, now)
    return directive
