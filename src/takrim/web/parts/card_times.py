"""How long a service really takes, beside what its card promises: only from enough answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from takrim.indicators.figures import card_times, quarter_before
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
    """The last three whole months of every card that was answered about, in an office with all below it. One query."""
    months = quarter_before(now)
    since, until = months[0].start(), months[-1].end() - timedelta(days=1)
    return {card: _times(found, since, until) for card, found in card_times(place or ROOT, now).items()}


def times_of_card(card: str, place: str, now: datetime) -> Times:
    """Those of one card; none at all are none, and said to be."""
    months = quarter_before(now)
    nothing = Times(0, months[0].start(), months[-1].end() - timedelta(days=1))
    return times_by_card(place, now).get(card, nothing)


def _times(found: Histogram, since: date, until: date) -> Times:
    if found.count < ENOUGH:
        return Times(found.count, since, until)
    return Times(found.count, since, until, found.quantile(MEDIAN), found.quantile(P90))
