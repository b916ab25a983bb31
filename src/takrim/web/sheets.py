"""Tables to take along: the same rows as a CSV file or an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from django.http import Http404, HttpResponse

from takrim.base.clock import local_date
from takrim.base.jalali import numeric
from takrim.base.late import late

xlsxwriter = late("xlsxwriter")

# Excel takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
Rows = Iterable[Sequence[str]]


def _tame(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(title: str, head: Sequence[str], rows: Rows, *, rtl: bool) -> bytes:
    """With a mark at the beginning, by which Excel knows that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_tame(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(title: str, head: Sequence[str], rows: Rows, *, rtl: bool) -> bytes:
    """Read from right to left where its words are."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # A name of a sheet may have 31 letters and none of these.
        sheet = book.add_worksheet("".join(letter for letter in title if letter not in "[]:*?/\\'")[:31])
        if rtl:
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        widths = [len(word) for word in head]
        for column, word in enumerate(head):
            sheet.write_string(0, column, word, bold)
        for place, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell, plain)
                widths[column] = max(widths[column], len(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
    return held.getvalue()


_MAKERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
FORMS = tuple(_MAKERS)


def sheet_of(form: str, title: str, head: Sequence[str], rows: Rows, *, lang: str, now: datetime) -> HttpResponse:
    """The file to keep, named by its title and the day. A form that is none is not there."""
    if form not in _MAKERS:
        raise Http404
    make, content_type = _MAKERS[form]
    response = HttpResponse(make(title, head, rows, rtl=lang == "fa"), content_type=content_type)
    name = quote(f"{title} {numeric(local_date(now), 'en').replace('/', '-')}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
