"""The duty calendar: for each body and each of its periods, whether it met, will meet, must meet or has failed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto

from takrim.base.clock import TEHRAN, local_date
from takrim.base.period import Period, PeriodKind
from takrim.councils.models import Body, DueMeeting
from takrim.councils.models_meetings import AHEAD, TOOK_PLACE, Meeting
from takrim.councils.rhythm import Rhythm, rhythm_of


class Stand(StrEnum):
    """How a body stands in a period."""

    BEFORE = auto()
    COMING = auto()
    DUE = auto()
    PLANNED = auto()
    HELD = auto()
    LATE = auto()
    MISSED = auto()


@dataclass(frozen=True)
class Cell:
    """One period of one body: how often it must meet and by when, how often it has met, and what lies ahead."""

    period: Period
    due_on: date
    needed: int
    held: int
    ahead: int
    stand: Stand
    # The meetings of the period, in order.
    meetings: tuple[Meeting, ...] = ()

    @property
    def months(self) -> int:
        return len(self.period.months())


def year_of(bodies: Sequence[Body], year: int, now: datetime) -> dict[int, list[Cell]]:
    """The cells of these bodies in a Jalali year, by body; bodies without a rhythm have none. Two queries."""
    whole = Period(PeriodKind.YEAR, year)
    meetings = _by_body(_meetings(bodies, whole))
    owed = _owed(bodies, whole)
    found = {}
    for body in bodies:
        rhythm = rhythm_of(body)
        if rhythm is not None:
            cells = rhythm.periods(whole.start(), whole.last_day())
            found[body.pk] = [_cell(body, rhythm, one, meetings.get(body.pk, []), owed, now) for one in cells]
    return found


def _meetings(bodies: Iterable[Body], whole: Period) -> Iterable[Meeting]:
    start, end = whole.bounds()
    rows = Meeting.objects.filter(body__in=bodies, starts_at__gte=start, starts_at__lt=end)
    return rows.filter(state__in=[*AHEAD, *TOOK_PLACE]).order_by("starts_at", "pk")


def _by_body(meetings: Iterable[Meeting]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault(meeting.body_id, []).append(meeting)
    return found


def _owed(bodies: Iterable[Body], whole: Period) -> dict[tuple[int, str], DueMeeting]:
    rows = DueMeeting.objects.filter(body__in=bodies, period__startswith=str(whole.year)).select_related("duty")
    return {(row.body_id, row.period): row for row in rows}


def _cell(
    body: Body,
    rhythm: Rhythm,
    period: Period,
    meetings: Sequence[Meeting],
    owed: dict[tuple[int, str], DueMeeting],
    now: datetime,
) -> Cell:
    row = owed.get((body.pk, period.code))
    due_on, needed = (row.due_on, row.needed) if row else (rhythm.last_day(period), rhythm.times)
    within = tuple(one for one in meetings if local_date(one.starts_at) in period)
    held = [one for one in within if one.state in TOOK_PLACE]
    ahead = [one for one in within if one.state in AHEAD and one.starts_at > now]
    over = row.duty.due_at < now if row and row.duty.due_at else due_on < local_date(now)
    stand = _stand(body, period, due_on, needed, held, len(ahead), over, now)
    return Cell(period, due_on, needed, len(held), len(ahead), stand, within)


def _stand(
    body: Body, period: Period, due_on: date, needed: int, held: list[Meeting], ahead: int, over: bool, now: datetime
) -> Stand:
    if len(held) >= needed:
        last = held[needed - 1].starts_at.astimezone(TEHRAN).date()
        return Stand.LATE if last > due_on else Stand.HELD
    if due_on < body.since or (body.closed_on is not None and body.closed_on <= due_on):
        return Stand.BEFORE
    if over:
        return Stand.MISSED
    if len(held) + ahead >= needed:
        return Stand.PLANNED
    return Stand.COMING if period.start() > local_date(now) else Stand.DUE
