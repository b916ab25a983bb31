"""The automatic values of a round, read from the rollups, and up to which entry of the journal they were counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from takrim.base.period import Period
from takrim.evaluation import feeds
from takrim.evaluation.amounts import of_measured
from takrim.evaluation.by_chance import ends_of
from takrim.evaluation.lateness import NEVER
from takrim.evaluation.plan import ANSWERS, Plan
from takrim.evaluation.plan_form import BY_KIND, OFFICERS, RECEIVED, kind_column
from takrim.evaluation.round_officers import officers
from takrim.indicators.figures import Figures, figures, split
from takrim.indicators.follow import READER
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Distribution, Measure, Measured, Ratio
from takrim.indicators.values import hidden, measure
from takrim.journal.follow import catch_up
from takrim.journal.models import Bookmark

# So many offices are read at a time.
BATCH = 50


@dataclass(frozen=True)
class Counted:
    """One value as it was counted; `low` and `high` hold a quantile with 95 in 100."""

    indicator: str
    text: str
    cases: int
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class OfOffice:
    """All that was counted for one office: its values, and the columns of its size.

    `stale` where its figures were not handed over in time: then there is neither.
    """

    unit_path: str
    sizes: dict[str, str]
    values: Sequence[Counted]
    stale: str = ""


def positions() -> dict[str, int]:
    """How far the figures have read each chain of the journal."""
    return dict(Bookmark.objects.filter(reader=READER).order_by("chain").values_list("chain", "seq"))


def read_to_the_end() -> None:
    """Let the figures catch up with the journal."""
    catch_up(READER)


def counted(plan: Plan, paths: Sequence[str], period: Period, now: datetime) -> Iterator[OfOffice]:
    """Office by office, some at a time. A few queries for each batch."""
    codes = [row.code for row in plan.counted]
    for start in range(0, len(paths), BATCH):
        part = paths[start : start + BATCH]
        late = feeds.late(part, period, now)
        # Figures that have not been received are no zeros: nothing was measured.
        yield from (OfOffice(path, {}, (), month or NEVER) for path, month in late.items())
        found = figures([path for path in part if path not in late], period, now)
        values = measure(found, codes, period, now)
        by_kind = _by_kind(plan, part, period)
        working = officers(part, period) if plan.per_officer else {}
        for path, one in found.items():
            sizes = {ANSWERS: str(one.given), RECEIVED: str(one[Count.RECEIVED]), **by_kind.get(path, {})}
            if path in working:
                sizes[OFFICERS] = str(working[path])
            counted = [_counted(code, values[path, code], one) for code in codes]
            yield OfOffice(path, sizes, counted)


def _by_kind(plan: Plan, paths: Sequence[str], period: Period) -> dict[str, dict[str, str]]:
    """Of the rows that are compared at the same mix of kinds: part and whole of each kind, by office. One query."""
    found: dict[str, dict[str, str]] = {}
    if not plan.mixed:
        return found
    for (path, _period, kind), of in split(paths, BY_KIND, period, by_month=False).items():
        for code in plan.mixed:
            measured = INDICATORS[code].of(of)
            if isinstance(measured, Ratio) and measured.whole and not hidden(code, of):
                parts = {"part": measured.part, "whole": measured.whole}
                found.setdefault(path, {}).update({kind_column(code, kind, name): str(n) for name, n in parts.items()})
    return found


def _counted(code: str, measured: Measured, of: Figures) -> Counted:
    """From so few replies that one could guess who said what, only their number is kept."""
    plain = INDICATORS[code].unit is Measure.COUNT
    cases = measured.sample if measured else 0
    if hidden(code, of):
        return Counted(code, "", cases)
    ends = ends_of(measured) if isinstance(measured, Distribution) else (None, None)
    low, high = ("" if end is None else str(end) for end in ends)
    return Counted(code, of_measured(measured, counted=plain), cases, low, high)
