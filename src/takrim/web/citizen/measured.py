"""The figures of an office that people ask about: only from enough cases, else nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from takrim.indicators.figures import last_months, local_month, together, trend
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, value_of

MONTHS = 12
_ENOUGH = INDICATORS["median_hours"].least


@dataclass(frozen=True)
class OfficeYear:
    """An office's last twelve whole months, in the few figures that people ask about."""

    received: int
    on_time: Fraction | None
    median: Fraction | None


def year_of_office(path: str, now: datetime) -> OfficeYear | None:
    """None for an office that has hardly answered anything yet. One query."""
    year = together(path, trend(path, last_months(local_month(now).previous(), MONTHS)))
    if year.given < _ENOUGH:
        return None
    return OfficeYear(year[Count.RECEIVED], value_of("answered_on_time", year), value_of("median_hours", year))
