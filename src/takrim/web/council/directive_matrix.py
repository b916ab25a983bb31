"""The matrix of a directive: offices down, clauses and periods across, each cell in colour and in a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.words import number as number_words
from takrim.directives.models import Directive
from takrim.directives.periods import period_title
from takrim.directives.stages import Stage, stage
from takrim.orgs.powers import Power
from takrim.web import desk_directives
from takrim.web.council.directive import framed, seen
from takrim.web.council.directive_shown import look_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.desk_directives import Owed, Read
from takrim.web.gates import staff
from takrim.web.parts.pills import pill as pill_of
from takrim.web.parts.templatetags.takrim import jnumeric, language, pill
from takrim.web.staff.shown import unit_short

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
    stage: Stage | str
    pill: SafeString | str
    word: str
    due: datetime | None
    day: str


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

    @property
    def body(self) -> SafeString:
        """The rows of the table. Written here: a template would take as long for them as for all the rest."""
        unread, read = escape(gettext("not read yet")), escape(gettext("read %(day)s"))
        heads = [f'<td data-label="{escape(column.title)}">' for column in self.columns]
        return SafeString("".join(_drawn(row, heads, read, unread) for row in self.rows))


def _drawn(row: Row, heads: Sequence[str], read: str, unread: str) -> str:
    name = escape(f"{row.office} · {row.post}" if row.post else row.office)
    note = read % {"day": jnumeric(row.read_at)} if row.read_at else unread
    cells = "".join(f"{head}{_inside(cell)}</td>" for head, cell in zip(heads, row.cells, strict=True))
    return f'<tr><th scope="row">{name}<br><small class="muted">{note}</small></th>{cells}</tr>\n'


def _inside(cell: Cell) -> str:
    if not cell.pk:
        return ""
    day = f'<br><small class="muted num">{cell.day}</small>' if cell.day else ""
    return f'<span><a href="/council/directives/clauses/{cell.pk}/">{cell.pill}</a>{day}</span>'


_NOTHING = Cell(0, "", "", "", None, "")


def matrix_of(desk: Desk, directive: Directive, now: datetime, year: str = "", most: int = MOST_COLUMNS) -> Matrix:
    """All of it in three queries, however many offices and clauses."""
    rows = desk_directives.of_directive(desk, directive)
    readings = desk_directives.read_by(desk, directive)
    texts = desk_directives.clause_texts(directive)
    years = sorted({row.period[:4] for row in rows if row.period}, reverse=True)
    columns = _columns({(row.clause, row.period) for row in rows}, texts, year)
    shown = _newest(columns, most)
    cells: dict[tuple[int, int | None], dict[tuple[int, str], Owed]] = {}
    for row in rows:
        cells.setdefault((row.unit, row.post), {})[row.clause, row.period] = row
    posts = desk_directives.post_titles({post for _unit, post in cells if post})
    counts: Counter[str] = Counter()
    lines = []
    for (unit, post), owed in cells.items():
        reading, line = readings.get((unit, post)), []
        for column in shown:
            one = owed.get((column.number, column.period))
            line.append(_cell(one, reading, now) if one else _NOTHING)
        counts.update(cell.stage for cell in line if cell.stage)
        lines.append(_row(next(iter(owed.values())).unit_path, posts.get(post or 0, ""), reading, line))
    named = [(pill(look_of(one)), counts[one]) for one in Stage if counts[one]]
    return Matrix(shown, lines, named, years, len(columns) - len(shown))


def _columns(pairs: Iterable[tuple[int, str]], texts: Mapping[int, str], year: str) -> list[Column]:
    wanted = [pair for pair in pairs if not (year and pair[1]) or pair[1].startswith(year)]
    return [Column(number, period, texts[number]) for number, period in sorted(wanted)]


def _newest(columns: Sequence[Column], most: int) -> list[Column]:
    """Columns of clauses without periods stay; of the others the oldest are left out first."""
    if len(columns) <= most:
        return list(columns)
    standing = [one for one in columns if not one.period]
    room = max(most - len(standing), 1)
    newest = sorted((one for one in columns if one.period), key=lambda one: one.period)[-room:]
    return sorted([*standing, *newest])


def _cell(row: Owed, reading: Read | None, now: datetime) -> Cell:
    read = reading is not None and reading.at is not None
    at = stage(state=row.state, due=row.due_at, planned=row.planned_at is not None, read=read, now=now)
    drawn, word = _look(at, language())
    return Cell(row.pk, at, drawn, word, row.due_at, jnumeric(row.due_at))


@lru_cache(maxsize=64)
def _look(at: Stage, _lang: str) -> tuple[SafeString, str]:
    """A stage as a pill, and in a word."""
    look = look_of(at)
    return pill(look), str(pill_of(look).label)


def _row(path: str, post: str, reading: Read | None, cells: list[Cell]) -> Row:
    return Row(unit_short(path), post, reading.at if reading else None, reading.by if reading else "", cells)


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
