"""Choosing the period that a page of figures is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind

KINDS: dict[PeriodKind, str | Promise] = {
    PeriodKind.MONTH: _("Month"),
    PeriodKind.SEASON: _("Season"),
    PeriodKind.HALF: _("Half-year"),
    PeriodKind.YEAR: _("Year"),
}


@dataclass(frozen=True)
class Tab:
    """One length of period; its link stays near the period that is shown."""

    title: str | Promise
    code: str
    current: bool


@dataclass(frozen=True)
class Chooser:
    """The period shown, and the ways to others."""

    period: Period
    title: str
    tabs: list[Tab]
    previous: str
    next: str
    running: bool


def chosen(request: HttpRequest, now: datetime) -> Period:
    """The period the address names, else the half-year that is running. Raises BadPeriod."""
    code = request.GET.get("period", "")
    return Period.parse(code) if code else Period.containing(local_date(now), PeriodKind.HALF)


def chooser(period: Period, now: datetime, lang: str) -> Chooser:
    """What the page needs to offer other periods. Nothing lies after the running one."""
    today = local_date(now)
    near = min(max(today, period.start()), period.last_day())
    tabs = [Tab(title, Period.containing(near, kind).code, kind is period.kind) for kind, title in KINDS.items()]
    following = period.next()
    return Chooser(
        period=period,
        title=period.title(lang),
        tabs=tabs,
        previous=period.previous().code,
        next=following.code if following.start() <= today else "",
        running=period.end() > today,
    )
