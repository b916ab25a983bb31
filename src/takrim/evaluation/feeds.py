"""What of feeds counts here: months that were received, and provinces that are late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.evaluation.models_feeds import FeedKey, FeedMonth
from takrim.indicators.increments import Increment


def late(paths: Collection[str], period: Period, now: datetime) -> dict[str, str]:
    """Offices whose province hands its figures over and has not for all of the period, with the last month of each.

    "" where none was received at all. At most two queries.
    """
    provinces = list(FeedKey.objects.filter(ended_at=None).values_list("path", flat=True))
    fed = {path: home for path in paths for home in provinces if path.startswith(home)}
    if not fed:
        return {}
    wanted = {month.code for month in period.months() if month.end() <= local_date(now)}
    known: dict[str, set[str]] = {}
    for home, month in FeedMonth.objects.filter(path__in=set(fed.values())).values_list("path", "month"):
        known.setdefault(home, set()).add(month)
    found = {}
    for path, home in fed.items():
        months = known.get(home, set())
        # Of a period none of whose months has ended there can be no figures yet.
        if not wanted or not wanted <= months:
            found[path] = max(months, default="")
    return found


def increments(lines: Iterable[Mapping[str, Any]], sign: int = 1) -> Iterator[Increment]:
    """The lines of a month as what they add to the figures."""
    for line in lines:
        unit, month = line["unit"], line["month"]
        for name, n in line["counts"].items():
            yield "count", (unit, month, "", "", name), sign * n
        for step, n in line["hours"].items():
            yield "hours", (unit, month, "", "", int(step)), sign * n
        for name, (n, total) in line["scores"].items():
            yield "score", (unit, month, "", "", name, "n"), sign * n
            yield "score", (unit, month, "", "", name, "sum"), sign * total
        for code, sorts in line["pieces"].items():
            for value, (part, whole) in sorts.items():
                yield "piece", (unit, month, code, value, "part"), sign * part
                yield "piece", (unit, month, code, value, "whole"), sign * whole


def all_increments() -> Iterator[Increment]:
    """All that was received and counts: what the journal here does not say, when figures are made anew."""
    for lines in FeedMonth.objects.order_by("path", "month").values_list("lines", flat=True).iterator():
        yield from increments(lines)
