"""Measuring all chapters of a report at one moment: their figures, the hash of these, and where the journal was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from takrim.base.period import Period
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.journal.models import Bookmark, Entry
from takrim.orgs.paths import province_of, under
from takrim.reports.cells import Figures, Row, rows_in
from takrim.reports.chapter import CHAPTERS, Chapter, in_order
from takrim.reports.scope import Scope

# chain → [number of the last entry that was counted, its hash].
Position = dict[str, list[Any]]
Tell = Callable[[int, int], None]
# Of an office that is never quiet the last measuring holds; what came meanwhile is told when it is compared.
_ATTEMPTS = 3


@dataclass(frozen=True)
class Built:
    """The figures of all chapters, what they were measured from, and up to where."""

    figures: Figures
    hash: str
    position: Position


def canonical(value: Any) -> str:
    """One value, one text: what hashes are made over."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(path: str, period: Period, figures: Figures) -> str:
    """SHA-256 over what a report is about and all its figures."""
    return hashlib.sha256(canonical([path, period.code, figures]).encode()).hexdigest()


def build(path: str, period: Period, now: datetime, tell: Tell = lambda done, of: None) -> Built:
    """Measure everything as it is at one place of the journal: once more, where it went on meanwhile.

    Not in one transaction, which on SQLite would keep all others from writing.
    """
    for _attempt in range(_ATTEMPTS):
        catch_up(READER)
        position = _position(path)
        figures = _measured(Scope(path, period, now), tell)
        if _position(path) == position:
            break
    return Built(figures, hash_of(path, period, figures), position)


def _measured(scope: Scope, tell: Tell) -> Figures:
    chapters = in_order()
    figures: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for done, (code, chapter) in enumerate(chapters, 1):
        figures[code] = _plain(chapter, scope)
        tell(done, len(chapters))
    return figures


def _plain(chapter: Chapter, scope: Scope) -> dict[str, list[dict[str, Any]]]:
    measured = chapter.measure(scope)
    return {table.code: [row.plain() for row in measured.get(table.code, ())] for table in chapter.tables}


def _position(path: str) -> Position:
    """How far the figures have read the chains that an office's figures come from."""
    marks = Bookmark.objects.filter(under(province_of(path), "chain"), reader=READER).order_by("chain")
    found: Position = {}
    for chain, seq in marks.values_list("chain", "seq"):
        link = Entry.objects.filter(chain=chain, seq=seq).values_list("hash", flat=True).first()
        found[chain] = [seq, bytes(link).hex() if link else ""]
    return found


def rows_of(figures: Figures, chapter: str, table: str) -> list[Row]:
    """The rows of one table of kept figures."""
    return rows_in(figures, chapter, CHAPTERS[chapter].table(table))
