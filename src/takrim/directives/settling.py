"""Whether a directive is carried out: all that it demands was proven, and no further period will come."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from takrim.base.clock import local_date
from takrim.directives import events
from takrim.directives.models import ClauseKind, Demand, Directive, State
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import change as change_row


def carried_out(directive: Directive, on: date) -> bool:
    """Nothing is owed any more, and nothing will come by itself."""
    still_coming = Q(kind=ClauseKind.PERIODIC) & (Q(until=None) | Q(until__gte=on))
    if directive.clauses.filter(still_coming).exists():
        return False
    return not Demand.objects.filter(directive=directive, duty__settled_at=None).exists()


def settle(directive: Directive, *, by: Actor, now: datetime) -> bool:
    """Write down that it was carried out, or that it is not any more; says whether that changed. Part of a deed."""
    if directive.state not in {State.ISSUED, State.CARRIED_OUT}:
        return False
    over, was = carried_out(directive, local_date(now)), directive.state == State.CARRIED_OUT
    if over == was:
        return False
    to = {"state": State.CARRIED_OUT, "ended_at": now} if over else {"state": State.ISSUED, "ended_at": None}
    if not change_row(directive, still={"state": directive.state}, to=to):
        return False
    kind = events.CarriedOut if over else events.OpenAgain
    record(
        kind(unit=directive.unit_path, directive=directive.pk),
        on=directive.code,
        unit_path=directive.unit_path,
        by=by,
        at=now,
    )
    return True
