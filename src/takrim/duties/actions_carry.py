"""What an office owes is left to another: owed there anew, with a journal of its own, but on the clocks that run."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.duties import clocks
from takrim.duties.actions import Opened, run_of, withdraw
from takrim.duties.models import Duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.powers import Power


@transaction.atomic
def carry_on(*, duty: Duty, unit: Unit, post: Post | None, task: str, by: Actor, now: datetime) -> Duty:
    """`unit` owes what was owed, by the same date and calendar, to the same judge; whoever owed it owes nothing more.

    Closures move it, and more time can be given, as if it had never changed hands.
    """
    withdraw(duty=duty, by=by, now=now, power=Power.CASE_REFER)
    run = run_of(duty)
    run.restore(now)
    due = clocks.nearest(run.clocks) if run.clocks else duty.due_at
    other = Duty(
        kind=duty.kind,
        about=duty.about,
        about_kind=duty.about_kind,
        unit=unit,
        unit_path=unit.path,
        calendar_path="" if duty.counted_at == unit.path else duty.counted_at,
        task=task,
        judge_path=duty.judge_path,
        assignee=post,
        assigned_at=now if post else None,
        weight=1 if post else 0,
        parent=duty,
        opened_at=now,
        opened_by=by.code,
        # A length says how long from the opening; of what is late already nothing is left.
        length=duty.length if due and due >= now else "",
        due_at=due,
        clocks=clocks.plain(run.clocks, now),
        rung_at=clocks.next_rung(run.clocks),
    )
    other.save(force_insert=True)
    event = Opened(duty=other.pk, kind=other.kind, unit=unit.path, due=due, clocks={}, like=duty.pk)
    record(event, on=other.about, unit_path=unit.path, by=by, at=now)
    return other
