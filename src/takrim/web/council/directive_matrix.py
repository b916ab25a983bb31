"""The matrix of a directive: offices down, clauses and periods across, each cell in colour and in a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.words import number as number_words
from takrim.directives.models import Demand, Directive, Reading
from takrim.directives.periods import period_title
from takrim.directives.stages import Stage, stage
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web import desk_directives
from takrim.web.council.directive import framed, seen
from takrim.web.council.directive_shown import look_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.pills import pill as pill_of
from takrim.web.parts.templatetags.takrim import jnumeric, language, pill

# So many columns fit beside each other; of clauses with many periods the newest are shown, the export has all.
MOST_COLUMNS = 12


class Column(NamedTuple):
    """One clause, in one period if it has them."""

    number: int
    period: str
    text: str

    @property
    def title(self) -> str:
        words = gettext("Clause {number}").format(number=number_words(self.number, language()))
        return f"{words} · {period_title(self.period)}" if self.period else words


class Cell(NamedTuple):
    """Where one office stands with one column; `pk` is 0 where it does not owe that."""

    pk: int
    stage: str
    pill: SafeString | str
    word: str
    due: datetime | None
    day: str
    label: str


@dataclass
class Row:
    """One office, or one post in it."""

    office: str
    post: str
    read_at: datetime | None
    read_by: str
    cells: list[Cell]


@dataclass
class Matrix:
    columns: list[Column]
    rows: list[Row]
    counts: list[tuple[SafeString, int]]
    years: list[str]
    left_out: int = 0


_NOTHING = Cell(0, "", "", "", None, "", "")


def matrix_of(desk: Desk, directive: Directive, now: datetime, year: str = "", most: int = MOST_COLUMNS) -> Matrix:
    """All of it in three queries, however many offices and clauses."""
    rows = list(desk_directives.of_directive(desk, directive).order_by("unit_path", "pk"))
    readings = {(one.unit_id, one.post_id): one for one in desk_directives.readings(desk, directive)}
    years = sorted({row.period[:4] for row in rows if row.period}, reverse=True)
    columns = _columns(rows, year)
    shown = _newest(columns, most)
    cells: dict[tuple[int, int | None], dict[Column, Demand]] = {}
    for row in rows:
        cells.setdefault((row.unit_id, row.post_id), {})[_column(row)] = row
    posts = desk_directives.post_titles({post for _unit, post in cells if post})
    counts: Counter[str] = Counter()
    lines = []
    for (unit, post), owed in cells.items():
        reading = readings.get((unit, post))
        line = [_cell(owed.get(column), column, reading, now) for column in shown]
        counts.update(cell.stage for cell in line if cell.pk)
        lines.append(_row(next(iter(owed.values())), posts.get(post or 0, ""), reading, line))
    named = [(pill(look_of(one)), counts[one]) for one in Stage if counts[one]]
    return Matrix(shown, lines, named, years, len(columns) - len(shown))


def _column(row: Demand) -> Column:
    return Column(row.clause.number, row.period, row.clause.text)


def _columns(rows: Iterable[Demand], year: str) -> list[Column]:
    found = {_column(row) for row in rows}
    return sorted(one for one in found if not (year and one.period) or one.period.startswith(year))


def _newest(columns: Sequence[Column], most: int) -> list[Column]:
    """Columns of clauses without periods stay; of the others the oldest are left out first."""
    if len(columns) <= most:
        return list(columns)
    standing = [one for one in columns if not one.period]
    room = max(most - len(standing), 1)
    newest = sorted((one for one in columns if one.period), key=lambda one: one.period)[-room:]
    return sorted([*standing, *newest])


def _cell(row: Demand | None, column: Column, reading: Reading | None, now: datetime) -> Cell:
    if row is None:
        return _NOTHING
    duty, read = row.duty, reading is not None and reading.read_at is not None
    at = stage(state=duty.state, due=duty.due_at, planned=row.planned_at is not None, read=read, now=now)
    look = look_of(at)
    return Cell(row.pk, at, pill(look), str(pill_of(look).label), duty.due_at, jnumeric(duty.due_at), column.title)


def _row(one: Demand, post: str, reading: Reading | None, cells: list[Cell]) -> Row:
    name = all_names().get(one.unit_path)
    office = name.short(language()) if name else one.unit_path
    return Row(office, post, reading.read_at if reading else None, reading.read_by_name if reading else "", cells)


@require_safe
@staff(Power.COUNCIL_SEE)
def matrix(request: HttpRequest, directive_id: int) -> HttpResponse:
    """The page; a Jalali year can be chosen where there are periods."""
    row, now = seen(request, directive_id), clock.now()
    desk = cast(StaffRequest, request).desk
    asked = request.GET.get("year", "")
    year = asked if asked.isascii() and asked.isdecimal() and len(asked) == 4 else ""
    made = matrix_of(desk, row, now, year)
    context = framed(request, row, "directive_matrix", matrix=made, year=year)
    return render(request, "council/directive_matrix.html", context)
