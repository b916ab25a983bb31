"""A body owes its meetings: opened as a period begins, done as the body meets, asked of its chair and secretary."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.councils.models import Body, DueMeeting
from takrim.councils.models_meetings import TOOK_PLACE, Meeting
from takrim.councils.rhythm import Rhythm, due_at, rhythm_of
from takrim.duties import actions as duties
from takrim.duties.actions import Term
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor, system
from takrim.orgs.powers import Power

KIND = "hold_meeting"


def take_due(body_id: int) -> None:
    """Take the rows of what a body owes before the deed writes its first event, as every deed does."""
    rows = Duty.objects.owed().filter(due_meeting__body_id=body_id).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


@transaction.atomic
def owe_meeting(*, body: Body, by: Actor, now: datetime) -> DueMeeting | None:
    """Let the body owe the meetings of the period that runs now, if it must meet and its day has not passed.

    Terms that were changed meanwhile count for the period that runs: what was owed by the old ones is withdrawn.
    """
    rhythm, today = rhythm_of(body), local_date(now)
    period = Period.containing(today, rhythm.kind) if rhythm else None
    running = DueMeeting.objects.filter(body=body, duty__settled_at=None, due_on__gte=today).select_related("duty")
    for row in running:
        if rhythm is None or period is None or not _is_as_said(row, rhythm, period):
            _take_back(row, by=by, now=now)
    if rhythm is None or period is None or body.closed_on is not None:
        return None
    last_day = rhythm.last_day(period)
    if last_day < today or DueMeeting.objects.filter(body=body, period=period.code).exists():
        return None
    return _owe(body, rhythm, period, by=by, now=now)


def _is_as_said(row: DueMeeting, rhythm: Rhythm, period: Period) -> bool:
    return (row.period, row.due_on, row.needed) == (period.code, rhythm.last_day(period), rhythm.times)


def _take_back(row: DueMeeting, *, by: Actor, now: datetime) -> None:
    row.delete()
    duties.withdraw(duty=row.duty, by=by, now=now, power=Power.BODIES_EDIT)


def _owe(body: Body, rhythm: Rhythm, period: Period, *, by: Actor, now: datetime) -> DueMeeting | None:
    if _held(body, period) >= rhythm.times:
        return None
    last_day = rhythm.last_day(period)
    due = due_at(body.unit_path, last_day, period.start())
    if due <= now:
        return None
    duty = duties.open_duty(
        kind=KIND, about=body.subject, unit=body.unit, term=Term(fixed=due), task=period.code, by=by, now=now
    )
    row = DueMeeting(body=body, period=period.code, due_on=last_day, needed=rhythm.times, duty=duty)
    row.save(force_insert=True)
    return row


def _held(body: Body, period: Period) -> int:
    start, end = period.bounds()
    return Meeting.objects.filter(body=body, state__in=TOOK_PLACE, starts_at__gte=start, starts_at__lt=end).count()


@transaction.atomic
def count_meeting(*, meeting: Meeting, by: Actor, now: datetime) -> None:
    """A meeting was held: what its period asked for is done if it was the last one needed; what is overdue is, late."""
    day = local_date(meeting.starts_at)
    owed = DueMeeting.objects.filter(body_id=meeting.body_id, duty__settled_at=None).select_related("duty")
    for row in owed.order_by("due_on"):
        period = Period.parse(row.period)
        if period.start() > day:
            continue
        if day not in period or _held(meeting.body, period) >= row.needed:
            duties.fulfil(duty=row.duty, by=by, now=now, power=Power.MEETING_KEEP)


@transaction.atomic
def forget_meetings(*, body: Body, by: Actor, now: datetime) -> None:
    """A body has ended: it owes no more meetings."""
    owed = DueMeeting.objects.filter(body=body, duty__settled_at=None).select_related("duty")
    for row in owed.order_by("due_on"):
        duties.withdraw(duty=row.duty, by=by, now=now, power=Power.BODIES_EDIT)


def owe_meetings(now: datetime) -> int:
    """The job: whatever body has no due meeting for the period that runs gets it. Says how many."""
    today, opened = local_date(now), 0
    running = [Period.containing(today, kind).code for kind in PeriodKind]
    known = DueMeeting.objects.filter(period__in=running).values("body_id")
    bodies = Body.objects.at_work(today).exclude(rhythm_period="").exclude(pk__in=known)
    for body in bodies.select_related("unit").order_by("unit_path", "pk"):
        opened += owe_meeting(body=body, by=system("rhythm"), now=now) is not None
    return opened
