"""Directives: what is unread, what is due, what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from takrim.directives.models import Demand
from takrim.directives.periods import period_title
from takrim.web import desk_directives
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import number, timeleft

MOST = 5
_LONG = 90


def to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    """Unread directives first, then reports to be confirmed, then one's own clauses. Three queries."""
    lines = [
        Line(
            text=_short(one.directive.subject),
            url=f"/council/directives/{one.directive_id}/",
            note=gettext("Not read yet"),
        )
        for one in desk_directives.own_readings(desk)[:MOST]
    ]
    waiting = desk_directives.to_confirm(desk)[: MOST + 1].count()
    if waiting:
        many = number(min(waiting, MOST))
        said = (
            ngettext("{many} report to be confirmed", "{many} reports to be confirmed", waiting)
            if waiting <= MOST
            else gettext("More than {many} reports to be confirmed")
        )
        lines.append(Line(text=said.format(many=many), url="/council/directives/judge/"))
    lines += [_clause(one, now) for one in desk_directives.owed_by_office(desk)[:MOST]]
    return lines[:MOST]


def _clause(demand: Demand, now: datetime) -> Line:
    due = demand.duty.due_at
    period = f" · {period_title(demand.period)}" if demand.period else ""
    return Line(
        text=f"{_short(demand.clause.text)}{period}",
        url=f"/council/directives/clauses/{demand.pk}/",
        note=timeleft(due, now) if due else "",
        late=due is not None and due < now,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]}…"


PLUGIN = Section(
    title=_("Directives"),
    help=_("Circulars and orders: read, carried out clause by clause, proven to the secretary."),
    icon="draft",
    address="directives",
    place=30,
    to_do=to_do,
)
