"""Proofs that one's own office gives: what it still owes, and the list of what it wrote down."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period, PeriodKind
from takrim.indicators.values import values_of
from takrim.orgs.powers import Power
from takrim.proofs.models import State
from takrim.proofs.provable import PROVABLES
from takrim.web import desk_proofs
from takrim.web.council.proof_drawn import Row
from takrim.web.council.proofs_shown import STATES, rows_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import dueclass, jdate, language, number, percent, timeleft

# The lists of the page, in the order of what asks for something.
_LISTS = (State.RETURNED, State.DRAFT, State.SENT, State.ACCEPTED, State.REFUSED)


class Tab(NamedTuple):
    title: str | Promise
    url: str
    current: bool


class Owed(NamedTuple):
    """One thing that still has to be proven."""

    kind: str
    title: str
    address: str
    give: str
    due: str
    left: str
    css: str


@require_safe
@staff(Power.PROOF_GIVE)
def proofs(request: HttpRequest) -> HttpResponse:
    """What the office still owes in proof, and what it has written down."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    counts = desk_proofs.own_counts(desk)
    fallback = next((state for state in _LISTS if counts.get(state)), State.DRAFT)
    state = request.GET.get("state", fallback)
    if state not in _LISTS:
        raise Http404
    before = request.GET.get("before", "")
    rows = desk_proofs.own(desk).filter(state=state)
    rows = rows.filter(pk__lt=int(before)) if before.isascii() and before.isdecimal() else rows
    found = list(rows[: desk_proofs.SIZE + 1])
    here, shown = reverse("council:proofs"), found[: desk_proofs.SIZE]
    due = desk_proofs.due_again(desk) if state == State.RETURNED else {}
    titles = {one: f"{STATES[one]} ({number(counts.get(one, 0))})" for one in _LISTS}
    context = {
        "here": "council",
        "owed": _owed(desk, now),
        "tabs": [Tab(title, f"{here}?state={one}", one == state) for one, title in titles.items()],
        "score": _score(desk, now),
        "rows": [_with_date(row, due.get(row.code), now) for row in rows_of(shown, desk)],
        "next_url": f"{here}?state={state}&before={shown[-1].pk}" if len(found) > len(shown) else "",
    }
    return render(request, "council/proofs.html", context)


def _with_date(row: Row, due: datetime | None, now: datetime) -> Row:
    """A row that says by when it is to be completed."""
    return row._replace(due=jdate(due), due_css=dueclass(due, now)) if due else row


def _score(desk: Desk, now: datetime) -> tuple[str, str] | None:
    """The share of the office's proofs that was accepted in this half of the year, and of how many verdicts."""
    period = Period.containing(clock.local_date(now), PeriodKind.HALF)
    path, code = desk.unit.path, "proofs_accepted"
    measured = values_of([path], [code], period, now)[path, code]
    if measured is None or measured.value is None:
        return None
    note = gettext("of {count} verdicts, {period}").format(
        count=number(measured.sample), period=period.title(language())
    )
    return percent(measured.value), note


def _owed(desk: Desk, now: datetime) -> list[Owed]:
    give = reverse("council:proof_new")
    return [
        Owed(
            str(PROVABLES[kind].title),
            owing.title,
            owing.address,
            f"{give}?kind={kind}&code={owing.code}",
            jdate(owing.due) if owing.due else "",
            timeleft(owing.due, now) if owing.due else "",
            dueclass(owing.due, now),
        )
        for kind, owing in desk_proofs.owing(desk)
    ]
