"""Decisions at a glance: the matrix of offices and bodies, and the months of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.jalali import JalaliDate
from takrim.councils.models import Body
from takrim.decisions import queries
from takrim.decisions.models import OPEN_STATES, State
from takrim.decisions.queries import Matrix
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web import desk_decisions
from takrim.web.council import decisions_shown as shown
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import jdate, number, pill
from takrim.web.staff.shown import lang, unit_short

# So many decisions of a month are named.
NAMED = 5
_OPEN = frozenset(OPEN_STATES)


@require_safe
@staff(Power.COUNCIL_SEE)
def matrix(request: HttpRequest) -> HttpResponse:
    """How the parts of each office in the decisions of each body stand, and how many are late."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    seen = desk_decisions.bodies(desk, now)
    counted = queries.matrix([body.pk for body in seen], desk.actor.unit_path, now)
    names = {body.pk: body for body in seen}
    others = {cell.body for cell in counted.cells} - names.keys()
    names |= desk_decisions.names_of_bodies(others) if others else {}
    return render(
        request, "council/decisions_matrix.html", {"here": "council", "tab": "matrix", **_table(counted, names)}
    )


class _Sum(NamedTuple):
    """The parts of one office in decisions of one body."""

    all: int
    fulfilled: int
    open: int
    late: int


def _sum(states: Mapping[str, int], late: int) -> _Sum:
    still = sum(many for state, many in states.items() if state in _OPEN)
    return _Sum(sum(states.values()), states.get(State.FULFILLED, 0), still, late)


def _table(counted: Matrix, names: Mapping[int, Body]) -> dict[str, Any]:
    """Offices in the order of the tree, bodies by name; both with their totals."""
    cells: dict[tuple[int, str], dict[str, int]] = {}
    for cell in counted.cells:
        cells.setdefault((cell.body, cell.unit_path), {})[cell.state] = cell.many
    sums = {where: _sum(states, counted.late.get(where, 0)) for where, states in cells.items()}
    bodies = sorted({body for body, _path in sums}, key=lambda body: names[body].name)
    order = {path: place for place, path in enumerate(all_names())}
    paths = sorted({path for _body, path in sums}, key=lambda path: order.get(path, len(order)))
    columns = [_Column(body, names[body]) for body in bodies]
    return {
        "heads": [(column.name, column.url) for column in columns],
        "body": _Drawing().body(columns, paths, sums),
        "found": bool(sums),
    }


class _Column:
    """What every cell of a body has in common, written once."""

    def __init__(self, number: int, body: Body) -> None:
        self.number, self.name = number, body.name
        self.url = f"/council/decisions/?{urlencode({'body': body.code})}"
        self.td = f'<td data-label="{escape(body.name)}">'
        self.href = f'<a href="{escape(self.url)}&amp;unit='
        self.none = f'{self.td}<span class="muted">—</span></td>'


class _Drawing:
    """The rows of the table; the same figures are put into words once."""

    def __init__(self) -> None:
        self.said: dict[_Sum, str] = {}
        self.numbers: dict[int, str] = {}
        # Escaped before the numbers go in: there are hundreds of cells, and figures need it not.
        self.fulfilled: str = escape(_("{done} of {all} fulfilled"))
        self.open: str = escape(_("{number} open"))
        self.late: str = escape(_("{number} late"))
        self.everything = f'<td data-label="{escape(_("All bodies"))}">'

    def body(self, columns: list[_Column], paths: list[str], sums: Mapping[tuple[int, str], _Sum]) -> SafeString:
        rows = [self._row(path, columns, sums) for path in paths]
        whole = [_total([one for (body, _path), one in sums.items() if body == column.number]) for column in columns]
        feet = [f"{column.td}{self._words(one)}</td>" for column, one in zip(columns, whole, strict=True)]
        feet.append(f"{self.everything}{self._words(_total(whole))}</td>")
        foot = f'<tr><th scope="row">{escape(_("All offices"))}</th>{"".join(feet)}</tr>'
        return SafeString(f"<tbody>{''.join(rows)}</tbody><tfoot>{foot}</tfoot>")

    def _row(self, path: str, columns: list[_Column], sums: Mapping[tuple[int, str], _Sum]) -> str:
        unit, found, drawn = quote(path), list[_Sum](), list[str]()
        for column in columns:
            one = sums.get((column.number, path))
            if one is None:
                drawn.append(column.none)
                continue
            found.append(one)
            drawn.append(f'{column.td}{column.href}{unit}">{self._words(one)}</a></td>')
        drawn.append(f"{self.everything}{self._words(_total(found))}</td>")
        return f'<tr><th scope="row">{escape(unit_short(path))}</th>{"".join(drawn)}</tr>\n'

    def _words(self, one: _Sum) -> str:
        """«۸ از ۱۲ محقق · ۳ باز · ۱ معوق»."""
        said = self.said.get(one)
        if said is None:
            said = self.said[one] = self._put(one)
        return said

    def _put(self, one: _Sum) -> str:
        said = [self.fulfilled.format(done=self._number(one.fulfilled), all=self._number(one.all))]
        if one.open:
            said.append(self.open.format(number=self._number(one.open)))
        if one.late:
            words = self.late.format(number=self._number(one.late))
            said.append(f'<span class="due-late"><span class="due-text">{words}</span></span>')
        return " · ".join(said)

    def _number(self, value: int) -> str:
        if value not in self.numbers:
            self.numbers[value] = number(value)
        return self.numbers[value]


def _total(parts: list[_Sum]) -> _Sum:
    return _Sum(*(sum(column) for column in zip(*parts, strict=True))) if parts else _Sum(0, 0, 0, 0)


class MonthShown(NamedTuple):
    """A month ready to print."""

    title: str
    url: str
    many: int
    pills: list[SafeString]
    late: int
    lines: list[Any]
    more: int


@require_safe
@staff(Power.COUNCIL_SEE)
def months(request: HttpRequest) -> HttpResponse:
    """A Jalali year of decisions, month by month, the last first."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    rows = desk_decisions.decisions(desk, now)
    span = queries.years(rows)
    this_year = JalaliDate.from_date(local_date(now)).year
    asked = request.GET.get("year", "")
    last = span[1] if span else this_year
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else min(this_year, last)
    found = queries.months(rows, year, now, NAMED) if span and span[0] <= year <= span[1] else []
    context = {
        "here": "council",
        "tab": "months",
        "year": year,
        "months": [_month(month) for month in found],
        "earlier": f"?year={year - 1}" if span and year > span[0] else "",
        "later": f"?year={year + 1}" if span and year < span[1] else "",
    }
    return render(request, "council/decisions_months.html", context)


def _month(month: queries.Month) -> MonthShown:
    many = sum(month.states.values())
    pills = [
        pill(state, f"{number(month.states[state])} {PILLS[state].label}") for state in State if state in month.states
    ]
    lines = [
        {
            "url": shown.address(one),
            "title": one.title,
            "body": one.body.name,
            "day": jdate(one.decided_on),
            "state": one.state,
        }
        for one in month.newest
    ]
    url = f"/council/decisions/?{urlencode({'month': month.period.code})}"
    return MonthShown(month.period.title(lang()), url, many, pills, month.late, lines, many - len(lines))
