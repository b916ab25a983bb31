"""The numbers of an office's minutes: drawn year by year, written after the pattern that its other papers have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from takrim.base.persian import persian_digits
from takrim.cases.actions_number import pattern_for
from takrim.cases.registers import year_of
from takrim.councils.models_minutes import MinutesBook

# Stands for minutes where the pattern names the subject, and before the number where it does not: answers have the same
# pattern and a series of their own.
MARK = "ص"

# The row is locked until the deed ends: of two who seal at once the second gets the next number.
_NEXT = "UPDATE councils_minutesbook SET last = last + 1 WHERE unit_path = %s AND year = %s RETURNING last"


@dataclass(frozen=True)
class Drawn:
    """A number that was drawn, and as it stands on the minutes."""

    year: int
    serial: int
    text: str


def draw(unit_path: str, now: datetime) -> Drawn:
    """The next number of an office in the year of sealing. Only inside a deed's transaction."""
    year = year_of(now)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit_path, year])
        row = cursor.fetchone()
    if row is None:
        MinutesBook.objects.bulk_create([MinutesBook(unit_path=unit_path, year=year)], ignore_conflicts=True)
        return draw(unit_path, now)
    return Drawn(year, row[0], written(pattern_for(unit_path, year), row[0], year))


def written(pattern: str, serial: int, year: int) -> str:
    """The number as people read it."""
    text = pattern.format(number=serial, subject=MARK, year=year)
    return persian_digits(text if "{subject}" in pattern else f"{MARK}-{text}")
