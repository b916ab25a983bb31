"""What of feeds counts here: months that were received, and provinces that are late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.db.models import Max

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cases.models import Case
from takrim.evaluation.feed_lines import increments
from takrim.evaluation.models_feeds import Feed, FeedKey, FeedMonth
from takrim.indicators.increments import Increment
from takrim.indicators.indicator import Measured, Ratio
from takrim.indicators.models import Tally
from takrim.orgs.paths import ROOT, province_of, under
from takrim.orgs.units import all_names


def late(paths: Collection[str], period: Period, now: datetime) -> dict[str, str]:
    """Offices whose province hands its figures over and has not for all of the period, with the last month of each.

    "" where none was received at all. At most three queries.
    """
    homes = handing_over()
    fed = {path: province_of(path) for path in paths if province_of(path) in homes}
    if not fed:
        return {}
    ended = {month.code for month in period.months() if month.end() <= local_date(now)}
    known: dict[str, set[str]] = {}
    for home, month in FeedMonth.objects.filter(path__in=set(fed.values())).values_list("path", "month"):
        known.setdefault(home, set()).add(month)
    found = {}
    for path, home in fed.items():
        months = known.get(home, set())
        # Before the first month it ever handed over it had no figures: nobody waits for them.
        wanted = {month for month in ended if not months or month >= min(months)}
        # Of a period none of whose months has ended there can be no figures yet.
        if not ended or not wanted <= months:
            found[path] = max(months, default="")
    return found


def handing_over() -> set[str]:
    """Provinces that run alone: those whose key is accepted, and those that handed over before theirs was ended."""
    keys = FeedKey.objects.values_list("path", "ended_at")
    keyed = {path for path, ended_at in keys if ended_at is None}
    ended = {path for path, _ended_at in keys} - keyed
    before = FeedMonth.objects.filter(path__in=ended).order_by("path").values_list("path", flat=True).distinct()
    # Where matters have come in since, the province has moved in.
    return keyed | {home for home in (before if ended else ()) if not Case.objects.filter(under(home)).exists()}


class State(StrEnum):
    """Where a province stands with its figures."""

    # It works in this installation itself.
    HERE = auto()
    # Neither here nor handed over: nothing is known of it.
    UNKNOWN = auto()
    # Its key is accepted and nothing was received yet.
    AWAITED = auto()
    COMPLETE = auto()
    LATE = auto()
    # Months before the last one received are missing.
    GAP = auto()


@dataclass(frozen=True)
class Home:
    """One province: its state, its key, what was received last, and the months that are missing."""

    path: str
    state: State
    key: FeedKey | None
    last: Feed | None
    months: tuple[str, ...]
    missing: tuple[Period, ...]


def homes(now: datetime) -> list[Home]:
    """All provinces of the country by their state. Five queries."""
    paths = [path for path, unit in all_names().items() if unit.kind == "directorate"]
    keys = {key.path: key for key in FeedKey.objects.filter(ended_at=None)}
    newest = Feed.objects.filter(path__in=paths).values("path").annotate(newest=Max("pk")).values("newest")
    last = {one.path: one for one in Feed.objects.filter(pk__in=newest)}
    months: dict[str, list[str]] = {}
    for path, month in FeedMonth.objects.order_by("path", "month").values_list("path", "month"):
        months.setdefault(path, []).append(month)
    counted = set(Tally.objects.filter(path__in=paths, by="", value="").values_list("path", flat=True).distinct())
    due = Period.containing(local_date(now), PeriodKind.MONTH).previous()
    return [
        _home(path, keys.get(path), last.get(path), tuple(months.get(path, ())), due, here=path in counted)
        for path in paths
    ]


def _home(
    path: str, key: FeedKey | None, last: Feed | None, months: tuple[str, ...], due: Period, *, here: bool
) -> Home:
    missing = []
    if months:
        month = Period.parse(months[0])
        while month.code <= due.code:
            if month.code not in months:
                missing.append(month)
            month = month.next()
    if not months:
        state = State.AWAITED if key else State.HERE if here else State.UNKNOWN
    elif not missing:
        state = State.COMPLETE
    else:
        state = State.GAP if missing[0].code < months[-1] else State.LATE
    return Home(path, state, key, last, months, tuple(missing))


def all_increments() -> Iterator[Increment]:
    """All that was received and counts: what the journal here does not say, when figures are made anew."""
    for lines in FeedMonth.objects.order_by("path", "month").values_list("lines", flat=True).iterator():
        yield from increments(lines)


def values(code: str, paths: Collection[str], period: Period) -> dict[str, Measured]:
    """What offices elsewhere say of an indicator that stands in no sum, by the last month received. One query."""
    provinces = {province_of(path) for path in paths} - {ROOT}
    months = [month.code for month in period.months()]
    rows = FeedMonth.objects.filter(path__in=provinces, month__in=months).order_by("month")
    found: dict[str, Measured] = {}
    for said in rows.values_list("values", flat=True):
        for path in said.keys() & set(paths):
            if code in said[path]:
                found[path] = Ratio(*said[path][code])
    return found
