"""Decisions at a glance: the matrix of offices and bodies, and the months of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

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
    cells: dict[tuple[int, str], Counter[str]] = {}
    for cell in counted.cells:
        cells.setdefault((cell.body, cell.unit_path), Counter())[cell.state] += cell.many
    bodies = sorted({body for body, _path in cells}, key=lambda body: names[body].name)
    order = {path: place for place, path in enumerate(all_names())}
    paths = sorted({path for _body, path in cells}, key=lambda path: order.get(path, len(order)))
    sums = {where: _sum(states, counted.late.get(where, 0)) for where, states in cells.items()}
    heads = [(names[body].name, f"/council/decisions/?{urlencode({'body': names[body].code})}") for body in bodies]
    return {
        "heads": heads,
        "body": SafeString("".join(_row(path, bodies, names, sums) for path in paths)),
        "foot": SafeString(_foot(bodies, names, sums)),
        "found": bool(cells),
    }


def _row(path: str, bodies: list[int], names: Mapping[int, Body], sums: Mapping[tuple[int, str], _Sum]) -> str:
    drawn = [_cell(sums.get((body, path)), names[body], path) for body in bodies]
    total = _total(one for (_body, where), one in sums.items() if where == path)
    return _line(unit_short(path), [*drawn, _td(_("All bodies"), _words(total))])


def _foot(bodies: list[int], names: Mapping[int, Body], sums: Mapping[tuple[int, str], _Sum]) -> str:
    totals = {body: _total(one for (which, _path), one in sums.items() if which == body) for body in bodies}
    drawn = [_td(names[body].name, _words(totals[body])) for body in bodies]
    return _line(_("All offices"), [*drawn, _td(_("All bodies"), _words(_total(sums.values())))])


def _line(title: str, cells: list[str]) -> str:
    return f'<tr><th scope="row">{escape(title)}</th>{"".join(cells)}</tr>\n'


def _td(label: str, inner: str) -> str:
    return f'<td data-label="{escape(label)}">{inner}</td>'


def _total(parts: Iterable[_Sum]) -> _Sum:
    listed = list(parts)
    return _Sum(*(sum(column) for column in zip(*listed, strict=True))) if listed else _Sum(0, 0, 0, 0)


def _cell(one: _Sum | None, body: Body, path: str) -> str:
    if one is None:
        return _td(body.name, '<span class="muted">—</span>')
    query = escape(urlencode({"body": body.code, "unit": path}))
    return _td(body.name, f'<a href="/council/decisions/?{query}">{_words(one)}</a>')


def _words(one: _Sum) -> str:
    """«۸ از ۱۲ محقق · ۳ باز · ۱ معوق»."""
    said: list[str] = [escape(_("{done} of {all} fulfilled").format(done=number(one.fulfilled), all=number(one.all)))]
    if one.open:
        said.append(escape(_("{number} open").format(number=number(one.open))))
    if one.late:
        words = escape(_("{number} late").format(number=number(one.late)))
        said.append(f'<span class="due-late"><span class="due-text">{words}</span></span>')
    return " · ".join(said)


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
