"""Sentences that are suggested for a chapter, computed from its figures alone: what rose or fell, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import words
from takrim.base.period import Period
from takrim.reports.cells import Cell, Figures, Kind, Row, Table, rows_in

# An office is named as the place of a change when at least this part of it lies there.
_NAMED = Fraction(1, 4)
_MOST_NAMED = 2


def write(kind: Kind, cell: Cell, lang: str) -> str:
    """A cell in words; nothing measured is a dash."""
    if cell is None or cell == "":
        return words.NOTHING
    if isinstance(cell, str):
        return words.date(date.fromisoformat(cell), lang) if kind is Kind.DAY else cell
    if kind is Kind.SHARE:
        return words.percent(Fraction(cell), lang)
    if kind is Kind.HOURS:
        return words.duration(Fraction(cell), lang)
    return words.number(cell, lang, 1 if kind is Kind.MARK else 0)


@dataclass(frozen=True)
class Told:
    """The kept figures of one chapter, as sentences about them are made."""

    chapter: str
    tables: tuple[Table, ...]
    figures: Figures
    period: Period
    lang: str

    def _table(self, code: str) -> Table:
        return next(table for table in self.tables if table.code == code)

    def rows(self, table: str) -> list[Row]:
        return rows_in(self.figures, self.chapter, self._table(table))

    def cell(self, table: str, row: Row, column: str) -> Any:
        return row.cells[self._table(table).place(column)]

    def row(self, table: str, key: str) -> Row | None:
        return next((row for row in self.rows(table) if row.key == key), None)

    def counts(self, table: str, column: str) -> dict[str, int]:
        """The whole numbers of a column by the key of their row."""
        return {row.key: self.cell(table, row, column) or 0 for row in self.rows(table)}

    def names(self, table: str, keys: Sequence[str]) -> str:
        """The names of some rows, as a sentence lists them."""
        known = {row.key: row.name(self.lang) for row in self.rows(table)}
        return listed([known[key] for key in keys])

    def number(self, value: int) -> str:
        return words.number(value, self.lang)

    @property
    def last_year(self) -> str:
        """The name of the same period of the year before."""
        return Period(self.period.kind, self.period.year - 1, self.period.index).title(self.lang)


def listed(names: Sequence[str]) -> str:
    """«کرج، فردیس و نظرآباد»."""
    if len(names) < 2:
        return "".join(names)
    return _("{several} and {last}").format(several=_(", ").join(names[:-1]), last=names[-1])


@dataclass(frozen=True)
class Change:
    """What a value was and is, the name of the earlier time, and the places most of the change comes from."""

    title: str
    kind: Kind
    before: Cell
    now: Cell
    earlier: str
    places: str = ""


def changed(change: Change, lang: str) -> str:
    """The sentence of a change; none where a side was not measured. What is equal as written did not change."""
    before, now = change.before, change.now
    if not isinstance(before, int | Fraction) or not isinstance(now, int | Fraction):
        return ""
    facts = {
        "what": change.title,
        "before": write(change.kind, before, lang),
        "now": write(change.kind, now, lang),
        "earlier": change.earlier,
        "places": change.places,
    }
    if facts["before"] == facts["now"]:
        return str(_SAME).format(**facts)
    rose, fell = (_ROSE_IN, _FELL_IN) if change.places else (_ROSE, _FELL)
    return str(rose if now > before else fell).format(**facts)


_SAME = gettext_lazy("{what} is {now}, as in {earlier}.")
_ROSE = gettext_lazy("{what} rose from {before} ({earlier}) to {now}.")
_FELL = gettext_lazy("{what} fell from {before} ({earlier}) to {now}.")
_ROSE_IN = gettext_lazy("{what} rose from {before} ({earlier}) to {now}, mainly in {places}.")
_FELL_IN = gettext_lazy("{what} fell from {before} ({earlier}) to {now}, mainly in {places}.")


def of_counts(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """Whose counts make up most of the change of their sum, the largest part first."""
    return _largest({key: Fraction(now.get(key, 0) - before.get(key, 0)) for key in {*before, *now}})


@dataclass(frozen=True)
class Part:
    """So many of so many, in one place."""

    part: int
    whole: int


def of_shares(before: Mapping[str, Part], now: Mapping[str, Part]) -> list[str]:
    """Whose shares make up most of the change of the common share.

    Each place adds how far its share lies from the earlier common one, times its weight, now less then; what all add
    is the change itself.
    """
    all_before, all_now = _sum(before), _sum(now)
    if not all_before.whole or not all_now.whole:
        return []
    common = Fraction(all_before.part, all_before.whole)

    def pull(of: Part, among: Part) -> Fraction:
        return (of.part - common * of.whole) / among.whole

    nothing = Part(0, 0)
    keys = {*before, *now}
    return _largest(
        {key: pull(now.get(key, nothing), all_now) - pull(before.get(key, nothing), all_before) for key in keys}
    )


def _sum(parts: Mapping[str, Part]) -> Part:
    return Part(sum(one.part for one in parts.values()), sum(one.whole for one in parts.values()))


def _largest(added: Mapping[str, Fraction]) -> list[str]:
    """The places that add at least a quarter of the whole in its direction; none where one place is all there is."""
    whole = sum(added.values(), Fraction(0))
    if not whole or len(added) < 2:
        return []
    pulling = {key: value / whole for key, value in added.items() if value / whole >= _NAMED}
    return sorted(pulling, key=lambda key: (-pulling[key], key))[:_MOST_NAMED]
