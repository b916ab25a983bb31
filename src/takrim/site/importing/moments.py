"""Moments as files write them: by given patterns, ISO, seconds since 1970, or Jalali dates with Persian digits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.persian import ascii_digits

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$")


class BadMoment(ValueError):
    """No pattern of the map fits."""


def _jalali(text: str, zone: ZoneInfo) -> datetime:
    clock = _CLOCK.search(text)
    at = time(int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else time()
    try:
        day = JalaliDate.parse(text[: clock.start()] if clock else text).to_date()
    except Refusal as error:
        raise ValueError from error
    return datetime.combine(day, at, zone)


def _one(text: str, pattern: str, zone: ZoneInfo) -> datetime:
    if pattern == "jalali":
        return _jalali(text, zone)
    if pattern == "epoch":
        return datetime.fromtimestamp(float(text), UTC)
    if pattern == "iso":
        return datetime.fromisoformat(text)
    return datetime.strptime(text, pattern)  # noqa: DTZ007  # the zone of the map is put in below


def read_moment(text: str, patterns: tuple[str, ...], zone: ZoneInfo) -> datetime:
    """The moment, with a zone. ISO is always understood, behind the map's own patterns. Raises BadMoment."""
    plain = ascii_digits(text)
    for pattern in (*patterns, "iso"):
        try:
            moment = _one(plain, pattern, zone)
        except (ValueError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    raise BadMoment(text)
