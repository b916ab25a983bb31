"""Directives about to lapse: clauses that offices have not carried out though their time is over or nearly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.errors import InWords
from takrim.councils.source import Asking, Risen, Source
from takrim.directives.models import Demand, Directive
from takrim.duties.models import State as DutyState
from takrim.orgs.paths import under

# So near before the meeting a clause is named there.
AHEAD = timedelta(days=14)
MOST = 20


def find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """Each directive once, the longest overdue first. Two queries."""
    owed = (DutyState.OPEN, DutyState.RETURNED)
    rows = Demand.objects.filter(under(asking.unit_path), duty__settled_at=None, duty__state__in=owed)
    near = rows.filter(duty__due_at__lte=max(asking.at, now) + AHEAD).order_by().values("directive_id")
    counted = near.annotate(offices=Count("unit_id", distinct=True), first=Min("duty__due_at"))
    found = list(counted.order_by("first", "directive_id")[:MOST])
    directives = Directive.objects.in_bulk([row["directive_id"] for row in found])
    return [_risen(directives[row["directive_id"]], row["offices"], row["first"], now) for row in found]


def _risen(directive: Directive, offices: int, first: datetime, now: datetime) -> Risen:
    late = first < now
    return Risen(
        key=directive.code,
        title=InWords(
            f"اجرای بخشنامه «{directive.subject}» به شماره {directive.number}",
            f"Carrying out the directive “{directive.subject}”, number {directive.number}",
        ),
        note=InWords(
            f"{words.number(offices, 'fa')} اداره هنوز گزارش نداده است؛ "
            f"{'مهلت در' if late else 'نخستین مهلت:'} {words.date(first, 'fa')}{' گذشت' if late else ''}.",
            f"{words.number(offices, 'en')} {'office has' if offices == 1 else 'offices have'} not reported yet; "
            f"{'it was due on' if late else 'the first is due on'} {words.date(first, 'en')}.",
        ),
    )


PLUGIN = Source(title=_("Directives about to lapse"), place=30, find=find)
