"""Where a province that runs alone stands with what it owes the nation: handed over, changed since, missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.evaluation.feed_form import Handed
from takrim.evaluation.feed_out import hand_months, since_began
from takrim.evaluation.models_feeds import HandedMonth


class NothingChanged(Refusal):
    code = "nothing_changed"
    message = _("No month has changed since it was handed over: there is nothing to export.")


class MonthState(StrEnum):
    """Of one month that has ended."""

    HANDED = auto()
    CHANGED = auto()
    MISSING = auto()


@dataclass(frozen=True)
class Standing:
    """One month, and when it was last handed over in which file."""

    month: Period
    state: MonthState
    at: datetime | None
    file: str


def standing(province: str, now: datetime) -> list[Standing]:
    """Month by month since the first figures; what was handed over is compared with the figures of today."""
    last = {row.month: row for row in HandedMonth.objects.filter(path=province)}
    # A month handed over may have no figures any more.
    months = {month.code: month for month in since_began(province, now)}
    months |= {code: Period.parse(code) for code in last}
    ordered = [months[code] for code in sorted(months)]
    today = hand_months(province, [month for month in ordered if month.code in last], now) if last else None
    return [_of(month, last.get(month.code), today) for month in ordered]


def _of(month: Period, row: HandedMonth | None, today: Handed | None) -> Standing:
    if row is None or today is None:
        return Standing(month, MonthState.MISSING, None, "")
    state = MonthState.HANDED if today.digest(month.code) == row.digest else MonthState.CHANGED
    return Standing(month, state, row.at, row.file)


def hand_changed(province: str, now: datetime) -> Handed:
    """Exactly the months that have changed since they were handed over."""
    months = [one.month for one in standing(province, now) if one.state is MonthState.CHANGED]
    if not months:
        raise NothingChanged
    return hand_months(province, months, now)
