"""The duty calendar: for each body and each of its periods, whether it met, will meet, must meet or has failed to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from functools import lru_cache
from typing import Any, NamedTuple

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.councils.models import Body, DueMeeting
from takrim.councils.models_meetings import AHEAD, TOOK_PLACE, Meeting
from takrim.councils.rhythm import Rhythm, rhythm_of
from takrim.orgs.prepared import PreparedList

# Bodies about which the calendar asks with the same words again and again: those of a province.
_MOST = 24


class Stand(StrEnum):
    """How a body stands in a period."""

    BEFORE = auto()
    COMING = auto()
    DUE = auto()
    PLANNED = auto()
    HELD = auto()
    LATE = auto()
    MISSED = auto()


class Met(NamedTuple):
    """A meeting as the calendar shows it; `day` is its day in Tehran."""

    code: str
    state: str
    starts_at: datetime
    day: date


class Owed(NamedTuple):
    """What was written down about a period when it began: it stays when the rhythm is changed."""

    due_on: date
    needed: int
    due_at: datetime | None


class Cell(NamedTuple):
    """One period of one body: how often it must meet and by when, how often it has met, and what lies ahead."""

    period: Period
    due_on: date
    needed: int
    held: int
    ahead: int
    stand: Stand
    # The meetings of the period, in order.
    meetings: tuple[Met, ...] = ()

    @property
    def months(self) -> int:
        return 12 // _A_YEAR[self.period.kind]


# How many periods a year has.
_A_YEAR = {PeriodKind.MONTH: 12, PeriodKind.SEASON: 4, PeriodKind.HALF: 2, PeriodKind.YEAR: 1}


@dataclass(frozen=True)
class _Frame:
    """The periods of a year by one rhythm with their first days, and by when each wants its meetings."""

    rhythm: Rhythm
    periods: tuple[Period, ...]
    codes: tuple[str, ...]
    starts: tuple[date, ...]
    due: tuple[date, ...]

    def place(self, day: date) -> int:
        """In which of its periods a day of the year is."""
        return bisect_right(self.starts, day) - 1


@lru_cache(maxsize=256)
def _frame(rhythm: Rhythm, year: int) -> _Frame:
    whole = Period(PeriodKind.YEAR, year)
    periods = tuple(rhythm.periods(whole.start(), whole.last_day()))
    starts = tuple(period.start() for period in periods)
    due = tuple(rhythm.last_day(period) for period in periods)
    return _Frame(rhythm, periods, tuple(period.code for period in periods), starts, due)


def year_of(bodies: Sequence[Body], year: int, now: datetime) -> dict[int, list[Cell]]:
    """The cells of these bodies in a Jalali year, by body; bodies without a rhythm have none. Two queries."""
    numbers = [body.pk for body in bodies]
    start, end = Period(PeriodKind.YEAR, year).bounds()
    meetings = _by_body(_MEETINGS(numbers, start=start, end=end))
    owed = {(body, code): Owed(*row) for body, code, *row in _OWED(numbers, first=str(year), beyond=str(year + 1))}
    found = {}
    for body in bodies:
        rhythm = rhythm_of(body)
        if rhythm is not None:
            found[body.pk] = _cells(body, _frame(rhythm, year), meetings.get(body.pk, ()), owed, now)
    return found


_MEETINGS: PreparedList[Any] = PreparedList(
    lambda bodies, start, end: (
        Meeting.objects.filter(body_id__in=bodies, starts_at__gte=start, starts_at__lt=end)
        .filter(state__in=[*AHEAD, *TOOK_PLACE])
        .order_by("starts_at", "pk")
        .values_list("body_id", "code", "state", "starts_at")
    ),
    most=_MOST,
)
# The codes of a year's periods all begin with it, so they stand between it and the next.
_OWED: PreparedList[Any] = PreparedList(
    lambda bodies, first, beyond: DueMeeting.objects.filter(
        body_id__in=bodies, period__gte=first, period__lt=beyond
    ).values_list("body_id", "period", "due_on", "needed", "duty__due_at"),
    most=_MOST,
)


def _by_body(rows: Iterable[Any]) -> dict[int, list[Met]]:
    found: dict[int, list[Met]] = {}
    for body, code, state, starts_at in rows:
        found.setdefault(body, []).append(Met(code, state, starts_at, local_date(starts_at)))
    return found


def _cells(
    body: Body, frame: _Frame, meetings: Iterable[Met], owed: dict[tuple[int, str], Owed], now: datetime
) -> list[Cell]:
    within: list[list[Met]] = [[] for _period in frame.periods]
    for meeting in meetings:
        within[frame.place(meeting.day)].append(meeting)
    today, cells = local_date(now), []
    for place, period in enumerate(frame.periods):
        row = owed.get((body.pk, frame.codes[place])) or Owed(frame.due[place], frame.rhythm.times, None)
        held = [one for one in within[place] if one.state in TOOK_PLACE]
        ahead = sum(1 for one in within[place] if one.state in AHEAD and one.starts_at > now)
        stand = _stand(body, row, held, ahead, frame.starts[place], now, today)
        cells.append(Cell(period, row.due_on, row.needed, len(held), ahead, stand, tuple(within[place])))
    return cells


def _stand(body: Body, row: Owed, held: list[Met], ahead: int, start: date, now: datetime, today: date) -> Stand:
    if len(held) >= row.needed:
        return Stand.LATE if held[row.needed - 1].day > row.due_on else Stand.HELD
    if row.due_on < body.since or (body.closed_on is not None and body.closed_on <= row.due_on):
        return Stand.BEFORE
    if row.due_at < now if row.due_at else row.due_on < today:
        return Stand.MISSED
    if len(held) + ahead >= row.needed:
        return Stand.PLANNED
    return Stand.COMING if start > today else Stand.DUE
