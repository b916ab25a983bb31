"""A chapter of a report: which tables it has, how their figures are measured, and what may be said of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from takrim.base.period import Period
from takrim.base.registry import Folder
from takrim.reports.cells import Figures, Measured, Table
from takrim.reports.scope import Scope
from takrim.reports.telling import Told


def nothing_told(told: Told) -> list[str]:
    """For chapters that suggest no sentences."""
    return []


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One chapter; its file's name is its code. Chapters stand in the order of `place`.

    `verbs`: beginnings of the verbs of entries that may change its figures, beside those that the tallies count.
    """

    title: str | Promise
    about: str | Promise
    place: int
    tables: tuple[Table, ...]
    measure: Callable[[Scope], Measured]
    suggest: Callable[[Told], list[str]] = nothing_told
    verbs: tuple[str, ...] = ()

    def table(self, code: str) -> Table:
        return next(table for table in self.tables if table.code == code)


CHAPTERS: Folder[Chapter] = Folder("takrim.reports.catalogue", Chapter)


def in_order() -> list[tuple[str, Chapter]]:
    """All chapters, as they stand in a report."""
    return sorted(CHAPTERS, key=lambda item: (item[1].place, item[0]))


def suggested(code: str, figures: Figures, period: Period, lang: str) -> list[str]:
    """The sentences that follow from the figures of a chapter."""
    chapter = CHAPTERS[code]
    return chapter.suggest(Told(code, chapter.tables, figures, period, lang))
