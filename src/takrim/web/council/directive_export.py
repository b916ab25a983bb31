"""The matrix as a file: CSV for any program, XLSX from right to left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import import_module
from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.powers import Power
from takrim.web.council.directive import seen
from takrim.web.council.directive_matrix import Cell, Matrix, matrix_of
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import jnumeric, language

_ALL = 10_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def _made(request: HttpRequest, directive_id: int) -> tuple[Matrix, str]:
    """The whole matrix, and what the file is called."""
    row, desk = seen(request, directive_id), cast(StaffRequest, request).desk
    name = "".join(letter if letter.isalnum() else "-" for letter in row.number).strip("-") or str(row.pk)
    return matrix_of(desk, row, clock.now(), most=_ALL), f"directive-{name}"


def lines(matrix: Matrix) -> Iterator[list[str]]:
    """The head and a line for each office; a cell is its word and its date."""
    yield [
        gettext("Office"),
        gettext("Post"),
        gettext("Read on"),
        gettext("Read by"),
        *(c.title for c in matrix.columns),
    ]
    for row in matrix.rows:
        yield [row.office, row.post, jnumeric(row.read_at) if row.read_at else "", row.read_by, *map(_said, row.cells)]


def _said(cell: Cell) -> str:
    if not cell.pk:
        return ""
    return f"{cell.word} ({cell.day})" if cell.due else cell.word


def _harmless(text: str) -> str:
    """A cell that a spreadsheet takes as words, whatever it begins with."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_safe
@staff(Power.COUNCIL_SEE)
def as_csv(request: HttpRequest, directive_id: int) -> HttpResponse:
    """With a mark at its beginning by which spreadsheets know that it is UTF-8."""
    matrix, name = _made(request, directive_id)
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_harmless(text) for text in line] for line in lines(matrix))
    return _sent(written.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


@require_safe
@staff(Power.COUNCIL_SEE)
def as_xlsx(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Head and first column stay in sight; formulas are never read into it."""
    # Read when it is first needed: megabytes of each process.
    xlsxwriter = import_module("xlsxwriter")
    matrix, name = _made(request, directive_id)
    written = io.BytesIO()
    with xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        if language() == "fa":
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for at, line in enumerate(lines(matrix)):
            sheet.write_row(at, 0, line, bold if at == 0 else None)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 3, 18)
        sheet.set_column(4, 4 + len(matrix.columns), 22)
    return _sent(written.getvalue(), _XLSX, f"{name}.xlsx")
