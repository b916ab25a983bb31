"""Letting offices know and owe: readings that are asked for, demands with their duties. Parts of deeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from takrim.base.period import Period
from takrim.directives import events
from takrim.directives.models import Clause, Demand, Directive, Reading
from takrim.directives.resolving import KIND, Target, code_of, term_for
from takrim.duties.actions import Term
from takrim.duties.actions_many import Order, open_many
from takrim.journal.record import record_all
from takrim.orgs.actor import Actor

BATCH = 500


def ask_to_read(directive: Directive, targets: Iterable[Target], by: Actor, now: datetime) -> list[Reading]:
    """Ask each head, and each post that is addressed by itself, to read the newest version."""
    rows = [
        Reading(
            directive=directive,
            version=directive.version,
            unit=target.unit,
            unit_path=target.unit.path,
            post=target.post,
            asked_at=now,
        )
        for target in targets
    ]
    made = Reading.objects.bulk_create(rows, batch_size=BATCH)
    record_all([(_asked(directive, row), directive.code, row.unit_path) for row in made], by=by, at=now)
    return made


def _asked(directive: Directive, row: Reading) -> events.Asked:
    return events.Asked(unit=row.unit_path, directive=directive.pk, reading=row.pk, version=row.version)


# By when a target owes a clause.
TermOf = Callable[[Clause, Target, datetime, Period | None], Term]


def demand(
    clause: Clause,
    targets: Sequence[Target],
    by: Actor,
    now: datetime,
    period: Period | None = None,
    term_of: TermOf = term_for,
) -> list[Demand]:
    """Let each target owe the clause, in a period if it is a periodic one."""
    directive, code = clause.directive, period.code if period else ""
    orders = [
        Order(
            about=code_of(clause, target, code),
            unit=target.unit,
            post=target.post,
            term=term_of(clause, target, now, period),
            task=clause.text,
        )
        for target in targets
    ]
    opened = open_many(kind=KIND, orders=orders, judge_path=directive.unit_path, by=by, now=now)
    rows = [
        Demand(
            code=duty.about,
            clause=clause,
            directive=directive,
            unit=target.unit,
            unit_path=target.unit.path,
            post=target.post,
            period=code,
            duty=duty,
        )
        for target, duty in zip(targets, opened, strict=True)
    ]
    return Demand.objects.bulk_create(rows, batch_size=BATCH)
