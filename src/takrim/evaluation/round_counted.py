"""The automatic values of a round, read from the rollups, and up to which entry of the journal they were counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from takrim.base.period import Period
from takrim.evaluation.amounts import of_measured
from takrim.evaluation.plan import ANSWERS, RECEIVED, Plan
from takrim.indicators.figures import Figures, figures
from takrim.indicators.follow import READER
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Measure
from takrim.journal.follow import catch_up
from takrim.journal.models import Bookmark

# So many offices are read at a time.
BATCH = 50


@dataclass(frozen=True)
class Counted:
    """One value as it was counted."""

    indicator: str
    text: str
    cases: int


@dataclass(frozen=True)
class OfOffice:
    """All that was counted for one office: its values, and the columns of its size."""

    unit_path: str
    sizes: dict[str, str]
    values: Sequence[Counted]


def positions() -> dict[str, int]:
    """How far the figures have read each chain of the journal."""
    return dict(Bookmark.objects.filter(reader=READER).order_by("chain").values_list("chain", "seq"))


def read_to_the_end() -> None:
    """Let the figures catch up with the journal."""
    catch_up(READER)


def counted(plan: Plan, paths: Sequence[str], period: Period, now: datetime) -> Iterator[OfOffice]:
    """Office by office, some at a time. A few queries for each batch."""
    for start in range(0, len(paths), BATCH):
        part = paths[start : start + BATCH]
        found = figures(part, period, now)
        for path in part:
            yield _of(plan, path, found[path])


def _of(plan: Plan, path: str, found: Figures) -> OfOffice:
    sizes = {ANSWERS: str(found.given), RECEIVED: str(found[Count.RECEIVED])}
    values = []
    for row in plan.counted:
        indicator = INDICATORS[row.code]
        measured = indicator.of(found)
        text = of_measured(measured, counted=indicator.unit is Measure.COUNT)
        values.append(Counted(row.code, text, measured.sample if measured else 0))
    return OfOffice(path, sizes, values)
