"""Cells of reports: tables with their columns, rows with exact values, and how both are kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise


class Kind(StrEnum):
    """In what a cell is counted. A mark is a mean of 1 to 5; OF_ROW: the row says it."""

    COUNT = auto()
    SHARE = auto()
    HOURS = auto()
    MARK = auto()
    TEXT = auto()
    DAY = auto()
    OF_ROW = auto()


EXACT = frozenset({Kind.SHARE, Kind.HOURS, Kind.MARK})
WORDS = frozenset({Kind.TEXT, Kind.DAY})
# A count, an exact share or time, a text, a day as text, or nothing measured.
Cell = int | Fraction | str | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """`shown` is False for what is only needed to say where a change comes from."""

    code: str
    title: str | Promise
    kind: Kind = Kind.COUNT
    shown: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """`of` is the heading of the names, `picture` the columns that are drawn as bars as well."""

    code: str
    title: str | Promise
    of: str | Promise
    columns: tuple[Column, ...]
    picture: tuple[str, ...] = ()
    note: str | Promise = ""

    def place(self, code: str) -> int:
        """Where a column stands in each row."""
        return next(place for place, column in enumerate(self.columns) if column.code == code)


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row is about, its name as it was then in both languages, and its cells."""

    key: str
    fa: str
    en: str
    cells: tuple[Cell, ...]
    kind: Kind = Kind.COUNT

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.fa

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it; fractions stay exact."""
        cells = [str(cell) if isinstance(cell, Fraction) else cell for cell in self.cells]
        return {"key": self.key, "fa": self.fa, "en": self.en, "cells": cells, "kind": self.kind}

    @staticmethod
    def read(plain: Mapping[str, Any], table: Table) -> Row:
        """What `plain` gave, by the columns of its table."""
        kind = Kind(plain["kind"])
        kinds = [kind if column.kind is Kind.OF_ROW else column.kind for column in table.columns]
        cells = tuple(
            Fraction(cell) if cell is not None and one in EXACT else cell
            for cell, one in zip(plain["cells"], kinds, strict=True)
        )
        return Row(key=plain["key"], fa=plain["fa"], en=plain["en"], cells=cells, kind=kind)


Rows = Sequence[Row]
# Rows by the code of their table.
Measured = Mapping[str, Rows]
# chapter → table → rows, as JSON holds them.
Figures = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]


def rows_in(figures: Figures, chapter: str, table: Table) -> list[Row]:
    """The rows of one table of kept figures; none where it was not measured then."""
    rows = figures.get(chapter, {}).get(table.code, ())
    return [Row.read(row, table) for row in rows if len(row["cells"]) == len(table.columns)]
