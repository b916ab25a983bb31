"""The working calendar of an office, put together from weeks and closures in the database.

On every day one week holds. Of those in force on it:
1. the one of the nearest office wins: a county's over its province's, a province's over the country's;
2. of the same office the one that began later wins: Ramadan over the year's hours, and when it is over those again;
3. of those that began on the same day the one that ends sooner wins, and of the rest the one written down last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from takrim.base.clock import local_date
from takrim.base.workdays import DEFAULT_WEEK, Span, Week, WorkCalendar
from takrim.orgs.actor import Actor
from takrim.orgs.hours import read_spans
from takrim.orgs.models import Closure
from takrim.orgs.models import Week as WeekRow
from takrim.orgs.paths import lineage
from takrim.orgs.stamps import Kept, bump

# By name, in the order of the Persian week.
DAYS = {"sat": 5, "sun": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4}
_EVER = date(1900, 1, 1)
_DAY = timedelta(days=1)


def read_week(text: str) -> Week:
    """`sat=07:30-14:30 sun=… thu=` as a week; a day that is not named is closed. Raises ValueError, KeyError."""
    pairs = (part.split("=", 1) for part in text.split())
    return Week({DAYS[day]: read_spans(hours) for day, hours in pairs})


def last_day(row: WeekRow) -> date | None:
    """The last day on which a week holds; None when it holds on. Before its first: it never does."""
    if row.withdrawn_at is None:
        return row.until
    before = local_date(row.withdrawn_at) - _DAY
    return before if row.until is None else min(before, row.until)


class InForce(NamedTuple):
    """From a day on, until the next one, this week holds; None is the default."""

    since: date
    row: WeekRow | None


def in_force(rows: Iterable[WeekRow]) -> list[InForce]:
    """Which week holds when, of those of one office and the offices above it, by the rule of this file."""
    spans = [(row, last_day(row)) for row in rows]
    spans = [(row, last) for row, last in spans if last is None or last >= row.since]
    turns = {_EVER} | {row.since for row, _ in spans} | {last + _DAY for _, last in spans if last is not None}
    found: list[InForce] = []
    for day in sorted(turns):
        holding = [(row, last) for row, last in spans if row.since <= day and (last is None or day <= last)]
        row = max(holding, key=_rank)[0] if holding else None
        if not found or found[-1].row is not row:
            found.append(InForce(day, row))
    return found


def _rank(held: tuple[WeekRow, date | None]) -> tuple[int, date, int, int]:
    row, last = held
    return (len(row.path.split("/")), row.since, -(last or date.max).toordinal(), row.pk)


def _make(path: str) -> WorkCalendar:
    above = lineage(path)
    rows = WeekRow.objects.filter(path__in=above)
    weeks = [(one.since, read_week(one.row.hours) if one.row else DEFAULT_WEEK) for one in in_force(rows)]
    closures: dict[date, tuple[Span, ...] | None] = {}
    # Plain values: every calendar has the holidays of the country, some five hundred.
    closed = Closure.objects.filter(path__in=above, withdrawn_at=None).values_list("path", "day", "hours")
    for _path, day, hours in sorted(closed, key=lambda row: above.index(row[0])):
        if closures.get(day, ()) is not None:
            closures[day] = read_spans(hours) if hours else None
    made = WorkCalendar(weeks=tuple(weeks), closures=closures)
    # Most offices keep the same days: they share the calendar, and what has been counted with it.
    return next((one for one in list(_CALENDARS.values.values()) if one == made), made)


_CALENDARS: Kept[WorkCalendar] = Kept("calendar", _make)


def calendar_of(path: str) -> WorkCalendar:
    """The working calendar of the office at `path`: the week that holds, and every closure above it."""
    return _CALENDARS.get(path)


class Change(NamedTuple):
    """What changed a calendar: the verb of its event, and what that is about, such as `closure:12`."""

    verb: str
    on: str


class Follower(Protocol):
    """What has to happen when the calendar at `path` and below it is another one from the day `since` on."""

    def __call__(self, *, path: str, since: date, change: Change, by: Actor, now: datetime) -> None: ...


followers: list[Follower] = []
"""Filled at start-up by the folders above, which know what was counted with a calendar."""


def calendar_changed(*, path: str, since: date, change: Change, by: Actor, now: datetime) -> None:
    """Called inside the deed that changes a calendar, when the new one is already in the database."""
    bump("calendar")
    for follow in followers:
        follow(path=path, since=since, change=change, by=by, now=now)
