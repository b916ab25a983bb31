"""A frozen report beside what is counted today: which figures are others now, and what happened since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from takrim.base.period import Period
from takrim.indicators.increments import STEPS, increments
from takrim.journal.models import Entry
from takrim.orgs.paths import is_under
from takrim.reports.build import Position, rows_of
from takrim.reports.cells import Column, Figures, Kind, Row, Table
from takrim.reports.chapter import CHAPTERS, in_order


@dataclass(frozen=True)
class Difference:
    """One cell that was one thing and is another."""

    chapter: str
    table: Table
    row: Row
    column: Column
    before: Any
    now: Any

    @property
    def kind(self) -> Kind:
        return self.row.kind if self.column.kind is Kind.OF_ROW else self.column.kind


@dataclass(frozen=True)
class Cause:
    """Entries of one verb that changed figures of the period after they had been counted."""

    verb: str
    count: int
    first: str
    last: str


def differences(old: Figures, new: Figures) -> list[Difference]:
    """Every shown cell that differs, in the order of the report. A row that came or went differs in all its cells."""
    found: list[Difference] = []
    for code, chapter in in_order():
        # What a chapter that was added later says is no change of a figure.
        if code in old:
            for table in chapter.tables:
                found += _of_table(code, table, rows_of(old, code, table.code), rows_of(new, code, table.code))
    return found


def _of_table(chapter: str, table: Table, old: list[Row], new: list[Row]) -> Iterator[Difference]:
    before, now = {row.key: row for row in old}, {row.key: row for row in new}
    nothing = (None,) * len(table.columns)
    for key in dict.fromkeys([*before, *now]):
        cells = [side[key].cells if key in side else nothing for side in (before, now)]
        for column, was, is_now in zip(table.columns, *cells, strict=True):
            if was != is_now and column.shown:
                yield Difference(chapter, table, before.get(key) or now[key], column, was, is_now)


def causes(path: str, period: Period, since: Position) -> list[Cause]:
    """What was written into the journal after these places and changes figures up to the period's end, by verb."""
    found: dict[str, list[Any]] = defaultdict(list)
    for entry in _touching(path, period, since):
        at = entry.at.isoformat()
        count, first, last = found[entry.verb] or (0, at, at)
        found[entry.verb] = [count + 1, min(first, at), max(last, at)]
    causes = [Cause(verb, *facts) for verb, facts in found.items()]
    return sorted(causes, key=lambda cause: (-cause.count, cause.verb))


def _touching(path: str, period: Period, since: Position) -> Iterator[Entry]:
    starts = tuple(verb for _code, chapter in CHAPTERS for verb in chapter.verbs)
    wanted = Q(verb__in=list(STEPS))
    for start in starts:
        wanted |= Q(verb__startswith=start)
    last = period.months()[-1].code
    for chain, (seq, _hash) in since.items():
        entries = Entry.objects.filter(wanted, chain=chain, seq__gt=seq).order_by("seq")
        for entry in entries.iterator(chunk_size=2000):
            of_chapter = entry.verb.startswith(starts) and is_under(entry.unit_path, path)
            if of_chapter or _counts(entry, path, last):
                yield entry


def _counts(entry: Entry, path: str, last: str) -> bool:
    """Whether it adds to a figure of the office in a month up to the last one; what stood open then needs all those."""
    added: Iterable[Any] = increments(entry.verb, entry.facts, entry.at, entry.unit_path)
    return any(table != "owed" and is_under(key[0], path) and key[1] <= last for table, key, much in added if much)
