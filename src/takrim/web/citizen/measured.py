"""The real figures beside a promise: only from enough cases, else nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from takrim.indicators.figures import card_times, last_months, local_month, together, trend
from takrim.indicators.histogram import MEDIAN, P90
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, value_of
from takrim.orgs.paths import ROOT

MONTHS = 12
_ENOUGH = INDICATORS["median_hours"].least


@dataclass(frozen=True)
class Times:
    """How long it really took, in hours, and from how many answers that is known."""

    median: Fraction
    nine_of_ten: Fraction
    answers: int


def times_of_card(card: str, now: datetime) -> Times | None:
    """The last year's times of a service in the whole country; None while too few were answered. One query."""
    times = card_times(ROOT, card, now)
    median, nine_of_ten = times.quantile(MEDIAN), times.quantile(P90)
    if median is None or nine_of_ten is None or times.count < _ENOUGH:
        return None
    return Times(median, nine_of_ten, times.count)


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
