"""The clock: the one place that reads it, and the zone of the country."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")


def now() -> datetime:
    """This moment, aware, in UTC. Pages, jobs and commands call it once and hand it on."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a Tehran wall clock; a naive moment is a ValueError, since its zone would be a guess."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(TEHRAN)


def local_date(moment: datetime) -> date:
    """The Gregorian date in Tehran at that moment."""
    return local(moment).date()
