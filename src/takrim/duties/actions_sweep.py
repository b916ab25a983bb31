"""A calendar was changed: the dates it touches are counted anew, batch after batch, each exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from takrim.base.clock import TEHRAN
from takrim.duties import clocks
from takrim.duties.actions_clocks import Moved
from takrim.duties.kind import KINDS
from takrim.duties.models import Duty, DutyQuerySet, Sweep, SweepCause
from takrim.duties.recount import Recounted, recount
from takrim.duties.regime import NO_MATTER, Matter
from takrim.journal.record import record_all
from takrim.orgs import many
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import Change
from takrim.orgs.paths import under
from takrim.orgs.rows import change

BATCH = 2000
_FIELDS = ("pk", "kind", "about", "unit_path", "calendar_path", "opened_at", "due_at", "clocks")


class Found(NamedTuple):
    """One duty as it was found."""

    pk: int
    kind: str
    about: str
    unit_path: str
    calendar_path: str
    opened_at: datetime
    due_at: datetime | None
    clocks: list[Mapping[str, Any]]


class Counted(NamedTuple):
    """One duty whose clocks end at other moments than before."""

    was: Found
    now: Recounted


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
    counted = _count(found, sweep.since)
    dated = [moved for moved in counted if moved.now.due_at != moved.was.due_at]
    if not _took(sweep, found, len(dated), now):
        return False
    _write(counted)
    _write_down(sweep, dated)
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
    return change(sweep, still={"cursor": sweep.cursor, "finished_at": None}, to=changes)


def _count(found: list[Found], since: date) -> list[Counted]:
    """Those whose clocks end at other moments by the calendar of today."""
    begun = datetime.combine(since, time(), TEHRAN).astimezone(UTC)
    counted = []
    for duty in found:
        counter = clocks.counter_of(duty.calendar_path or duty.unit_path)
        now = recount(duty.clocks, duty.opened_at, counter, begun)
        if now is not None:
            counted.append(Counted(duty, now))
    return counted


_COLUMNS = {"clocks": "jsonb", "due_at": "timestamptz", "rung_at": "timestamptz"}


def _write(counted: list[Counted]) -> None:
    """The rows of the duties, unless one was settled since."""
    rows = [(was.pk, now.clocks, now.due_at, now.rung_at) for was, now in counted]
    many.change("duties_duty", _COLUMNS, rows, where="settled_at IS NULL")


def _write_down(sweep: Sweep, dated: list[Counted]) -> None:
    """Each date before and after."""
    moment = connection.ops.adapt_datetimefield_value
    rows = [(sweep.pk, was.pk, moment(was.due_at), moment(now.due_at)) for was, now in dated]
    many.copy("duties_moveddate", ("sweep_id", "duty_id", "before", "after"), rows)


def _tell(sweep: Sweep, dated: list[Counted], by: Actor, now: datetime) -> None:
    matters = _matters(sweep, dated)
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
            due=moved.now.due_at,
            sweep=sweep.pk,
        )
        events.append((event, duty.about, duty.unit_path))
    record_all(events, by=by, at=now)


def _matters(sweep: Sweep, dated: list[Counted]) -> Mapping[str, Matter]:
    """What the duties are about: one query for each kind."""
    found: dict[str, Matter] = {}
    for kind in {moved.was.kind for moved in dated}:
        # The figures ask what a matter is only where it is the answer to it that is owed.
        if kind in KINDS:
            span = (dated[0].was.pk, dated[-1].was.pk)
            # The database looks the codes up itself: thousands of them as parameters take longer than all else.
            found.update(KINDS[kind].matters(touched(sweep.path).filter(kind=kind, pk__range=span).values("about")))
    return found
