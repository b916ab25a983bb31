"""An Excel workbook: a sheet for each chapter, with numbers that can be reckoned with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.late import late
from takrim.reports.cells import Cell, Kind
from takrim.reports.document import Document, Part, ShownTable
from takrim.reports.form import Form

xlsxwriter = late("xlsxwriter")

_LIKE = {Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.HOURS: "#,##0.0", Kind.MARK: "0.0"}
# What the name of a sheet must not have in it, and how long it may be.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_FIRST, _OTHERS, _TALL = 46, 18, 21


class _Book:
    """A workbook in the direction of a document."""

    def __init__(self, document: Document) -> None:
        self.file = BytesIO()
        self.rtl = document.direction == "rtl"
        self.lang = document.lang
        self.book = xlsxwriter.Workbook(self.file, {"in_memory": True})
        self.book.set_properties({"title": f"{document.title} · {document.period}", "subject": document.office})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **settings: Any) -> Any:
        """One format for the same settings."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            base = {"font_name": "Vazirmatn", "font_size": 10, "valign": "top", "reading_order": 2 if self.rtl else 1}
            self._formats[key] = self.book.add_format({**base, **settings})
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """A sheet whose name is made fit."""
        sheet = self.book.add_worksheet(_NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip())
        if self.rtl:
            sheet.right_to_left()
        sheet.set_default_row(_TALL)
        sheet.set_column(0, 0, _FIRST)
        sheet.set_column(1, 12, _OTHERS)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet


def make(document: Document) -> bytes:
    """The workbook."""
    book = _Book(document)
    with translation.override(document.lang):
        _cover(book, document)
        for part in document.parts:
            _chapter(book, part)
    book.book.close()
    return book.file.getvalue()


def _cover(book: _Book, document: Document) -> None:
    sheet = book.sheet(gettext("Report"))
    bold = book.format(bold=True)
    sheet.write_string(0, 0, document.title, book.format(bold=True, font_size=16))
    sheet.set_row(0, 30)
    lines = [
        (gettext("Office"), document.office),
        (gettext("Period"), f"{document.period} ({document.span})"),
        *([(gettext("State"), document.mark)] if document.mark else []),
        *document.facts,
        *([(gettext("Signed by"), " · ".join(document.signed))] if document.signed else []),
        (gettext("Hash of the figures (SHA-256)"), document.figures_hash),
        *([(gettext("Seal of the signed report (SHA-256)"), document.seal)] if document.seal else []),
    ]
    for row, (name, value) in enumerate(lines, 2):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value, book.format())


def _chapter(book: _Book, part: Part) -> None:
    sheet = book.sheet(f"{part.number} {part.title}")
    sheet.write_string(0, 0, part.title, book.format(bold=True, font_size=14))
    sheet.set_row(0, 28)
    row = 1
    for text in part.paragraphs:
        sheet.write_string(row, 0, text, book.format())
        row += 1
    for table in part.tables:
        row = _table(book, sheet, table, row + 1)


def _table(book: _Book, sheet: Any, table: ShownTable, row: int) -> int:
    """Write one table from a row on; the row behind it."""
    sheet.write_string(row, 0, table.title, book.format(bold=True, font_size=12))
    head = book.format(bold=True, bg_color="#EEF3F4", bottom=1, text_wrap=True)
    kinds = _hours_named(table)
    for column, (title, hours) in enumerate(zip(table.head, kinds, strict=True)):
        sheet.write_string(row + 1, column, gettext("{title} (hours)").format(title=title) if hours else title, head)
    sheet.set_row(row + 1, _TALL * 2)
    for number, (name, cells) in enumerate(zip(table.names, _lines(table), strict=True), row + 2):
        sheet.write_string(number, 0, name, book.format(text_wrap=True))
        for column, (cell, kind, said) in enumerate(cells, 1):
            _cell(book, sheet, (number, column), cell, kind, said)
    after = row + 2 + len(table.names)
    if table.note:
        sheet.write_string(after, 0, table.note, book.format(italic=True, font_color="#555555"))
        after += 1
    return after


def _lines(table: ShownTable) -> Iterator[list[tuple[Cell, Kind, str]]]:
    for cells, kinds, said in zip(table.cells, table.kinds, table.words, strict=True):
        yield list(zip(cells, kinds, said, strict=True))


def _hours_named(table: ShownTable) -> list[bool]:
    """Which columns are times only: their heading says in what they are counted."""
    columns = list(zip(*table.kinds, strict=True))
    return [False, *(all(kind is Kind.HOURS for kind in column) for column in columns)]


def _cell(book: _Book, sheet: Any, at: tuple[int, int], cell: Cell, kind: Kind, said: str) -> None:
    if cell is None:
        sheet.write_string(*at, words.NOTHING, book.format(align="right" if not book.rtl else "left"))
    elif isinstance(cell, int | Fraction):
        sheet.write_number(*at, float(cell), book.format(num_format=_LIKE[kind]))
    else:
        sheet.write_string(*at, said, book.format(text_wrap=True))


PLUGIN = Form(
    title=_("Excel"),
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    make=make,
    place=3,
)
