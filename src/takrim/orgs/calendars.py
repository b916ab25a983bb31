"""The working calendar of an office, put together from weeks and closures in the database."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Protocol

from takrim.base.workdays import DEFAULT_WEEK, Span, Week, WorkCalendar
from takrim.orgs.actor import Actor
from takrim.orgs.models import Closure
from takrim.orgs.models import Week as WeekRow
from takrim.orgs.paths import lineage
from takrim.orgs.stamps import Kept, bump

_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_EVER = date(1900, 1, 1)


def read_spans(text: str) -> tuple[Span, ...]:
    """`07:30-12:00,13:00-15:00` as spans; an empty text is none. Raises ValueError."""
    pairs = [part.split("-") for part in text.split(",") if part]
    return tuple(Span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def read_week(text: str) -> Week:
    """`sat=07:30-14:30 sun=… thu=` as a week; a day that is not named is closed. Raises ValueError, KeyError."""
    pairs = (part.split("=", 1) for part in text.split())
    return Week({_DAYS[day]: read_spans(hours) for day, hours in pairs})


def _make(path: str) -> WorkCalendar:
    above = lineage(path)
    weeks: dict[date, tuple[int, Week]] = {_EVER: (-1, DEFAULT_WEEK)}
    for row in WeekRow.objects.filter(path__in=above):
        depth = above.index(row.path)
        if weeks.get(row.since, (-2, DEFAULT_WEEK))[0] < depth:
            weeks[row.since] = (depth, read_week(row.hours))
    closures: dict[date, tuple[Span, ...] | None] = {}
    rows = Closure.objects.filter(path__in=above, withdrawn_at=None)
    for closure in sorted(rows, key=lambda row: above.index(row.path)):
        if closures.get(closure.day, ()) is not None:
            closures[closure.day] = read_spans(closure.hours) if closure.hours else None
    return WorkCalendar(weeks=tuple((since, week) for since, (_, week) in sorted(weeks.items())), closures=closures)


_CALENDARS: Kept[WorkCalendar] = Kept("calendar", _make)


def calendar_of(path: str) -> WorkCalendar:
    """The working calendar of the office at `path`: the nearest week pattern, and every closure above it."""
    return _CALENDARS.get(path)


class Follower(Protocol):
    """What has to happen when the calendar at `path` and below it is another one from the day `since` on."""

    def __call__(self, *, path: str, since: date, by: Actor, now: datetime) -> None: ...


followers: list[Follower] = []
"""Filled at start-up by the folders above, which know what was counted with a calendar."""


def calendar_changed(*, path: str, since: date, by: Actor, now: datetime) -> None:
    """Called inside the deed that changes a calendar, when the new one is already in the database."""
    bump("calendar")
    for follow in followers:
        follow(path=path, since=since, by=by, now=now)
