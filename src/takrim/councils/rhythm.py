"""How often a body must meet: so many times in each Jalali month, season, half or year, by a day of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from takrim.base.clock import TEHRAN
from takrim.base.period import Period, PeriodKind
from takrim.councils.models import Body
from takrim.orgs.calendars import calendar_of


@dataclass(frozen=True)
class Rhythm:
    """`times` meetings in each period; by its day `by_day` (1 is the first), or by its last."""

    kind: PeriodKind
    times: int = 1
    by_day: int | None = None

    def last_day(self, period: Period) -> date:
        """The day by which the body must have met in a period. A period that is shorter ends with its own last day."""
        if self.by_day is None:
            return period.last_day()
        return min(period.start() + timedelta(days=self.by_day - 1), period.last_day())

    def periods(self, since: date, until: date) -> Iterator[Period]:
        """The periods that touch the days from `since` to `until`."""
        period = Period.containing(since, self.kind)
        while period.start() <= until:
            yield period
            period = period.next()


def rhythm_of(body: Body) -> Rhythm | None:
    """None for a body that meets when it is needed."""
    if not body.rhythm_period:
        return None
    return Rhythm(PeriodKind(body.rhythm_period), body.rhythm_times, body.rhythm_by_day)


def due_at(unit_path: str, day: date, since: date) -> datetime:
    """When a meeting that is owed by a day is late: as its office closes on that day.

    Where that day is closed it is the last open one before, for a meeting behind it would fall into another period;
    where none is left since the period began, it is the end of the day itself.
    """
    calendar, open_day = calendar_of(unit_path), day
    while not calendar.is_open(open_day):
        open_day -= timedelta(days=1)
        if open_day < since:
            return datetime.combine(day + timedelta(days=1), time(), TEHRAN).astimezone(UTC)
    return calendar.closing(open_day)
