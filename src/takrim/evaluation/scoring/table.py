"""The table that is scored: a row a unit, read cell by cell so that a large one needs little memory."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from math import isfinite, isinf
from operator import itemgetter
from pathlib import Path
from typing import Final

import numpy as np
from django.utils.translation import gettext_lazy as _

from takrim.base.persian import ascii_digits
from takrim.evaluation.scoring.columns import Column, Number, column, exactly
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.plan import Plan

# So many headings are told to somebody who named one that is not there.
_SHOWN: Final = 12
_GAP: Final = float("nan")
# So much of a cell is told that is not what it should be.
_MOST_TOLD: Final = 60
# What programmes put between cells where the comma is a decimal mark.
_OTHER_MARKS: Final = (";", "\t", "؛")
_NO_END: Final = _("Line {line}, column “{name}”: “{text}” is too large a number, or one without an end.")
_MARKS: Final = str.maketrans({"٫": ".", "٬": None, "−": "-"})


@dataclass(frozen=True)
class Table:
    """Units in their order, columns of numbers with gaps, columns of words."""

    units: tuple[str, ...]
    numbers: Mapping[str, Column]
    words: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.units)


def table(
    plan: Plan,
    units: Sequence[str],
    numbers: Mapping[str, Sequence[Number | int | None]],
    words: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """A table from values in memory; it must hold every column that the plan names."""
    found = {name: column(values, exact=plan.exact) for name, values in numbers.items()}
    return _checked(plan, Table(tuple(units), found, {plan.unit: units, **(words or {})}))


def read_csv(path: Path, plan: Plan) -> Table:
    """The columns that the plan names, from a CSV file with a line of headings."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.reader(file), plan)
    except OSError as error:
        raise BadTable(_("The file {file} cannot be read: {error}."), file=path, error=error.strerror) from error
    except UnicodeDecodeError as error:
        raise BadTable(_("The file {file} is not UTF-8."), file=path) from error


def read_text(text: str, plan: Plan) -> Table:
    """The same from the text of a CSV."""
    return _read(csv.reader(StringIO(text)), plan)


def _read(rows: Iterator[list[str]], plan: Plan) -> Table:
    try:
        return _rows(rows, plan)
    except csv.Error as error:
        # What the reader says of it is of use to nobody: a cell as long as a book, a quote that is never closed.
        raise BadTable(_("It is no table of text: save it anew as CSV.")) from error


def _rows(rows: Iterator[list[str]], plan: Plan) -> Table:
    heading = [name.strip() for name in next(rows, [])]
    if not any(heading):
        raise BadTable(_("It is empty, or its first line is: a line of headings is needed."))
    names, words = plan.number_columns, plan.word_columns
    _check_heading(heading, (*names, *words))
    cells = _Cells(plan, names)
    pick = _picker([heading.index(name) for name in names])
    word_at = [heading.index(name) for name in words]
    kept: list[list[str]] = [[] for _name in words]
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != len(heading):
            reason = _("Line {line} has {cells} cells, the heading {headings}.")
            raise BadTable(reason, line=number, cells=len(row), headings=len(heading))
        cells.add(pick(row), number)
        for place, column_of_words in zip(word_at, kept, strict=True):
            column_of_words.append(row[place].strip())
    by_name = dict(zip(words, kept, strict=True))
    if not by_name[plan.unit]:
        raise BadTable(_("It has no rows."))
    return _checked(plan, Table(tuple(by_name[plan.unit]), cells.columns(), by_name))


def _check_heading(heading: Sequence[str], needed: Sequence[str]) -> None:
    for name in needed:
        mark = next((mark for mark in _OTHER_MARKS if len(heading) == 1 and mark in heading[0]), "")
        if name not in heading and mark:
            raise BadTable(_("Its cells are divided by “{mark}”: save it with commas between them."), mark=mark)
        if name not in heading:
            reason = _("It has no column “{name}”; its first line says: {heading}.")
            raise BadTable(reason, name=name, heading=", ".join(heading[:_SHOWN]) or "—")
        if heading.count(name) > 1:
            raise BadTable(_("The column “{name}” stands in it twice."), name=name)


def _told(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"


def _picker(places: Sequence[int]) -> Callable[[list[str]], Sequence[str]]:
    if len(places) == 1:
        return lambda row: [row[places[0]]]
    return itemgetter(*places)


class _Cells:
    """Numbers as they come in, row by row."""

    def __init__(self, plan: Plan, names: Sequence[str]) -> None:
        self.exact, self.names = plan.exact, names
        self.blank = {"", *plan.blank}
        self.floats = array("d")
        self.fractions: list[Fraction | None] = []

    def add(self, cells: Sequence[str], line: int) -> None:
        if self.exact:
            self.fractions.extend(self._number(*cell, line) for cell in zip(cells, self.names, strict=True))
            return
        try:
            found = list(map(float, cells))
        except ValueError:
            found = self._with_gaps(cells, line)
        if not isfinite(sum(found)):
            self._ends(found, cells, line)
        self.floats.extend(found)

    def _ends(self, found: Sequence[float], cells: Sequence[str], line: int) -> None:
        """Gaps are no numbers; but what is written must be one with an end."""
        for value, text, name in zip(found, cells, self.names, strict=True):
            if isinf(value):
                raise BadTable(_NO_END, line=line, name=name, text=_told(text))

    def _with_gaps(self, cells: Sequence[str], line: int) -> list[float]:
        blank = self.blank
        try:
            return list(map(float, ["nan" if cell in blank else cell for cell in cells]))
        except ValueError:
            return [self._float(*cell, line) for cell in zip(cells, self.names, strict=True)]

    def _float(self, text: str, name: str, line: int) -> float:
        try:
            return _GAP if text in self.blank else float(text)
        except ValueError:
            number = self._number(text, name, line)
            return _GAP if number is None else float(number)

    def _number(self, text: str, name: str, line: int) -> Fraction | None:
        text = text.strip()
        if text in self.blank or text.casefold() == "nan":
            return None
        try:
            return exactly(ascii_digits(text).translate(_MARKS))
        except (ValueError, ZeroDivisionError) as error:
            reason = _("Line {line}, column “{name}”: “{text}” is not a number.")
            raise BadTable(reason, line=line, name=name, text=_told(text)) from error

    def columns(self) -> dict[str, Column]:
        if self.exact:
            width = len(self.names)
            return {name: column(self.fractions[place::width], exact=True) for place, name in enumerate(self.names)}
        whole = np.frombuffer(self.floats).reshape(-1, len(self.names)).T if self.floats else np.empty((0, 0))
        found = {}
        for place, name in enumerate(self.names):
            values = np.array(whole[place]) if len(whole) else np.empty(0)
            there = ~np.isnan(values)
            found[name] = Column(np.where(there, values, 0.0), there)
        return found


def _checked(plan: Plan, made: Table) -> Table:
    if "" in made.units:
        raise BadTable(_("Row {row} has no name in the column “{name}”."), row=made.units.index("") + 1, name=plan.unit)
    if len(set(made.units)) != len(made.units):
        twice = next(unit for place, unit in enumerate(made.units) if unit in made.units[:place])
        raise BadTable(_("The unit “{unit}” stands in two rows."), unit=twice)
    for name in (*plan.number_columns, *plan.word_columns):
        if name not in made.numbers and name not in made.words:
            raise BadTable(_("It has no column “{name}”."), name=name)
    return made
