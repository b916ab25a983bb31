"""What is open to people, as calendar programmes read it (RFC 5545): nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from takrim.base.late import late
from takrim.orgs.units import unit_name
from takrim.programmes.models import Planned

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = late("icalendar")


def feed(rows: Iterable[Planned], *, name: str, lang: str, now: datetime) -> bytes:
    """The calendar; what was called off stays in it as cancelled, so that programmes take it out."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Takrim//Programmes//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for row in rows:
        calendar.add_component(_event(row, lang, now))
    return bytes(calendar.to_ical())


def _event(row: Planned, lang: str, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"programme-{row.code}@{urlsplit(settings.ADDRESS).hostname or 'takrim'}")
    event.add("sequence", row.version - 1)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", row.starts_at.astimezone(UTC))
    event.add("dtend", row.ends_at.astimezone(UTC))
    event.add("summary", row.title)
    lines = [unit_name(row.unit_path, lang), row.audience, row.text]
    event.add("description", "\n".join(line for line in lines if line))
    if row.place:
        event.add("location", row.place)
    event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    return event
