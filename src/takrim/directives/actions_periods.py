"""What comes by the calendar: duties of a new period, directives that are carried out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.directives import events
from takrim.directives.actions import note
from takrim.directives.asking import demand
from takrim.directives.models import Clause, ClauseKind, Demand, Directive, State
from takrim.directives.resolving import Target, current_period
from takrim.directives.settling import settle
from takrim.journal.record import take_chains
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change as change_row


def due_clauses(now: datetime) -> list[int]:
    """The clauses of directives in force for which a period has begun that nobody owes yet."""
    today = local_date(now)
    rows = Clause.objects.filter(kind=ClauseKind.PERIODIC, directive__state=State.ISSUED).exclude(opened_for="")
    return [clause.pk for clause in rows.order_by("pk") if _coming(clause, today)]


def _coming(clause: Clause, today: date) -> list[Period]:
    """The periods after the last one that was opened, up to today's, as far as the clause goes on."""
    last, current = Period.parse(clause.opened_for), current_period(clause, today)
    found: list[Period] = []
    while last.start() < current.start():
        last = last.next()
        if clause.until is None or last.start() <= clause.until:
            found.append(last)
    return found


@transaction.atomic
def open_periods(*, clause_id: int, by: Actor, now: datetime) -> int:
    """Let all who owe the clause owe it for the periods that have begun; says how many duties were opened.

    The clause remembers the last period: of two workers at once one opens it, and one who died has opened none of it.
    """
    by.require(Power.DIRECTIVE_ISSUE)
    clause = Clause.objects.select_related("directive").get(pk=clause_id)
    coming = _coming(clause, local_date(now))
    if not coming or clause.directive.state != State.ISSUED:
        return 0
    if not change_row(clause, still={"opened_for": clause.opened_for}, to={"opened_for": coming[-1].code}):
        return 0
    targets = _owing(clause, local_date(now))
    take_chains({clause.directive.unit_path, *(target.unit.path for target in targets)})
    opened = 0
    for period in coming:
        opened += len(demand(clause, targets, by, now, period))
        event = events.PeriodOpened(
            unit=clause.directive.unit_path,
            directive=clause.directive_id,
            number=clause.number,
            period=period.code,
            offices=len(targets),
        )
        note(clause.directive, event, by, now)
    return opened


def _owing(clause: Clause, today: date) -> list[Target]:
    """Who has owed it before, as far as the office is still open; newcomers join (actions_issue)."""
    found: dict[tuple[int, int], Target] = {}
    rows = Demand.objects.filter(clause=clause).select_related("unit", "post").order_by("unit_path", "pk")
    for row in rows.filter(Q(unit__closed_on=None) | Q(unit__closed_on__gt=today)):
        target = Target(row.unit, row.post)
        found.setdefault(target.key, target)
    return list(found.values())


@transaction.atomic
def settle_one(*, directive_id: int, by: Actor, now: datetime) -> bool:
    """See whether a directive is carried out; says whether that changed."""
    by.require(Power.DIRECTIVE_ISSUE)
    return settle(Directive.objects.get(pk=directive_id), by=by, now=now)


def to_settle(now: datetime) -> list[int]:
    """Directives that may be carried out by now, or no more: their last period is over, or a proof fell away."""
    owed = Demand.objects.filter(duty__settled_at=None).values("directive")
    done = Directive.objects.filter(state=State.ISSUED).exclude(pk__in=owed)
    undone = Directive.objects.filter(state=State.CARRIED_OUT, pk__in=owed)
    return [*done.order_by("pk").values_list("pk", flat=True), *undone.order_by("pk").values_list("pk", flat=True)]
