"""How long a service really takes, beside what its card promises: only from enough answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from takrim.indicators.figures import card_times, ninety_days
from takrim.indicators.histogram import MEDIAN, P90, Histogram
from takrim.indicators.indicator import INDICATORS
from takrim.orgs.paths import ROOT

ENOUGH = INDICATORS["median_hours"].least


@dataclass(frozen=True)
class Times:
    """In hours, from so many answers between two days; without times where they were too few."""

    answers: int
    since: date
    until: date
    median: Fraction | None = None
    nine_of_ten: Fraction | None = None


def times_by_card(place: str, now: datetime) -> Mapping[str, Times]:
    """The last ninety days of every card that was answered about, in an office with all below it. One query."""
    since, until = ninety_days(now)
    return {card: _times(found, since, until) for card, found in card_times(place or ROOT, now).items()}


def times_of_card(card: str, place: str, now: datetime) -> Times:
    """Those of one card; none at all are none, and said to be."""
    found = card_times(place or ROOT, now, card)
    return _times(found.get(card, Histogram()), *ninety_days(now))


def _times(found: Histogram, since: date, until: date) -> Times:
    if found.count < ENOUGH:
        return Times(found.count, since, until)
    return Times(found.count, since, until, found.quantile(MEDIAN), found.quantile(P90))
