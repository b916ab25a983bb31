"""When things happen: people write by day and in the evening, offices work when they are open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from takrim.base.clock import TEHRAN
from takrim.base.workdays import WorkCalendar
from takrim.orgs.calendars import calendar_of

_MINUTE = timedelta(minutes=1)
# How much of a working day's mail comes by weekday (Monday is 0) and on a closed day: after a weekend there is more.
_BY_WEEKDAY = {5: 1.3, 6: 1.12, 0: 1.0, 1: 0.95, 2: 0.85, 3: 0.5, 4: 0.2}
_CLOSED = 0.22
# How much more comes in at the end than at the beginning: people get to know the way.
_GROWTH = 0.9
# How often people write on the web in each hour of the day.
_WRITING = (2, 0, 0, 0, 0, 0, 0, 3, 7, 10, 11, 9, 7, 6, 5, 2, 5, 6, 6, 5, 6, 7, 6, 4)


def busyness(calendar: WorkCalendar, day: date, share: float) -> float:
    """How much comes in on a day; `share` of the whole time has passed by then."""
    usual = _BY_WEEKDAY[day.weekday()] if calendar.is_open(day) else _CLOSED
    return usual * (1 + _GROWTH * share)


def at_home(random: Random, day: date) -> datetime:
    """A moment of the day at which somebody writes from home."""
    hour = random.choices(range(24), _WRITING)[0]
    return _on(day, time(hour, random.randrange(60), random.randrange(60)))


def at_the_desk(random: Random, calendar: WorkCalendar, day: date) -> datetime:
    """A moment of an open day at which somebody comes or calls: more often in the morning."""
    opens, closes = calendar.opening(day), calendar.closing(day)
    return _whole(opens + (closes - opens) * random.triangular(0.02, 0.97, 0.3))


def _on(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, TEHRAN).astimezone(UTC)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def waking(random: Random, moment: datetime) -> datetime:
    """The same moment, or the next morning if people are asleep then."""
    local = moment.astimezone(TEHRAN)
    if 8 <= local.hour < 23:
        return _whole(moment)
    day = local.date() + timedelta(days=local.hour >= 23)
    return _on(day, time(8 + random.randrange(3), random.randrange(60), random.randrange(60)))


class Diary:
    """Goes forward in time through one case; what an office does falls into its hours.

    What happens by force before `latest` does so even where the office is closed: somebody stayed longer.
    """

    def __init__(self, random: Random, path: str, at: datetime, latest: datetime | None = None) -> None:
        self.random, self.at, self.latest = random, at, latest
        self.calendar = calendar_of(path)

    def office(self, target: datetime) -> datetime:
        """The next moment not before the target at which the office is open."""
        moment = _whole(max(target, self.at + self._pause()))
        opened = self._opened(moment)
        if self.latest is not None and opened >= self.latest:
            opened = min(moment, self.latest - _MINUTE)
        self.at = max(opened, self.at + _MINUTE)
        return self.at

    def person(self, target: datetime) -> datetime:
        """The next moment not before the target at which people are awake."""
        moment = waking(self.random, max(target, self.at + self._pause()))
        if self.latest is not None and moment >= self.latest:
            moment = max(target, self.at + _MINUTE)
        self.at = moment
        return self.at

    def system(self, target: datetime) -> datetime:
        """That very moment."""
        self.at = max(target, self.at + timedelta(seconds=1))
        return self.at

    def _pause(self) -> timedelta:
        return timedelta(seconds=self.random.randint(90, 900))

    def _opened(self, moment: datetime) -> datetime:
        if self.calendar.is_open_at(moment):
            return moment
        day = moment.astimezone(TEHRAN).date()
        if not (self.calendar.is_open(day) and moment < self.calendar.opening(day)):
            day = self.calendar.next_open(day + timedelta(days=1))
        opens, closes = self.calendar.opening(day), self.calendar.closing(day)
        return _whole(opens + (closes - opens) * self.random.triangular(0.01, 0.9, 0.15))
