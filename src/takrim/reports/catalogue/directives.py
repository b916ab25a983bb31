"""Directives: what they demanded of the offices in the period, and how much of it was proven in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from takrim.directives.models import Demand
from takrim.duties.models import State
from takrim.orgs.paths import under
from takrim.orgs.units import all_names
from takrim.reports.cells import Cell, Column, Kind, Measured, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_unit
from takrim.reports.telling import Told, write

_COLUMNS = (
    Column(code="owed", title=gettext_lazy("Demands due")),
    Column(code="proven", title=gettext_lazy("Confirmed with proof")),
    Column(code="share", title=gettext_lazy("Share confirmed"), kind=Kind.SHARE),
    Column(code="in_time", title=gettext_lazy("Reported on time"), kind=Kind.SHARE),
    Column(code="late", title=gettext_lazy("Overdue")),
)
_DIRECTIVES = Table(
    code="directives",
    title=gettext_lazy("Directive by directive"),
    of=gettext_lazy("Directive"),
    columns=(
        Column(code="number", title=gettext_lazy("Number"), kind=Kind.TEXT),
        Column(code="dated", title=gettext_lazy("Date"), kind=Kind.DAY),
        *_COLUMNS,
    ),
)
_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Office by office"),
    of=gettext_lazy("Office"),
    columns=_COLUMNS,
    picture=("share",),
)


@dataclass
class _Tally:
    owed: int = 0
    proven: int = 0
    reported: int = 0
    in_time: int = 0
    late: int = 0

    def add(self, demand: Demand, moment: datetime) -> None:
        duty = demand.duty
        self.owed += 1
        self.proven += duty.state == State.ACCEPTED
        self.reported += duty.answered_at is not None
        self.in_time += duty.answered_at is not None and duty.on_time(moment)
        self.late += duty.settled_at is None and duty.answered_at is None and not duty.on_time(moment)

    @property
    def cells(self) -> tuple[Cell, ...]:
        in_time = Fraction(self.in_time, self.reported) if self.reported else None
        return self.owed, self.proven, Fraction(self.proven, self.owed), in_time, self.late


def _measure(scope: Scope) -> Measured:
    start, end = scope.period.bounds()
    rows = Demand.objects.filter(under(scope.path), duty__due_at__gte=start, duty__due_at__lt=end)
    rows = rows.exclude(duty__state=State.WITHDRAWN).select_related("duty", "directive").order_by("pk")
    by_directive: dict[int, _Tally] = {}
    by_office: dict[str, _Tally] = {}
    directives, moment = {}, min(end, scope.now)
    for demand in rows:
        directives[demand.directive_id] = demand.directive
        by_directive.setdefault(demand.directive_id, _Tally()).add(demand, moment)
        by_office.setdefault(demand.unit_path, _Tally()).add(demand, moment)
    units = all_names()
    listed = sorted(directives.items(), key=lambda item: (item[1].dated, item[0]))
    return {
        "directives": [
            in_both(f"{pk}", one.subject, one.subject, one.number, one.dated.isoformat(), *by_directive[pk].cells)
            for pk, one in listed
        ],
        "offices": [of_unit(units[path], *of.cells) for path, of in sorted(by_office.items())],
    }


def _suggest(told: Told) -> list[str]:
    rows = told.rows("directives")
    if not rows:
        return []
    owed, proven = (sum(told.counts("directives", column).values()) for column in ("owed", "proven"))
    facts = {
        "directives": ngettext("{number} directive", "{number} directives", len(rows)).format(
            number=told.number(len(rows))
        ),
        "owed": ngettext("{number} thing", "{number} things", owed).format(number=told.number(owed)),
        "share": write(Kind.SHARE, Fraction(proven, owed), told.lang),
    }
    sentence = _("{directives} demanded {owed} of the offices in this period; {share} is confirmed.")
    lines = [sentence.format(**facts)]
    late = told.counts("offices", "late")
    behind = sorted((key for key in late if late[key]), key=lambda key: (-late[key], key))
    if behind:
        many = sum(late.values())
        facts = {"count": told.number(many), "places": told.names("offices", behind[:2])}
        sentence = ngettext(
            "{count} of them is overdue, in {places}.", "{count} of them are overdue, most of them in {places}.", many
        )
        lines.append(sentence.format(**facts))
    return lines


PLUGIN = Chapter(
    title=gettext_lazy("Execution of directives"),
    about=gettext_lazy(
        "What circulars and orders demanded of the offices by a day that lies in the period, and what of it the "
        "secretary has confirmed on proof."
    ),
    place=25,
    tables=(_DIRECTIVES, _OFFICES),
    measure=_measure,
    suggest=_suggest,
    verbs=("directive.", "clause."),
)
