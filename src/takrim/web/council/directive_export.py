"""The matrix as a file: CSV for any program, XLSX from right to left."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.powers import Power
from takrim.web.council.directive import seen
from takrim.web.council.directive_matrix import Cell, Matrix, Row, matrix_of
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import jnumeric, language
from takrim.web.sheets import sheet_of

_ALL = 10_000


def _sent(request: HttpRequest, directive_id: int, form: str) -> HttpResponse:
    """The whole matrix, a line for each office; the file is called by the directive's number."""
    row, desk, now = seen(request, directive_id), cast(StaffRequest, request).desk, clock.now()
    name = "".join(letter if letter.isalnum() else "-" for letter in row.number).strip("-") or str(row.pk)
    matrix = matrix_of(desk, row, now, most=_ALL)
    lines = [_line(office) for office in matrix.rows]
    return sheet_of(form, f"directive-{name}", _head(matrix), lines, lang=language(), now=now)


def _head(matrix: Matrix) -> list[str]:
    fixed = [gettext("Office"), gettext("Post"), gettext("Read on"), gettext("Read by")]
    return [*fixed, *(str(column.title) for column in matrix.columns)]


def _line(row: Row) -> list[str]:
    """A cell is its word and its date."""
    return [row.office, row.post, jnumeric(row.read_at) if row.read_at else "", row.read_by, *map(_said, row.cells)]


def _said(cell: Cell) -> str:
    if not cell.pk:
        return ""
    return f"{cell.word} ({cell.day})" if cell.due else cell.word


@require_safe
@staff(Power.COUNCIL_SEE)
def as_csv(request: HttpRequest, directive_id: int) -> HttpResponse:
    """For any program."""
    return _sent(request, directive_id, "csv")


@require_safe
@staff(Power.COUNCIL_SEE)
def as_xlsx(request: HttpRequest, directive_id: int) -> HttpResponse:
    """For spreadsheets."""
    return _sent(request, directive_id, "xlsx")
