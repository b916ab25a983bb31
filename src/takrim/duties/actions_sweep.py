"""A calendar was changed: the dates it touches are counted anew, batch after batch, each exactly once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from takrim.duties import clocks
from takrim.duties.actions_clocks import Moved
from takrim.duties.kind import KINDS
from takrim.duties.models import Duty, DutyQuerySet, MovedDate, Sweep, SweepCause
from takrim.duties.regime import NO_MATTER, Matter
from takrim.journal.record import record_all
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import Change
from takrim.orgs.paths import under

BATCH = 2000
_FIELDS = ("pk", "kind", "about", "unit_path", "calendar_path", "opened_at", "due_at", "rung_at", "clocks")


class Found(NamedTuple):
    """One duty as it was found."""

    pk: int
    kind: str
    about: str
    unit_path: str
    calendar_path: str
    opened_at: datetime
    due_at: datetime | None
    rung_at: datetime | None
    clocks: list[dict[str, Any]]


class Counted(NamedTuple):
    """One duty whose clocks end at other moments than before."""

    was: Found
    clocks: list[dict[str, Any]]
    due_at: datetime | None
    rung_at: datetime | None


def touched(path: str) -> DutyQuerySet:
    """What is owed and not yet done, and counted by a calendar under a path; what is settled keeps its dates."""
    counted = Q(under(path), calendar_path="") | under(path, "calendar_path")
    return Duty.objects.owed().filter(counted, answered_at=None)


@transaction.atomic
def begin(*, path: str, since: date, change: Change, by: Actor, now: datetime) -> Sweep:
    """Note that the calendar under a path is another one from a day on; finished at once when nothing is owed there.

    Where one waits to begin for the same path, it counts this change as well.
    """
    sweep = _waiting(path, since) or _new(path, since, by, now)
    SweepCause(sweep=sweep, verb=change.verb, on=change.on, at=now).save(force_insert=True)
    return sweep


def _waiting(path: str, since: date) -> Sweep | None:
    still = Sweep.objects.filter(path=path, seen=0, finished_at=None)
    waiting = still.order_by("-id").first()
    if waiting is None:
        return None
    earlier = min(since, waiting.since)
    return waiting if still.filter(pk=waiting.pk).update(since=earlier) == 1 else None


def _new(path: str, since: date, by: Actor, now: datetime) -> Sweep:
    total = touched(path).count()
    sweep = Sweep(
        path=path, since=since, by_name=by.name, began_at=now, total=total, finished_at=None if total else now
    )
    sweep.save(force_insert=True)
    return sweep


@transaction.atomic
def sweep_on(*, sweep: Sweep, by: Actor, now: datetime, limit: int = BATCH) -> bool:
    """Count the next duties anew; False when there are no more, or another worker has taken them.

    The place in the row and the rows that were moved are one transaction: killed in between, nothing was done.
    """
    rows = touched(sweep.path).filter(pk__gt=sweep.cursor).order_by("pk").select_for_update()
    found = [Found(*row) for row in rows.values_list(*_FIELDS)[:limit]]
    counted = [moved for duty in found if (moved := count(duty)) is not None]
    dated = [moved for moved in counted if moved.due_at != moved.was.due_at]
    if not _took(sweep, found, len(dated), now):
        return False
    _write(counted)
    MovedDate.objects.bulk_create(
        [MovedDate(sweep=sweep, duty_id=moved.was.pk, before=moved.was.due_at, after=moved.due_at) for moved in dated],
        batch_size=500,
    )
    _tell(sweep, dated, by, now)
    return bool(found)


def _took(sweep: Sweep, found: list[Found], moved: int, now: datetime) -> bool:
    """Move the place on, unless somebody else has."""
    changes: dict[str, Any] = {
        "cursor": found[-1].pk if found else sweep.cursor,
        "seen": sweep.seen + len(found),
        "moved": sweep.moved + moved,
        "finished_at": None if found else now,
    }
    mine = Sweep.objects.filter(pk=sweep.pk, cursor=sweep.cursor, finished_at=None)
    if mine.update(**changes) != 1:
        return False
    for name, value in changes.items():
        setattr(sweep, name, value)
    return True


def count(duty: Found) -> Counted | None:
    """Its clocks by the calendar of today; None when nothing has changed."""
    if not duty.clocks:
        return None
    counter, run = clocks.counter_of(duty.calendar_path or duty.unit_path), clocks.read(duty.clocks, duty.opened_at)
    before = [clock.due for clock in run]
    for clock in run:
        counter.count(clock)
    if [clock.due for clock in run] == before:
        return None
    plain = clocks.plain(run, duty.opened_at)
    return Counted(duty, plain, clocks.nearest(run), clocks.next_rung(run))


# One statement a row, prepared once; the ORM's own way for many rows takes ten times as long.
_UPDATE = "UPDATE duties_duty SET clocks = %s, due_at = %s, rung_at = %s WHERE id = %s AND settled_at IS NULL"


def _write(counted: list[Counted]) -> None:
    moment = connection.ops.adapt_datetimefield_value
    rows = [(json.dumps(moved.clocks), moment(moved.due_at), moment(moved.rung_at), moved.was.pk) for moved in counted]
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE, rows)


def _tell(sweep: Sweep, dated: list[Counted], by: Actor, now: datetime) -> None:
    matters = _matters([moved.was for moved in dated])
    events = []
    for moved in dated:
        duty = moved.was
        matter = matters.get(duty.about, NO_MATTER)
        event = Moved(
            duty=duty.pk,
            owed=duty.kind,
            unit=duty.unit_path,
            kind=matter.message,
            channel=matter.channel,
            card=matter.card,
            before=duty.due_at,
            due=moved.due_at,
            sweep=sweep.pk,
        )
        events.append((event, duty.about, duty.unit_path))
    record_all(events, by=by, at=now)


def _matters(duties: list[Found]) -> Mapping[str, Matter]:
    """What the duties are about: one query for each kind."""
    found: dict[str, Matter] = {}
    for kind in {duty.kind for duty in duties}:
        # The figures ask what a matter is only where it is the answer to it that is owed.
        if kind in KINDS:
            found.update(KINDS[kind].matters([duty.about for duty in duties if duty.kind == kind]))
    return found
