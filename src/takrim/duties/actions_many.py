"""Letting many offices owe something at once: the same rows and events as one by one, with few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from takrim.duties import clocks
from takrim.duties.actions import Opened, Term
from takrim.duties.models import Duty
from takrim.duties.regime import NO_MATTER
from takrim.journal.record import record_all
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Order:
    """What one office is to owe: about what, by when, and which post there does it if that is said."""

    about: str
    unit: Unit
    term: Term
    task: str = ""
    post: Post | None = None


@transaction.atomic
def open_many(*, kind: str, orders: Sequence[Order], judge_path: str, by: Actor, now: datetime) -> list[Duty]:
    """Open one duty for each order, in their order. `judge_path` is the office that asks and judges."""
    lengths = [clocks.lengths_for(kind, NO_MATTER, str(order.term)) for order in orders]
    rows = [_row(kind, order, said, judge_path, by, now) for order, said in zip(orders, lengths, strict=True)]
    made = Duty.objects.bulk_create(rows, batch_size=BATCH)
    record_all(
        [
            (
                Opened(duty=duty.pk, kind=kind, unit=duty.unit_path, due=duty.due_at, clocks=said),
                duty.about,
                duty.unit_path,
            )
            for duty, said in zip(made, lengths, strict=True)
        ],
        by=by,
        at=now,
    )
    return made


def _row(kind: str, order: Order, lengths: dict[str, str], judge_path: str, by: Actor, now: datetime) -> Duty:
    started = clocks.start(lengths, now, clocks.counter_of(order.unit.path))
    return Duty(
        kind=kind,
        about=order.about,
        unit=order.unit,
        unit_path=order.unit.path,
        task=order.task,
        judge_path=judge_path,
        assignee=order.post,
        assigned_at=now if order.post else None,
        weight=1 if order.post else 0,
        opened_at=now,
        opened_by=by.code,
        length=str(order.term.length) if order.term.length else "",
        due_at=clocks.nearest(started),
        clocks=clocks.plain(started, now),
        rung_at=clocks.next_rung(started),
    )
