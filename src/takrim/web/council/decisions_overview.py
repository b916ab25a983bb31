"""Decisions at a glance: the matrix of offices and bodies, and the months of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from takrim.decisions import queries
from takrim.decisions.models import State
from takrim.decisions.queries import Sum
from takrim.orgs.powers import Power
from takrim.orgs.stamps import Kept
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


@require_safe
@staff(Power.COUNCIL_SEE)
def matrix(request: HttpRequest) -> HttpResponse:
    """How the parts of each office or organisation in the decisions of each body stand, and how many are late."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    seen = desk_decisions.bodies(desk, now)
    sums = queries.matrix([body.pk for body in seen], desk.actor.unit_path, now)
    names = {body.pk: body for body in seen}
    others = {one.body for one in sums} - names.keys()
    names |= desk_decisions.names_of_bodies(others) if others else {}
    # By name; the offices come in the order of the tree.
    there = sorted({one.body for one in sums}, key=lambda body: names[body].name)
    columns = tuple(_Column(body, names[body].name, names[body].code) for body in there)
    context = {
        "here": "council",
        "tab": "matrix",
        "table": _TABLES.get(lang(), columns, tuple(sums)),
        "found": bool(sums),
    }
    return render(request, "council/decisions_matrix.html", context)


# Tables that are kept, some 100 kB each: a table is drawn once until a figure in it is another one.
MOST = 30


def _table(_lang: str, columns: tuple[_Column, ...], sums: tuple[Sum, ...]) -> SafeString:
    return _Drawing().table(columns, sums)


# Thrown away when the offices change, since their names are in it.
_TABLES: Kept[SafeString] = Kept("units", _table, most=MOST)


class _Column(NamedTuple):
    """One body."""

    number: int
    name: str
    code: str

    @property
    def url(self) -> str:
        return f"/council/decisions/?{urlencode({'body': self.code})}"


class _Figures(NamedTuple):
    """What a cell says."""

    all: int = 0
    fulfilled: int = 0
    open: int = 0
    late: int = 0


def _total(several: Iterable[_Figures]) -> _Figures:
    return _Figures(*(sum(column) for column in zip(*several, strict=True)))


class _Drawing:
    """The head and rows of the table; the same figures are put into words once."""

    def __init__(self) -> None:
        self.said: dict[_Figures, str] = {}
        self.numbers: dict[int, str] = {}
        # Escaped before the numbers go in: there are hundreds of cells, and figures need it not.
        self.fulfilled: str = escape(_("{done} of {all} fulfilled"))
        self.open: str = escape(_("{number} open"))
        self.late: str = escape(_("{number} late"))
        self.from_outside: str = escape(_("from outside"))
        self.everything = f'<td data-label="{escape(_("All bodies"))}">'

    def table(self, columns: Sequence[_Column], sums: Iterable[Sum]) -> SafeString:
        return SafeString(f"{self._head(columns)}{self._body(columns, sums)}")

    def _head(self, columns: Sequence[_Column]) -> str:
        heads = "".join(
            f'<th scope="col"><a href="{escape(column.url)}"><bdi>{escape(column.name)}</bdi></a></th>'
            for column in columns
        )
        ends = (f'<th scope="col">{escape(words)}</th>' for words in (_("Office"), _("All bodies")))
        return f"<thead><tr>{next(ends)}{heads}{next(ends)}</tr></thead>"

    def _body(self, columns: Sequence[_Column], sums: Iterable[Sum]) -> str:
        cells: dict[tuple[str, int], _Figures] = {}
        outside: dict[str, str] = {}
        for one in sums:
            who = one.outside or one.unit_path
            # An organisation counts once, whichever office sees to it.
            cells[who, one.body] = _total([cells.get((who, one.body), _Figures()), _Figures(*one[2:6])])
            if one.outside:
                outside[who] = one.name
        order = {path: place for place, path in enumerate(all_names())}
        paths = sorted({who for who, _body in cells} - outside.keys(), key=lambda path: order.get(path, len(order)))
        rows = [self._row(path, escape(unit_short(path)), columns, cells) for path in paths]
        rows += [
            self._row(who, self._outside(outside[who]), columns, cells)
            for who in sorted(outside, key=lambda one: outside[one])
        ]
        whole = [_total(cells[where] for where in cells if where[1] == column.number) for column in columns]
        feet = [f"{_td(column)}{self._words(one)}</td>" for column, one in zip(columns, whole, strict=True)]
        feet.append(f"{self.everything}{self._words(_total(whole) if whole else _Figures())}</td>")
        foot = (
            f'<tr><th scope="row">{escape(_("All together") if outside else _("All offices"))}</th>{"".join(feet)}</tr>'
        )
        return f"<tbody>{''.join(rows)}</tbody><tfoot>{foot}</tfoot>"

    def _outside(self, name: str) -> str:
        return f'<bdi>{escape(name)}</bdi> <small class="muted">{self.from_outside}</small>'

    def _row(self, who: str, name: str, columns: Sequence[_Column], cells: Mapping[tuple[str, int], _Figures]) -> str:
        unit, found, drawn = quote(who), list[_Figures](), list[str]()
        for column in columns:
            one = cells.get((who, column.number))
            if one is None:
                drawn.append(f'{_td(column)}<span class="muted">—</span></td>')
                continue
            found.append(one)
            drawn.append(f'{_td(column)}<a href="{escape(column.url)}&amp;unit={unit}">{self._words(one)}</a></td>')
        drawn.append(f"{self.everything}{self._words(_total(found))}</td>")
        return f'<tr><th scope="row">{name}</th>{"".join(drawn)}</tr>\n'

    def _words(self, one: _Figures) -> str:
        """«۸ از ۱۲ محقق · ۳ باز · ۱ معوق»."""
        said = self.said.get(one)
        if said is None:
            said = self.said[one] = self._put(one)
        return said

    def _put(self, one: _Figures) -> str:
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


def _td(column: _Column) -> str:
    return f'<td data-label="{escape(column.name)}">'


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
