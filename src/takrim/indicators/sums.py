"""Increments added together and written into the figures, a few statements for any number of entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max

from takrim.base.period import Period, PeriodKind
from takrim.indicators import scores
from takrim.indicators.grains import grains_of
from takrim.indicators.histogram import Histogram
from takrim.indicators.increments import Count, Increment
from takrim.indicators.models import Awaited, CardDay, Owed, Tally, Turn
from takrim.indicators.pieces import all_increments
from takrim.orgs.paths import lineage

Row = tuple[str, str, str, str]

# Longer than the ninety days that pages tell of, so that a page of yesterday still finds its first day.
DAYS_KEPT = timedelta(days=120)

_COUNTS = [str(count) for count in Count]
_above = lru_cache(maxsize=4096)(lineage)


@lru_cache(maxsize=2048)
def periods_of(month: str) -> tuple[str, ...]:
    """The month itself and the season, half and year it lies in."""
    day = Period.parse(month).start()
    return tuple(Period.containing(day, kind).code for kind in PeriodKind)


def _empty() -> dict[str, dict[tuple[Any, ...], int]]:
    return {name: {} for name in ("count", "hours", "score", "owed", "day", "piece", "awaited")}


class Sums:
    """Increments waiting to be written. `write` spreads them over the offices above and the longer periods.

    `since`: single days before it are not worth writing, where a long past is loaded.
    """

    def __init__(self, since: date = date.min) -> None:
        self.tables, self.since = _empty(), since

    def add(self, verb: str, facts: Mapping[str, Any], at: datetime, unit_path: str) -> None:
        """Add what one journal entry means."""
        self.take(all_increments(verb, facts, at, unit_path))

    def take(self, more: Iterable[Increment]) -> None:
        tables = self.tables
        for table, key, delta in more:
            if table == "day" and key[1] < self.since:
                continue
            sums = tables[table]
            sums[key] = sums.get(key, 0) + delta

    def join(self, other: Sums) -> None:
        """Add what another has waiting."""
        for table, theirs in other.tables.items():
            sums = self.tables[table]
            for key, delta in theirs.items():
                sums[key] = sums.get(key, 0) + delta

    def write(self) -> None:
        """Add all to what the database holds, in one transaction, and start afresh."""
        with transaction.atomic():
            _take_turn()
            changed = _write_tallies(self.tables) | _write_owed(self.tables["owed"])
            freshen(changed | _write_pieces(self.tables["piece"]) | _write_awaited(self.tables["awaited"]))
            _write_days(self.tables["day"])
        self.tables = _empty()


def _take_turn() -> None:
    if not Turn.objects.filter(pk=1).update(number=F("number") + 1):
        Turn.objects.bulk_create([Turn(pk=1)], ignore_conflicts=True)
        Turn.objects.filter(pk=1).update(number=F("number") + 1)


def _rows(key: tuple[Any, ...]) -> list[Row]:
    """The rows a key (unit, month, by, value, …) is added to."""
    unit, month, by, value = key[:4]
    periods = (month,) if by else periods_of(month)
    return [(path, period, by, value) for path in _above(unit) for period in periods]


def _spread(sums: Mapping[tuple[Any, ...], int]) -> dict[Row, dict[Any, int]]:
    """Sums by row, then by what is left of the key."""
    spread: dict[Row, dict[Any, int]] = defaultdict(dict)
    for key, delta in sums.items():
        what = key[4] if len(key) == 5 else key[4:]
        for row in _rows(key):
            cell = spread[row]
            cell[what] = cell.get(what, 0) + delta
    return spread


_SUM = ", ".join(f"{name} = indicators_tally.{name} + excluded.{name}" for name in _COUNTS)
_KEEP = ", ".join(
    f"{name} = CASE WHEN excluded.{name} = '' THEN indicators_tally.{name} ELSE excluded.{name} END"
    for name in ("hours", "scores")
)
# Made of our own column names; every value goes in as a parameter.
_TALLY = (
    f"INSERT INTO indicators_tally (path, period, by, value, {', '.join(_COUNTS)}, hours, scores) "  # noqa: S608
    f"VALUES ({', '.join(['%s'] * (len(_COUNTS) + 6))}) "
    f"ON CONFLICT (path, period, by, value) DO UPDATE SET {_SUM}, {_KEEP}"
)
_OWED = (
    "INSERT INTO indicators_owed (path, grain, slot, n) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (path, grain, slot) DO UPDATE SET n = indicators_owed.n + excluded.n"
)
_PIECE = (
    "INSERT INTO indicators_piece (path, period, code, value, part, whole) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (path, period, code, value) DO UPDATE SET "
    "part = indicators_piece.part + excluded.part, whole = indicators_piece.whole + excluded.whole"
)
_AWAITED = (
    "INSERT INTO indicators_awaited (path, code, day, n) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (path, code, day) DO UPDATE SET n = indicators_awaited.n + excluded.n"
)
_FRESHNESS = (
    "INSERT INTO indicators_freshness (path, number) VALUES (%s, 1) "
    "ON CONFLICT (path) DO UPDATE SET number = indicators_freshness.number + 1"
)


def _write_tallies(tables: Mapping[str, Mapping[tuple[Any, ...], int]]) -> set[str]:
    """Write all but what is owed; says whose figures have changed."""
    counts, hours, marks = (_spread(tables[name]) for name in ("count", "hours", "score"))
    known = _known(hours.keys() | marks.keys())
    rows: list[tuple[str | int, ...]] = []
    for row in sorted(counts.keys() | hours.keys() | marks.keys()):
        old_hours, old_scores = known.get(row, ("", ""))
        cells = counts.get(row, {})
        rows.append(
            (
                *row,
                *(cells.get(name, 0) for name in _COUNTS),
                (Histogram.read(old_hours) + Histogram(hours[row])).write() if row in hours else "",
                scores.add(old_scores, marks[row]) if row in marks else "",
            )
        )
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_TALLY, rows)
    return {str(row[0]) for row in rows}


def _known(rows: Iterable[Row]) -> dict[Row, tuple[str, str]]:
    """Histograms and marks that are already there. Asked by office and by period: some more than needed come along."""
    wanted = set(rows)
    paths, periods = {row[0] for row in wanted}, {row[1] for row in wanted}
    found = Tally.objects.filter(path__in=paths, period__in=periods).exclude(hours="", scores="")
    listed = found.values_list("path", "period", "by", "value", "hours", "scores")
    return {row[:4]: row[4:] for row in listed.iterator() if row[:4] in wanted}


def _write_owed(sums: Mapping[tuple[Any, ...], int]) -> set[str]:
    """Write what is owed by due moment; says whose figures have changed."""
    spread: dict[tuple[str, str, int], int] = {}
    for (unit, slot), delta in sums.items():
        for grain in grains_of(slot):
            for path in _above(unit):
                key = (path, *grain)
                spread[key] = spread.get(key, 0) + delta
    rows = [(*key, delta) for key, delta in sorted(spread.items()) if delta]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_OWED, rows)
        Owed.objects.filter(n=0).delete()
    return {path for path, _, _ in spread}


def _write_pieces(sums: Mapping[tuple[Any, ...], int]) -> set[str]:
    """Write parts and wholes, month by month: readers add the months up. Says whose figures have changed."""
    spread: dict[Row, list[int]] = {}
    for (unit, month, code, value, what), delta in sums.items():
        for path in _above(unit):
            spread.setdefault((path, month, code, value), [0, 0])[what == "whole"] += delta
    if spread:
        with connection.cursor() as cursor:
            cursor.executemany(_PIECE, [(*row, *cells) for row, cells in sorted(spread.items())])
    return {row[0] for row in spread}


def _write_awaited(sums: Mapping[tuple[Any, ...], int]) -> set[str]:
    """Write what is waited for by its day; says whose figures have changed."""
    spread: dict[tuple[str, str, date], int] = {}
    for (unit, code, day), delta in sums.items():
        for path in _above(unit):
            spread[path, code, day] = spread.get((path, code, day), 0) + delta
    rows = [(*key, delta) for key, delta in sorted(spread.items()) if delta]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_AWAITED, rows)
        Awaited.objects.filter(n=0).delete()
    return {path for path, _, _ in spread}


def _write_days(sums: Mapping[tuple[Any, ...], int]) -> None:
    """Write how long answers took by day and card, and forget the days that have become old by it."""
    if not sums:
        return
    newest = CardDay.objects.aggregate(newest=Max("day"))["newest"] or date.min
    # Provinces are read one after the other when all is read again: the newest day of any of them counts.
    oldest = max(newest, *(day for _unit, day, _card, _step in sums)) - DAYS_KEPT
    CardDay.objects.filter(day__lt=oldest).delete()
    spread: dict[tuple[str, date, str], dict[int, int]] = defaultdict(dict)
    for (unit, day, card, step), delta in sums.items():
        for path in _above(unit) if day >= oldest else ():
            steps = spread[path, day, card]
            steps[step] = steps.get(step, 0) + delta
    paths, days = {path for path, _, _ in spread}, {day for _, day, _ in spread}
    listed = CardDay.objects.filter(path__in=paths, day__in=days).values_list("path", "day", "card", "hours")
    known = {row[:3]: row[3] for row in listed}
    rows = [
        CardDay(
            path=key[0], day=key[1], card=key[2], hours=(Histogram.read(known.get(key, "")) + Histogram(steps)).write()
        )
        for key, steps in sorted(spread.items())
    ]
    CardDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path", "day", "card"], update_fields=["hours"], batch_size=500
    )


def freshen(paths: Collection[str]) -> None:
    """What pages drew of these offices is no longer so."""
    if paths:
        with connection.cursor() as cursor:
            cursor.executemany(_FRESHNESS, [(path,) for path in sorted(paths)])
